import { expect, test } from 'vitest'
import {
  type ARemplacer,
  type Remplacant,
  whyNotActOnPlages,
  whyNotCancelCarnets,
  whyNotDecideAnnulation,
  whyNotReplaceBy,
} from './oppositions.ts'

const TODAY = '2026-03-10'

test.each([
  [{ demandes: 3, trouves: 2, possibles: 2 }, 'plage_invalide'],
  [{ demandes: 3, trouves: 0, possibles: 0 }, 'plage_invalide'],
  [{ demandes: 3, trouves: 3, possibles: 0 }, 'carnet_statut'],
  [{ demandes: 3, trouves: 3, possibles: 1 }, undefined],
])('numbers %j are acted on only when all of them are ours and one can be', (counted, code) => {
  expect(whyNotActOnPlages(counted, 'bloquer')?.code).toBe(code)
})

const OLD: ARemplacer = { statut: 'bloque', statutAvantBlocage: 'remis', passNeufs: 7, dateFin: '2026-06-30' }
const NEW: Remplacant = {
  statut: 'livre',
  enTransit: false,
  actif: true,
  memeConvention: true,
  aPortee: true,
  dejaServi: false,
  taille: 10,
  dateFin: '2026-06-30',
}

test.each([
  [undefined, {}, {}],
  [undefined, {}, { statut: 'attribue' }],
  [undefined, {}, { taille: 7 }],
  ['carnet_statut', { statut: 'remis', statutAvantBlocage: null }, {}],
  ['carnet_statut', { statut: 'annule', statutAvantBlocage: null }, {}],
  ['remplacement_impossible', { statutAvantBlocage: 'attribue' }, {}],
  ['carnet_statut', { passNeufs: 0 }, {}],
  ['carnet_en_transit', {}, { enTransit: true }],
  ['carnet_statut', {}, { statut: 'remis' }],
  ['carnet_statut', {}, { statut: 'bloque' }],
  ['remplacement_impossible', {}, { memeConvention: false }],
  ['remplacement_impossible', {}, { aPortee: false }],
  ['remplacement_impossible', {}, { dejaServi: true }],
  ['pas_actif', {}, { actif: false }],
  ['remplacement_impossible', {}, { taille: 6 }],
  ['expire', {}, { dateFin: '2026-05-31' }],
  ['expire', { dateFin: '2026-02-28' }, { dateFin: '2026-02-28' }],
] as const)('replacing answers %s when the old is %j and the new %j', (code, old, next) => {
  expect(whyNotReplaceBy({ ...OLD, ...old }, { ...NEW, ...next }, TODAY)?.code).toBe(code)
})

test.each([
  [{ demandes: 4, trouves: 4, annulables: 4, entames: 0 }, undefined],
  [{ demandes: 4, trouves: 3, annulables: 3, entames: 0 }, 'plage_invalide'],
  [{ demandes: 4, trouves: 4, annulables: 4, entames: 1 }, 'carnet_entame'],
  [{ demandes: 4, trouves: 4, annulables: 3, entames: 0 }, 'carnet_statut'],
])('carnets %j are cancelled all or none', (facts, code) => {
  expect(whyNotCancelCarnets(facts)?.code).toBe(code)
})

test('whoever asked does not decide, and nobody decides twice', () => {
  expect(whyNotDecideAnnulation({ statut: 'demandee', demandePar: 'a', par: 'b' })).toBeNull()
  expect(whyNotDecideAnnulation({ statut: 'demandee', demandePar: 'a', par: 'a' })?.code).toBe('meme_personne')
  expect(whyNotDecideAnnulation({ statut: 'confirmee', demandePar: 'a', par: 'b' })?.code).toBe('annulation_statut')
  expect(whyNotDecideAnnulation({ statut: 'refusee', demandePar: 'a', par: 'b' })?.code).toBe('annulation_statut')
})
