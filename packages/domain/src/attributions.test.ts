import { expect, test } from 'vitest'
import {
  ACCUSE_RELANCE_JOURS,
  ATTRIBUTION_STATUTS,
  isLate,
  whyNotAcknowledgeAttribution,
  whyNotCancelAttribution,
  whyNotTransfer,
} from './attributions.ts'

test('only who receives confirms, once, and only what is on its way', () => {
  expect(ATTRIBUTION_STATUTS.filter((statut) => !whyNotAcknowledgeAttribution({ statut, position: 'destinataire' }))).toEqual(['envoyee'])
  expect(whyNotAcknowledgeAttribution({ statut: 'envoyee', position: 'expediteur' })?.code).toBe('attribution_statut')
  expect(whyNotAcknowledgeAttribution({ statut: 'envoyee', position: 'tiers' })?.code).toBe('attribution_statut')
})

test('who sends calls back what is on its way, the collectivité too; who receives never does', () => {
  for (const position of ['expediteur', 'tiers'] as const)
    expect(ATTRIBUTION_STATUTS.filter((statut) => !whyNotCancelAttribution({ statut, position }))).toEqual(['envoyee'])
  expect(whyNotCancelAttribution({ statut: 'envoyee', position: 'destinataire' })?.code).toBe('attribution_statut')
  expect(whyNotCancelAttribution({ statut: 'accusee', position: 'expediteur' })?.message).toContain('retour')
})

test('a parcel is late after seven whole days on its way, and never once it arrived', () => {
  const now = new Date('2026-03-10T08:00:00Z')
  const sent = (days: number, ms = 0) => new Date(now.getTime() - days * 86_400_000 - ms)
  expect(isLate({ statut: 'envoyee', envoyeeAt: sent(ACCUSE_RELANCE_JOURS) }, now)).toBe(false)
  expect(isLate({ statut: 'envoyee', envoyeeAt: sent(ACCUSE_RELANCE_JOURS, 1) }, now)).toBe(true)
  expect(isLate({ statut: 'accusee', envoyeeAt: sent(90) }, now)).toBe(false)
})

test('carnets go from one place to another', () => {
  expect(whyNotTransfer({ de: 'p1', vers: 'p2' })).toBeNull()
  expect(whyNotTransfer({ de: 'p1', vers: null })).toBeNull()
  expect(whyNotTransfer({ de: 'p1', vers: 'p1' })?.code).toBe('transfert_non_permis')
})
