import { expect, test } from 'vitest'
import {
  COMMANDE_STATUTS,
  COMMANDE_TOUR,
  statutsOfTour,
  commandeMachine,
  endOfValidity,
  quoteCommande,
  quoteInWords,
  whyNotCommande,
  type CommandeAction,
} from './commandes.ts'
import { allows, next } from './machine.ts'

test.each([
  ['quote', ['brouillon']],
  ['sign', ['devis']],
  ['propose_maquette', ['signee', 'maquette_refusee']],
  ['refuse_maquette', ['maquette_a_valider']],
  ['validate_maquette', ['maquette_a_valider']],
  ['produce', ['maquette_validee']],
  ['ship', ['en_production']],
  ['receive', ['expediee']],
  ['close', ['livree']],
  ['cancel', ['brouillon', 'devis', 'signee', 'maquette_a_valider', 'maquette_refusee', 'maquette_validee']],
] as [CommandeAction, string[]][])('%s starts from %j only', (action, from) => {
  expect(COMMANDE_STATUTS.filter((statut) => !whyNotCommande(action, { statut }))).toEqual(from)
  expect(COMMANDE_STATUTS.filter((statut) => allows(commandeMachine, action, statut))).toEqual(from)
})
test('the whole way of a commande, with a refused proof', () => {
  const way: CommandeAction[] = [
    'quote',
    'sign',
    'propose_maquette',
    'refuse_maquette',
    'propose_maquette',
    'validate_maquette',
    'produce',
    'ship',
    'receive',
    'close',
  ]
  let statut: (typeof COMMANDE_STATUTS)[number] = 'brouillon'
  for (const action of way) {
    expect(whyNotCommande(action, { statut })).toBeNull()
    statut = next(commandeMachine, action)
  }
  expect(statut).toBe('close')
})
test('somebody acts next until the end', () => {
  expect(COMMANDE_STATUTS.filter((statut) => COMMANDE_TOUR[statut] === null)).toEqual(['close', 'annulee'])
  expect(statutsOfTour('collectivite')).toEqual(['devis', 'maquette_a_valider', 'expediee'])
  expect(statutsOfTour('operateur')).toContain('brouillon')
})
test('a commande launched is no longer cancelled, and the refusal names the avoir', () => {
  expect(whyNotCommande('cancel', { statut: 'en_production' })?.message).toContain('demandez un avoir')
  expect(whyNotCommande('cancel', { statut: 'annulee' })?.message).not.toContain('avoir')
})
test('an empty commande is not quoted, a correction says what', () => {
  expect(whyNotCommande('quote', { statut: 'brouillon', lots: [] })?.code).toBe('commande_invalide')
  expect(whyNotCommande('quote', { statut: 'brouillon', lots: [{ quantite: 1 }] })).toBeNull()
  expect(whyNotCommande('refuse_maquette', { statut: 'maquette_a_valider', commentaire: ' ' })?.code).toBe('motif_manquant')
})

test('a quote adds face value, fees and VAT on the fees', () => {
  expect(quoteCommande({ quantite: 120, carnetTaille: 10, valeurFacialeCentimes: 1000, fraisBp: 400, tvaBp: 2000 })).toEqual({
    carnets: 120,
    pass: 1200,
    montantFacialCentimes: 1_200_000,
    fraisHtCentimes: 48_000,
    tvaCentimes: 9600,
    totalTtcCentimes: 1_257_600,
  })
})
test('carnets, pass and euros are said together (A8)', () => {
  expect(quoteInWords({ quantite: 120, carnetTaille: 10, valeurFacialeCentimes: 1000 }).replaceAll('\u00a0', ' ')).toBe(
    '120 carnets de 10 = 1 200 pass = 12 000,00 €',
  )
})
test.each([
  ['2025-06-12', 12, '2026-06-30'],
  ['2026-01-31', 1, '2026-02-28'],
  ['2027-02-28', 12, '2028-02-29'],
])('a proof validated on %s for %i months ends on %s', (day, mois, end) => {
  expect(endOfValidity(day, mois)).toBe(end)
})
