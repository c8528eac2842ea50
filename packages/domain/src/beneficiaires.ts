import type { IdentiteMode } from './conventions.ts'
import { refuse, type Refusal } from './refusal.ts'

/** Age brackets (ux.md section 6): never a full birth date. */
export const TRANCHES_AGE = ['moins_18', '18_24', '25_39', '40_59', '60_69', '70_plus', 'non_communique'] as const
export type TrancheAge = (typeof TRANCHES_AGE)[number]

export const TRANCHE_AGE_LABELS: Record<TrancheAge, string> = {
  moins_18: 'Moins de 18 ans',
  '18_24': '18–24 ans',
  '25_39': '25–39 ans',
  '40_59': '40–59 ans',
  '60_69': '60–69 ans',
  '70_plus': '70 ans et plus',
  non_communique: 'Non communiqué',
}

export const STATUTS_EMPLOI = ['en_emploi', 'sans_emploi', 'scolarise', 'retraite', 'non_communique'] as const
export type StatutEmploi = (typeof STATUTS_EMPLOI)[number]

export const STATUT_EMPLOI_LABELS: Record<StatutEmploi, string> = {
  en_emploi: 'En emploi',
  sans_emploi: 'Sans emploi',
  scolarise: 'En études ou à l’école',
  retraite: 'À la retraite',
  non_communique: 'Non communiqué',
}

/** Last age of each bracket but the open one. */
const BOUNDS: readonly [number, TrancheAge][] = [
  [17, 'moins_18'],
  [24, '18_24'],
  [39, '25_39'],
  [59, '40_59'],
  [69, '60_69'],
]

/** The bracket of a year of birth, by the age reached in the year of `today`; out of 0–120 or absent is not communicated. */
export const trancheOf = (anneeNaissance: number | null, today: string): TrancheAge => {
  const age = anneeNaissance === null ? -1 : Number(today.slice(0, 4)) - anneeNaissance
  if (age < 0 || age > 120) return 'non_communique'
  return BOUNDS.find(([last]) => age <= last)?.[1] ?? '70_plus'
}

/** The initial of a name, all that a structure sees of it: `durand` → `D.`, blank → empty. */
export const initiale = (nom: string | null | undefined): string => {
  const letter = (nom ?? '').normalize('NFC').match(/\p{L}/u)?.[0]
  return letter ? `${letter.toLocaleUpperCase('fr')}.` : ''
}

/** How a structure names a person of its ateliers: `Maria D.`, or the carnet's word when nobody was named. */
export const nomCourt = ({ prenom, nom }: { prenom?: string | null; nom?: string | null }): string =>
  [prenom?.trim(), initiale(nom)].filter(Boolean).join(' ') || 'Personne non nommée'

/** Why an identity given, or left out, at hand-over is refused: the convention says what is asked (domain.md section 7; ux.md A21). */
export const whyNotIdentify = ({ identite, nommee }: { identite: IdentiteMode; nommee: boolean }): Refusal | null => {
  if (identite === 'anonyme') return nommee ? refuse('identite_non_demandee') : null
  return nommee ? null : refuse('identite_manquante')
}
