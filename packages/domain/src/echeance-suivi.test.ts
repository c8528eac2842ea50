import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from './days.ts'
import {
  aFaireOf,
  ACCORD_ETAPES,
  ACCORD_PARTIES,
  alertesDues,
  arretOf,
  ECHEANCE_STATUTS,
  jourCloture,
  type LotPass,
  manquantsOf,
  PARTIES,
  prochaineEtape,
  type Suivi,
  whyNotAccorder,
  whyNotClore,
  whyNotDeroger,
  whyNotEtablirReleve,
} from './echeance-suivi.ts'

const FIN = '2026-06-30'
const suivi = (changes: Partial<Suivi> = {}): Suivi => ({ dateFin: FIN, toleranceJours: 30, statut: 'en_cours', accords: [], ...changes })
const PASS: LotPass = { passUtilises: 3, passExpires: 117, passAnnules: 0 }
const SIGNED: Suivi['accords'] = [
  { etape: 'releve', partie: 'collectivite' },
  { etape: 'releve', partie: 'operateur' },
]

test.each([
  ['2026-05-30', []],
  ['2026-05-31', ['alerte']],
  ['2026-06-15', ['alerte', 'arret_distribution']],
  ['2026-06-23', ['alerte', 'arret_distribution', 'constat']],
  ['2026-08-05', ['alerte', 'arret_distribution', 'constat']],
  ['2026-08-06', ['alerte', 'arret_distribution', 'constat', 'releve']],
])('on %s the steps announced are %j (E27)', (today, etapes) => {
  expect(alertesDues(suivi(), today)).toEqual(etapes)
})

test('nothing stops without the agreement; with it, from D−15, or from its own day when it came later (E28)', () => {
  expect(arretOf(FIN, null)).toBeNull()
  expect(arretOf(FIN, '2026-06-01')).toBe('2026-06-15')
  expect(arretOf(FIN, '2026-06-18')).toBe('2026-06-18')
})

test.each([
  ['collectivite', 'arret_distribution', '2026-05-30', 'Cet accord se donne à partir du 31/05/2026.'],
  ['collectivite', 'arret_distribution', '2026-05-31', null],
  ['collectivite', 'arret_distribution', '2026-06-30', null],
  ['collectivite', 'arret_distribution', '2026-07-01', 'il n’y a plus de distribution à arrêter'],
  ['operateur', 'arret_distribution', '2026-06-10', 'revient à la collectivité'],
  ['operateur', 'constat', '2026-06-22', 'à partir du 23/06/2026'],
  ['operateur', 'constat', '2026-06-23', null],
  ['collectivite', 'releve', '2026-08-06', 'n’est pas encore établi'],
] as const)('%s agrees to %s on %s: %s', (partie, etape, today, message) => {
  const refusal = whyNotAccorder(etape, partie, suivi(), today)
  if (message === null) expect(refusal).toBeNull()
  else expect(refusal).toMatchObject({ code: 'echeance_statut', message: expect.stringContaining(message) })
})

test('each side signs the statement once; an agreement given is not given again', () => {
  const one = suivi({ statut: 'releve', accords: [SIGNED[0]!] })
  expect(whyNotAccorder('releve', 'collectivite', one, '2026-08-06')?.message).toContain('déjà enregistré')
  expect(whyNotAccorder('releve', 'operateur', one, '2026-08-06')).toBeNull()
})

test('nothing is agreed, written or closed on a lot that is closed, being closed, or prolonged', () => {
  for (const statut of ['close', 'cloture', 'prolongee'] as const) {
    const ended = suivi({ statut, accords: SIGNED })
    for (const etape of ACCORD_ETAPES) expect(whyNotAccorder(etape, 'collectivite', ended, '2026-08-10')?.code).toBe('echeance_statut')
    expect(whyNotEtablirReleve(ended, '2026-08-10')?.code).toBe('echeance_statut')
    expect(whyNotClore({ ...ended, signes: PASS, actuels: PASS }, '2026-08-10')?.code).toBe('echeance_statut')
  }
})

test('the statement comes at D+37, the closing once both have signed it and every late use is in', () => {
  expect(whyNotEtablirReleve(suivi(), '2026-08-05')?.message).toContain('06/08/2026')
  expect(whyNotEtablirReleve(suivi(), '2026-08-06')).toBeNull()
  const close = (changes: Partial<Suivi>, actuels = PASS, today = '2026-08-06', signes: LotPass | null = PASS) =>
    whyNotClore({ ...suivi({ statut: 'releve', accords: SIGNED, ...changes }), signes, actuels }, today)?.message ?? null
  expect(close({})).toBeNull()
  expect(close({ statut: 'en_cours' }, PASS, '2026-08-06', null)).toContain('Établissez d’abord')
  expect(close({ accords: [SIGNED[0]!] })).toContain('l’opérateur n’a pas signé')
  expect(close({}, { ...PASS, passExpires: 107, passAnnules: 10 })).toContain('ont changé')
  expect(close({ toleranceJours: 60 }, PASS, '2026-09-02')).toContain('à partir du 03/09/2026')
})

test('the closing never comes before the last use and its undoing, whatever the tolerance', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 120 }), (toleranceJours) => {
      expect(jourCloture(FIN, toleranceJours) >= addDays(FIN, toleranceJours + 5)).toBe(true)
      expect(jourCloture(FIN, toleranceJours) >= addDays(FIN, 37)).toBe(true)
    }),
  )
})

test.each([
  ['2026-05-01', suivi(), 'alerte', []],
  ['2026-06-01', suivi(), 'arret_distribution', ['collectivite']],
  ['2026-06-23', suivi({ accords: [{ etape: 'arret_distribution', partie: 'collectivite' }] }), 'constat', ['collectivite', 'operateur']],
  ['2026-07-10', suivi({ accords: [] }), 'constat', ['collectivite', 'operateur']],
  ['2026-08-06', suivi(), 'releve', ['operateur']],
  ['2026-08-06', suivi({ statut: 'releve' }), 'releve', ['collectivite', 'operateur']],
  ['2026-08-06', suivi({ statut: 'releve', accords: SIGNED }), 'releve', ['operateur']],
  ['2026-08-06', suivi({ statut: 'cloture' }), 'releve', []],
] as const)('on %s the next step of %j is %s, for %j', (today, one, etape, acteurs) => {
  expect(prochaineEtape(one, today)).toMatchObject({ etape, acteurs })
})

test('whoever is asked to agree may agree, on any day and in any state', () => {
  const accord = fc.constantFrom(...ACCORD_ETAPES.flatMap((etape) => ACCORD_PARTIES[etape].map((partie) => ({ etape, partie }))))
  const facts = fc.record({
    statut: fc.constantFrom(...ECHEANCE_STATUTS),
    accords: fc.uniqueArray(accord, { selector: ({ etape, partie }) => etape + partie }),
    jour: fc.integer({ min: -60, max: 90 }),
  })
  fc.assert(
    fc.property(facts, ({ statut, accords, jour }) => {
      const one = suivi({ statut, accords })
      const today = addDays(FIN, jour)
      const next = prochaineEtape(one, today)
      expect(next === null).toBe(statut === 'close' || statut === 'prolongee')
      const etape = next && ACCORD_ETAPES.find((each) => each === next.etape)
      if (!next || !etape || manquantsOf(etape, accords).length === 0 || next.action.startsWith('Établir')) return
      for (const partie of next.acteurs) expect(whyNotAccorder(etape, partie, one, today)).toBeNull()
      expect(next.acteurs.every((partie) => PARTIES.includes(partie))).toBe(true)
    }),
  )
})

test.each([
  ['nothing is stopped', { arret: null }, 'echeance_statut'],
  ['the stop is to come', { arret: '2026-06-21' }, 'echeance_statut'],
  ['the lot is over', { dateFin: '2026-06-19' }, 'echeance_statut'],
  ['a carnet of the range is not waiting', { remettables: 1 }, 'carnet_statut'],
  ['the range is none', { demandes: 0, remettables: 0 }, 'plage_invalide'],
] as const)('no override when %s', (_, changes, code) => {
  const good = { statut: 'en_cours', dateFin: FIN, arret: '2026-06-15', demandes: 2, remettables: 2 } as const
  expect(whyNotDeroger(good, '2026-06-20')).toBeNull()
  expect(whyNotDeroger({ ...good, ...changes }, '2026-06-20')?.code).toBe(code)
})

test.each([
  // nothing before D−30, then the stop, which is the collectivité’s alone
  ['2026-05-30', {}, null, null],
  ['2026-05-31', {}, 'accord', null],
  // the counts are asked of both once the stop is agreed
  ['2026-06-23', { accords: [{ etape: 'arret_distribution', partie: 'collectivite' }] }, 'accord', 'accord'],
  // past the end nobody is asked for the stop any more
  ['2026-07-01', { accords: [{ etape: 'constat', partie: 'operateur' }] }, 'accord', null],
  ['2026-08-06', {}, null, 'cloture'],
  ['2026-08-06', { statut: 'releve', accords: [SIGNED[0]!] }, null, 'accord'],
  ['2026-08-06', { statut: 'releve', accords: SIGNED }, null, 'cloture'],
  // a long tolerance: signed, but late uses may still come in
  ['2026-09-15', { statut: 'releve', toleranceJours: 75, accords: SIGNED }, null, null],
  ['2026-09-18', { statut: 'releve', toleranceJours: 75, accords: SIGNED }, null, 'cloture'],
  ['2026-08-06', { statut: 'cloture' }, null, null],
  ['2026-08-06', { statut: 'close' }, null, null],
  ['2026-06-20', { statut: 'prolongee' }, null, null],
] as [string, Partial<Suivi>, string | null, string | null][])(
  'on %s, with %j: the collectivité has %s, the operator %s',
  (today, changes, collectivite, operateur) => {
    expect([aFaireOf(suivi(changes), 'collectivite', today), aFaireOf(suivi(changes), 'operateur', today)]).toEqual([
      collectivite,
      operateur,
    ])
  },
)
