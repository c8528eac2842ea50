import { expect, test } from 'vitest'
import { incidentMachine, type UtilisationContestee, whyNotAskIncident, whyNotDecideIncident } from './incidents.ts'
import { allows } from './machine.ts'

const NOW = new Date('2026-03-10T08:00:00Z')
const use = (change: Partial<UtilisationContestee> = {}): UtilisationContestee => ({
  statut: 'payee',
  redeemedAt: new Date('2026-02-10T08:00:00Z'),
  montantCentimes: 1000,
  hasIncident: false,
  ...change,
})
const ask = (change: Partial<UtilisationContestee> = {}, demandeCentimes = 400) =>
  whyNotAskIncident(use(change), { demandeCentimes, now: NOW })?.code ?? null

test.each([
  ['paid', {}, 400, null],
  ['in a bordereau', { statut: 'en_bordereau' }, 400, null],
  ['due, its undo over', { statut: 'a_payer', redeemedAt: new Date('2026-03-09T08:00:00Z') }, 400, null],
  [
    'due, one second before the end of its undo',
    { statut: 'a_payer', redeemedAt: new Date('2026-03-09T08:00:01Z') },
    400,
    'incident_impossible',
  ],
  ['undone', { statut: 'annulee' }, 400, 'incident_impossible'],
  ['with an incident', { hasIncident: true }, 400, 'incident_impossible'],
  ['for the whole', {}, 1000, null],
  ['for a centime more than the whole', {}, 1001, 'incident_montant'],
] as const)('an incident on a use %s', (_, change, montant, expected) => {
  expect(ask(change, montant)).toBe(expected)
})

test('somebody else decides, once', () => {
  const decide = (statut: 'demande' | 'approuve' | 'refuse' | 'repris', par: string) =>
    whyNotDecideIncident({ statut, demandePar: 'a', par })?.code ?? null
  expect(decide('demande', 'b')).toBeNull()
  expect(decide('demande', 'a')).toBe('meme_personne')
  for (const statut of ['approuve', 'refuse', 'repris'] as const) expect(decide(statut, 'b')).toBe('incident_statut')
})

test('only an approved incident is withheld', () => {
  expect((['demande', 'approuve', 'refuse', 'repris'] as const).filter((statut) => allows(incidentMachine, 'take', statut))).toEqual([
    'approuve',
  ])
})
