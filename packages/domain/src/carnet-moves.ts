import { carnetMachine, carnetStatutRefusal, type CarnetStatut, type MotifBlocage } from './carnets.ts'
import { allows } from './machine.ts'
import { refuse, type Refusal } from './refusal.ts'

/** Moves of carnets as the history keeps them. */
export const MOUVEMENT_TYPES = [
  'imprime',
  'expedie',
  'recu',
  'manquant',
  'attribue',
  'transfere',
  'retourne',
  'rappele',
  'accuse',
  'rendu',
  'remis',
  'repris',
  'bloque',
  'debloque',
  'annule',
  'expire',
] as const
export type MouvementType = (typeof MOUVEMENT_TYPES)[number]
export const MOUVEMENT_LABELS: Record<MouvementType, string> = {
  imprime: 'Impression',
  expedie: 'Expédition',
  recu: 'Réception',
  manquant: 'Manquant à la réception',
  attribue: 'Attribution',
  transfere: 'Transfert',
  retourne: 'Retour envoyé',
  rappele: 'Envoi rappelé',
  accuse: 'Réception confirmée',
  rendu: 'Retour reçu',
  remis: 'Remise',
  repris: 'Reprise',
  bloque: 'Blocage',
  debloque: 'Déblocage',
  annule: 'Annulation',
  expire: 'Fin de validité',
}

/** Why a hand-over cannot be taken back: no pass used, by the prescripteur the same day, by the collectivité until then. */
export const whyNotTakeBack = (
  {
    statut,
    passUtilises,
    dateRemise,
    par,
  }: { statut: CarnetStatut; passUtilises: number; dateRemise: string; par: 'prescripteur' | 'collectivite' },
  today: string,
): Refusal | null => {
  if (!allows(carnetMachine, 'take_back', statut)) return carnetStatutRefusal(statut, 'reprise')
  if (passUtilises > 0) return refuse('carnet_entame')
  if (par === 'prescripteur' && dateRemise !== today)
    return refuse('delai_depasse', 'Une remise s’annule le jour même. Demandez maintenant à la collectivité de reprendre le carnet.')
  return null
}

/** Why a carnet cannot be blocked: not already, and a theft needs the reference of the complaint. */
export const whyNotBlock = ({
  statut,
  motif,
  reference,
}: {
  statut: CarnetStatut
  motif: MotifBlocage
  reference?: string | null
}): Refusal | null => {
  if (statut === 'bloque') return refuse('carnet_statut', 'Ce carnet est déjà bloqué.')
  if (!allows(carnetMachine, 'block', statut)) return carnetStatutRefusal(statut, 'blocage')
  if (motif === 'vole' && !reference?.trim()) return refuse('motif_manquant', 'Indiquez la référence du dépôt de plainte.')
  return null
}

/** Why a carnet cannot be unblocked: blocked, and not replaced (a replaced one is `annule`, for good). */
export const whyNotUnblock = ({ statut }: { statut: CarnetStatut }): Refusal | null =>
  allows(carnetMachine, 'unblock_remis', statut) ? null : carnetStatutRefusal(statut, 'déblocage')
