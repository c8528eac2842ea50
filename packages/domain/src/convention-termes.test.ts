import { expect, test } from 'vitest'
import {
  diffTermes,
  TERME_RULES,
  type Termes,
  VERSION_STATUTS,
  versionTitle,
  whyNotDateSignature,
  whyNotDraftAvenant,
  whyNotEditSigned,
  whyNotSaveTermes,
  whyNotSignAvenant,
  whyNotTouchVersion,
} from './convention-termes.ts'
import { CONVENTION_STATUTS } from './conventions.ts'

const TODAY = '2026-03-10'
const TERMES: Termes = {
  dateFin: '2027-12-31',
  montantCentimes: 10_000_000,
  carnetTaille: 10,
  valeurFacialeCentimes: 1000,
  validiteMois: 12,
  toleranceJours: 30,
  reclamationJours: 60,
  passParAtelier: 1,
  passParAtelierLong: 2,
  passParDemiJournee: 2,
  quotaPicBp: 5000,
  fraisAmontBp: 400,
  fse: false,
  identite: 'minimale',
  publics: ['seniors', 'demandeurs_emploi'],
  criteres: [{ public: 'seniors', texte: 'À partir de 60 ans.' }],
  territoire: ['D23'],
  lieuxAdmis: 'tous',
  lieux: [],
  financeurs: [
    { nature: 'etat', nom: 'État', cleBp: 5000, plafondCentimes: 100_000, estRepli: false },
    { nature: 'collectivite', nom: 'Creuse', cleBp: 5000, plafondCentimes: null, estRepli: true },
  ],
}
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

test.each<[Partial<Termes>, string | null]>([
  [{}, null],
  [{ passParAtelier: 3 }, 'passParAtelierLong'],
  [{ passParAtelierLong: 3 }, 'passParDemiJournee'],
  [{ publics: ['seniors', 'seniors'] }, 'publics'],
  [{ criteres: [{ public: 'familles', texte: 'Quotient' }] }, 'criteres'],
  [
    {
      criteres: [
        { public: 'seniors', texte: 'a' },
        { public: 'seniors', texte: 'b' },
      ],
    },
    'criteres',
  ],
  [{ identite: 'fse' }, 'identite'],
  [{ identite: 'fse', fse: true }, null],
  [{ lieuxAdmis: 'liste' }, 'lieux'],
  [{ lieuxAdmis: 'liste', lieux: ['l1'] }, null],
  [{ lieux: ['l1'] }, 'lieux'],
  [{ carnetTaille: 11 }, 'carnetTaille'],
  [{ financeurs: [] }, 'financeurs'],
])('rules changed by %j: refused on %s', (changes, chemin) => {
  expect(whyNotSaveTermes({ ...TERMES, ...changes })?.erreurs?.[0]?.chemin ?? null).toBe(chemin)
})

test('every rule has its words, and differs alone when it alone changes', () => {
  const others: Partial<Record<keyof Termes, Partial<Termes>>> = {
    identite: { identite: 'anonyme' },
    fse: { fse: true },
    publics: { publics: ['seniors'] },
    criteres: { criteres: [] },
    territoire: { territoire: [] },
    lieux: { lieuxAdmis: 'liste', lieux: ['l1'] },
    dateFin: { dateFin: '2028-12-31' },
    financeurs: { financeurs: [{ nature: 'collectivite', nom: 'Creuse', cleBp: 10_000, plafondCentimes: null, estRepli: true }] },
  }
  for (const { champ } of TERME_RULES) {
    const changed = others[champ] ?? { [champ]: (TERMES[champ] as number) + 1 }
    const found = diffTermes(TERMES, { ...TERMES, ...changed })
    expect(found.map((one) => one.champ)).toEqual([champ])
    expect(found[0]!.avant).not.toBe(found[0]!.apres)
  }
  expect(new Set(TERME_RULES.map(({ champ }) => champ)).add('lieuxAdmis')).toEqual(new Set(Object.keys(TERMES)))
})

test('an order of publics, of lieux or of criteria is no change', () => {
  expect(diffTermes(TERMES, { ...TERMES, publics: ['demandeurs_emploi', 'seniors'] })).toEqual([])
})

test('a difference reads as a sentence, with the names of lieux', () => {
  const [money] = diffTermes(TERMES, { ...TERMES, montantCentimes: 12_000_000 })
  expect([plain(money!.avant), plain(money!.apres)]).toEqual(['100 000,00 €', '120 000,00 €'])
  const [lieux] = diffTermes(TERMES, { ...TERMES, lieuxAdmis: 'liste', lieux: ['l1', 'l2'] }, { lieux: new Map([['l1', 'Le Chai']]) })
  expect([lieux!.avant, plain(lieux!.apres)]).toEqual(['Tous les lieux labellisés', 'Le Chai ; Un lieu'])
  const [parts] = diffTermes(TERMES, { ...TERMES, financeurs: [TERMES.financeurs[0]!, { ...TERMES.financeurs[1]!, nom: 'Département' }] })
  expect(plain(parts!.apres)).toBe('État (État) 50 %, jusqu’à 1 000,00 € ; Département (Collectivité) 50 %, prend le reste')
})

const LOTS = [{ id: 'lot', dateFin: '2026-06-30' }]
const draft = (apres: Partial<Termes>, prolongations: { lotId: string; dateFin: string }[] = []) =>
  whyNotDraftAvenant(
    { avant: TERMES, apres: { ...TERMES, ...apres }, prolongations, lots: LOTS },
    { dateDebut: '2026-01-01', commandeCentimes: 500_000 },
    TODAY,
  )
test.each<[Partial<Termes>, { lotId: string; dateFin: string }[], string | null]>([
  [{}, [], 'avenant_sans_changement'],
  [{ toleranceJours: 45 }, [], null],
  [{ dateFin: '2026-03-09' }, [], 'dateFin'],
  [{ dateFin: TODAY }, [], null],
  [{ montantCentimes: 499_999 }, [], 'montantCentimes'],
  [{ montantCentimes: 500_000 }, [], null],
  [{}, [{ lotId: 'lot', dateFin: '2026-12-31' }], null],
  [{}, [{ lotId: 'lot', dateFin: '2026-12-30' }], 'prolongations.0.dateFin'],
  [{}, [{ lotId: 'lot', dateFin: '2026-06-30' }], 'prolongations.0.dateFin'],
  [{}, [{ lotId: 'autre', dateFin: '2026-12-31' }], 'prolongations.0.lotId'],
  [
    {},
    [
      { lotId: 'lot', dateFin: '2026-12-31' },
      { lotId: 'lot', dateFin: '2027-12-31' },
    ],
    'prolongations',
  ],
])('an avenant of %j and %j: %s', (apres, prolongations, expected) => {
  const refusal = draft(apres, prolongations)
  expect(refusal?.erreurs?.[0]?.chemin ?? refusal?.code ?? null).toBe(expected)
})

test('a version is touched while in preparation only, and signed on a signed or active convention only', () => {
  expect(VERSION_STATUTS.filter((statut) => !whyNotTouchVersion({ statut, numero: 2 }))).toEqual(['brouillon'])
  const version = { statut: 'brouillon', numero: 2 } as const
  expect(CONVENTION_STATUTS.filter((statut) => !whyNotSignAvenant(version, { statut }))).toEqual(['signee', 'active'])
  expect(whyNotSignAvenant({ ...version, dejaSigne: true }, { statut: 'active' })?.code).toBe('avenant_statut')
})

test('signatures begun are begun again knowingly', () => {
  expect(whyNotEditSigned({ signees: 0, recommencer: false })).toBeNull()
  expect(whyNotEditSigned({ signees: 1, recommencer: false })?.code).toBe('signature_presente')
  expect(whyNotEditSigned({ signees: 1, recommencer: true })).toBeNull()
})

test('the day of a signature is today or past, and of this scheme', () => {
  expect(whyNotDateSignature(TODAY, TODAY)).toBeNull()
  expect(whyNotDateSignature('2026-03-11', TODAY)?.erreurs?.[0]?.chemin).toBe('dateSignature')
  expect(whyNotDateSignature('2018-12-31', TODAY)?.code).toBe('convention_invalide')
})

test('version 2 is the first avenant', () => {
  expect([1, 2, 3].map((n) => plain(versionTitle(n)))).toEqual(['Convention initiale', 'Avenant n° 1', 'Avenant n° 2'])
})
