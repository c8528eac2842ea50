import { expect, test } from 'vitest'
import {
  echeanceFacture,
  FACTURE_STATUTS,
  factureNumero,
  suivisOf,
  whyNotClose,
  whyNotCredit,
  whyNotFollow,
  whyNotIssue,
} from './factures.ts'

test('numbers and last day to pay', () => {
  expect([factureNumero('facture', 2026, 1), factureNumero('avoir', 2026, 12)]).toEqual(['F26-0001', 'AV26-0012'])
  expect(echeanceFacture('2026-03-10')).toBe('2026-04-09')
})

test('each party records what is its own, from the statuts that allow it', () => {
  expect(suivisOf('deposee', 'collectivite')).toEqual(['deliver', 'recycle', 'reject'])
  expect(suivisOf('mise_a_disposition', 'operateur')).toEqual(['suspend', 'recycle', 'reject'])
  expect(suivisOf('a_recycler', 'collectivite')).toEqual([])
  expect(suivisOf('a_recycler', 'operateur')).toEqual(['redeposit'])
  for (const statut of ['rejetee', 'mandatee', 'payee'] as const)
    for (const organisation of ['collectivite', 'operateur'] as const) expect(suivisOf(statut, organisation)).toEqual([])
  for (const statut of FACTURE_STATUTS) expect(suivisOf(statut, 'prescripteur')).toEqual([])
})

test('sending a document back asks why', () => {
  const facts = { statut: 'deposee', organisation: 'collectivite' } as const
  expect(whyNotFollow('reject', { ...facts, motif: ' ' })?.code).toBe('motif_manquant')
  expect(whyNotFollow('reject', { ...facts, motif: 'Double' })).toBeNull()
  expect(whyNotFollow('deliver', facts)).toBeNull()
})

test('an invoice is made once, from the production on', () => {
  expect(whyNotIssue({ statut: 'maquette_validee', facture: null })?.code).toBe('commande_statut')
  expect(whyNotIssue({ statut: 'en_production', facture: null })).toBeNull()
  expect(whyNotIssue({ statut: 'livree', facture: { numero: 'F26-0001' } })?.message).toContain('F26-0001')
})

test('a launched commande is credited when billed, produced and not engaged', () => {
  const facts = { statut: 'livree', facture: { numero: 'F26-0001' }, lot: { quantite: 2, produits: 2 }, engages: 0 } as const
  expect(whyNotCredit(facts)).toBeNull()
  expect(whyNotCredit({ ...facts, statut: 'maquette_validee' })?.code).toBe('commande_statut')
  expect(whyNotCredit({ ...facts, facture: null })?.code).toBe('facture_absente')
  expect(whyNotCredit({ ...facts, lot: { quantite: 2, produits: 1 } })?.message).toContain('production est en cours')
  expect(whyNotCredit({ ...facts, engages: 1 })?.code).toBe('carnet_statut')
})

test('a commande is closed when all is active and paid', () => {
  const facts = { statut: 'livree', facture: { statut: 'payee' }, carnetsActivables: 0 } as const
  expect(whyNotClose(facts)).toBeNull()
  expect(whyNotClose({ ...facts, carnetsActivables: 1 })?.message).toContain('1\u00a0carnet reçu attend')
  expect(whyNotClose({ ...facts, facture: { statut: 'mandatee' } })?.message).toContain('pas encore payée')
  expect(whyNotClose({ ...facts, facture: null })?.code).toBe('commande_statut')
  expect(whyNotClose({ ...facts, statut: 'expediee' })?.code).toBe('commande_statut')
})
