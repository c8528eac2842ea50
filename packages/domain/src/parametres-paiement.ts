import { isIban } from './iban.ts'
import type { Centimes } from './money.ts'
import { type Fault, refuse, type Refusal } from './refusal.ts'

/** What an operator decides about its payments. */
export type ParametresPaiement = {
  /** The account that is debited, and its holder as the bank knows it. */
  debiteur: { nom: string; iban: string }
  /** Each amount reached asks for one approval more; rising. */
  seuilsCentimes: readonly Centimes[]
  /** A structure owed this much is paid by the week; null: by the month only. */
  plancherHebdoCentimes: Centimes | null
}

/** More people than this never approve one bordereau. */
export const SEUILS_MAX = 5

export const PROPOSITION_STATUTS = ['proposee', 'acceptee', 'refusee'] as const
export type PropositionStatut = (typeof PROPOSITION_STATUTS)[number]
export const PROPOSITION_LABELS: Record<PropositionStatut, string> = {
  proposee: 'À décider',
  acceptee: 'Acceptée',
  refusee: 'Refusée',
}

const faultsOf = ({ debiteur, seuilsCentimes, plancherHebdoCentimes }: ParametresPaiement): Fault[] => {
  const faults: Fault[] = []
  if (!isIban(debiteur.iban)) faults.push({ chemin: 'debiteurIban', message: 'Cet IBAN n’est pas juste. Vérifiez chaque caractère.' })
  if (seuilsCentimes.some((seuil, rank) => rank > 0 && seuil <= seuilsCentimes[rank - 1]!))
    faults.push({ chemin: 'seuilsCentimes', message: 'Chaque seuil doit être plus haut que le précédent.' })
  if (plancherHebdoCentimes !== null && plancherHebdoCentimes < 1)
    faults.push({ chemin: 'plancherHebdoCentimes', message: 'Indiquez un montant, ou laissez vide pour payer au mois seulement.' })
  return faults
}

/** Why these settings cannot be proposed. A 400. */
export const whyNotProposeParametres = (parametres: ParametresPaiement): Refusal | null => {
  const faults = faultsOf(parametres)
  return faults.length === 0 ? null : refuse('parametre_invalide', faults[0]!.message, faults)
}

/** Why this person does not decide: it is decided already, or they proposed it. */
export const whyNotDecideParametres = ({
  statut,
  proposePar,
  par,
}: {
  statut: PropositionStatut
  proposePar: string
  par: string
}): Refusal | null => {
  if (statut !== 'proposee') return refuse('parametre_statut')
  return proposePar === par
    ? refuse('meme_personne', 'Une autre personne que celle qui a proposé le changement l’accepte ou le refuse.')
    : null
}
