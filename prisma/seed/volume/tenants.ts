/** One collectivité of the demonstration, after a real case: real territory, public figures, invented people. */
export type DemoTenant = {
  code: 'creuse' | 'guyane' | 'lens' | 'creil' | 'hautegaronne'
  nom: string
  siret: string
  /** Of the prescripteur whose people sign in, a CCAS. */
  siretCcas: string
  /** Codes of the territory, and of the département whose places it uses, nearest to `centre` first. */
  territoire: string
  departement: string
  centre: [latitude: number, longitude: number]
  operateur: 'o1' | 'o2'
  convention: string
  /** Basis points: FSE (0 when it takes no part), État, collectivité. */
  cle: [fse: number, etat: number, collectivite: number]
  identite: 'minimale' | 'anonyme'
  publics: string[]
  carnets: number
  taille: number
  lieux: number
  prescripteurs: number
  /** Parts of the delivered carnets: attributed, handed over; part of the handed over that are started. */
  attribues: number
  remis: number
  entames: number
  /** Part of the delivered carnets that are active. */
  actives: number
}

const PUBLICS = ['minima_sociaux', 'demandeurs_emploi', 'seniors', 'tout_public']
const JEUNES = ['jeunes_16_25', 'femmes_16_25', 'demandeurs_emploi']

export const TENANTS: readonly DemoTenant[] = [
  {
    code: 'creuse',
    nom: 'Département de la Creuse',
    siret: '22230001000013',
    siretCcas: '26230021300010',
    territoire: 'D23',
    departement: '23',
    centre: [46.17, 1.87],
    operateur: 'o1',
    convention: 'FSE Creuse',
    cle: [6000, 2000, 2000],
    identite: 'minimale',
    publics: PUBLICS,
    carnets: 1200,
    taille: 5,
    lieux: 15,
    prescripteurs: 25,
    attribues: 0.9,
    remis: 0.62,
    entames: 0.6,
    actives: 1,
  },
  {
    code: 'guyane',
    nom: 'Collectivité territoriale de Guyane',
    siret: '20005267800014',
    siretCcas: '26973004000012',
    territoire: 'D973',
    departement: '973',
    centre: [4.92, -52.31],
    operateur: 'o1',
    convention: 'AAP Guyane',
    cle: [0, 5000, 5000],
    identite: 'minimale',
    publics: JEUNES,
    carnets: 3000,
    taille: 10,
    lieux: 18,
    prescripteurs: 20,
    attribues: 0.88,
    remis: 0.62,
    entames: 0.36,
    actives: 0.9,
  },
  {
    code: 'lens',
    nom: 'Communauté d’agglomération de Lens-Liévin',
    siret: '24620036400012',
    siretCcas: '26620051800014',
    territoire: 'E246200364',
    departement: '62',
    centre: [50.43, 2.83],
    operateur: 'o1',
    convention: 'AAP Lens-Liévin',
    cle: [0, 5000, 5000],
    identite: 'minimale',
    publics: PUBLICS,
    carnets: 4000,
    taille: 10,
    lieux: 22,
    prescripteurs: 36,
    attribues: 0.92,
    remis: 0.64,
    entames: 0.6,
    actives: 1,
  },
  {
    code: 'creil',
    nom: 'Agglomération Creil Sud Oise',
    siret: '20006804700015',
    siretCcas: '26600042100013',
    territoire: 'E200068047',
    departement: '60',
    centre: [49.26, 2.47],
    operateur: 'o2',
    convention: 'Politique de la ville',
    cle: [6500, 1400, 2100],
    identite: 'minimale',
    publics: JEUNES,
    carnets: 1000,
    taille: 5,
    lieux: 6,
    prescripteurs: 8,
    attribues: 0.9,
    remis: 0.67,
    entames: 0.33,
    actives: 1,
  },
  {
    code: 'hautegaronne',
    nom: 'Département de la Haute-Garonne',
    siret: '22310001700423',
    siretCcas: '26310033100010',
    territoire: 'D31',
    departement: '31',
    centre: [43.6, 1.44],
    operateur: 'o2',
    convention: 'AAP Haute-Garonne',
    cle: [0, 5000, 5000],
    identite: 'minimale',
    publics: PUBLICS,
    carnets: 2000,
    taille: 10,
    lieux: 20,
    prescripteurs: 40,
    attribues: 0.9,
    remis: 0.63,
    entames: 0.58,
    actives: 1,
  },
]

/** What `cli demo check` expects of each collectivité (public figures, `demo-data.md`): parts in %, low and high. */
export const MAGNITUDES: Record<DemoTenant['code'], { remis: [number, number]; entames: [number, number]; utilises: [number, number] }> = {
  creuse: { remis: [55, 65], entames: [50, 65], utilises: [20, 27] },
  guyane: { remis: [55, 65], entames: [30, 40], utilises: [10, 18] },
  lens: { remis: [55, 65], entames: [50, 65], utilises: [20, 27] },
  creil: { remis: [55, 65], entames: [30, 40], utilises: [10, 18] },
  hautegaronne: { remis: [55, 65], entames: [50, 65], utilises: [20, 27] },
}

export const OPERATEURS = { o1: 'Opérateur Modèle', o2: 'Opérateur Exemple' } as const
