import { INVITATION_JOURS, REVUE_MOIS } from './acces.ts'
import { addMonths, formatDay } from './days.ts'
import { isAdministrator, type Role } from './organisations.ts'
import { refuse, type Refusal } from './refusal.ts'

/** Where an access stands on a day: `a_venir` before its first day, `termine` after its last one or once withdrawn. */
export const MEMBRE_ETATS = ['en_cours', 'a_venir', 'termine'] as const
export type MembreEtat = (typeof MEMBRE_ETATS)[number]
export const MEMBRE_ETAT_LABELS: Record<MembreEtat, string> = { en_cours: 'En cours', a_venir: 'À venir', termine: 'Terminé' }

/** What is stored of an invitation, and what is shown: `expiree` is an `envoyee` past its 7 days. */
export const INVITATION_ETATS = ['envoyee', 'acceptee', 'annulee', 'expiree'] as const
export type InvitationEtat = (typeof INVITATION_ETATS)[number]
export const INVITATION_ETAT_LABELS: Record<InvitationEtat, string> = {
  envoyee: 'Envoyée',
  acceptee: 'Acceptée',
  annulee: 'Annulée',
  expiree: 'Expirée',
}

/** A lost second factor, waiting for somebody else's decision. */
export const RECUPERATION_STATUTS = ['demandee', 'accordee', 'refusee'] as const
export type RecuperationStatut = (typeof RECUPERATION_STATUTS)[number]
export const RECUPERATION_STATUT_LABELS: Record<RecuperationStatut, string> = {
  demandee: 'En attente',
  accordee: 'Accordée',
  refusee: 'Refusée',
}

type Periode = { dateDebut: string; dateFin: string | null; retiree: boolean }

/** Where an access stands on `today`. It ends by itself: the day after its last one it opens nothing. */
export const membreEtat = ({ dateDebut, dateFin, retiree }: Periode, today: string): MembreEtat => {
  if (retiree || (dateFin !== null && dateFin < today)) return 'termine'
  return dateDebut > today ? 'a_venir' : 'en_cours'
}

/** True when nobody has said for 6 months that the access is still needed (ux.md A53). One that has ended asks for nothing. */
export const isRevueDue = (acces: Periode & { revueLe: string | null }, today: string): boolean =>
  membreEtat(acces, today) === 'en_cours' && addMonths(acces.revueLe ?? acces.dateDebut, REVUE_MOIS) <= today

/** Where an invitation stands at an instant. */
export const invitationEtat = (
  { statut, expireAt }: { statut: 'envoyee' | 'acceptee' | 'annulee'; expireAt: Date },
  now: Date,
): InvitationEtat => (statut === 'envoyee' && expireAt.getTime() <= now.getTime() ? 'expiree' : statut)

/** The instant from which an invitation sent now opens nothing. */
export const invitationEnd = (now: Date): Date => new Date(now.getTime() + INVITATION_JOURS * 86_400_000)

/** Why an invitation cannot be cancelled or sent again, or null. An expired one still may: a new link, 7 more days. */
export const whyNotTouchInvitation = (etat: InvitationEtat): Refusal | null =>
  etat === 'envoyee' || etat === 'expiree' ? null : refuse('invitation_etat')

/** An access as the rules below weigh it. `desactive`: the account is closed, so the person administers nothing. */
export type Acces = Periode & { adhesionId: string; utilisateurId: string; role: Role; desactive: boolean }

/** True when somebody else still administers the organisation on the day the access ends, `null` being today. */
const isGuarded = (acces: Acces, others: readonly Acces[], fin: string | null, today: string): boolean =>
  others.some(
    (other) =>
      other.adhesionId !== acces.adhesionId &&
      isAdministrator(other.role) &&
      !other.desactive &&
      membreEtat(other, today) === 'en_cours' &&
      (fin === null || other.dateFin === null || other.dateFin > fin),
  )

const administers = (acces: Acces, today: string) =>
  isAdministrator(acces.role) && !acces.desactive && membreEtat(acces, today) === 'en_cours'

/** True when some person may administer the organisation on `today`. */
export const hasAdministrator = (acces: readonly Acces[], today: string): boolean => acces.some((one) => administers(one, today))

/** Why an access cannot be withdrawn, or null: one already ended, or the last that administers. One may leave oneself. */
export const whyNotRemove = (acces: Acces, all: readonly Acces[], today: string): Refusal | null => {
  if (membreEtat(acces, today) === 'termine') return refuse('membre_etat')
  if (administers(acces, today) && !isGuarded(acces, all, null, today)) return refuse('dernier_administrateur')
  return null
}

/** What an access becomes. */
export type Changement = { role: Role; dateFin: string | null }

const SOI_MEME = 'Personne ne change son propre accès. Demandez-le à une autre personne qui administre l’organisation.'

/** Why an end date cannot be given, or null: it comes before the first day it may be, today or the first day of the access. */
export const whyNotEnd = (dateFin: string | null, premier: string): Refusal | null => {
  if (dateFin === null || dateFin >= premier) return null
  const message = `Indiquez une date à partir du ${formatDay(premier)}.`
  return refuse('demande_malformee', message, [{ chemin: 'dateFin', message }])
}

/**
 * Why an access cannot be changed so, or null. Whether the granter may give the new role is `whyNotGrant`, whether one person may hold
 * it beside their others `whyNotHold`.
 */
export const whyNotSetMembre = (
  acces: Acces,
  { role, dateFin }: Changement,
  { all, par, today }: { all: readonly Acces[]; par: string; today: string },
): Refusal | null => {
  if (acces.utilisateurId === par) return refuse('habilitation_refusee', SOI_MEME)
  if (membreEtat(acces, today) === 'termine') return refuse('membre_etat')
  const stops = !isAdministrator(role) || dateFin !== null
  if (administers(acces, today) && stops && !isGuarded(acces, all, isAdministrator(role) ? dateFin : null, today))
    return refuse('dernier_administrateur')
  return null
}

/** Why an access cannot be confirmed, or null. */
export const whyNotReview = (acces: Periode, today: string): Refusal | null =>
  membreEtat(acces, today) === 'en_cours' ? null : refuse('membre_etat')

/** Why a recovery cannot be decided by this person, or null: it is their own, it was decided, or it is too old. */
export const whyNotDecideRecuperation = (
  { statut, utilisateurId, expiree }: { statut: RecuperationStatut; utilisateurId: string; expiree: boolean },
  par: string,
): Refusal | null => {
  if (statut !== 'demandee' || expiree) return refuse('recuperation_etat')
  if (utilisateurId === par) return refuse('meme_personne', 'Une autre personne que vous décide de votre demande.')
  return null
}
