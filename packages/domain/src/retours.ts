import type { VirementStatut } from './bordereaux.ts'
import { formatDay } from './days.ts'
import { euros, type Centimes, plural } from './money.ts'
import type { FileRule } from './pieces.ts'
import { refuse, type Fault, type Refusal } from './refusal.ts'

/** What a bank sends back about the transfers it was asked for. */
export const RETOUR_FORMATS = ['csv', 'camt053', 'camt054', 'pain002'] as const
export type RetourFormat = (typeof RETOUR_FORMATS)[number]
export const RETOUR_FORMAT_LABELS: Record<RetourFormat, string> = {
  csv: 'Tableau CSV',
  camt053: 'Relevé camt.053',
  camt054: 'Avis camt.054',
  pain002: 'Compte rendu pain.002',
}

/** Return files: CSV or XML, read by their bytes. */
export const RETOUR_RULE: FileRule = { types: ['text/csv', 'application/xml'], octets: 20 * 1024 * 1024 }

/** The most operations of a return file, whatever its format. */
export const RETOUR_LIGNES_MAX = 100_000

/** A return file: read at once or, a large one, by a job; refused whole when one line is wrong. */
export const RETOUR_STATUTS = ['a_lire', 'applique', 'refuse'] as const
export type RetourStatut = (typeof RETOUR_STATUTS)[number]
export const RETOUR_LABELS: Record<RetourStatut, string> = { a_lire: 'Lecture en cours', applique: 'Appliqué', refuse: 'Refusé' }

/**
 * What a line says, or what became of it. `attente`: the bank has the transfer and says nothing final yet. `revenu`: it had paid, and
 * sends the money back.
 */
export const RETOUR_EFFETS = ['execute', 'rejete', 'revenu', 'attente', 'inconnu'] as const
export type RetourEffet = (typeof RETOUR_EFFETS)[number]
export const RETOUR_EFFET_LABELS: Record<RetourEffet, string> = {
  execute: 'Exécuté',
  rejete: 'Rejeté',
  revenu: 'Revenu après paiement',
  attente: 'Encore en cours',
  inconnu: 'Inconnu',
}

/** The columns of the CSV, as its first line names them. */
export const RETOUR_COLONNES = {
  reference: 'Référence',
  montant: 'Montant',
  resultat: 'Résultat',
  date: 'Date',
  motif: 'Motif',
} as const
export type RetourColonne = keyof typeof RETOUR_COLONNES

/** An operation of a file: a transfer named by its end-to-end reference, or a whole file named by its message. */
export type RetourLigne = {
  /** Line of a CSV, rank of an operation of an XML. */
  numero: number
  /** Null where the bank names no reference: an operation of somebody else. */
  reference: string | null
  /** True when `reference` names a whole file sent to the bank, not one of its transfers. */
  remise?: boolean
  /** True when it was said of the whole file: one line made from it for each of its transfers. */
  duFichier?: boolean
  /** True in a CSV, written by hand at times: refused and sent back are two words there, when a bank's own file has one for both. */
  enMots?: boolean
  resultat: Exclude<RetourEffet, 'inconnu'>
  /** Null where the file does not repeat it. */
  montantCentimes: Centimes | null
  dateBanque: string | null
  motif: string | null
}

/** Reasons of the ISO 20022 list that people meet, in words. */
const MOTIFS: Record<string, string> = {
  AC01: 'IBAN incorrect',
  AC03: 'IBAN incorrect',
  AC04: 'Compte clos',
  AC06: 'Compte bloqué',
  AC13: 'Compte d’un type qui ne reçoit pas ce virement',
  AG01: 'Opération interdite sur ce compte',
  AG02: 'Opération refusée par la banque',
  AM04: 'Provision insuffisante du compte débité',
  AM05: 'Virement en double',
  BE01: 'Le nom du titulaire ne correspond pas au compte',
  BE04: 'Adresse du titulaire manquante',
  CNOR: 'Banque du bénéficiaire injoignable',
  DNOR: 'Banque du débiteur injoignable',
  FF01: 'Fichier non conforme',
  MD07: 'Titulaire décédé',
  MS02: 'Refusé par le bénéficiaire, sans motif',
  MS03: 'Refusé par la banque, sans motif',
  RC01: 'Identifiant de la banque incorrect',
  RR04: 'Refus réglementaire',
  TM01: 'Arrivé trop tard à la banque',
}

/** A reason code as people read it, its code kept: « Compte clos (AC04) ». */
export const motifLabel = (code: string): string => (MOTIFS[code] ? `${MOTIFS[code]} (${code})` : code)

/** Without a reason given, this is said. */
export const MOTIF_ABSENT = 'Motif non précisé par la banque'

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

const NAMES = Object.entries(RETOUR_COLONNES) as [RetourColonne, string][]
const EXPECTED = NAMES.map(([, nom]) => `« ${nom} »`).join(', ')
const unreadable = (message: string) => refuse('retour_illisible', message)

/** Where the columns are, or why the first line is not ours: one missing or there twice. Another column is passed over. */
export const retourPlaces = (entetes: readonly string[]): Record<RetourColonne, number> | Refusal => {
  const places: Partial<Record<RetourColonne, number>> = {}
  for (const [place, text] of entetes.entries()) {
    const colonne = NAMES.find(([, nom]) => plain(nom) === plain(text))?.[0]
    if (!colonne) continue
    if (places[colonne] !== undefined) return unreadable(`Ligne 1 : la colonne « ${RETOUR_COLONNES[colonne]} » est là deux fois.`)
    places[colonne] = place
  }
  const missing = NAMES.find(([colonne]) => places[colonne] === undefined)
  if (missing) return unreadable(`Ligne 1 : il manque la colonne « ${missing[1]} ». Colonnes attendues : ${EXPECTED}.`)
  return places as Record<RetourColonne, number>
}

/** `1 234,50` or `1234.5` → centimes; null when it is no amount above 0. */
export const centimesIn = (text: string): Centimes | null => {
  const bare = text.replace(/[\s\u00a0\u202f€]/g, '')
  const found = /^(\d{1,10})(?:[.,](\d{1,2}))?$/.exec(bare)
  if (!found) return null
  const centimes = Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'))
  return centimes > 0 ? centimes : null
}

const isDay = (day: string) => {
  const at = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day)
}

/** `10/03/2026` or `2026-03-10` → `2026-03-10`; null when it is no day. */
export const dayIn = (text: string): string | null => {
  const french = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text.trim())
  const day = french ? `${french[3]}-${french[2]}-${french[1]}` : text.trim().slice(0, 10)
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && isDay(day) ? day : null
}

const RESULTATS: Record<string, 'execute' | 'rejete' | 'revenu'> = { execute: 'execute', rejete: 'rejete', revenu: 'revenu' }

/** A line of the CSV, or what is wrong with it. */
export const readRetourLigne = (
  numero: number,
  cellOf: (colonne: RetourColonne) => string,
): { ligne: RetourLigne } | { probleme: string } => {
  const wrong = (colonne: RetourColonne, reason: string) => ({ probleme: `Ligne ${numero}, « ${RETOUR_COLONNES[colonne]} » : ${reason}` })
  const reference = cellOf('reference').slice(0, 35)
  if (reference === '') return wrong('reference', 'indiquez la référence du virement.')
  const montantCentimes = centimesIn(cellOf('montant'))
  if (montantCentimes === null) return wrong('montant', 'écrivez le montant en euros. Exemple : 120,50.')
  const resultat = RESULTATS[plain(cellOf('resultat'))]
  if (!resultat) return wrong('resultat', 'écrivez « exécuté », « rejeté » ou « revenu ».')
  const dateBanque = dayIn(cellOf('date'))
  if (dateBanque === null) return wrong('date', 'écrivez la date de la banque. Exemple : 10/03/2026.')
  const motif = cellOf('motif').slice(0, 140)
  return {
    ligne: {
      numero,
      reference,
      resultat,
      enMots: true,
      montantCentimes,
      dateBanque,
      motif: resultat !== 'execute' ? (/^[A-Z]{2}\d{2}$/.test(motif) ? motifLabel(motif) : motif || MOTIF_ABSENT) : null,
    },
  }
}

/** Why a file names the same transfer twice: which result would be the right one, nobody can say. By the file alone. */
export const whyNotTwice = (lignes: readonly RetourLigne[]): Refusal | null => {
  const first = new Map<string, number>()
  for (const { numero, reference, remise } of lignes) {
    if (reference === null) continue
    const key = `${remise ? 'R' : 'V'}${reference}`
    const before = first.get(key)
    if (before !== undefined)
      return refuse('retour_doublon', `La référence ${reference} est là deux fois : lignes ${before} et ${numero}. Rien n’est appliqué.`)
    first.set(key, numero)
  }
  return null
}

/** A transfer as we asked for it. */
export type VirementConnu = {
  reference: string
  montantCentimes: Centimes
  statut: Exclude<VirementStatut, 'a_emettre'>
  /** The day it left. */
  transmisLe: string
  /** The day the bank paid it, if it did. */
  payeLe: string | null
}

/** What a line does to a transfer of ours: refused before it was paid is not the same as sent back after. */
export const retourEffet = (
  { resultat, enMots }: Pick<RetourLigne, 'resultat' | 'enMots'>,
  { statut }: Pick<VirementConnu, 'statut'>,
): Exclude<RetourEffet, 'inconnu'> => (resultat === 'rejete' && statut === 'execute' && !enMots ? 'revenu' : resultat)

/** Why a transfer takes no other answer: it has its own, and a payment is undone by a return of that transfer alone. */
const whyClosed = (ligne: RetourLigne, { reference, statut }: VirementConnu): string | null => {
  if (ligne.resultat === 'attente') return null
  if (statut === 'emis')
    return ligne.resultat === 'revenu' ? `le virement ${reference} n’est pas encore payé : s’il est refusé, écrivez « rejeté ».` : null
  if (statut === 'execute' && ligne.enMots && ligne.resultat === 'rejete')
    return `le virement ${reference} est déjà payé : s’il est revenu, écrivez « revenu ».`
  if (statut === 'rejete' || retourEffet(ligne, { statut }) !== 'revenu') return `le virement ${reference} a déjà son résultat.`
  return ligne.duFichier ? `le virement ${reference} est déjà payé : s’il revient, la banque le dit virement par virement.` : null
}

const whyNotDay = (ligne: RetourLigne, { reference, statut, transmisLe, payeLe }: VirementConnu, today: string): string | null => {
  if (ligne.dateBanque === null || ligne.resultat === 'attente') return null
  if (ligne.dateBanque > today) return `la date du virement ${reference} est après aujourd’hui.`
  if (ligne.dateBanque < transmisLe) return `le virement ${reference} est parti le ${formatDay(transmisLe)}, après cette date.`
  return statut === 'execute' && payeLe !== null && ligne.dateBanque < payeLe
    ? `le virement ${reference} a été payé le ${formatDay(payeLe)}, après cette date.`
    : null
}

const SHOWN = 20
/** One sentence for the file, one a line in fault (the first ones). */
const whole = (code: 'bordereau_clos' | 'retour_montant' | 'retour_date', faults: readonly Fault[]): Refusal | null => {
  const [first] = faults
  if (!first) return null
  const more = faults.length > 1 ? ` ${plural(faults.length, 'ligne est', 'lignes sont')} dans ce cas.` : ''
  return { ...refuse(code, `${first.message}${more} Tout le fichier est refusé : rien n’est appliqué.`), erreurs: faults.slice(0, SHOWN) }
}

/**
 * Why a file cannot be applied: a transfer already closed (one that was paid may still come back), another amount than ours, a day that
 * cannot be. Lines of transfers that are not ours are not looked at.
 */
export const whyNotApplyRetour = (
  lignes: readonly RetourLigne[],
  virementOf: (reference: string) => VirementConnu | undefined,
  today: string,
): Refusal | null => {
  const known = lignes.flatMap((ligne) => {
    const virement = ligne.reference === null || ligne.remise ? undefined : virementOf(ligne.reference)
    return virement ? [{ ligne, virement }] : []
  })
  const fault = ({ numero }: RetourLigne, message: string): Fault => ({
    chemin: `lignes.${numero}`,
    message: `Ligne ${numero} : ${message}`,
  })
  const faultsOf = (why: (ligne: RetourLigne, virement: VirementConnu) => string | null) =>
    known.flatMap(({ ligne, virement }) => {
      const message = why(ligne, virement)
      return message === null ? [] : [fault(ligne, message)]
    })
  const closed = faultsOf(whyClosed)
  const amounts = faultsOf((ligne, { reference, montantCentimes }) =>
    ligne.montantCentimes === null || ligne.montantCentimes === montantCentimes
      ? null
      : `le virement ${reference} est de ${euros(montantCentimes)}, le fichier dit ${euros(ligne.montantCentimes)}.`,
  )
  const days = faultsOf((ligne, virement) => whyNotDay(ligne, virement, today))
  return whole('bordereau_clos', closed) ?? whole('retour_montant', amounts) ?? whole('retour_date', days)
}
