import { expect, test } from 'vitest'
import { type AncienPass, ETATS_ANCIENS, judgeReprise, REPRISE_STATUTS, whyNotApplyReprise, whyNotDeposit } from './reprises.ts'

const FACTS = { today: '2026-03-10', toleranceJours: 30, dateFinMax: '2027-03-31', fondsCentimes: 100_000, valeurFacialeCentimes: 1000 }
const pass = (over: Partial<AncienPass> = {}): AncienPass => ({
  numero: 2,
  serie: 'A',
  etat: 'neuf',
  dateFin: '2026-06-30',
  preuve: 'Page 1',
  connu: false,
  ...over,
})
const motifOf = (over: Partial<AncienPass>, facts = FACTS) => judgeReprise([pass(over)], facts)[0]!.motif

test('state first, then what is known, dates, proof and cover: the first reason wins', () => {
  expect(motifOf({})).toBeNull()
  const worst = { connu: true, dateFin: '2020-01-31', preuve: null }
  expect(ETATS_ANCIENS.map((etat) => motifOf({ ...worst, etat }))).toEqual(['deja_repris', 'deja_utilise', 'impaye'])
  expect(motifOf({ ...worst, connu: false })).toBe('expire')
  expect(motifOf({ dateFin: '2028-01-31', preuve: null })).toBe('validite_trop_longue')
  expect(motifOf({ preuve: null })).toBe('preuve_absente')
  expect(motifOf({}, { ...FACTS, fondsCentimes: 999 })).toBe('couverture_insuffisante')
})

test('the last accepted day is honoured, the next is not; the longest validity too', () => {
  expect(['2026-02-08', '2026-02-07'].map((dateFin) => motifOf({ dateFin }))).toEqual([null, 'expire'])
  expect(['2027-03-31', '2027-04-01'].map((dateFin) => motifOf({ dateFin }))).toEqual([null, 'validite_trop_longue'])
})

test('a carnet is covered whole or not at all, and what is honoured never costs more than the funds', () => {
  for (let fonds = 0; fonds <= 8000; fonds += 500) {
    const passes = ['A', 'A', 'A', 'B', 'B', 'B', 'B', 'C'].map((serie, i) => pass({ serie, numero: i + 2 }))
    const decisions = judgeReprise(passes, { ...FACTS, fondsCentimes: fonds })
    const honoured = passes.filter((_, i) => decisions[i]!.motif === null)
    expect(honoured.length * 1000).toBeLessThanOrEqual(fonds)
    for (const serie of ['A', 'B', 'C']) {
      const of = passes.flatMap((one, i) => (one.serie === serie ? [decisions[i]!.motif] : []))
      expect(new Set(of).size).toBe(1)
    }
  }
  const small = judgeReprise([pass({ serie: 'A' }), pass({ serie: 'A', numero: 3 }), pass({ serie: 'B', numero: 4 })], {
    ...FACTS,
    fondsCentimes: 1000,
  })
  expect(small.map(({ motif }) => motif)).toEqual(['couverture_insuffisante', 'couverture_insuffisante', null])
})

test('a refused pass takes nothing of the cover', () => {
  const passes = [pass({ serie: 'A', preuve: null }), pass({ serie: 'B', numero: 3 })]
  expect(judgeReprise(passes, { ...FACTS, fondsCentimes: 1000 }).map(({ motif }) => motif)).toEqual(['preuve_absente', null])
})

test('a file is deposited before and after a judgement, never during nor once applied', () => {
  expect(REPRISE_STATUTS.filter((statut) => !whyNotDeposit({ statut }))).toEqual(['ouverte', 'en_erreur', 'a_confirmer'])
})

test('applied when every line is read, something is honoured, a proof is kept and the funds hold', () => {
  const ready = { honores: 2, pieces: 1, montantCentimes: 2000, fondsCentimes: 2000 }
  expect(REPRISE_STATUTS.filter((statut) => !whyNotApplyReprise({ ...ready, statut }))).toEqual(['a_confirmer'])
  const why = (over: Partial<typeof ready>) => whyNotApplyReprise({ ...ready, statut: 'a_confirmer', ...over })?.code
  expect([why({ honores: 0 }), why({ pieces: 0 }), why({ fondsCentimes: 1999 })]).toEqual([
    'reprise_statut',
    'preuve_absente',
    'couverture_insuffisante',
  ])
})
