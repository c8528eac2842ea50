import { expect, test } from 'vitest'
import { whyNotDecideParametres, whyNotProposeParametres } from './parametres-paiement.ts'

const SURS = {
  debiteur: { nom: 'Opérateur', iban: 'FR76 3000 1007 9412 3456 7890 185' },
  seuilsCentimes: [0, 1_000_000],
  plancherHebdoCentimes: null,
}
const chemins = (parametres: Parameters<typeof whyNotProposeParametres>[0]) =>
  whyNotProposeParametres(parametres)?.erreurs?.map(({ chemin }) => chemin) ?? []

test('a true IBAN, thresholds that rise, a floor above 0 or none', () => {
  expect(whyNotProposeParametres(SURS)).toBeNull()
  expect(whyNotProposeParametres({ ...SURS, plancherHebdoCentimes: 50_000 })).toBeNull()
  expect(chemins({ ...SURS, debiteur: { nom: 'X', iban: 'FR7630001007941234567890186' } })).toEqual(['debiteurIban'])
  expect(chemins({ ...SURS, seuilsCentimes: [0, 5, 5] })).toEqual(['seuilsCentimes'])
  expect(chemins({ ...SURS, plancherHebdoCentimes: 0 })).toEqual(['plancherHebdoCentimes'])
})

test('somebody else decides, once', () => {
  expect(whyNotDecideParametres({ statut: 'proposee', proposePar: 'a', par: 'b' })).toBeNull()
  expect(whyNotDecideParametres({ statut: 'proposee', proposePar: 'a', par: 'a' })?.code).toBe('meme_personne')
  expect(whyNotDecideParametres({ statut: 'refusee', proposePar: 'a', par: 'b' })?.code).toBe('parametre_statut')
})
