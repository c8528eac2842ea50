import { expect, test } from 'vitest'
import { COMMANDE_STATUTS } from './commandes.ts'
import { whyNotPrint, whyNotReceive, whyNotShip } from './lots.ts'

const lot = { quantite: 100, produits: 100, seriePremiere: 260_000_001, serieDerniere: 260_000_100 }

test('a lot is shipped when it is whole, from en_production only', () => {
  expect(COMMANDE_STATUTS.filter((statut) => !whyNotShip({ statut, lot }))).toEqual(['en_production'])
  expect(whyNotShip({ statut: 'en_production', lot: { ...lot, produits: 99 } })?.message).toContain('99 sur 100\u00a0carnets')
  expect(whyNotShip({ statut: 'en_production', lot: null })?.code).toBe('commande_statut')
})

test('carnets are printed once written, while their key lives', () => {
  expect(whyNotPrint({ lot, cle: true, de: 91, nombre: 20 })).toBeNull()
  expect(whyNotPrint({ lot, cle: false, de: 1, nombre: 1 })?.message).toContain('détruite')
  expect(whyNotPrint({ lot: { ...lot, produits: 10 }, cle: true, de: 1, nombre: 10 })).toBeNull()
  expect(whyNotPrint({ lot: { ...lot, produits: 10 }, cle: true, de: 2, nombre: 10 })?.code).toBe('commande_statut')
  expect(whyNotPrint({ lot, cle: true, de: 101, nombre: 1 })?.code).toBe('commande_statut')
  expect(whyNotPrint({ lot: null, cle: false, de: 1, nombre: 1 })?.code).toBe('commande_statut')
})

test('a missing carnet belongs to the lot, and a lot is received once', () => {
  expect(whyNotReceive({ statut: 'expediee', lot }, [260_000_001, 260_000_100])).toBeNull()
  expect(whyNotReceive({ statut: 'expediee', lot }, [260_000_101])?.code).toBe('plage_invalide')
  expect(COMMANDE_STATUTS.filter((statut) => !whyNotReceive({ statut, lot }, []))).toEqual(['expediee'])
})
