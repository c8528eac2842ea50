import { assert, array, constantFrom, integer, property, record, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import {
  cleOf,
  composeBordereau,
  formatPeriode,
  inParts,
  periodeCutOff,
  periodeOf,
  weekOf,
  whyNotClosePeriode,
  whyNotWeekly,
} from './clotures.ts'
import { addDays } from './days.ts'

test('a month and a week name their days; a year of 52 weeks has no W53', () => {
  expect(periodeOf('2026-03')).toEqual({ cle: '2026-03', mois: '2026-03', semaine: null, avant: '2026-04-01' })
  expect(periodeOf('2026-W10')).toEqual({ cle: '2026-W10', mois: '2026-03', semaine: 10, avant: '2026-03-09' })
  // filed under the month of its Sunday
  expect(periodeOf('2026-W53')).toEqual({ cle: '2026-W53', mois: '2027-01', semaine: 53, avant: '2027-01-04' })
  for (const cle of ['2025-W53', '2026-13', '2026-00', '2026-W00', '2026-W54', '2026-3', 'mars', '2026-W10-1'])
    expect([cle, periodeOf(cle)]).toEqual([cle, null])
})

test('every day of thirty years is in the week that its key names', () => {
  for (let day = '2020-01-01'; day < '2050-01-01'; day = addDays(day, 1)) {
    const week = weekOf(day)
    expect(day >= addDays(week.avant, -7) && day < week.avant).toBe(true)
    expect(periodeOf(cleOf(week))).toEqual(week)
  }
})

test('it is said as people say it, and closes 24 hours after its end, in Paris', () => {
  const [mars, semaine] = [periodeOf('2026-03')!, periodeOf('2026-W10')!]
  expect([formatPeriode(mars), formatPeriode(semaine)]).toEqual(['mars 2026', 'semaine du 02/03/2026 au 08/03/2026'])
  expect(periodeCutOff(mars).toISOString()).toBe('2026-03-31T22:00:00.000Z')
  expect(whyNotClosePeriode(mars, new Date('2026-04-01T21:59:59Z'))?.message).toBe(
    'Le bordereau de mars 2026 s’arrête à partir du 02/04/2026 à 0\u00a0h.',
  )
  expect(whyNotClosePeriode(mars, new Date('2026-04-01T22:00:00Z'))).toBeNull()
  expect(whyNotClosePeriode(semaine, new Date('2026-03-09T22:59:59Z'))?.code).toBe('bordereau_trop_tot')
  expect(whyNotClosePeriode(semaine, new Date('2026-03-09T23:00:00Z'))).toBeNull()
  expect(whyNotClosePeriode(periodeOf('2026-04')!, new Date(0))?.message).toContain('d’avril 2026')
})

test('a week needs a floor', () => {
  expect(whyNotWeekly(periodeOf('2026-W10')!, null)?.code).toBe('cloture_plancher_absent')
  expect(whyNotWeekly(periodeOf('2026-W10')!, 1)).toBeNull()
  expect(whyNotWeekly(periodeOf('2026-03')!, null)).toBeNull()
})

const uses = (conventionId: string, pass: number) => ({ conventionId, pass, centimes: pass * 1000 })

test('uses, a report, a fee and an incident of 400 on 1000 (D31): the net is their sum', () => {
  const made = composeBordereau({
    utilisations: [uses('a', 3), uses('b', 1)],
    reports: [{ conventionId: 'c', bordereauId: 'x', centimes: 5000 }],
    retenues: [
      { id: 'i1', conventionId: 'b', centimes: 400 },
      { id: 'i2', conventionId: 'b', centimes: 600 },
      { id: 'i3', conventionId: 'd', centimes: 100 },
    ],
    fraisAvalBp: 400,
  })
  expect(made.sousTotaux).toEqual([
    { conventionId: 'a', pass: 3, utilisationsCentimes: 3000, montantCentimes: 2880 },
    { conventionId: 'b', pass: 1, utilisationsCentimes: 1000, montantCentimes: 560 },
    { conventionId: 'c', pass: 0, utilisationsCentimes: 0, montantCentimes: 5000 },
  ])
  // i2 no longer fits, i3 is of a convention that pays nothing: both wait
  expect(made.lignes.map(({ nature, objetId, montantCentimes }) => [nature, objetId, montantCentimes])).toEqual([
    ['report', 'x', 5000],
    ['frais', null, -120],
    ['frais', null, -40],
    ['incident', 'i1', -400],
  ])
  expect([made.pass, made.montantCentimes]).toEqual([4, 8440])
})

test('an incident that would leave nothing to transfer waits', () => {
  const made = composeBordereau({
    utilisations: [uses('a', 1)],
    reports: [],
    retenues: [{ id: 'i', conventionId: 'a', centimes: 1000 }],
    fraisAvalBp: 0,
  })
  expect([made.lignes, made.montantCentimes]).toEqual([[], 1000])
})

test('whatever the uses, reports, fees and incidents: subtotals never below 0, their sum is the bordereau, each incident whole or not at all', () => {
  const convention = constantFrom('a', 'b', 'c')
  const amount = integer({ min: 1, max: 20_000 })
  const given = record({
    utilisations: array(tuple(convention, integer({ min: 1, max: 40 }))),
    reports: array(tuple(convention, amount), { maxLength: 4 }),
    retenues: array(tuple(convention, amount), { maxLength: 12 }),
    fraisAvalBp: constantFrom(0, 1, 400, 5000),
  })
  assert(
    property(given, ({ utilisations, reports, retenues, fraisAvalBp }) => {
      const incidents = retenues.map(([conventionId, centimes], rank) => ({ id: `i${rank}`, conventionId, centimes }))
      const made = composeBordereau({
        utilisations: utilisations.map(([conventionId, pass]) => uses(conventionId, pass)),
        reports: reports.map(([conventionId, centimes], rank) => ({ conventionId, bordereauId: `b${rank}`, centimes })),
        retenues: incidents,
        fraisAvalBp,
      })
      let total = 0
      for (const { conventionId, utilisationsCentimes, montantCentimes } of made.sousTotaux) {
        const lines = made.lignes.filter((ligne) => ligne.conventionId === conventionId)
        expect(montantCentimes).toBe(utilisationsCentimes + lines.reduce((sum, ligne) => sum + ligne.montantCentimes, 0))
        expect(montantCentimes).toBeGreaterThanOrEqual(0)
        total += montantCentimes
      }
      expect(made.montantCentimes).toBe(total)
      if (made.sousTotaux.length > 0) expect(total).toBeGreaterThan(0)
      for (const { nature, objetId, montantCentimes } of made.lignes)
        if (nature === 'incident') expect(-montantCentimes).toBe(incidents.find(({ id }) => id === objetId)!.centimes)
    }),
  )
})

test('parts hold about so many uses and no more structures than said; none is lost, none twice', () => {
  const rows = [3, 3, 3, 10, 1, 1, 1, 1].map((pass, rank) => ({ pass, rank }))
  const parts = inParts(rows, { taille: 6, structures: 3 })
  expect(parts.map((part) => part.map(({ pass }) => pass))).toEqual([[3, 3], [3], [10], [1, 1, 1], [1]])
  expect(parts.flat()).toEqual(rows)
  expect(inParts([], { taille: 6, structures: 3 })).toEqual([])
})

test.each([
  ['2026-02', '2026-02-28T23:00:00.000Z'],
  ['2026-03', '2026-03-31T22:00:00.000Z'],
  ['2026-12', '2026-12-31T23:00:00.000Z'],
])('the month %s ends before %s (D04)', (mois, at) => {
  expect(periodeCutOff(periodeOf(mois)!).toISOString()).toBe(at)
})
test.each([
  ['2026-03-01T22:59:59.999Z', 'bordereau_trop_tot'],
  ['2026-03-01T23:00:00Z', null],
  ['2026-04-01T00:00:00Z', null],
])('February is closed at %s: %s', (now, code) => {
  expect(whyNotClosePeriode(periodeOf('2026-02')!, new Date(now))?.code ?? null).toBe(code)
})
test('a closing too early says from when', () => {
  expect(whyNotClosePeriode(periodeOf('2026-03')!, new Date('2026-03-10T08:00:00Z'))?.message.replaceAll('\u00a0', ' ')).toBe(
    'Le bordereau de mars 2026 s’arrête à partir du 02/04/2026 à 0 h.',
  )
})
