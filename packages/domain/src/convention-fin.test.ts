import { expect, test } from 'vitest'
import { devoirsOf, lastClaimDay } from './convention-devoirs.ts'
import { whyNotCloseConvention, whyNotDistribute, whyNotReport, whyNotSettle } from './convention-fin.ts'
import { CONVENTION_STATUTS, type ConventionStatut } from './conventions.ts'

const TODAY = '2026-03-10'
const NOTHING = { circulation: 0, du: 0, en_paiement: 0, a_crediter: 0, a_partager: 0 }

test.each<[ConventionStatut, string, number, string | null]>([
  ['active', '2026-03-09', 0, null],
  ['active', TODAY, 0, 'convention_non_terminee'],
  ['active', '2026-03-09', 1, 'convention_commandes_en_cours'],
  ['signee', '2026-03-09', 0, 'convention_statut'],
])('the final account of a convention %s ending on %s with %i commandes under way: %s', (statut, dateFin, commandesEnCours, code) => {
  expect(whyNotReport({ statut, dateFin, commandesEnCours }, TODAY)?.code ?? null).toBe(code)
})

test.each<[ConventionStatut, Partial<typeof NOTHING>, string | null, string | null]>([
  ['en_bilan', {}, null, null],
  ['en_bilan', {}, '2026-03-09', null],
  ['en_bilan', {}, TODAY, 'convention_non_soldee'],
  ['en_bilan', { du: 1 }, null, 'convention_non_soldee'],
  ['en_bilan', { a_crediter: 1 }, null, 'convention_non_soldee'],
  ['en_bilan', { a_partager: 1 }, null, 'convention_non_soldee'],
  ['active', {}, null, 'convention_statut'],
])('settled from %s with %j left, claims until %s: %s', (statut, reste, dernierJour, code) => {
  expect(whyNotSettle({ statut, reste: { ...NOTHING, ...reste }, dernierJour }, TODAY)?.code ?? null).toBe(code)
})
test('what is left is said account by account', () => {
  const { message } = whyNotSettle({ statut: 'en_bilan', reste: { ...NOTHING, circulation: 150_000, du: 3000 }, dernierJour: null }, TODAY)!
  expect(message.replaceAll('\u00a0', ' ')).toBe(
    'Il reste 1 500,00 € de pass en circulation, 30,00 € dus aux structures. Le solde vient quand tout est payé ou crédité.',
  )
})

test('a settled convention is closed, unless a payment came back since', () => {
  expect(whyNotCloseConvention({ statut: 'soldee', reste: NOTHING })).toBeNull()
  expect(whyNotCloseConvention({ statut: 'soldee', reste: { ...NOTHING, du: 2000 } })?.code).toBe('convention_non_soldee')
  expect(whyNotCloseConvention({ statut: 'en_bilan', reste: NOTHING })?.code).toBe('convention_statut')
})

test('carnets of a terminated, settled or closed convention are handed over no more', () => {
  expect(CONVENTION_STATUTS.filter((statut) => whyNotDistribute(statut))).toEqual(['soldee', 'close', 'resiliee'])
})

const CONVENTION = {
  statut: 'active' as ConventionStatut,
  dateDebut: '2026-01-01',
  dateFin: '2027-12-31',
  toleranceJours: 30,
  reclamationJours: 60,
  quotaPicBp: 5000,
  fse: true,
  financeurs: [
    { nom: 'État', nature: 'etat', dateSignature: '2025-12-20' },
    { nom: 'Creuse', nature: 'collectivite', dateSignature: null },
  ],
}
const LOT = { id: 'l', nom: 'commande 2026-0001', carnets: 1200, dateFin: '2026-06-30' }
const days = (list: ReturnType<typeof devoirsOf>) => Object.fromEntries(list.map(({ cle, date, etat }) => [cle, `${date} ${etat}`]))

test('the calendar derives every day from the rules and the lots, the nearest first', () => {
  const list = devoirsOf(CONVENTION, [LOT], '2026-06-05')
  expect(days(list)).toEqual({
    'signature-1': '2025-12-20 fait',
    'signature-2': '2026-01-01 en_retard',
    ouverture: '2026-01-01 fait',
    'bilan-2026': '2027-01-31 a_venir',
    'bilan-2027': '2028-01-31 a_venir',
    avenant: '2027-11-01 a_venir',
    fin: '2027-12-31 a_venir',
    bilan: '2028-01-01 a_venir',
    fse: '2028-06-30 a_venir',
    'lot-l-alerte': '2026-05-31 passe',
    'lot-l-arret_distribution': '2026-06-15 proche',
    'lot-l-constat': '2026-06-23 proche',
    'lot-l-fin': '2026-06-30 proche',
    'lot-l-dernier_jour': '2026-07-30 a_venir',
    'lot-l-releve': '2026-08-06 a_venir',
    'lot-l-reclamation': '2026-08-29 a_venir',
  })
  expect(list.map(({ date }) => date)).toEqual(list.map(({ date }) => date).toSorted())
})
test('no State, no yearly account; no European fund, nobody asked again; terminated, nothing more to begin', () => {
  const alone = { ...CONVENTION, fse: false, financeurs: [CONVENTION.financeurs[1]!] }
  expect(Object.keys(days(devoirsOf(alone, [], TODAY)))).toEqual(['signature-1', 'ouverture', 'avenant', 'fin', 'bilan'])
  const ended = days(devoirsOf({ ...alone, statut: 'resiliee' }, [], '2028-06-01'))
  expect(Object.values(ended).some((one) => one.endsWith('en_retard'))).toBe(false)
})
test('the final account late is said late', () => {
  expect(days(devoirsOf(CONVENTION, [], '2028-02-01')).bilan).toBe('2028-01-01 en_retard')
  expect(days(devoirsOf({ ...CONVENTION, statut: 'en_bilan' }, [], '2028-02-01')).bilan).toBe('2028-01-01 fait')
})
test('claims end after the last lot’s own delay and statement', () => {
  expect(lastClaimDay([], CONVENTION)).toBeNull()
  expect(lastClaimDay([LOT, { dateFin: '2026-04-30' }], CONVENTION)).toBe('2026-08-29')
  expect(lastClaimDay([LOT], { ...CONVENTION, reclamationJours: 10 })).toBe('2026-08-06')
})
