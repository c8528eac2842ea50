import { expect, test } from 'vitest'
import {
  ATELIER_STATUTS,
  passAllowed,
  whyNotAtelier,
  whyNotAttend,
  whyNotCancel,
  whyNotEnrol,
  whyNotOffer,
  whyNotSchedule,
  type AtelierAction,
} from './ateliers.ts'
import { CONVENTION_DEFAULTS } from './conventions.ts'

const TODAY = '2026-03-10'

test.each([
  ['open', ['brouillon']],
  ['fill', ['ouvert']],
  ['free', ['complet']],
  ['hold', ['ouvert', 'complet']],
  ['validate', ['tenu']],
  ['cancel', ['brouillon', 'ouvert', 'complet', 'tenu']],
] as [AtelierAction, string[]][])('%s starts from %j only', (action, from) => {
  expect(ATELIER_STATUTS.filter((statut) => !whyNotAtelier(action, statut))).toEqual(from)
})
test.each([
  [{}, null],
  [{ date: '2026-03-03' }, null],
  [{ date: '2026-03-02' }, 'date'],
  [{ date: '2027-03-11' }, null],
  [{ date: '2027-03-12' }, 'date'],
  [{ dureeMinutes: 14 }, 'dureeMinutes'],
  [{ dureeMinutes: 480 }, null],
  [{ dureeMinutes: 481 }, 'dureeMinutes'],
  [{ dureeMinutes: 60.5 }, 'dureeMinutes'],
  [{ capacite: 0 }, 'capacite'],
  [{ capacite: 100 }, null],
  [{ capacite: 101 }, 'capacite'],
])('scheduling with %j: the field in fault is %s', (facts, chemin) => {
  const refusal = whyNotSchedule({ date: TODAY, dureeMinutes: 120, capacite: 8, ...facts }, TODAY)
  expect(refusal?.erreurs?.[0]?.chemin ?? null).toBe(chemin)
  expect(refusal?.code ?? 'atelier_invalide').toBe('atelier_invalide')
})
test.each([
  [{ statut: 'ouvert', passUtilises: 0, motif: 'Salle fermée' }, null],
  [{ statut: 'ouvert', passUtilises: 0, motif: '' }, 'motif_manquant'],
  [{ statut: 'tenu', passUtilises: 2, motif: 'Erreur' }, 'atelier_a_des_pass'],
  [{ statut: 'valide', passUtilises: 0, motif: 'Erreur' }, 'atelier_statut'],
] as const)('cancelling %j: %s', (facts, code) => {
  expect(whyNotCancel(facts)?.code ?? null).toBe(code)
})
test.each([
  [{}, null],
  [{ inscrits: 8 }, 'atelier_complet'],
  [{ statut: 'complet' as const }, 'atelier_complet'],
  [{ statut: 'annule' as const }, 'atelier_statut'],
  [{ statut: 'tenu' as const, date: '2026-03-03' }, null],
  [{ statut: 'tenu' as const, date: '2026-03-02' }, 'atelier_passe'],
])('enrolling with %j: %s', (facts, code) => {
  expect(whyNotEnrol({ statut: 'ouvert', date: TODAY, capacite: 8, inscrits: 3, ...facts }, TODAY)?.code ?? null).toBe(code)
})
test('attendance is marked from the day on', () => {
  expect(ATELIER_STATUTS.filter((statut) => !whyNotAttend({ statut, date: TODAY }, TODAY))).toEqual(['ouvert', 'complet', 'tenu'])
  expect(whyNotAttend({ statut: 'ouvert', date: '2026-03-11' }, TODAY)?.code).toBe('atelier_statut')
})
test.each([
  [60, 1],
  [120, 1],
  [121, 2],
])('an atelier of %i minutes takes %i pass a person', (duree, pass) => {
  expect(passAllowed(duree, CONVENTION_DEFAULTS)).toBe(pass)
})
test('seats are proposed before the atelier is held, up to its day', () => {
  expect(ATELIER_STATUTS.filter((statut) => !whyNotOffer({ statut, date: TODAY }, TODAY))).toEqual(['brouillon', 'ouvert', 'complet'])
  expect(whyNotOffer({ statut: 'ouvert', date: '2026-03-09' }, TODAY)?.code).toBe('atelier_statut')
})
