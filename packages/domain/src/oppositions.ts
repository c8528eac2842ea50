import { CARNET_LABELS, carnetStatutRefusal, type CarnetStatut } from './carnets.ts'
import { formatDay } from './days.ts'
import { allows, type Machine } from './machine.ts'
import { plural } from './money.ts'
import { refuse, type Refusal } from './refusal.ts'

/** Carnets that one gesture may stop, release or cancel: what one statement does well under its time limit. */
export const OPPOSITION_MAX = 10_000

type Counted = {
  /** Numbers named, carnets of them that are the actor's, and carnets that the act can touch. */
  demandes: number
  trouves: number
  possibles: number
}

/** Why nothing is done on these numbers: some are no carnets of ours, or none of them is in a statut that the act leaves from. */
export const whyNotActOnPlages = ({ demandes, trouves, possibles }: Counted, acte: 'bloquer' | 'debloquer'): Refusal | null => {
  if (trouves < demandes)
    return refuse(
      'plage_invalide',
      trouves === 0
        ? 'Aucun de ces numéros n’est un de vos carnets. Vérifiez le premier et le dernier.'
        : `${plural(demandes, 'numéro')}, dont ${plural(trouves, 'carnet')} à vous. Vérifiez le premier et le dernier.`,
    )
  if (possibles > 0) return null
  return refuse(
    'carnet_statut',
    acte === 'bloquer'
      ? 'Aucun de ces carnets ne peut être bloqué : ils le sont déjà, ou ne servent plus.'
      : 'Aucun de ces carnets n’est bloqué.',
  )
}

/** The carnet that takes the place of another, as its shelf tells it. */
export type Remplacant = {
  statut: CarnetStatut
  enTransit: boolean
  actif: boolean
  memeConvention: boolean
  /** At the counter that answers for the old one, or in the collectivité's reserve. */
  aPortee: boolean
  /** It has stood for another one before, and was taken back since: its story is that one's. */
  dejaServi: boolean
  taille: number
  dateFin: string
}
/** The blocked carnet: where it was when it was blocked, the pass it has left, its last day. */
export type ARemplacer = { statut: CarnetStatut; statutAvantBlocage: CarnetStatut | null; passNeufs: number; dateFin: string }

const whyNotStandFor = ({ passNeufs, dateFin }: ARemplacer, nouveau: Remplacant, today: string): Refusal | null => {
  if (nouveau.enTransit) return refuse('carnet_en_transit', 'Le nouveau carnet est en route : attendez que sa réception soit confirmée.')
  if (nouveau.statut !== 'livre' && nouveau.statut !== 'attribue')
    return refuse('carnet_statut', `Le nouveau carnet est au statut « ${CARNET_LABELS[nouveau.statut]} » : prenez-en un de votre réserve.`)
  if (!nouveau.memeConvention)
    return refuse('remplacement_impossible', 'Le nouveau carnet est d’une autre convention. Prenez-en un de la même.')
  if (!nouveau.aPortee)
    return refuse(
      'remplacement_impossible',
      'Le nouveau carnet est chez un autre prescripteur. Prenez-le dans votre réserve, ou chez celui qui a remis l’ancien.',
    )
  if (nouveau.dejaServi)
    return refuse('remplacement_impossible', 'Le nouveau carnet en a déjà remplacé un autre. Prenez-en un qui n’a jamais servi.')
  if (!nouveau.actif) return refuse('pas_actif', 'Le nouveau carnet n’est pas encore activé : ses pass ne vaudraient rien.')
  if (nouveau.taille < passNeufs)
    return refuse('remplacement_impossible', `Le nouveau carnet compte ${nouveau.taille} pass : il en faut ${passNeufs}.`)
  if (nouveau.dateFin < today || nouveau.dateFin < dateFin)
    return refuse(
      'expire',
      `Le nouveau carnet est valable jusqu’au ${formatDay(nouveau.dateFin)} : prenez-en un valable au moins jusqu’au ${formatDay(dateFin)}.`,
    )
  return null
}

/**
 * Why a carnet cannot be replaced by this one: the old one is blocked, was a person's and has pass left; the new one is within
 * reach, active, never a replacement before, large enough and valid as long. A carnet that nobody had received is cancelled, not replaced.
 */
export const whyNotReplaceBy = (ancien: ARemplacer, nouveau: Remplacant | null, today: string): Refusal | null => {
  const { statut, statutAvantBlocage, passNeufs } = ancien
  if (statut === 'annule') return carnetStatutRefusal(statut, 'remplacement')
  if (statut !== 'bloque') return refuse('carnet_statut', 'Bloquez d’abord le carnet à remplacer.')
  if (statutAvantBlocage !== 'remis')
    return refuse('remplacement_impossible', 'Ce carnet n’était remis à personne : annulez-le, puis attribuez-en un autre.')
  if (passNeufs === 0) return refuse('carnet_statut', 'Tous les pass de ce carnet sont utilisés : il n’y a rien à remplacer.')
  return nouveau && whyNotStandFor(ancien, nouveau, today)
}

/** A cancellation of carnets: asked by one person, decided by another. */
export const ANNULATION_STATUTS = ['demandee', 'confirmee', 'refusee'] as const
export type AnnulationStatut = (typeof ANNULATION_STATUTS)[number]
export const ANNULATION_LABELS: Record<AnnulationStatut, string> = {
  demandee: 'À confirmer',
  confirmee: 'Confirmée',
  refusee: 'Refusée',
}
export const annulationMachine = {
  confirm: { from: ['demandee'], to: 'confirmee' },
  refuse: { from: ['demandee'], to: 'refusee' },
} as const satisfies Machine<AnnulationStatut>

/** Carnets of a request, by what stands in the way: not ours, of a statut that nothing cancels, already used. */
export type AnnulationFaits = { demandes: number; trouves: number; annulables: number; entames: number }

/** Why these carnets cannot be cancelled: all of them ours, none used, none already over. All or nothing. */
export const whyNotCancelCarnets = ({ demandes, trouves, annulables, entames }: AnnulationFaits): Refusal | null => {
  const absent = trouves < demandes ? whyNotActOnPlages({ demandes, trouves, possibles: trouves }, 'bloquer') : null
  if (absent) return absent
  if (entames > 0)
    return refuse(
      'carnet_entame',
      `${plural(entames, 'carnet')} de cette liste ${entames > 1 ? 'ont' : 'a'} déjà servi : un carnet entamé se bloque, il ne s’annule pas.`,
    )
  return annulables < demandes
    ? refuse(
        'carnet_statut',
        `${plural(demandes - annulables, 'carnet')} de cette liste ${demandes - annulables > 1 ? 'sont déjà annulés ou expirés' : 'est déjà annulé ou expiré'}.`,
      )
    : null
}

/** Why this person cannot decide: it is decided already, or they asked for it themselves. */
export const whyNotDecideAnnulation = ({
  statut,
  demandePar,
  par,
}: {
  statut: AnnulationStatut
  demandePar: string
  par: string
}): Refusal | null => {
  if (!allows(annulationMachine, 'confirm', statut))
    return refuse('annulation_statut', `Cette demande est déjà ${statut === 'confirmee' ? 'confirmée' : 'refusée'}.`)
  return demandePar === par ? refuse('meme_personne', 'L’annulation se confirme par une autre personne que celle qui la demande.') : null
}
