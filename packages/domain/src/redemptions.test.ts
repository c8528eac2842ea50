import { expect, test } from 'vitest'
import { describeRefusal, REDEMPTION_CHECKS, REDEMPTION_NEXT_STEP, REDEMPTION_REQUEST_CODES, whyNotUndo } from './redemptions.ts'
import { REDEMPTION_CODES } from './refusal-codes.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

test('the checks and the refusals of the request are all the codes of redemption, once', () => {
  expect([...REDEMPTION_CHECKS, ...REDEMPTION_REQUEST_CODES].toSorted()).toEqual([...REDEMPTION_CODES].toSorted())
  expect(Object.keys(REDEMPTION_NEXT_STEP).toSorted()).toEqual([...REDEMPTION_CODES].toSorted())
})
test('the sentences of the counter (ux.md 3.4)', () => {
  const at = new Date('2026-03-12T13:10:00Z')
  expect(plain(describeRefusal('deja_utilise', { at, zone: 'Europe/Paris' }))).toBe(
    'Pass déjà utilisé le 12/03/2026 à 14 h 10 dans votre lieu.',
  )
  expect(plain(describeRefusal('deja_utilise', { at: at.toISOString(), zone: 'America/Cayenne' }))).toBe(
    'Pass déjà utilisé le 12/03/2026 à 10 h 10 dans votre lieu.',
  )
  expect(describeRefusal('deja_utilise')).toBe('Pass déjà utilisé.')
  expect(describeRefusal('expire', { date: '2025-12-31' })).toBe('Pass valable jusqu’au 31/12/2025.')
  expect(plain(describeRefusal('trop_de_pass', { nombre: 2, demiJournee: 'matin' }))).toBe(
    'Déjà 2 pass utilisés ce matin par cette personne.',
  )
  expect(plain(describeRefusal('trop_de_pass', { nombre: 1, demiJournee: 'apres_midi' }))).toBe(
    'Déjà 1 pass utilisé cet après-midi par cette personne.',
  )
  expect(describeRefusal('carnet_bloque', { motif: 'vole' })).toBe('Carnet déclaré perdu ou volé.')
  expect(describeRefusal('carnet_bloque', { motif: 'controle' })).toBe('Carnet bloqué le temps d’un contrôle.')
  expect(describeRefusal('code_inconnu')).toBe('Ce numéro n’existe pas. Vérifiez les 12 caractères.')
  expect(describeRefusal('pas_actif')).toBe('Carnet pas encore activé par la collectivité.')
  expect(describeRefusal('pas_remis')).toBe('Carnet pas encore remis à une personne.')
  expect(describeRefusal('lieu_non_admis')).toBe('Votre lieu n’est pas agréé pour cette collectivité.')
  expect(describeRefusal('presence_manquante')).toBe('Cochez d’abord la présence à l’atelier.')
  expect(describeRefusal('atelier_deja_paye')).toBe('Atelier déjà payé pour cette personne.')
})

const NOW = new Date('2026-03-10T08:00:00Z')
test.each([
  ['a_payer', '2026-03-10T07:00:00Z', 'Erreur', null],
  ['a_payer', '2026-03-09T08:00:01Z', 'Erreur', null],
  ['a_payer', '2026-03-09T08:00:00Z', 'Erreur', 'delai_depasse'],
  ['a_payer', '2026-03-10T07:00:00Z', ' ', 'motif_manquant'],
  ['en_bordereau', '2026-03-10T07:00:00Z', 'Erreur', 'bordereau_clos'],
  ['payee', '2026-01-10T07:00:00Z', 'Erreur', 'bordereau_clos'],
  ['annulee', '2026-03-10T07:00:00Z', 'Erreur', 'redemption_statut'],
] as const)('undoing a redemption %s of %s with the reason %j: %s (C01, C03)', (statut, at, motif, code) => {
  expect(whyNotUndo({ statut, redeemedAt: new Date(at), motif }, NOW)?.code ?? null).toBe(code)
})
