import { expect, test } from 'vitest'
import {
  publicStatut,
  STRUCTURE_STATUTS,
  THEME_CODES,
  THEMES,
  whyNotAccept,
  whyNotEditStructure,
  whyNotLabel,
  whyNotStructure,
  whyNotSubmit,
  type StructureAction,
} from './lieux.ts'

const TODAY = '2026-03-10'

test.each([
  ['submit', ['brouillon', 'complement_demande']],
  ['request_complement', ['soumis']],
  ['accept', ['soumis']],
  ['reject', ['soumis']],
  ['sign_charte', ['eligible']],
  ['label', ['charte_signee']],
  ['suspend', ['labellise']],
  ['reinstate', ['suspendu']],
  ['withdraw', ['labellise', 'suspendu']],
  ['lapse', ['labellise', 'suspendu']],
] as [StructureAction, string[]][])('%s starts from %j only', (action, from) => {
  expect(STRUCTURE_STATUTS.filter((statut) => !whyNotStructure(action, { statut, motif: 'Motif' }))).toEqual(from)
})
test('what is decided against a structure is explained', () => {
  expect(whyNotStructure('suspend', { statut: 'labellise', motif: ' ' })?.code).toBe('motif_manquant')
  expect(whyNotStructure('accept', { statut: 'soumis' })).toBeNull()
})
test('a file sent is edited only when a complement is asked (G25)', () => {
  expect(STRUCTURE_STATUTS.filter((statut) => !whyNotEditStructure({ statut }))).toEqual(['brouillon', 'complement_demande'])
})
test('the nine services of the national schema', () => {
  expect(THEMES).toHaveLength(9)
  expect(new Set(THEME_CODES).size).toBe(9)
})

const LIEU = { nom: 'Médiathèque', minutesHebdo: 1440 }
const FILE = { statut: 'brouillon', siret: '21230250900014', lieux: [LIEU], nbServices: 1 } as const
type Case = [string, Partial<Parameters<typeof whyNotLabel>[0]>, string | null]
const OPENING: Case[] = [
  ['24 h exactly', { lieux: [LIEU] }, null],
  ['a minute short', { lieux: [{ ...LIEU, minutesHebdo: 1439 }] }, 'horaires_insuffisants'],
  ['one lieu of two short', { lieux: [LIEU, { ...LIEU, minutesHebdo: 600 }] }, 'horaires_insuffisants'],
  ['short with a waiver', { lieux: [{ ...LIEU, minutesHebdo: 600 }], derogation: 'Zone de montagne' }, null],
  ['short with a blank waiver', { lieux: [{ ...LIEU, minutesHebdo: 600 }], derogation: ' ' }, 'horaires_insuffisants'],
  ['unreadable hours', { lieux: [{ ...LIEU, minutesHebdo: null }] }, 'horaires_illisibles'],
  ['no lieu', { lieux: [] }, 'lieu_absent'],
  ['no service', { nbServices: 0 }, 'service_absent'],
  ['wrong SIRET (G20)', { siret: '21230250900015' }, 'siret_invalide'],
]
test.each(OPENING)('sending the file, %s', (_, facts, code) => {
  expect(whyNotSubmit({ ...FILE, ...facts })?.code ?? null).toBe(code)
})
const LABEL = { ...FILE, statut: 'charte_signee', charteSignee: '2026', charteEnVigueur: '2026', compteVerifiePar: ['a', 'b'] } as const
const LABELLING: Case[] = [
  ...OPENING,
  ['older charter', { charteSignee: '2025' }, 'charte_non_signee'],
  ['no charter', { charteSignee: null }, 'charte_non_signee'],
  ['account checked by one person, twice', { compteVerifiePar: ['a', 'a'] }, 'compte_non_verifie'],
  ['not accepted yet', { statut: 'soumis' }, 'structure_statut'],
]
test.each(LABELLING)('giving the label, %s', (_, facts, code) => {
  expect(whyNotLabel({ ...LABEL, ...facts })?.code ?? null).toBe(code)
})
test('the hours refused say how many there are', () => {
  expect(whyNotSubmit({ ...FILE, lieux: [{ ...LIEU, minutesHebdo: 1350 }] })?.message.replaceAll('\u00a0', ' ')).toBe(
    'Le lieu « Médiathèque » ouvre 22 h 30 par semaine : le label demande 24 h, ou une dérogation motivée.',
  )
})

test.each([
  [{ statut: 'labellise' }, 'accepte', null],
  [{ statut: 'labellise', dateFinLabel: TODAY }, 'accepte', null],
  [{ statut: 'labellise', dateFinLabel: '2026-03-09' }, 'non_labellise', 'lieu_non_labellise'],
  [{ statut: 'labellise', dateDebutLabel: '2026-03-11' }, 'non_labellise', 'lieu_non_labellise'],
  [{ statut: 'labellise', dateFermeture: '2026-03-11' }, 'accepte', null],
  [{ statut: 'labellise', dateFermeture: TODAY }, 'ferme', 'lieu_ferme'],
  [{ statut: 'suspendu', dateFermeture: TODAY }, 'suspendu', 'lieu_suspendu'],
  [{ statut: 'caduc' }, 'non_labellise', 'lieu_non_labellise'],
  [{ statut: 'soumis' }, 'non_labellise', 'lieu_non_labellise'],
] as const)('a lieu %j is for the public %s', (lieu, word, code) => {
  expect(publicStatut(lieu, TODAY)).toBe(word)
  expect(whyNotAccept(lieu, TODAY)?.code ?? null).toBe(code)
})
