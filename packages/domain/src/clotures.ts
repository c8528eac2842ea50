import { addDays, addMonth, formatDay, formatInstant, formatMonth, monthOf, PARIS, zonedInstant } from './days.ts'
import { type Centimes, feeCentimes } from './money.ts'
import { refuse, type Refusal } from './refusal.ts'

/** Uses that one call closes while somebody waits; beyond, a job does it in parts. */
export const CLOTURE_IMMEDIATE = 5_000

export const CLOTURE_STATUTS = ['en_cours', 'terminee', 'echouee'] as const
export type ClotureStatut = (typeof CLOTURE_STATUTS)[number]
export const CLOTURE_LABELS: Record<ClotureStatut, string> = { en_cours: 'En cours', terminee: 'Terminée', echouee: 'Arrêtée en chemin' }

/** What a closing takes: a month, or an ISO week for an operator that pays big amounts every week. */
export type Periode = {
  /** `2026-03`, or `2026-W10`. */
  cle: string
  /** The month it is filed under; for a week, the one of its Sunday. */
  mois: string
  semaine: number | null
  /** The first day that it no longer holds, in Paris. */
  avant: string
}

/** How a period is written in an address: `2026-03`, `2026-W10`. */
export const PERIODE = /^20\d{2}-(?:0[1-9]|1[0-2]|W(?:0[1-9]|[1-4]\d|5[0-3]))$/

const weekday = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7

/** The Monday of the first ISO week of a year: the week that holds 4 January. */
const firstMonday = (annee: number): string => {
  const fourth = `${annee}-01-04`
  return addDays(fourth, -weekday(fourth))
}

/** Reads `2026-03` or `2026-W10`; null for what is no period (a year of 52 weeks has no W53). */
export const periodeOf = (cle: string): Periode | null => {
  if (!PERIODE.test(cle)) return null
  const [annee = '', rest = ''] = cle.split('-')
  if (!rest.startsWith('W')) return { cle, mois: cle, semaine: null, avant: `${addMonth(cle, 1)}-01` }
  const semaine = Number(rest.slice(1))
  const avant = addDays(firstMonday(Number(annee)), semaine * 7)
  if (avant > firstMonday(Number(annee) + 1)) return null
  return { cle, mois: monthOf(addDays(avant, -1)), semaine, avant }
}

/** The ISO week that holds a day, as a period. */
export const weekOf = (day: string): Periode => {
  const thursday = addDays(day, 3 - weekday(day))
  const annee = Number(thursday.slice(0, 4))
  const days = (Date.parse(`${thursday}T00:00:00Z`) - Date.parse(`${firstMonday(annee)}T00:00:00Z`)) / 86_400_000
  return periodeOf(`${annee}-W${String(Math.floor(days / 7) + 1).padStart(2, '0')}`)!
}

/** The key of the period that a bordereau is filed under. */
export const cleOf = ({ mois, semaine }: Pick<Periode, 'mois' | 'semaine'>): string => {
  if (semaine === null) return mois
  // a week is filed under the month of its Sunday: the last ones of a year may be filed under January
  const annee = Number(mois.slice(0, 4)) - (mois.endsWith('-01') && semaine > 51 ? 1 : 0)
  return `${annee}-W${String(semaine).padStart(2, '0')}`
}

/** `mars 2026`; `semaine du 02/03/2026 au 08/03/2026`. */
export const formatPeriode = (bordereau: Pick<Periode, 'mois' | 'semaine'>): string => {
  if (bordereau.semaine === null) return formatMonth(bordereau.mois)
  const periode = periodeOf(cleOf(bordereau))
  if (!periode) return formatMonth(bordereau.mois)
  return `semaine du ${formatDay(addDays(periode.avant, -7))} au ${formatDay(addDays(periode.avant, -1))}`
}

/** The first instant after a period, in Paris: a use before it is in, one at it is in the next (acceptance D04). */
export const periodeCutOff = ({ avant }: Pick<Periode, 'avant'>): Date => zonedInstant(avant, '00:00', PARIS)

/** The closing waits until every undo window of the period is over. */
const CLOSING_DELAY_MS = 24 * 3_600_000

/** Why the period cannot be closed now: every undo window is over 24 hours after its end. */
export const whyNotClosePeriode = (periode: Periode, now: Date): Refusal | null => {
  const openAt = new Date(periodeCutOff(periode).getTime() + CLOSING_DELAY_MS)
  if (now >= openAt) return null
  const name = formatPeriode(periode)
  const ofPeriode = periode.semaine !== null ? `de la ${name}` : /^[ao]/.test(name) ? `d’${name}` : `de ${name}`
  return refuse('bordereau_trop_tot', `Le bordereau ${ofPeriode} s’arrête à partir du ${formatInstant(openAt, PARIS)}.`)
}

/** Why a week cannot be closed: the operator pays by the month only. */
export const whyNotWeekly = ({ semaine }: Pick<Periode, 'semaine'>, plancherCentimes: Centimes | null): Refusal | null =>
  semaine !== null && plancherCentimes === null ? refuse('cloture_plancher_absent') : null

type Of = { conventionId: string; centimes: Centimes }
/** Uses of a convention that were not paid yet. */
export type Utilisations = Of & { pass: number }
/** What a bordereau that the bank refused was to pay for a convention. */
export type Report = Of & { bordereauId: string }
/** An approved incident that waits for a bordereau, the oldest first. */
export type Retenue = Of & { id: string }

export const LIGNE_NATURES = ['report', 'incident', 'frais'] as const
export type LigneNature = (typeof LIGNE_NATURES)[number]
export const LIGNE_LABELS: Record<LigneNature, string> = {
  report: 'Report d’un virement rejeté',
  incident: 'Retenue sur un paiement indu',
  frais: 'Frais de service',
}

/** What is paid or withheld besides the uses; `objetId` null: the bordereau itself. */
export type Ligne = { nature: LigneNature; conventionId: string; montantCentimes: Centimes; objetId: string | null }
/** What a bordereau pays for a convention: its uses and the lines of that convention. */
export type SousTotal = { conventionId: string; pass: number; utilisationsCentimes: Centimes; montantCentimes: Centimes }
export type Composition = { sousTotaux: SousTotal[]; lignes: Ligne[]; pass: number; montantCentimes: Centimes }

const sum = (amounts: readonly Centimes[]): Centimes => amounts.reduce((total, amount) => total + amount, 0)

/**
 * What the bordereau of a structure is made of: its uses, what the bank refused before, the downstream fee on the uses, then each
 * incident taken whole if its convention stays at 0 or above and something is left to pay; else it waits for the next one.
 */
export const composeBordereau = ({
  utilisations,
  reports,
  retenues,
  fraisAvalBp,
}: {
  utilisations: readonly Utilisations[]
  reports: readonly Report[]
  retenues: readonly Retenue[]
  fraisAvalBp: number
}): Composition => {
  const nets = new Map<string, SousTotal>()
  const at = (conventionId: string) => {
    const known = nets.get(conventionId) ?? { conventionId, pass: 0, utilisationsCentimes: 0, montantCentimes: 0 }
    nets.set(conventionId, known)
    return known
  }
  const lignes: Ligne[] = []
  const add = (ligne: Ligne) => {
    lignes.push(ligne)
    at(ligne.conventionId).montantCentimes += ligne.montantCentimes
  }
  for (const { conventionId, pass, centimes } of utilisations) {
    const row = at(conventionId)
    row.pass += pass
    row.utilisationsCentimes += centimes
    row.montantCentimes += centimes
  }
  for (const { conventionId, bordereauId, centimes } of reports)
    if (centimes > 0) add({ nature: 'report', conventionId, montantCentimes: centimes, objetId: bordereauId })
  for (const { conventionId, utilisationsCentimes } of nets.values()) {
    const frais = feeCentimes(utilisationsCentimes, fraisAvalBp)
    if (frais > 0) add({ nature: 'frais', conventionId, montantCentimes: -frais, objetId: null })
  }
  let total = sum([...nets.values()].map(({ montantCentimes }) => montantCentimes))
  for (const { id, conventionId, centimes } of retenues) {
    if ((nets.get(conventionId)?.montantCentimes ?? 0) < centimes || total <= centimes) continue
    add({ nature: 'incident', conventionId, montantCentimes: -centimes, objetId: id })
    total -= centimes
  }
  const sousTotaux = [...nets.values()]
  return { sousTotaux, lignes, pass: sum(sousTotaux.map(({ pass }) => pass)), montantCentimes: total }
}

/** Cuts a list of structures into parts of about `taille` uses, in order: a part is one transaction. */
export const inParts = <T extends { pass: number }>(
  rows: readonly T[],
  { taille, structures }: { taille: number; structures: number },
): T[][] => {
  const parts: T[][] = []
  let pass = 0
  for (const row of rows) {
    const last = parts.at(-1)
    if (last && last.length < structures && pass + row.pass <= taille) {
      last.push(row)
      pass += row.pass
    } else {
      parts.push([row])
      pass = row.pass
    }
  }
  return parts
}
