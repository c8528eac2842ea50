import { allows, type Machine } from './machine.ts'
import { plural } from './money.ts'
import { refuse, type Refusal } from './refusal.ts'

/** A count campaign of a collectivité: every point of stock counts what it really has. */
export const INVENTAIRE_STATUTS = ['ouvert', 'clos'] as const
export type InventaireStatut = (typeof INVENTAIRE_STATUTS)[number]
export const INVENTAIRE_LABELS: Record<InventaireStatut, string> = { ouvert: 'En cours', clos: 'Clos' }
export const inventaireMachine = { close: { from: ['ouvert'], to: 'clos' } } as const satisfies Machine<InventaireStatut>

/** What a point of stock found; `absent`: the campaign was closed without its count. */
export const COMPTAGE_STATUTS = ['a_faire', 'juste', 'ecart', 'absent'] as const
export type ComptageStatut = (typeof COMPTAGE_STATUTS)[number]
export const COMPTAGE_LABELS: Record<ComptageStatut, string> = {
  a_faire: 'À compter',
  juste: 'Compte juste',
  ecart: 'Écart',
  absent: 'Pas compté',
}
export const comptageMachine = {
  agree: { from: ['a_faire'], to: 'juste' },
  differ: { from: ['a_faire'], to: 'ecart' },
  miss: { from: ['a_faire'], to: 'absent' },
} as const satisfies Machine<ComptageStatut>

/** Days that a campaign leaves to count when nothing else is said. */
export const INVENTAIRE_JOURS = 15

/** Why a campaign cannot be opened: one at a time, and something to count. */
export const whyNotOpenInventaire = ({ enCours, points }: { enCours: boolean; points: number }): Refusal | null => {
  if (enCours) return refuse('inventaire_statut', 'Un inventaire est déjà en cours. Clôturez-le avant d’en ouvrir un autre.')
  return points === 0 ? refuse('inventaire_statut', 'Aucun carnet en stock : il n’y a rien à compter.') : null
}

/** Why a campaign cannot be closed. Counts not made stay said as such: the campaign may be closed without them. */
export const whyNotCloseInventaire = ({ statut }: { statut: InventaireStatut }): Refusal | null =>
  allows(inventaireMachine, 'close', statut) ? null : refuse('inventaire_statut', 'Cet inventaire est déjà clos.')

export type Comptage = {
  statut: ComptageStatut
  /** Carnets that the books give to this point. */
  attendus: number
  /** Carnets counted by hand. */
  comptes: number
  /** Numbers named as missing, and as found without being expected. */
  manquants: number
  enTrop: number
}

/** Why a count is not taken: done already, or its figures do not add up (expected − missing + found = counted). */
export const whyNotCount = ({ statut, attendus, comptes, manquants, enTrop }: Comptage): Refusal | null => {
  if (!allows(comptageMachine, 'agree', statut))
    return refuse(
      'comptage_statut',
      statut === 'absent' ? 'L’inventaire est clos : ce compte n’est plus attendu.' : 'Ce compte est déjà fait.',
    )
  const ecart = attendus - manquants + enTrop - comptes
  if (ecart === 0) return null
  const who = `Vos livres donnent ${plural(attendus, 'carnet')}, vous en comptez ${comptes}.`
  return refuse(
    'comptage_incoherent',
    ecart > 0
      ? `${who} Indiquez encore ${plural(ecart, 'numéro manquant', 'numéros manquants')}.`
      : `${who} Indiquez encore ${plural(-ecart, 'numéro trouvé en plus', 'numéros trouvés en plus')}, ou retirez un manquant.`,
  )
}

/** What the count comes to. */
export const comptageAction = ({ manquants, enTrop }: Pick<Comptage, 'manquants' | 'enTrop'>): 'agree' | 'differ' =>
  manquants === 0 && enTrop === 0 ? 'agree' : 'differ'
