import { addDays, formatDay } from './days.ts'
import { allows, type Machine } from './machine.ts'
import { plural } from './money.ts'
import { rangeSize } from './references.ts'
import type { RefusalCode } from './refusal-codes.ts'
import { refuse, type Refusal } from './refusal.ts'

/** Custody: who holds the carnet. Whether it is worth something is its activation, never mixed in. */
export const CARNET_STATUTS = ['cree', 'imprime', 'expedie', 'livre', 'attribue', 'remis', 'bloque', 'annule', 'expire'] as const
export type CarnetStatut = (typeof CARNET_STATUTS)[number]

export const CARNET_LABELS: Record<CarnetStatut, string> = {
  cree: 'Créé',
  imprime: 'Imprimé',
  expedie: 'Expédié',
  livre: 'Livré',
  attribue: 'Attribué',
  remis: 'Remis',
  bloque: 'Bloqué',
  annule: 'Annulé',
  expire: 'Expiré',
}

export const MOTIFS_BLOCAGE = ['perdu', 'vole', 'controle'] as const
export type MotifBlocage = (typeof MOTIFS_BLOCAGE)[number]
export const MOTIF_BLOCAGE_LABELS: Record<MotifBlocage, string> = { perdu: 'Perdu', vole: 'Volé', controle: 'Contrôle' }

/**
 * Moves of domain.md section 4. Allocating, transferring and returning only set a destination: the statut changes when the
 * receipt is confirmed (`acknowledge` by a prescripteur, `acknowledge_return` by the collectivité). Unblocking goes back to the
 * statut kept at the blocking: one row each, `unblockAction` names it.
 */
export const carnetMachine = {
  print: { from: ['cree'], to: 'imprime' },
  ship: { from: ['imprime'], to: 'expedie' },
  receive: { from: ['expedie'], to: 'livre' },
  acknowledge: { from: ['livre', 'attribue'], to: 'attribue' },
  acknowledge_return: { from: ['attribue'], to: 'livre' },
  hand_over: { from: ['attribue'], to: 'remis' },
  take_back: { from: ['remis'], to: 'attribue' },
  block: { from: ['expedie', 'livre', 'attribue', 'remis'], to: 'bloque' },
  unblock_livre: { from: ['bloque'], to: 'livre' },
  unblock_attribue: { from: ['bloque'], to: 'attribue' },
  unblock_remis: { from: ['bloque'], to: 'remis' },
  replace: { from: ['bloque'], to: 'annule' },
  cancel: { from: ['cree', 'imprime', 'expedie', 'livre', 'attribue', 'remis', 'bloque'], to: 'annule' },
  expire: { from: ['imprime', 'expedie', 'livre', 'attribue', 'remis', 'bloque'], to: 'expire' },
} as const satisfies Machine<CarnetStatut>

/** The unblocking that fits the statut a carnet had when it was blocked; a carnet missing at delivery comes back as delivered. */
export const unblockAction = (statutAvant: CarnetStatut): 'unblock_livre' | 'unblock_attribue' | 'unblock_remis' =>
  statutAvant === 'remis' ? 'unblock_remis' : statutAvant === 'attribue' ? 'unblock_attribue' : 'unblock_livre'

/** Stored. The rest is derived from the carnet, its activation and the dates. */
export const PASS_STATUTS = ['neuf', 'utilise', 'annule'] as const
export type PassStatut = (typeof PASS_STATUTS)[number]

export const PASS_STATUT_LABELS: Record<PassStatut, string> = { neuf: 'Pas encore utilisé', utilise: 'Utilisé', annule: 'Annulé' }

/** What a pass is worth, in words. */
export const PASS_ETATS = ['inactif', 'valable', 'bloque', 'expire', 'utilise', 'annule'] as const
export type PassEtat = (typeof PASS_ETATS)[number]

export const PASS_ETAT_LABELS: Record<PassEtat, string> = {
  inactif: 'Pas encore activé',
  valable: 'Valable',
  bloque: 'Bloqué',
  expire: 'Expiré',
  utilise: 'Utilisé',
  annule: 'Annulé',
}

export const CARNET_BADGES = ['active', 'entame', 'epuise'] as const
export type CarnetBadge = (typeof CARNET_BADGES)[number]
export const CARNET_BADGE_LABELS: Record<CarnetBadge, string> = { active: 'Activé', entame: 'Entamé', epuise: 'Épuisé' }

type BadgeFacts = {
  actif: boolean
  /** Pass of the carnet, those used, those cancelled. */
  taille: number
  utilises: number
  annules?: number
}

/**
 * Derived badges: `entame` from the first pass used, `epuise` in its place when none is left (acceptance A42). A figure counting the
 * `entames` counts the `epuise` too.
 */
export const badges = ({ actif, taille, utilises, annules = 0 }: BadgeFacts): CarnetBadge[] => {
  const use = utilises === 0 ? [] : [utilises + annules < taille ? ('entame' as const) : ('epuise' as const)]
  return [...(actif ? (['active'] as const) : []), ...use]
}

/** Last day a pass is accepted: end of validity plus the convention's tolerance. It is refused from the next day, 00:00 Paris. */
export const lastAcceptedDay = (dateFinValidite: string, toleranceJours: number): string => addDays(dateFinValidite, toleranceJours)

export type PassFacts = {
  passStatut: PassStatut
  carnetStatut: CarnetStatut
  /** The serial is inside an activation. */
  actif: boolean
  dateFinValidite: string
  toleranceJours: number
}

/**
 * Checks 3 to 7 of domain.md section 6, in their order: what the pass itself says to a lieu, null when it is worth its value today.
 * A carnet closed as `expire` no longer tells whether it was handed over, so its date speaks.
 */
export const passRefusalCode = ({ passStatut, carnetStatut, actif, dateFinValidite, toleranceJours }: PassFacts, today: string) => {
  if (passStatut === 'utilise') return 'deja_utilise'
  if (passStatut === 'annule' || carnetStatut === 'annule') return 'pass_annule'
  if (carnetStatut === 'bloque') return 'carnet_bloque'
  if (!actif) return 'pas_actif'
  if (carnetStatut === 'expire') return 'expire'
  if (carnetStatut !== 'remis') return 'pas_remis'
  if (lastAcceptedDay(dateFinValidite, toleranceJours) < today) return 'expire'
  return null
}

type PassRefusalCode = Extract<RefusalCode, 'deja_utilise' | 'pass_annule' | 'carnet_bloque' | 'pas_actif' | 'pas_remis' | 'expire'>

const ETAT_OF_CODE: Record<PassRefusalCode, PassEtat> = {
  deja_utilise: 'utilise',
  pass_annule: 'annule',
  carnet_bloque: 'bloque',
  pas_actif: 'inactif',
  pas_remis: 'inactif',
  expire: 'expire',
}

/** The derived state of a pass today (Paris): the same decisions as the redemption, so a `valable` pass is never refused for itself. */
export const passEtat = (facts: PassFacts, today: string): PassEtat => {
  const code = passRefusalCode(facts, today)
  return code ? ETAT_OF_CODE[code] : 'valable'
}

/**
 * Why a range cannot leave its custodian: a true range, and every carnet of it in the sender's hands, neither blocked nor on the
 * way. `disponibles` counts those of the range that are.
 */
export const whyNotAllocate = ({
  seriePremiere,
  serieDerniere,
  disponibles,
}: {
  seriePremiere: number
  serieDerniere: number
  disponibles: number
}): Refusal | null => {
  const asked = rangeSize(seriePremiere, serieDerniere)
  if (asked === 0) return refuse('plage_invalide', 'Le dernier numéro doit suivre le premier, dans la même année.')
  if (disponibles >= asked) return null
  return refuse(
    'stock_insuffisant',
    `Cette plage compte ${plural(asked, 'carnet')}, dont ${plural(disponibles, 'disponible')} dans votre stock.`,
  )
}

/** The refusal of a move that does not start from this statut. */
export const carnetStatutRefusal = (statut: CarnetStatut, subject: string) =>
  refuse('carnet_statut', `Carnet « ${CARNET_LABELS[statut]} » : ${subject} impossible.`)

/** Why the receipt of a carnet cannot be confirmed: it is on the way to you, and not blocked meanwhile. */
export const whyNotAcknowledge = ({ statut, enTransit }: { statut: CarnetStatut; enTransit: boolean }): Refusal | null => {
  if (statut === 'bloque') return refuse('carnet_bloque')
  if (!allows(carnetMachine, 'acknowledge', statut)) return carnetStatutRefusal(statut, 'réception')
  return enTransit ? null : refuse('carnet_statut', 'Ce carnet n’est pas en route vers vous.')
}

export type HandOverFacts = {
  statut: CarnetStatut
  actif: boolean
  enTransit: boolean
  /** End of validity of the lot. */
  dateFin: string
  /** First day without distribution, when the collectivité agreed to stop it. */
  arretDistribution?: string | null
  diagnosticFait?: boolean
  publicEligible: boolean
  consentement: boolean
  aDejaUnCarnetVivant: boolean
  /** Written reasons that lift a refusal: the collectivité's agreement after the stop, the agent's reason for a second carnet. */
  override?: { distribution?: string; secondCarnet?: string }
}

/** Why the carnet itself cannot be handed over today, whoever receives it (shown as soon as its number is typed). */
export const whyNotHandOverCarnet = (
  facts: Pick<HandOverFacts, 'statut' | 'actif' | 'enTransit' | 'dateFin' | 'arretDistribution' | 'override'>,
  today: string,
): Refusal | null => {
  const { statut, actif, enTransit, dateFin, arretDistribution, override } = facts
  if (statut === 'bloque') return refuse('carnet_bloque')
  if (enTransit) return refuse('carnet_en_transit', 'Ce carnet est en route : confirmez sa réception avant de le remettre.')
  if (statut === 'remis') return refuse('carnet_statut', 'Ce carnet est déjà remis à une personne.')
  if (!allows(carnetMachine, 'hand_over', statut)) return carnetStatutRefusal(statut, 'remise')
  if (!actif) return refuse('pas_actif')
  if (dateFin < today) return refuse('expire', `Carnet valable jusqu’au ${formatDay(dateFin)} : il ne peut plus être remis.`)
  if (arretDistribution && arretDistribution <= today && !override?.distribution?.trim()) return refuse('distribution_arretee')
  return null
}

/** Why this carnet cannot be handed over to this person today (domain.md section 4): the carnet first, then the person. */
export const whyNotHandOver = (facts: HandOverFacts, today: string): Refusal | null => {
  const { diagnosticFait = true, publicEligible, consentement, aDejaUnCarnetVivant, override } = facts
  const carnet = whyNotHandOverCarnet(facts, today)
  if (carnet) return carnet
  if (!diagnosticFait) return refuse('diagnostic_incomplet')
  if (!publicEligible) return refuse('public_non_eligible')
  if (!consentement) return refuse('consentement_manquant')
  if (aDejaUnCarnetVivant && !override?.secondCarnet?.trim()) return refuse('carnet_deja_remis')
  return null
}
