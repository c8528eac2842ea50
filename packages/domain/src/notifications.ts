import { isMonday } from './days.ts'
import { type Refusal, refuse } from './refusal.ts'

/** What news is about. Security is mailed at once to everyone: nobody may turn it off. */
export const CATEGORIES = ['securite', 'argent', 'rendez_vous', 'suivi'] as const
export type Categorie = (typeof CATEGORIES)[number]
export const CATEGORIE_LABELS: Record<Categorie, string> = {
  securite: 'Sécurité et accès',
  argent: 'Argent',
  rendez_vous: 'Rendez-vous',
  suivi: 'Suivi',
}

/** How often a kind of news is mailed; it is always on the Notifications page. */
export const RYTHMES = ['immediat', 'hebdomadaire', 'jamais'] as const
export type Rythme = (typeof RYTHMES)[number]
export const RYTHME_LABELS: Record<Rythme, string> = { immediat: 'Tout de suite', hebdomadaire: 'Une fois par semaine', jamais: 'Jamais' }

/** Without a choice of the person: money and security at once, the rest in the weekly digest. */
export const RYTHME_PAR_DEFAUT: Record<Categorie, Rythme> = {
  securite: 'immediat',
  argent: 'immediat',
  // a person has to be told before the day
  rendez_vous: 'immediat',
  suivi: 'hebdomadaire',
}

/** The Monday whose digest is due at this moment in Paris, null when none is: they leave on Mondays, from 8 in the morning. */
export const resumeDue = (day: string, time: string): string | null => (isMonday(day) && time >= '08:00' ? day : null)

/** Why the rhythm of a kind of news cannot be chosen: the mails of security always leave at once. */
export const whyNotPrefer = (categorie: Categorie): Refusal | null => (categorie === 'securite' ? refuse('preference_imposee') : null)
