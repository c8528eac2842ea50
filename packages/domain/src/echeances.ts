import { addDays } from './days.ts'

/** Days before and after D, the end of validity of a lot (domain.md section 3, Expiry). Tolerance is the convention's own. */
export const ECHEANCE_JOURS = { alerte: -30, arret_distribution: -15, constat: -7, fin: 0, releve: 37 } as const

export const ECHEANCE_ETAPES = ['alerte', 'arret_distribution', 'constat', 'fin', 'dernier_jour', 'releve'] as const
export type EcheanceEtape = (typeof ECHEANCE_ETAPES)[number]

export const ECHEANCE_LABELS: Record<EcheanceEtape, string> = {
  alerte: 'Alerte',
  arret_distribution: 'Arrêt de la distribution',
  constat: 'Constat',
  fin: 'Fin de validité',
  dernier_jour: 'Dernier jour accepté',
  releve: 'Relevé et avoir',
}

/** The day of each step for a lot ending on `dateFin`. The statement never comes before the tolerance is over. */
export const echeancesOf = (dateFin: string, toleranceJours: number): Record<EcheanceEtape, string> => ({
  alerte: addDays(dateFin, ECHEANCE_JOURS.alerte),
  arret_distribution: addDays(dateFin, ECHEANCE_JOURS.arret_distribution),
  constat: addDays(dateFin, ECHEANCE_JOURS.constat),
  fin: dateFin,
  dernier_jour: addDays(dateFin, toleranceJours),
  releve: addDays(dateFin, Math.max(ECHEANCE_JOURS.releve, toleranceJours + 1)),
})
