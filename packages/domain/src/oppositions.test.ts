import { expect, test } from 'vitest'
import {
  type ARemplacer,
  formatPlages,
  OPPOSITION_MAX,
  readPlages,
  type Remplacant,
  whyNotActOnPlages,
  whyNotCancelCarnets,
  whyNotDecideAnnulation,
  whyNotReplaceBy,
} from './oppositions.ts'
import { formatSerie } from './references.ts'

const TODAY = '2026-03-10'
const n = (rang: number) => formatSerie(260_000_000 + rang)
const plage = (premier: number, dernier: number) => ({ premier: n(premier), dernier: n(dernier) })

test('ranges that touch or overlap are one, a carnet named twice counts once', () => {
  expect(readPlages([plage(10, 12), plage(1, 3), plage(12, 15), plage(4, 4)])).toEqual({
    ok: true,
    plages: [
      { de: 260_000_001, a: 260_000_004 },
      { de: 260_000_010, a: 260_000_015 },
    ],
    carnets: 10,
  })
})

test.each([
  ['a number mistyped', [plage(1, 2), { premier: n(3), dernier: 'PN 26-000004' }], 'numero_malforme', 'plages.1.dernier'],
  ['ends in the wrong order', [plage(5, 4)], 'plage_invalide', 'plages.0.dernier'],
  ['two years', [{ premier: n(1), dernier: formatSerie(270_000_001) }], 'plage_invalide', 'plages.0.dernier'],
])('%s is refused on its field', (_, saisies, code, chemin) => {
  const read = readPlages(saisies)
  expect(read.ok ? null : [read.refusal.code, read.refusal.erreurs?.[0]?.chemin]).toEqual([code, chemin])
})

test('one gesture takes so many carnets and no more', () => {
  expect(readPlages([plage(1, OPPOSITION_MAX)]).ok).toBe(true)
  expect(readPlages([plage(1, OPPOSITION_MAX + 1)]).ok).toBe(false)
})

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

test('many ranges are named by the first ones', () => {
  const many = [1, 3, 5, 7, 9].map((rang) => ({ de: 260_000_000 + rang, a: 260_000_000 + rang }))
  expect(formatPlages(many, 2)).toBe(`${n(1)}, ${n(3)} et 3\u00a0autres plages`)
})
