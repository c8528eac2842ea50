import { COMPTE_BANCAIRE_LABELS, type CompteBancaireStatut } from './comptes.ts'
import { formatInstant, PARIS } from './days.ts'
import { allows, type Machine } from './machine.ts'
import { plural } from './money.ts'
import { refuse, type Refusal } from './refusal.ts'

/** A bank account of a structure (domain.md section 3, bank accounts): checking it leaves it `propose`; a refused, withdrawn or replaced one is history. */
export const compteBancaireMachine = {
  check: { from: ['propose'], to: 'propose' },
  accept: { from: ['propose'], to: 'accepte' },
  refuse: { from: ['propose'], to: 'refuse' },
  /** The structure's own: it asked for the account, and no longer wants it. */
  withdraw: { from: ['propose'], to: 'retire' },
  replace: { from: ['accepte'], to: 'remplace' },
  /** The bank sends the money back. */
  reject: { from: ['accepte'], to: 'refuse' },
} as const satisfies Machine<CompteBancaireStatut>
type CompteBancaireAction = keyof typeof compteBancaireMachine

/** What the bank of the payee answers when asked whether the holder's name is the account's. */
export const VERIFICATIONS = ['conforme', 'proche', 'differente', 'indisponible'] as const
export type Verification = (typeof VERIFICATIONS)[number]
export const VERIFICATION_LABELS: Record<Verification, string> = {
  conforme: 'Nom conforme',
  proche: 'Nom proche',
  differente: 'Nom différent',
  indisponible: 'Vérification indisponible',
}

const HOUR_MS = 3_600_000
/** Between the request and the acceptance: time for the people told by mail to say that it was not them. */
const COMPTE_DELAI_HEURES = 72

/** The first instant at which an account asked for at `demandeAt` may be accepted. */
export const acceptableAt = (demandeAt: Date): Date => new Date(demandeAt.getTime() + COMPTE_DELAI_HEURES * HOUR_MS)

/** A request of this instant or before may be accepted now. */
export const acceptableSince = (now: Date): Date => new Date(now.getTime() - COMPTE_DELAI_HEURES * HOUR_MS)

const ACTION_NAMES: Record<CompteBancaireAction, string> = {
  check: 'vérification impossible',
  accept: 'acceptation impossible',
  refuse: 'refus impossible',
  withdraw: 'retrait impossible',
  replace: 'remplacement impossible',
  reject: 'rejet impossible',
}

const whyNotMove = (action: CompteBancaireAction, statut: CompteBancaireStatut): Refusal | null =>
  allows(compteBancaireMachine, action, statut)
    ? null
    : refuse('compte_bancaire_statut', `Compte « ${COMPTE_BANCAIRE_LABELS[statut]} » : ${ACTION_NAMES[action]}.`)

/** An account being asked for, and who acts now. */
export type CompteDemande = {
  statut: CompteBancaireStatut
  demandeAt: Date
  proposePar: string | null
  verifiePar: string | null
  verification: Verification | null
}

/** Why another account cannot be asked for: one request at a time. */
export const whyNotPropose = (enCours: { demandeAt: Date } | null): Refusal | null =>
  enCours === null
    ? null
    : refuse(
        'iban_en_verification',
        `Un compte est déjà en vérification depuis le ${formatInstant(enCours.demandeAt, PARIS)}. Attendez la réponse de l’opérateur, ou retirez cette demande, avant d’en proposer un autre.`,
      )

/** Why this person cannot check the account: not the one who asked for it. */
export const whyNotCheckCompte = ({ statut, proposePar }: CompteDemande, acteur: string): Refusal | null =>
  whyNotMove('check', statut) ??
  (acteur === proposePar ? refuse('meme_personne', 'Une autre personne que celle qui l’a proposé vérifie le compte.') : null)

/**
 * Why this person cannot accept the account now: neither who asked for it nor who checked it; not before 72 hours; not while a
 * bordereau still has to be paid on the account that it replaces.
 */
export const whyNotAcceptCompte = (
  { statut, demandeAt, proposePar, verifiePar, verification }: CompteDemande,
  { acteur, now, bordereauxOuverts }: { acteur: string; now: Date; bordereauxOuverts: number },
): Refusal | null => {
  const moved = whyNotMove('accept', statut)
  if (moved) return moved
  if (verifiePar === null) return refuse('compte_non_verifie', 'Une première personne doit d’abord vérifier ce compte.')
  if (verification === 'differente')
    return refuse('compte_non_verifie', 'La banque indique un autre titulaire : refusez ce compte, ou vérifiez-le de nouveau.')
  if (acteur === verifiePar || acteur === proposePar)
    return refuse('meme_personne', 'Une autre personne que celle qui l’a vérifié accepte le compte.')
  if (now < acceptableAt(demandeAt))
    return refuse(
      'iban_en_verification',
      `Ce compte peut être accepté à partir du ${formatInstant(acceptableAt(demandeAt), PARIS)}, 72 heures après la demande.`,
    )
  if (bordereauxOuverts > 0)
    return refuse(
      'compte_gele',
      `${plural(bordereauxOuverts, 'bordereau de cette structure reste', 'bordereaux de cette structure restent')} à payer sur le compte actuel. Acceptez le nouveau compte ensuite.`,
    )
  return null
}

/** Why the account cannot be refused: only a request can. */
export const whyNotRefuseCompte = ({ statut }: Pick<CompteDemande, 'statut'>): Refusal | null => whyNotMove('refuse', statut)

/** Why the structure cannot withdraw the account: it was accepted or refused meanwhile, or is withdrawn already. */
export const whyNotWithdrawCompte = ({ statut }: Pick<CompteDemande, 'statut'>): Refusal | null => whyNotMove('withdraw', statut)
