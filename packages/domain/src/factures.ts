import { COMMANDE_LABELS, type CommandeStatut } from './commandes.ts'
import { addDays } from './days.ts'
import { allows, type Machine } from './machine.ts'
import { plural } from './money.ts'
import { ORGANISATION_TYPE_LABELS, type OrganisationType } from './organisations.ts'
import { formatReference } from './references.ts'
import { refuse, type Refusal } from './refusal.ts'

/** What asks for money, and what gives it back. */
export const FACTURE_NATURES = ['facture', 'avoir'] as const
export type FactureNature = (typeof FACTURE_NATURES)[number]
export const FACTURE_NATURE_LABELS: Record<FactureNature, string> = { facture: 'Facture', avoir: 'Avoir' }

/** What a document goes through at the buyer’s, in the words of the public billing portal (ux.md, Factures). */
export const FACTURE_STATUTS = ['deposee', 'mise_a_disposition', 'suspendue', 'a_recycler', 'rejetee', 'mandatee', 'payee'] as const
export type FactureStatut = (typeof FACTURE_STATUTS)[number]
export const FACTURE_LABELS: Record<FactureStatut, string> = {
  deposee: 'Déposée',
  mise_a_disposition: 'Mise à disposition',
  suspendue: 'Suspendue',
  a_recycler: 'À recycler',
  rejetee: 'Rejetée',
  mandatee: 'Mandatée',
  payee: 'Payée',
}

/**
 * The journal of a document. `recycle` sends it back to be corrected and keeps its number; `reject` ends it: the next one takes a new
 * number. `mandate` follows the number of the mandat, `pay` the funds received: nobody types them.
 */
export const factureMachine = {
  deliver: { from: ['deposee'], to: 'mise_a_disposition' },
  suspend: { from: ['mise_a_disposition'], to: 'suspendue' },
  resume: { from: ['suspendue'], to: 'mise_a_disposition' },
  recycle: { from: ['deposee', 'mise_a_disposition', 'suspendue'], to: 'a_recycler' },
  redeposit: { from: ['a_recycler'], to: 'deposee' },
  reject: { from: ['deposee', 'mise_a_disposition', 'suspendue'], to: 'rejetee' },
  mandate: { from: ['deposee', 'mise_a_disposition', 'suspendue'], to: 'mandatee' },
  pay: { from: ['deposee', 'mise_a_disposition', 'suspendue', 'a_recycler', 'mandatee'], to: 'payee' },
} as const satisfies Machine<FactureStatut>
export type FactureAction = keyof typeof factureMachine

/** Moves that a person records, by the order of their use. The operator may copy what the billing portal answers. */
export const FACTURE_SUIVIS = ['deliver', 'suspend', 'resume', 'recycle', 'redeposit', 'reject'] as const
export type FactureSuivi = (typeof FACTURE_SUIVIS)[number]
export const FACTURE_SUIVI_LABELS: Record<FactureSuivi, string> = {
  deliver: 'Confirmer la réception',
  suspend: 'Suspendre le traitement',
  resume: 'Reprendre le traitement',
  recycle: 'Renvoyer à corriger',
  redeposit: 'Déposer à nouveau',
  reject: 'Rejeter',
}

const BOTH = ['collectivite', 'operateur'] as const
const SUIVI_ACTORS: Record<FactureSuivi, readonly OrganisationType[]> = {
  deliver: BOTH,
  suspend: BOTH,
  resume: BOTH,
  recycle: BOTH,
  redeposit: ['operateur'],
  reject: BOTH,
}

/** True when this move asks why. */
export const needsMotif = (action: FactureSuivi): boolean => action === 'suspend' || action === 'recycle' || action === 'reject'

/** Why a move of a document is refused to an organisation: its statut, whose act it is, the reason to give. */
export const whyNotFollow = (
  action: FactureSuivi,
  { statut, organisation, motif }: { statut: FactureStatut; organisation: OrganisationType; motif?: string | null },
): Refusal | null => {
  if (!SUIVI_ACTORS[action].includes(organisation))
    return refuse('facture_statut', `Cet acte revient à : ${ORGANISATION_TYPE_LABELS[SUIVI_ACTORS[action][0]!].toLowerCase()}.`)
  if (!allows(factureMachine, action, statut))
    return refuse('facture_statut', `Statut « ${FACTURE_LABELS[statut]} » : « ${FACTURE_SUIVI_LABELS[action]} » n’est pas possible.`)
  if (!needsMotif(action) || motif?.trim()) return null
  const message = 'Indiquez le motif : l’opérateur en a besoin pour corriger.'
  return refuse('motif_manquant', message, [{ chemin: 'motif', message }])
}

/** The moves that an organisation may record now, in the order of their use. */
export const suivisOf = (statut: FactureStatut, organisation: OrganisationType): FactureSuivi[] =>
  FACTURE_SUIVIS.filter((action) => whyNotFollow(action, { statut, organisation, motif: 'x' }) === null)

/** What comes next for a document, said to both parties. */
export const FACTURE_SUITES: Record<FactureStatut, string> = {
  deposee: 'La collectivité confirme la réception, puis indique le numéro de mandat à la mise en paiement.',
  mise_a_disposition: 'La collectivité indique le numéro de mandat sur la commande, à la mise en paiement.',
  suspendue: 'L’opérateur complète ce qui manque, puis le traitement reprend.',
  a_recycler: 'La collectivité corrige les références sur la commande, puis l’opérateur dépose le document à nouveau, sous le même numéro.',
  rejetee: 'Ce document est clos. Le suivant portera un nouveau numéro.',
  mandatee: 'Le paiement est en cours : l’opérateur note les fonds dès qu’il les reçoit.',
  payee: 'Il ne reste rien à faire.',
}

/** Whose turn it is on a document; null when nobody has to do anything. */
export const FACTURE_TOUR: Record<FactureStatut, Extract<OrganisationType, 'collectivite' | 'operateur'> | null> = {
  deposee: 'collectivite',
  mise_a_disposition: 'collectivite',
  suspendue: 'operateur',
  a_recycler: 'operateur',
  rejetee: 'operateur',
  mandatee: 'collectivite',
  payee: null,
}

/** Days that a public body has to pay (Code de la commande publique). */
const PAIEMENT_JOURS = 30
/** The last day to pay a document made on this day. */
export const echeanceFacture = (dateEmission: string): string => addDays(dateEmission, PAIEMENT_JOURS)

/** The yearly number of a document: `F26-0001`, `AV26-0001` (an attribution has the letter A). */
export const factureNumero = (nature: FactureNature, annee: number, n: number): string =>
  formatReference(nature === 'facture' ? 'F' : 'AV', annee, n)

/** Statuts from which a plain cancellation is no longer possible: from here on money is asked for, and given back by avoir. */
const BILLED: readonly CommandeStatut[] = ['en_production', 'expediee', 'livree', 'close']

/** Why an invoice cannot be made: the carnets are launched, and no other invoice lives. */
export const whyNotIssue = ({ statut, facture }: { statut: CommandeStatut; facture: { numero: string } | null }): Refusal | null => {
  if (!BILLED.includes(statut))
    return refuse('commande_statut', `Statut « ${COMMANDE_LABELS[statut]} » : la facture s’établit à partir de la production.`)
  return facture === null ? null : refuse('facture_existante', `Cette commande a déjà sa facture : ${facture.numero}.`)
}

type Creditable = {
  statut: CommandeStatut
  facture: { numero: string } | null
  lot: { quantite: number; produits: number } | null
  /** Carnets active, allocated or handed over: they are worth something to somebody. */
  engages: number
}

/** Why a launched commande cannot be cancelled by an avoir: billed, entirely produced, and no carnet of it engaged. */
export const whyNotCredit = ({ statut, facture, lot, engages }: Creditable): Refusal | null => {
  if (statut !== 'en_production' && statut !== 'expediee' && statut !== 'livree')
    return refuse('commande_statut', `Statut « ${COMMANDE_LABELS[statut]} » : annulation par avoir impossible.`)
  if (facture === null) return refuse('facture_absente', 'Établissez d’abord la facture : l’avoir la corrige.')
  if (!lot || lot.produits < lot.quantite)
    return refuse('commande_statut', 'La production est en cours : attendez qu’elle finisse avant d’annuler la commande.')
  if (engages === 0) return null
  return refuse(
    'carnet_statut',
    `${plural(engages, 'carnet est déjà actif, attribué ou remis', 'carnets sont déjà actifs, attribués ou remis')} : la commande ne peut plus être annulée en entier.`,
  )
}

/** Why a delivered commande cannot be closed: every carnet received is active, and its invoice is paid. */
export const whyNotClose = ({
  statut,
  facture,
  carnetsActivables,
}: {
  statut: CommandeStatut
  facture: { statut: FactureStatut } | null
  carnetsActivables: number
}): Refusal | null => {
  if (statut !== 'livree') return refuse('commande_statut', `Statut « ${COMMANDE_LABELS[statut]} » : clôture impossible.`)
  if (carnetsActivables > 0)
    return refuse('commande_statut', `${plural(carnetsActivables, 'carnet reçu attend', 'carnets reçus attendent')} encore l’activation.`)
  if (facture?.statut === 'payee') return null
  return refuse('commande_statut', 'La facture de cette commande n’est pas encore payée.')
}
