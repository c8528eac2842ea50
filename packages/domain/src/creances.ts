import { allows, type Machine } from './machine.ts'
import { euros, type Centimes } from './money.ts'
import { refuse, type Refusal } from './refusal.ts'

/** What a former operator left unpaid to a place: declared with its proof, examined by one person, decided by another, paid through the ledger. */
export const CREANCE_STATUTS = ['declaree', 'examinee', 'acceptee', 'refusee', 'payee'] as const
export type CreanceStatut = (typeof CREANCE_STATUTS)[number]

export const CREANCE_LABELS: Record<CreanceStatut, string> = {
  declaree: 'Déclarée',
  examinee: 'Examinée, à décider',
  acceptee: 'Acceptée, à payer',
  refusee: 'Refusée',
  payee: 'Payée',
}

/** The moves of a claim: another examination replaces the first as long as nobody has decided. */
export const creanceMachine = {
  examine: { from: ['declaree', 'examinee'], to: 'examinee' },
  accept: { from: ['examinee'], to: 'acceptee' },
  refuse: { from: ['examinee'], to: 'refusee' },
  pay: { from: ['acceptee'], to: 'payee' },
} as const satisfies Machine<CreanceStatut>

export const AVIS = ['accepter', 'refuser'] as const
export type Avis = (typeof AVIS)[number]
export const AVIS_LABELS: Record<Avis, string> = { accepter: 'Accepter', refuser: 'Refuser' }

/** What the file of the take-over says of a pass that is claimed. Only an unpaid one is retained, and once. */
export const CREANCE_CONSTATS = ['impaye', 'utilise', 'neuf', 'inconnu', 'deja_retenu'] as const
export type CreanceConstat = (typeof CREANCE_CONSTATS)[number]
export const CREANCE_CONSTAT_LABELS: Record<CreanceConstat, string> = {
  impaye: 'Impayé par l’ancien opérateur',
  utilise: 'Payé par l’ancien opérateur',
  neuf: 'Jamais utilisé chez l’ancien opérateur',
  inconnu: 'Absent du fichier de la reprise',
  deja_retenu: 'Déjà retenu dans une autre créance',
}

/** Pass of one claim. */
export const CREANCE_PASS_MAX = 200

const statutRefusal = (statut: CreanceStatut) =>
  refuse('creance_statut', `Créance « ${CREANCE_LABELS[statut]} » : cette action n’est plus possible.`)

/** Why a claim is not examined: not decided yet, its proof kept, something to retain when the advice is to accept. */
export const whyNotExamine = ({
  statut,
  pieces,
  retenus,
  avis,
}: {
  statut: CreanceStatut
  pieces: number
  retenus: number
  avis: Avis
}): Refusal | null => {
  if (!allows(creanceMachine, 'examine', statut)) return statutRefusal(statut)
  if (avis === 'refuser') return null
  if (pieces === 0) return refuse('preuve_absente', 'La structure n’a pas encore déposé sa preuve.')
  return retenus > 0
    ? null
    : refuse('creance_statut', 'Aucun pass de cette créance n’est impayé d’après la reprise : rien n’est à accepter.')
}

type Decided = {
  statut: CreanceStatut
  examineePar: string | null
  par: string
  avis: Avis
  retenuCentimes: Centimes
  fondsCentimes: Centimes
}

/** Why a claim is not decided: examined, by somebody else, and covered by the funds when it is accepted. */
export const whyNotDecide = ({ statut, examineePar, par, avis, retenuCentimes, fondsCentimes }: Decided): Refusal | null => {
  if (!allows(creanceMachine, 'accept', statut)) return statutRefusal(statut)
  if (examineePar === par) return refuse('meme_personne', 'Vous avez examiné cette créance : une autre personne la décide.')
  const manque = retenuCentimes - fondsCentimes
  return avis === 'accepter' && manque > 0
    ? refuse('couverture_insuffisante', `Il manque ${euros(manque)} dans les fonds de la convention pour payer cette créance.`)
    : null
}

/** Why a claim is not paid: accepted, and by somebody else than who decided it. */
export const whyNotPayCreance = ({
  statut,
  decideePar,
  par,
}: {
  statut: CreanceStatut
  decideePar: string | null
  par: string
}): Refusal | null => {
  if (!allows(creanceMachine, 'pay', statut)) return statutRefusal(statut)
  return decideePar === par ? refuse('meme_personne', 'Vous avez décidé cette créance : une autre personne la paie.') : null
}
