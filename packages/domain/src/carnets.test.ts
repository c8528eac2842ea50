import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ATTRIBUTION_STATUTS, whyNotAcknowledgeAttribution, whyNotCancelAttribution } from './attributions.ts'
import { whyNotBlock, whyNotTakeBack, whyNotUnblock } from './carnet-moves.ts'
import { whyNotCancelCarnets, whyNotDecideAnnulation, whyNotReplaceBy } from './oppositions.ts'
import {
  badges,
  CARNET_STATUTS,
  carnetMachine,
  lastAcceptedDay,
  PASS_STATUTS,
  passEtat,
  passRefusalCode,
  unblockAction,
  whyNotAcknowledge,
  whyNotAllocate,
  whyNotHandOver,
  type CarnetStatut,
  type HandOverFacts,
  type PassFacts,
} from './carnets.ts'
import { echeancesOf } from './echeances.ts'
import { next } from './machine.ts'

const TODAY = '2026-03-10'
const PASS: PassFacts = { passStatut: 'neuf', carnetStatut: 'remis', actif: true, dateFinValidite: '2026-06-30', toleranceJours: 30 }

test.each([
  ['valable', {}, TODAY],
  ['valable', {}, '2026-07-29'], // A17
  ['valable', {}, '2026-07-30'], // A17b
  ['expire', {}, '2026-07-31'], // A18
  ['valable', { toleranceJours: 0 }, '2026-06-30'],
  ['expire', { toleranceJours: 0 }, '2026-07-01'],
  ['utilise', { passStatut: 'utilise', carnetStatut: 'bloque' }, TODAY], // C14: used pass stay used
  ['utilise', { passStatut: 'utilise', actif: false }, '2030-01-01'],
  ['annule', { passStatut: 'annule' }, TODAY],
  ['annule', { carnetStatut: 'annule' }, TODAY],
  ['bloque', { carnetStatut: 'bloque' }, TODAY],
  ['bloque', { carnetStatut: 'bloque', actif: false }, '2030-01-01'],
  ['inactif', { actif: false }, TODAY],
  ['inactif', { actif: false }, '2030-01-01'],
  ['inactif', { carnetStatut: 'attribue' }, TODAY],
  ['inactif', { carnetStatut: 'livre' }, '2030-01-01'],
  ['expire', { carnetStatut: 'expire' }, TODAY],
  ['inactif', { carnetStatut: 'expire', actif: false }, TODAY],
] as [string, Partial<PassFacts>, string][])('a pass is %s with %j on %s', (etat, facts, today) => {
  expect(passEtat({ ...PASS, ...facts }, today)).toBe(etat)
})
test.each([
  ['pas_remis', { carnetStatut: 'attribue' }],
  ['pas_actif', { carnetStatut: 'attribue', actif: false }],
  ['carnet_bloque', { carnetStatut: 'bloque', actif: false }],
  ['deja_utilise', { passStatut: 'utilise', carnetStatut: 'annule' }],
  ['pass_annule', { carnetStatut: 'annule', actif: false }],
] as [string, Partial<PassFacts>][])('the first check that fails is %s with %j', (code, facts) => {
  expect(passRefusalCode({ ...PASS, ...facts }, TODAY)).toBe(code)
})
test('a pass is valable exactly when nothing of its own refuses it', () => {
  const facts = fc.record({
    passStatut: fc.constantFrom(...PASS_STATUTS),
    carnetStatut: fc.constantFrom(...CARNET_STATUTS),
    actif: fc.boolean(),
    dateFinValidite: fc.constantFrom('2026-01-31', '2026-02-28', '2026-06-30'),
    toleranceJours: fc.nat(60),
  })
  fc.assert(
    fc.property(facts, (row) => {
      const live =
        row.passStatut === 'neuf' &&
        row.carnetStatut === 'remis' &&
        row.actif &&
        lastAcceptedDay(row.dateFinValidite, row.toleranceJours) >= TODAY
      expect(passEtat(row, TODAY) === 'valable').toBe(live)
      expect(passRefusalCode(row, TODAY) === null).toBe(live)
    }),
  )
})

test.each([
  [{ actif: false, taille: 10, utilises: 0 }, []],
  [{ actif: true, taille: 10, utilises: 0 }, ['active']],
  [{ actif: true, taille: 10, utilises: 1 }, ['active', 'entame']],
  [{ actif: true, taille: 10, utilises: 9 }, ['active', 'entame']],
  [{ actif: true, taille: 10, utilises: 10 }, ['active', 'epuise']],
  [{ actif: true, taille: 10, utilises: 3, annules: 7 }, ['active', 'epuise']],
  [{ actif: true, taille: 10, utilises: 0, annules: 10 }, ['active']],
])('%j shows %j (A42)', (carnet, shown) => {
  expect(badges(carnet)).toEqual(shown)
})

test.each([
  [260_000_001, 260_000_040, 40, null],
  [260_000_001, 260_000_040, 36, 'stock_insuffisant'],
  [260_000_040, 260_000_001, 40, 'plage_invalide'],
])('allocating %i–%i with %i of them here: %s', (seriePremiere, serieDerniere, disponibles, code) => {
  expect(whyNotAllocate({ seriePremiere, serieDerniere, disponibles })?.code ?? null).toBe(code)
})
test.each([
  ['livre', true, null],
  ['attribue', true, null],
  ['livre', false, 'carnet_statut'],
  ['bloque', true, 'carnet_bloque'],
  ['remis', true, 'carnet_statut'],
] as [CarnetStatut, boolean, string | null][])('receipt of a carnet %s, on the way %s: %s', (statut, enTransit, code) => {
  expect(whyNotAcknowledge({ statut, enTransit })?.code ?? null).toBe(code)
})

const HAND_OVER: HandOverFacts = {
  statut: 'attribue',
  actif: true,
  enTransit: false,
  dateFin: '2026-06-30',
  arretDistribution: null,
  publicEligible: true,
  consentement: true,
  aDejaUnCarnetVivant: false,
}
test.each([
  ['ready', {}, null],
  ['blocked', { statut: 'bloque' }, 'carnet_bloque'],
  ['on its way (E21)', { enTransit: true }, 'carnet_en_transit'],
  ['handed over', { statut: 'remis' }, 'carnet_statut'],
  ['still at the collectivité', { statut: 'livre' }, 'carnet_statut'],
  ['not active', { actif: false }, 'pas_actif'],
  ['on its last day', { dateFin: TODAY }, null],
  ['the day after', { dateFin: '2026-03-09' }, 'expire'],
  ['before the stop', { arretDistribution: '2026-03-11' }, null],
  ['from the stop on (E28)', { arretDistribution: TODAY }, 'distribution_arretee'],
  ['after the stop, with the written agreement', { arretDistribution: TODAY, override: { distribution: 'Courriel du 9 mars' } }, null],
  ['after the stop, with a blank agreement', { arretDistribution: TODAY, override: { distribution: ' ' } }, 'distribution_arretee'],
  ['without diagnostic', { diagnosticFait: false }, 'diagnostic_incomplet'],
  ['public not eligible', { publicEligible: false }, 'public_non_eligible'],
  ['without consent', { consentement: false }, 'consentement_manquant'],
  ['a second carnet', { aDejaUnCarnetVivant: true }, 'carnet_deja_remis'],
  ['a second carnet, with a reason', { aDejaUnCarnetVivant: true, override: { secondCarnet: 'Formation longue' } }, null],
] as [string, Partial<HandOverFacts>, string | null][])('hand-over %s', (_, facts, code) => {
  expect(whyNotHandOver({ ...HAND_OVER, ...facts }, TODAY)?.code ?? null).toBe(code)
})

test.each([
  ['prescripteur', TODAY, 0, null],
  ['prescripteur', '2026-03-09', 0, 'delai_depasse'],
  ['collectivite', '2026-03-09', 0, null],
  ['collectivite', TODAY, 1, 'carnet_entame'],
] as const)('taking back by the %s, handed over on %s, %i used: %s', (par, dateRemise, passUtilises, code) => {
  expect(whyNotTakeBack({ statut: 'remis', passUtilises, dateRemise, par }, TODAY)?.code ?? null).toBe(code)
})
test('block, unblock, replace, cancel', () => {
  expect(CARNET_STATUTS.filter((statut) => !whyNotBlock({ statut, motif: 'perdu' }))).toEqual(['expedie', 'livre', 'attribue', 'remis'])
  expect(whyNotBlock({ statut: 'remis', motif: 'vole', reference: '' })?.code).toBe('motif_manquant')
  expect(whyNotBlock({ statut: 'remis', motif: 'vole', reference: 'PV 12' })).toBeNull()
  expect(CARNET_STATUTS.filter((statut) => !whyNotUnblock({ statut }))).toEqual(['bloque'])
  const old = { statutAvantBlocage: 'remis', passNeufs: 7, dateFin: TODAY } as const
  expect(CARNET_STATUTS.filter((statut) => !whyNotReplaceBy({ ...old, statut }, null, TODAY))).toEqual(['bloque'])
  expect(whyNotReplaceBy({ ...old, statut: 'bloque', passNeufs: 0 }, null, TODAY)?.code).toBe('carnet_statut')
  expect(whyNotDecideAnnulation({ statut: 'demandee', demandePar: 'a', par: 'a' })?.code).toBe('meme_personne')
  expect(whyNotDecideAnnulation({ statut: 'demandee', demandePar: 'a', par: 'b' })).toBeNull()
  const one = { demandes: 1, trouves: 1, annulables: 1 }
  expect(whyNotCancelCarnets({ ...one, entames: 1 })?.code).toBe('carnet_entame')
  expect(whyNotCancelCarnets({ ...one, entames: 0 })).toBeNull()
})
test.each([
  ['expedie', 'livre'],
  ['livre', 'livre'],
  ['attribue', 'attribue'],
  ['remis', 'remis'],
] as const)('unblocking a carnet that was %s makes it %s again', (avant, statut) => {
  expect(next(carnetMachine, unblockAction(avant))).toBe(statut)
})
test('an attribution on its way is received or taken back, once', () => {
  expect(ATTRIBUTION_STATUTS.filter((statut) => !whyNotAcknowledgeAttribution({ statut }))).toEqual(['envoyee'])
  expect(ATTRIBUTION_STATUTS.filter((statut) => !whyNotCancelAttribution({ statut }))).toEqual(['envoyee'])
})
test('the calendar of a lot (domain.md section 3, Expiry)', () => {
  expect(echeancesOf('2026-06-30', 30)).toEqual({
    alerte: '2026-05-31',
    arret_distribution: '2026-06-15',
    constat: '2026-06-23',
    fin: '2026-06-30',
    dernier_jour: '2026-07-30',
    releve: '2026-08-06',
  })
  expect(echeancesOf('2026-06-30', 60).releve).toBe('2026-08-30')
})
