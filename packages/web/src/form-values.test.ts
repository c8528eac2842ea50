import { expect, test } from 'vitest'
import { z } from 'zod'
import { texte, texteOuVide } from '@pass/contracts/lists.ts'
import { prepare } from './form-values.ts'
import { readEuros, readNumber } from './numbers.ts'
import { messagesOf } from './textes.ts'

const schema = z.strictObject({
  nom: texte('Indiquez le nom.'),
  code: texteOuVide(50),
  note: z.string().optional(),
  actif: z.boolean(),
  rang: z.int(),
  parts: z.array(z.strictObject({ taux: z.int(), libelle: z.string().nullable() })),
})

test('empty boxes become what the contract calls absent', () => {
  expect(prepare(schema, { nom: '', code: '', note: '', actif: 'true', rang: '3', parts: [{ taux: 10, libelle: '' }] })).toEqual({
    nom: '',
    code: null,
    actif: true,
    rang: 3,
    parts: [{ taux: 10, libelle: null }],
  })
})

test('a box the page does not show is null where the contract asks for one', () => {
  expect(prepare(z.strictObject({ code: texteOuVide(50), nom: z.string() }), { nom: 'a' })).toEqual({ code: null, nom: 'a' })
})

test('no word of the validation library reaches the screen', () => {
  const bare = z.object({
    courriel: z.email(),
    age: z.int().min(18),
    public: z.enum(['a', 'b']),
    liste: z.array(z.string()).min(1),
    nom: z.string().min(2),
  })
  const { error } = bare.safeParse(
    { courriel: 'x', age: Number.NaN, public: undefined, liste: [], nom: 'a' },
    { error: messagesOf({ nom: 'Indiquez le nom.' }) },
  )
  const messages = error?.issues.map(({ message }) => message) ?? []
  expect(messages).toHaveLength(5)
  expect(messages.at(-1)).toBe('Indiquez le nom.')
  expect(messages.join(' ')).not.toMatch(/invalid|expected|required/i)
})

test('numbers are read as people write them, amounts without a float', () => {
  expect(['1 200', '1\u00a0200', '', '12a', '1,5', '-3'].map(readNumber)).toEqual([1200, 1200, undefined, Number.NaN, Number.NaN, -3])
  expect(['1 234,50 €', '0,1', '12', '12.345', '', '4,35'].map(readEuros)).toEqual([123450, 10, 1200, Number.NaN, undefined, 435])
})
