import { expect, test } from 'vitest'
import { COMMANDE_STATUTS } from './commandes.ts'
import { whyNotPack, whyNotReceive, whyNotShip } from './lots.ts'

const lot = { quantite: 100, produits: 100, seriePremiere: 260_000_001, serieDerniere: 260_000_100 }

test('a lot is shipped when it is whole, from en_production only', () => {
  expect(COMMANDE_STATUTS.filter((statut) => !whyNotShip({ statut, lot }))).toEqual(['en_production'])
  expect(whyNotShip({ statut: 'en_production', lot: { ...lot, produits: 99 } })?.message).toContain('99 sur 100\u00a0carnets')
  expect(whyNotShip({ statut: 'en_production', lot: null })?.code).toBe('commande_statut')
})

test('a lot is received once, when all of it has left', () => {
  expect(COMMANDE_STATUTS.filter((statut) => !whyNotReceive({ statut, lot }))).toEqual(['expediee'])
  expect(whyNotReceive({ statut: 'expediee', lot: null })?.code).toBe('commande_statut')
  expect(whyNotReceive({ statut: 'expediee', lot, enCours: true })?.message).toContain('expédition')
})

test('cartons are made while the lot is in production; a bundle fits in its carton', () => {
  const sizes = { parCarton: 500, parPaquet: 50 }
  expect(COMMANDE_STATUTS.filter((statut) => !whyNotPack({ statut, lot }, sizes))).toEqual(['en_production'])
  expect(whyNotPack({ statut: 'en_production', lot }, { parCarton: 40, parPaquet: 50 })?.code).toBe('plage_invalide')
  expect(whyNotPack({ statut: 'en_production', lot: null }, sizes)?.code).toBe('commande_statut')
})
