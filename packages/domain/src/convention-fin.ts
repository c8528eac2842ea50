import { CONVENTION_LABELS, type ConventionStatut, whyNotConvention } from './conventions.ts'
import { formatDay } from './days.ts'
import { euros, plural } from './money.ts'
import { refuse, type Refusal } from './refusal.ts'

/** Why the final account cannot begin: the period is over, and no commande is under way. */
export const whyNotReport = (
  { statut, dateFin, commandesEnCours }: { statut: ConventionStatut; dateFin: string; commandesEnCours: number },
  today: string,
): Refusal | null => {
  const refused = whyNotConvention('report', statut)
  if (refused) return refused
  if (dateFin >= today)
    return refuse('convention_non_terminee', `La convention court jusqu’au ${formatDay(dateFin)} : le bilan commence le lendemain.`)
  if (commandesEnCours === 0) return null
  return refuse(
    'convention_commandes_en_cours',
    `${plural(commandesEnCours, 'commande')} de cette convention ${commandesEnCours > 1 ? 'sont' : 'est'} encore en cours. Terminez ou annulez ce qui reste.`,
  )
}

/** What is still on its way, in centimes: worth something, owed, being paid, to credit, or not yet shared out among the financeurs. */
export type Reste = { circulation: number; du: number; en_paiement: number; a_crediter: number; a_partager: number }
const RESTE_WORDS: Record<keyof Reste, string> = {
  circulation: 'de pass en circulation',
  du: 'dus aux structures',
  en_paiement: 'en cours de paiement',
  a_crediter: 'à créditer en avoir',
  a_partager: 'retenus, à partager entre les financeurs au prochain arrêté',
}

const whyNotEmpty = (reste: Reste): Refusal | null => {
  const left = (Object.keys(RESTE_WORDS) as (keyof Reste)[]).filter((nature) => reste[nature] !== 0)
  if (left.length === 0) return null
  return refuse(
    'convention_non_soldee',
    `Il reste ${left.map((nature) => `${euros(reste[nature])} ${RESTE_WORDS[nature]}`).join(', ')}. Le solde vient quand tout est payé ou crédité.`,
  )
}

/** Why a convention is not settled: its last lot is past its claims, and every centime has arrived somewhere. */
export const whyNotSettle = (
  { statut, reste, dernierJour }: { statut: ConventionStatut; reste: Reste; dernierJour: string | null },
  today: string,
): Refusal | null => {
  const refused = whyNotConvention('settle', statut)
  if (refused) return refused
  if (dernierJour !== null && dernierJour >= today)
    return refuse('convention_non_soldee', `Les réclamations sont ouvertes jusqu’au ${formatDay(dernierJour)} : le solde vient ensuite.`)
  return whyNotEmpty(reste)
}

/** Why a settled convention is not closed for good: a payment that the bank sent back since is due again. */
export const whyNotCloseConvention = ({ statut, reste }: { statut: ConventionStatut; reste: Reste }): Refusal | null =>
  whyNotConvention('close', statut) ?? whyNotEmpty(reste)

/** Why carnets of this convention are neither activated nor handed over: it was terminated or is over. Pass already handed over stay good. */
export const whyNotDistribute = (statut: ConventionStatut): Refusal | null =>
  statut === 'resiliee' || statut === 'soldee' || statut === 'close'
    ? refuse('convention_statut', `Convention « ${CONVENTION_LABELS[statut]} » : ses carnets ne sont plus ni activés ni remis.`)
    : null

/** What may have happened to a convention, in words. */
export const CONVENTION_ETAPE_LABELS = {
  preparation: 'Convention préparée',
  modification: 'Convention modifiée',
  signature: 'Signature enregistrée',
  signee: 'Convention signée par tous',
  ouverture: 'Convention ouverte',
  avenant: 'Avenant préparé',
  avenant_modifie: 'Avenant modifié',
  avenant_signature: 'Signature de l’avenant enregistrée',
  avenant_effet: 'Avenant en vigueur',
  avenant_abandon: 'Avenant abandonné',
  bilan: 'Bilan commencé',
  solde: 'Convention soldée',
  cloture: 'Convention close',
  resiliation: 'Convention résiliée',
} as const satisfies Record<string, string>
export type ConventionEtapeAction = keyof typeof CONVENTION_ETAPE_LABELS
export const CONVENTION_ETAPE_ACTIONS = Object.keys(CONVENTION_ETAPE_LABELS) as [ConventionEtapeAction, ...ConventionEtapeAction[]]
