import { expect, test } from 'vitest'
import { z } from 'zod'
import { pageQuery } from '@pass/contracts/lists.ts'
import { fillPath, readSearch, searchString, urlOf } from './url.ts'

test('path parameters are encoded, a missing one is refused', () => {
  expect(fillPath('/carnets/:carnetId/pass/:rang', { carnetId: 'PN 26/1', rang: 3 })).toBe('/carnets/PN%2026%2F1/pass/3')
  expect(() => fillPath('/carnets/:carnetId', {})).toThrow('carnetId')
})

test('empty query values are left out, lists are repeated', () => {
  expect(searchString({ statut: ['cree', 'livre'], apres: undefined, recherche: '', taille: 25 })).toBe(
    '?statut=cree&statut=livre&taille=25',
  )
  expect(searchString({ apres: undefined })).toBe('')
})

test('a call goes under /api', () => {
  expect(urlOf({ path: '/conventions/:conventionId' }, { params: { conventionId: 'a' }, query: { taille: 10 } })).toBe(
    '/api/conventions/a?taille=10',
  )
})

test('only what the contract knows and accepts is read from the address', () => {
  const schema = z.object({
    ...pageQuery,
    statut: z.enum(['cree', 'livre']).optional(),
    actif: z.boolean().optional(),
    codes: z.array(z.string()).optional(),
  })
  const read = (search: string) => readSearch(schema, new URLSearchParams(search))
  expect(read('taille=25&rang=26&apres=abc&statut=livre')).toEqual({ taille: 25, apres: 'abc', statut: 'livre' })
  expect(read('taille=12&statut=perdu&actif=true&codes=23&codes=87')).toEqual({ actif: true, codes: ['23', '87'] })
  expect(read('actif=peut-etre&statut=')).toEqual({})
})
