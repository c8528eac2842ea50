import { expect, test } from 'vitest'
import { NetworkError, isTransient, isUnsettled, readProblem } from './errors.ts'

test('a problem is read as it is, and anything else becomes a French sentence', () => {
  expect(readProblem(409, { code: 'stock_insuffisant', message: 'Il reste 3 carnets.', requestId: 'r' })).toMatchObject({
    status: 409,
    code: 'stock_insuffisant',
    message: 'Il reste 3 carnets.',
    erreurs: [],
  })
  expect(readProblem(502, '<html>').message).toMatch(/^Le service/)
  expect(readProblem(404, null).message).toMatch(/n’existe pas/)
})

test('the key is kept only when nobody knows whether the act was done', () => {
  expect(
    [
      new NetworkError('x'),
      readProblem(500, null),
      readProblem(409, { code: 'en_cours' }),
      readProblem(409, { code: 'expire' }),
      readProblem(400, null),
    ].map(isUnsettled),
  ).toEqual([true, true, true, false, false])
})

test('a busy server and a cut network are tried again, a refusal is not', () => {
  expect(
    [new NetworkError('x'), readProblem(503, null), readProblem(500, null), readProblem(429, null), new Error('x')].map(isTransient),
  ).toEqual([true, true, false, false, false])
})
