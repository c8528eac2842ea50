import { parseForeignCode } from './codes-anciens.ts'
import { addDays, isDay } from './days.ts'
import type { EtatAncien } from './reprises.ts'
import { refuse, type Refusal } from './refusal.ts'

/** The columns of the file of a take-over, as its first line names them. */
export const REPRISE_COLONNES = {
  serie: 'Numéro du carnet',
  code: 'Code du pass',
  etat: 'État',
  dateFin: 'Fin de validité',
  remisLe: 'Remis le',
  siret: 'SIRET du prescripteur',
  preuve: 'Preuve',
} as const
type RepriseColonne = keyof typeof REPRISE_COLONNES
const REQUIRED: readonly RepriseColonne[] = ['serie', 'code', 'etat', 'dateFin']

/** Where each column is, from 0; absent when the file has none of that name. */
type ReprisePlaces = Partial<Record<RepriseColonne, number>>

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

const NAMES = Object.entries(REPRISE_COLONNES) as [RepriseColonne, string][]
const EXPECTED = NAMES.map(([, nom]) => `« ${nom} »`).join(', ')

/** Where the columns are, or why the first line is not ours: a column unknown, named twice, or missing. `nameOf` gives the letter of a column. */
export const reprisePlaces = (entetes: readonly string[], nameOf: (place: number) => string): ReprisePlaces | Refusal => {
  const places: ReprisePlaces = {}
  const wrong = (place: number, reason: string) =>
    refuse('import_illisible', `Ligne 1, colonne ${nameOf(place)} : ${reason} Colonnes attendues : ${EXPECTED}.`)
  for (const [place, text] of entetes.entries()) {
    if (text === '') continue
    const colonne = NAMES.find(([, nom]) => plain(nom) === plain(text))?.[0]
    if (!colonne) return wrong(place, 'ce n’est pas une colonne du modèle.')
    if (places[colonne] !== undefined) return wrong(place, `la colonne « ${REPRISE_COLONNES[colonne]} » est là deux fois.`)
    places[colonne] = place
  }
  const missing = REQUIRED.find((colonne) => places[colonne] === undefined)
  return missing
    ? refuse('import_illisible', `Ligne 1 : il manque la colonne « ${REPRISE_COLONNES[missing]} ». Colonnes attendues : ${EXPECTED}.`)
    : places
}

/** What a line says. `code` leaves memory as a keyed hash, and nowhere else. */
export type RepriseLine = {
  serie: string
  code: string
  etat: EtatAncien
  dateFin: string
  remisLe: string | null
  prescripteurId: string | null
  preuve: string | null
}
type Cell = { texte: string; formule: boolean }
/** A prescripteur of the collectivité's territory by its SIRET; null when there is none. */
type FindSiret = (siret: string) => string | null

type Read<T> = { valeur: T } | { probleme: string }
const problem = (colonne: RepriseColonne, reason: string) => ({ probleme: `Colonne « ${REPRISE_COLONNES[colonne]} » : ${reason}` })

/** Words that former operators write for a state, without accents nor signs. */
const ETATS: Record<string, EtatAncien> = {
  'non utilise': 'neuf',
  neuf: 'neuf',
  disponible: 'neuf',
  utilise: 'utilise',
  paye: 'utilise',
  'utilise et paye': 'utilise',
  impaye: 'impaye',
  'utilise impaye': 'impaye',
  'non paye': 'impaye',
}

/** The first day of a spreadsheet's calendar: a date left as its number of days is read all the same. */
const SHEET_EPOCH = '1899-12-30'

/** A day as people and spreadsheets write it, between 2000 and 2099; null when it is none. */
export const readDay = (text: string): string | null => {
  const french = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text)
  const day = french
    ? `${french[3]}-${french[2]!.padStart(2, '0')}-${french[1]!.padStart(2, '0')}`
    : /^\d{5}$/.test(text)
      ? addDays(SHEET_EPOCH, Number(text))
      : text.slice(0, 10)
  return isDay(day) && day >= '2000-01-01' && day < '2100-01-01' ? day : null
}

const dayIn = (colonne: RepriseColonne, text: string): Read<string> => {
  const day = readDay(text)
  return day ? { valeur: day } : problem(colonne, 'indiquez une date. Exemple : 31/12/2026.')
}

const SERIE = /^[\p{L}\p{N}][\p{L}\p{N} ./_-]{0,29}$/u

const handedOver = (textOf: (colonne: RepriseColonne) => string, find: FindSiret, today: string) => {
  const [remis, siret] = [textOf('remisLe'), textOf('siret').replace(/\s/g, '')]
  const remisLe = remis === '' ? { valeur: null } : dayIn('remisLe', remis)
  if ('probleme' in remisLe) return remisLe
  if (remisLe.valeur !== null && remisLe.valeur > today) return problem('remisLe', 'cette date n’est pas encore passée.')
  const prescripteurId = siret === '' ? null : find(siret)
  if (siret !== '' && prescripteurId === null) return problem('siret', 'aucun prescripteur inscrit n’a ce SIRET.')
  if (remisLe.valeur !== null && prescripteurId === null)
    return problem('siret', 'un carnet remis à une personne nomme le prescripteur qui l’a remis.')
  return { valeur: { remisLe: remisLe.valeur, prescripteurId } }
}

/** What a line says, or its first problem in words. No problem repeats a code. */
export const readRepriseLine = (
  cellules: readonly Cell[],
  places: ReprisePlaces,
  { find, today }: { find: FindSiret; today: string },
): { ligne: RepriseLine } | { probleme: string } => {
  const formula = NAMES.find(([colonne]) => cellules[places[colonne] ?? -1]?.formule)
  if (formula) return problem(formula[0], 'cette case est une formule. Remplacez-la par sa valeur.')
  const textOf = (colonne: RepriseColonne) => cellules[places[colonne] ?? -1]?.texte.trim() ?? ''
  const serie = textOf('serie')
  if (!SERIE.test(serie)) return problem('serie', 'indiquez le numéro du carnet, 30 caractères au plus.')
  const code = parseForeignCode(textOf('code'))
  if (!code.ok) return problem('code', code.refusal.message)
  const etat = ETATS[plain(textOf('etat'))]
  if (!etat) return problem('etat', 'indiquez « Non utilisé », « Utilisé » ou « Impayé ».')
  const dateFin = dayIn('dateFin', textOf('dateFin'))
  if ('probleme' in dateFin) return dateFin
  const custody = handedOver(textOf, find, today)
  if ('probleme' in custody) return custody
  const preuve = textOf('preuve')
  if (preuve.length > 60) return problem('preuve', '60 caractères au plus.')
  return {
    ligne: { serie: serie.toUpperCase(), code: code.code, etat, dateFin: dateFin.valeur, ...custody.valeur, preuve: preuve || null },
  }
}

/** Pass of a carnet, whoever printed it. */
const CARNET_PASS_MAX = 10

type Kept = { numero: number; ligne: Omit<RepriseLine, 'code'>; empreinte: string }

/** The problem of each line that contradicts an earlier one: the same pass twice, another date or holder for the same carnet, an eleventh pass. */
export const contradictions = (lines: readonly Kept[]): Map<number, string> => {
  const problems = new Map<number, string>()
  const seen = new Map<string, number>()
  const carnets = new Map<string, { first: Kept; pass: number }>()
  for (const line of lines) {
    const { numero, ligne, empreinte } = line
    const twice = seen.get(empreinte)
    if (twice === undefined) seen.set(empreinte, numero)
    else problems.set(numero, `Ce code de pass est déjà à la ligne ${twice}.`)
    const carnet = carnets.get(ligne.serie) ?? { first: line, pass: 0 }
    carnets.set(ligne.serie, { ...carnet, pass: carnet.pass + 1 })
    const { first } = carnet
    const other = (['dateFin', 'remisLe', 'prescripteurId'] as const).find((key) => first.ligne[key] !== ligne[key])
    if (problems.has(numero)) continue
    if (other) {
      const nom = REPRISE_COLONNES[other === 'prescripteurId' ? 'siret' : other]
      problems.set(numero, `Colonne « ${nom} » : autre valeur qu’à la ligne ${first.numero}, pour le même carnet.`)
    } else if (carnet.pass >= CARNET_PASS_MAX) problems.set(numero, `Ce carnet a déjà ${CARNET_PASS_MAX} pass dans ce fichier.`)
  }
  return problems
}
