import { allows, type Machine } from './machine.ts'
import { formatNumber, plural } from './money.ts'
import { rangeSize, formatSerie, parseSerie } from './references.ts'
import { refuse, type Refusal } from './refusal.ts'

/** A file of allocations: read at once or by a job, shown line by line, then applied whole or not at all. */
export const IMPORT_STATUTS = ['a_lire', 'illisible', 'en_erreur', 'a_confirmer', 'en_cours', 'applique'] as const
export type ImportStatut = (typeof IMPORT_STATUTS)[number]

export const IMPORT_LABELS: Record<ImportStatut, string> = {
  a_lire: 'Lecture en cours',
  illisible: 'Illisible',
  en_erreur: 'À corriger',
  a_confirmer: 'À confirmer',
  en_cours: 'Attribution en cours',
  applique: 'Appliqué',
}

/** The moves of a file: `take` hands it to the job that applies it, `spoil` says that the stock changed meanwhile. */
export const importMachine = {
  read: { from: ['a_lire'], to: 'a_confirmer' },
  fault: { from: ['a_lire'], to: 'en_erreur' },
  give_up: { from: ['a_lire'], to: 'illisible' },
  take: { from: ['a_confirmer'], to: 'en_cours' },
  apply: { from: ['en_cours'], to: 'applique' },
  spoil: { from: ['en_cours'], to: 'en_erreur' },
} as const satisfies Machine<ImportStatut>

/** The most carnets that one file sends. */
export const IMPORT_CARNETS_MAX = 200_000

/** The columns of the file, as its first line names them. */
export const IMPORT_COLONNES = {
  siret: 'SIRET',
  prescripteur: 'Prescripteur',
  premier: 'Premier numéro',
  dernier: 'Dernier numéro',
  carnets: 'Carnets',
} as const
export type ImportColonne = keyof typeof IMPORT_COLONNES
/** The column that the error file adds. */
export const COLONNE_PROBLEME = 'Problème'

/** Where each column is, from 0; absent when the file has none of that name. */
export type ImportPlaces = Partial<Record<ImportColonne, number>>

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

const NAMES = Object.entries(IMPORT_COLONNES) as [ImportColonne, string][]
const columnNamed = (text: string) => NAMES.find(([, nom]) => plain(nom) === plain(text))?.[0]
const EXPECTED = NAMES.map(([, nom]) => `« ${nom} »`).join(', ')

/**
 * Where the columns are, or why the first line is not ours: a column unknown, named twice, or missing. A column `Problème` is the one
 * of our own error file: it is passed over. `nameOf` gives the letter of a column.
 */
export const placesOf = (entetes: readonly string[], nameOf: (place: number) => string): ImportPlaces | Refusal => {
  const places: ImportPlaces = {}
  const wrong = (place: number, reason: string) =>
    refuse('import_illisible', `Ligne 1, colonne ${nameOf(place)} : ${reason} Colonnes attendues : ${EXPECTED}.`)
  for (const [place, text] of entetes.entries()) {
    if (text === '' || plain(text) === plain(COLONNE_PROBLEME)) continue
    const colonne = columnNamed(text)
    if (!colonne) return wrong(place, `« ${text.slice(0, 40)} » n’est pas une colonne du modèle.`)
    if (places[colonne] !== undefined) return wrong(place, `la colonne « ${IMPORT_COLONNES[colonne]} » est là deux fois.`)
    places[colonne] = place
  }
  if (places.siret === undefined && places.prescripteur === undefined)
    return refuse('import_illisible', `Ligne 1 : il manque la colonne « SIRET » ou « Prescripteur ». Colonnes attendues : ${EXPECTED}.`)
  if (places.premier === undefined)
    return refuse('import_illisible', `Ligne 1 : il manque la colonne « Premier numéro ». Colonnes attendues : ${EXPECTED}.`)
  return places
}

export type ImportCell = { texte: string; formule: boolean }
/** A prescripteur by its SIRET, or by its name when that names one: its id, `absent`, or `plusieurs` when two have it. */
export type FindPrescripteur = (by: { siret: string } | { nom: string }) => string
/** What a line says. */
export type ImportLine = { prescripteurId: string; premiere: number; derniere: number }

type Read<T> = { valeur: T } | { probleme: string }
const problem = (colonne: ImportColonne, reason: string) => ({ probleme: `Colonne « ${IMPORT_COLONNES[colonne]} » : ${reason}` })

const prescripteurOf = (textOf: (colonne: ImportColonne) => string, find: FindPrescripteur): Read<string> => {
  const siret = textOf('siret').replace(/\s/g, '')
  const nom = textOf('prescripteur')
  if (siret === '' && nom === '') return { probleme: 'Indiquez le SIRET ou le nom du prescripteur.' }
  const colonne = siret === '' ? 'prescripteur' : 'siret'
  const found = find(siret === '' ? { nom } : { siret })
  if (found === 'absent') return problem(colonne, `aucun prescripteur de votre territoire n’a ce ${siret === '' ? 'nom' : 'SIRET'}.`)
  if (found === 'plusieurs') return problem('prescripteur', 'plusieurs prescripteurs ont ce nom. Indiquez le SIRET.')
  return { valeur: found }
}

const serieOf = (colonne: ImportColonne, text: string): Read<number> => {
  const read = parseSerie(text)
  return read.ok ? { valeur: read.serie } : problem(colonne, read.refusal.message)
}

const countOf = (text: string): Read<number> =>
  /^\d{1,6}$/.test(text.replace(/[\s\u00a0\u202f]/g, '')) && Number(text.replace(/\D/g, '')) > 0
    ? { valeur: Number(text.replace(/\D/g, '')) }
    : problem('carnets', 'indiquez un nombre de carnets. Exemple : 20.')

/** The end of the range: its last number, how many carnets, or the first alone; both must agree. */
const lastOf = (textOf: (colonne: ImportColonne) => string, premiere: number): Read<number> => {
  const [dernier, carnets] = [textOf('dernier'), textOf('carnets')]
  const last = dernier === '' ? null : serieOf('dernier', dernier)
  const count = carnets === '' ? null : countOf(carnets)
  if (last && 'probleme' in last) return last
  if (count && 'probleme' in count) return count
  const derniere = last?.valeur ?? premiere + (count?.valeur ?? 1) - 1
  const size = rangeSize(premiere, derniere)
  if (size === 0) return problem(last ? 'dernier' : 'carnets', 'le dernier numéro doit suivre le premier, dans la même année.')
  if (count && count.valeur !== size)
    return problem('carnets', `de ce premier à ce dernier numéro, il y a ${plural(size, 'carnet')}, pas ${count.valeur}.`)
  return { valeur: derniere }
}

/** What a line says, or its first problem in words. */
export const readLine = (
  cellules: readonly ImportCell[],
  places: ImportPlaces,
  find: FindPrescripteur,
): { ligne: ImportLine } | { probleme: string } => {
  const formula = NAMES.find(([colonne]) => cellules[places[colonne] ?? -1]?.formule)
  if (formula) return problem(formula[0], 'cette case est une formule. Remplacez-la par sa valeur.')
  const textOf = (colonne: ImportColonne) => cellules[places[colonne] ?? -1]?.texte ?? ''
  const prescripteur = prescripteurOf(textOf, find)
  if ('probleme' in prescripteur) return prescripteur
  const premiere = serieOf('premier', textOf('premier'))
  if ('probleme' in premiere) return premiere
  const derniere = lastOf(textOf, premiere.valeur)
  if ('probleme' in derniere) return derniere
  return { ligne: { prescripteurId: prescripteur.valeur, premiere: premiere.valeur, derniere: derniere.valeur } }
}

/** The problem of a line that shares a carnet with an earlier one. */
export const overlapProblem = (premiere: number, earlier: number): string =>
  `Cette plage commence par ${formatSerie(premiere)} et chevauche celle de la ligne ${earlier}.`

/** The problem of a line whose carnets are not all in reserve. */
export const shortProblem = ({ demandes, disponibles, absent }: { demandes: number; disponibles: number; absent: number }): string =>
  `${plural(disponibles, 'carnet')} sur ${demandes} en réserve. Le premier à écarter : ${formatSerie(absent)}.`

/** The problem of the line that goes over what one file may send. */
export const excessProblem = (): string =>
  `Un fichier attribue ${formatNumber(IMPORT_CARNETS_MAX)} carnets au plus. Découpez-le en plusieurs fichiers.`

/** Why a file is not applied: read, without a fault, and not applied already. */
export const whyNotApply = ({ statut, fautes }: { statut: ImportStatut; fautes: number }): Refusal | null => {
  if (allows(importMachine, 'take', statut)) return null
  if (statut === 'applique') return refuse('import_statut', 'Ce fichier est déjà appliqué.')
  if (statut === 'a_lire' || statut === 'en_cours')
    return refuse('import_statut', 'Ce fichier est en cours de traitement. Patientez un instant.')
  return refuse(
    'import_statut',
    fautes > 0
      ? `${plural(fautes, 'ligne')} à corriger. Téléchargez le fichier des problèmes, corrigez-le, puis déposez-le de nouveau.`
      : undefined,
  )
}
