import { expect, test } from 'vitest'
import {
  acceptableAt,
  type CompteDemande,
  whyNotAcceptCompte,
  whyNotCheckCompte,
  whyNotPropose,
  whyNotRefuseCompte,
  whyNotWithdrawCompte,
} from './comptes-bancaires.ts'
import { COMPTE_BANCAIRE_STATUTS } from './comptes.ts'

const DEMANDE = new Date('2026-03-10T08:00:00Z')
const checked: CompteDemande = {
  statut: 'propose',
  demandeAt: DEMANDE,
  proposePar: 'structure',
  verifiePar: 'fanny',
  verification: 'conforme',
}
const later = { acteur: 'farid', now: new Date('2026-03-13T08:00:00Z'), bordereauxOuverts: 0 }
const codeOf = (compte: Partial<CompteDemande>, given: Partial<typeof later> = {}) =>
  whyNotAcceptCompte({ ...checked, ...compte }, { ...later, ...given })?.code ?? null

test('an account is accepted 72 hours after it was asked for, not a second before, and the refusal says when', () => {
  expect(acceptableAt(DEMANDE).toISOString()).toBe('2026-03-13T08:00:00.000Z')
  expect(codeOf({})).toBeNull()
  const early = whyNotAcceptCompte(checked, { ...later, now: new Date('2026-03-13T07:59:59Z') })
  expect(early?.code).toBe('iban_en_verification')
  expect(early?.message.replaceAll('\u00a0', ' ')).toContain('13/03/2026 à 9 h')
})

test('who asked, who checked and who accepts are three people', () => {
  expect(codeOf({}, { acteur: 'fanny' })).toBe('meme_personne')
  expect(codeOf({}, { acteur: 'structure' })).toBe('meme_personne')
  expect(whyNotCheckCompte(checked, 'structure')?.code).toBe('meme_personne')
  expect(whyNotCheckCompte(checked, 'fanny')).toBeNull()
})

test('nobody accepts an account that was not checked, or whose holder is somebody else', () => {
  expect(codeOf({ verifiePar: null, verification: null })).toBe('compte_non_verifie')
  expect(codeOf({ verification: 'differente' })).toBe('compte_non_verifie')
  for (const verification of ['conforme', 'proche', 'indisponible'] as const) expect(codeOf({ verification })).toBeNull()
})

test('an account is frozen while a bordereau has to be paid on it', () => {
  expect(codeOf({}, { bordereauxOuverts: 1 })).toBe('compte_gele')
})

test('only a request is checked, accepted, refused or withdrawn; one request at a time', () => {
  for (const statut of COMPTE_BANCAIRE_STATUTS) {
    const expected = statut === 'propose' ? null : 'compte_bancaire_statut'
    expect([statut, codeOf({ statut })]).toEqual([statut, expected])
    expect([statut, whyNotCheckCompte({ ...checked, statut }, 'x')?.code ?? null]).toEqual([statut, expected])
    expect([statut, whyNotRefuseCompte({ statut })?.code ?? null]).toEqual([statut, expected])
    expect([statut, whyNotWithdrawCompte({ statut })?.code ?? null]).toEqual([statut, expected])
  }
  expect(whyNotPropose(null)).toBeNull()
  expect(whyNotPropose({ demandeAt: DEMANDE })?.code).toBe('iban_en_verification')
})
