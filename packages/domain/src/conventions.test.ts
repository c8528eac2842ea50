import { expect, test } from 'vitest'
import {
  CONVENTION_DEFAULTS,
  CONVENTION_STATUTS,
  conventionMachine,
  isPic,
  PUBLIC_CODES,
  whyNotAmend,
  whyNotConvention,
  whyNotEdit,
  whyNotOpen,
  whyNotOrder,
  whyNotSaveCle,
  whyNotSavePeriode,
  whyNotSign,
  type ConventionAction,
} from './conventions.ts'

const TODAY = '2026-03-10'
const ORDERABLE = { statut: 'active', dateDebut: '2026-01-01', dateFin: '2026-12-31', montantCentimes: 1_000_000 } as const

test.each([
  ['sign', ['brouillon']],
  ['open', ['signee']],
  ['report', ['active']],
  ['settle', ['en_bilan']],
  ['close', ['soldee']],
  ['terminate', ['signee', 'active']],
] as [ConventionAction, string[]][])('%s starts from %j only', (action, from) => {
  expect(CONVENTION_STATUTS.filter((statut) => !whyNotConvention(action, statut))).toEqual(from)
})
test('every statut but the first is reached', () => {
  expect(new Set(Object.values(conventionMachine).map(({ to }) => to))).toEqual(
    new Set(CONVENTION_STATUTS.filter((statut) => statut !== 'brouillon')),
  )
})

test.each([
  [[6000, 2000, 2000], null],
  [[10_000], null],
  [[6000, 2000, 1999], 'il manque 0,01\u00a0%'],
  [[6000, 2000, 2001], 'il y a 0,01\u00a0% de trop'],
  [[5000, 4000], 'il manque 10\u00a0%'],
  [[], 'au moins un financeur'],
  [[10_001, -1], 'supérieure à 0\u00a0%'],
  [[5000.5, 4999.5], 'supérieure à 0\u00a0%'],
])('the key %j: %s (E03)', (cles, reason) => {
  const refusal = whyNotSaveCle(cles)
  expect(refusal?.code ?? null).toBe(reason && 'convention_cle_incomplete')
  expect(refusal?.message ?? '').toContain(reason ?? '')
  expect(refusal?.erreurs?.[0]?.chemin ?? 'financeurs').toBe('financeurs')
})
test('a convention may last one day, not less', () => {
  expect(whyNotSavePeriode({ dateDebut: TODAY, dateFin: TODAY })).toBeNull()
  expect(whyNotSavePeriode({ dateDebut: TODAY, dateFin: '2026-03-09' })?.code).toBe('convention_invalide')
})

test('only a brouillon is signed', () => {
  expect(CONVENTION_STATUTS.filter((statut) => !whyNotSign({ statut, dateFin: '2031-01-01' }, TODAY))).toEqual(['brouillon'])
})
test.each([
  ['2026-03-10', false, null],
  ['2026-03-09', false, 'convention_echue'],
  ['2026-03-10', true, 'convention_statut'],
])('signed today when it ends on %s, already signed %s: %s', (dateFin, dejaSigne, code) => {
  expect(whyNotSign({ statut: 'brouillon', dateFin, dejaSigne }, TODAY)?.code ?? null).toBe(code)
})
test('a brouillon is edited, a signed or active convention is amended', () => {
  expect(CONVENTION_STATUTS.filter((statut) => !whyNotEdit({ statut }))).toEqual(['brouillon'])
  expect(CONVENTION_STATUTS.filter((statut) => !whyNotAmend({ statut }))).toEqual(['signee', 'active'])
})
test.each([
  [{}, null],
  [{ dateDebut: TODAY }, null],
  [{ dateDebut: '2026-03-11' }, 'convention_non_commencee'],
  [{ dateFin: '2026-03-09' }, 'convention_echue'],
  [{ signaturesManquantes: ['État'] }, 'signature_manquante'],
  [{ statut: 'brouillon' as const }, 'convention_statut'],
])('opened with %j: %s', (facts, code) => {
  expect(whyNotOpen({ statut: 'signee', dateDebut: '2026-01-01', dateFin: '2026-12-31', ...facts }, TODAY)?.code ?? null).toBe(code)
})
test('who has not signed is named', () => {
  expect(whyNotOpen({ statut: 'signee', dateDebut: TODAY, dateFin: TODAY, signaturesManquantes: ['État', 'FSE'] }, TODAY)?.message).toBe(
    'Signature attendue\u00a0: État, FSE.',
  )
})
test.each([
  [{}, 0, 1_000_000, null],
  [{}, 400_000, 600_000, null],
  [{}, 400_000, 600_001, 'convention_depassee'],
  [{ statut: 'signee' as const }, 0, 1, 'convention_statut'],
  [{ dateFin: '2026-03-09' }, 0, 1, 'convention_echue'],
  [{ dateFin: TODAY }, 0, 1, null],
  [{ dateDebut: '2026-03-11' }, 0, 1, 'convention_non_commencee'],
])('%j, %i ordered already, %i more: %s', (facts, deja, montant, code) => {
  expect(whyNotOrder({ ...ORDERABLE, ...facts }, deja, montant, TODAY)?.code ?? null).toBe(code)
})
test('an order too large says by how much', () => {
  expect(whyNotOrder(ORDERABLE, 400_000, 650_000, TODAY)?.message.replaceAll('\u00a0', ' ')).toBe(
    'La commande (6 500,00 €) dépasse de 500,00 € ce qui reste sur la convention (6 000,00 €).',
  )
})
test('publics and first values are those of the specification', () => {
  expect(PUBLIC_CODES.filter(isPic)).toEqual(['minima_sociaux', 'demandeurs_emploi', 'jeunes_16_25', 'femmes_16_25'])
  expect(CONVENTION_DEFAULTS).toMatchObject({
    carnetTaille: 10,
    valeurFacialeCentimes: 1000,
    validiteMois: 12,
    toleranceJours: 30,
    quotaPicBp: 5000,
  })
})
