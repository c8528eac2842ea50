import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RAISONS_NON_PAYE } from './bordereaux.ts'
import { addDays, monthOf } from './days.ts'
import { attenteOf, COMPTE_ETATS, groupsOf, nextTransferOf, SITUATIONS, situationsOf, type StructureFacts, type UseFacts } from './du.ts'

const day = fc.integer({ min: 0, max: 1500 }).map((n) => addDays('2024-01-01', n))
const use = fc.record({
  situation: fc.constantFrom(...SITUATIONS),
  mois: day.map(monthOf),
  arreteLe: fc.option(day),
  semaine: fc.option(fc.integer({ min: 1, max: 53 })),
  transmisLe: fc.option(day),
})
const structure = fc.record({ compte: fc.constantFrom(...COMPTE_ETATS), suspendue: fc.boolean() })

const FACTS: UseFacts = { situation: 'a_payer', mois: '2026-02', arreteLe: null, semaine: null, transmisLe: null }
const OPEN: StructureFacts = { compte: 'accepte', suspendue: false }
const TODAY = '2026-03-04'

test('each unpaid use shows exactly one reason or the next transfer date, never both, never neither', () => {
  fc.assert(
    fc.property(use, structure, day, (facts, of, today) => {
      const { raison, date } = attenteOf(facts, of, today)
      expect([raison, date].filter((one) => one !== null)).toHaveLength(facts.situation === 'payee' ? 0 : 1)
      if (date !== null) expect(date >= today).toBe(true)
      if (raison !== null) expect(RAISONS_NON_PAYE).toContain(raison)
    }),
    { numRuns: 2000 },
  )
})

test('the filter on a reason finds the uses that show it, and no other', () => {
  fc.assert(
    fc.property(use, structure, day, (facts, of, today) => {
      const { raison } = attenteOf(facts, of, today)
      if (facts.situation !== 'payee') expect(situationsOf(raison, of)).toContain(facts.situation)
      const elsewhere = RAISONS_NON_PAYE.filter((other) => other !== raison)
      for (const other of elsewhere) expect(situationsOf(other, of)).not.toContain(facts.situation)
    }),
  )
})

test('what waits adds up to the whole, whatever the order', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(use, fc.nat(100_000))), structure, (uses, of) => {
      const groupes = uses
        .filter(([{ situation }]) => situation !== 'payee')
        .map(([facts, montantCentimes]) => ({ ...attenteOf(facts, of, TODAY), pass: 1, montantCentimes }))
      const summed = groupsOf(groupes)
      const total = (list: typeof groupes) => list.reduce((sum, { montantCentimes }) => sum + montantCentimes, 0)
      expect(total(summed)).toBe(total(groupes))
      expect(new Set(summed.map(({ raison, date }) => raison ?? date)).size).toBe(summed.length)
      expect(groupsOf(groupes.toReversed())).toEqual(summed)
    }),
  )
})

const said = (facts: Partial<UseFacts>, of: Partial<StructureFacts> = {}) => {
  const { raison, date } = attenteOf({ ...FACTS, ...facts }, { ...OPEN, ...of }, TODAY)
  return raison ?? date
}

test('a rejected transfer that waits says so until another account is asked for, then accepted', () => {
  const rejetee = { situation: 'rejetee' } as const
  expect(said(rejetee, { compte: 'rejete' })).toBe('virement_rejete')
  expect(said(rejetee, { compte: 'en_verification' })).toBe('iban_en_verification')
  expect(said(rejetee, { compte: 'accepte' })).toBe('2026-03-10')
  // and what was used since waits for the same account
  expect(said({ situation: 'annulable' }, { compte: 'rejete' })).toBe('virement_rejete')
})

test('the account comes before the suspension, both before the day left to undo', () => {
  expect(said({}, { compte: 'aucun', suspendue: true })).toBe('compte_absent')
  expect(said({ situation: 'annulable' }, { suspendue: true })).toBe('lieu_suspendu')
  expect(said({ situation: 'annulable' })).toBe('delai_annulation')
  expect(said({ situation: 'contestee' }, { compte: 'aucun' })).toBe('ligne_contestee')
})

test('what is in a bordereau is paid whatever happens since', () => {
  expect(said({ situation: 'en_bordereau' }, { compte: 'aucun', suspendue: true })).toBe('2026-03-10')
  // Friday the 6th leaves: the bank pays on Monday
  expect(attenteOf({ ...FACTS, situation: 'transmise', transmisLe: '2026-03-06' }, OPEN, '2026-03-06').date).toBe('2026-03-09')
  expect(attenteOf({ ...FACTS, situation: 'transmise', transmisLe: '2026-02-06' }, OPEN, TODAY).date).toBe(TODAY)
  expect(said({ situation: 'en_bordereau', semaine: 9, arreteLe: '2026-03-03' })).toBe('2026-03-09')
})

test('the next transfer is the nearest date with all that leaves that day', () => {
  const groupes = [
    { raison: 'ligne_contestee', date: null, pass: 9, montantCentimes: 9000 },
    { raison: null, date: '2026-04-10', pass: 1, montantCentimes: 1000 },
    { raison: null, date: '2026-03-10', pass: 2, montantCentimes: 2000 },
    { raison: null, date: '2026-03-10', pass: 3, montantCentimes: 2500 },
  ] as const
  expect(nextTransferOf(groupes)).toEqual({ date: '2026-03-10', pass: 5, montantCentimes: 4500 })
  expect(nextTransferOf(groupes.slice(0, 1))).toBeNull()
})
