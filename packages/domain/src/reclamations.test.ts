import { expect, test } from 'vitest'
import { RECLAMATION_STATUTS, whyNotAnswer } from './reclamations.ts'

test('a claim is answered once', () => {
  expect(RECLAMATION_STATUTS.filter((statut) => !whyNotAnswer({ statut }))).toEqual(['ouverte'])
  expect(whyNotAnswer({ statut: 'refusee' })?.code).toBe('reclamation_statut')
})
