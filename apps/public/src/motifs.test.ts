import { expect, test } from 'vitest'
import { MOTIFS, motifOf, siretOf } from './motifs.ts'

test('each reason has sentences of its own', () => {
  const all = Object.values(MOTIFS)
  expect(all.length).toBe(11)
  for (const key of ['titre', 'texte', 'suite'] as const) expect(new Set(all.map((motif) => motif[key])).size).toBe(all.length)
})
test('an unknown reason is a general one, whatever the address says', () => {
  const general = motifOf(null)
  expect(motifOf('toString')).toEqual(general)
  expect(motifOf('<b>')).toEqual(general)
  expect(motifOf('annulee')).toBe(MOTIFS.annulee)
})
test('of the SIRET, only 14 figures are shown', () => {
  expect(siretOf('21230250900014')).toBe('21230250900014')
  expect(siretOf('2123025090001')).toBeNull()
  expect(siretOf('votre compte est bloqué, appelez le 08')).toBeNull()
})
