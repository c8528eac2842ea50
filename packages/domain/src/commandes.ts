import { addMonths, endOfMonth } from './days.ts'
import { allows, type Machine } from './machine.ts'
import { euros, feeCentimes, plural, pluralPass, type Centimes } from './money.ts'
import type { OrganisationType } from './organisations.ts'
import { refuse, type Refusal } from './refusal.ts'

export const COMMANDE_STATUTS = [
  'brouillon',
  'devis',
  'signee',
  'maquette_a_valider',
  'maquette_refusee',
  'maquette_validee',
  'en_production',
  'expediee',
  'livree',
  'close',
  'annulee',
] as const
export type CommandeStatut = (typeof COMMANDE_STATUTS)[number]

export const COMMANDE_LABELS: Record<CommandeStatut, string> = {
  brouillon: 'Brouillon',
  devis: 'Devis à signer',
  signee: 'Signée',
  maquette_a_valider: 'Maquette à valider',
  maquette_refusee: 'Maquette à corriger',
  maquette_validee: 'Maquette validée',
  en_production: 'En production',
  expediee: 'Expédiée',
  livree: 'Livrée',
  close: 'Close',
  annulee: 'Annulée',
}

/** domain.md section 3. A commande is cancelled up to the validated proof; later only an avoir (`credit`) gives money back. */
export const commandeMachine = {
  quote: { from: ['brouillon'], to: 'devis' },
  sign: { from: ['devis'], to: 'signee' },
  propose_maquette: { from: ['signee', 'maquette_refusee'], to: 'maquette_a_valider' },
  refuse_maquette: { from: ['maquette_a_valider'], to: 'maquette_refusee' },
  validate_maquette: { from: ['maquette_a_valider'], to: 'maquette_validee' },
  produce: { from: ['maquette_validee'], to: 'en_production' },
  ship: { from: ['en_production'], to: 'expediee' },
  receive: { from: ['expediee'], to: 'livree' },
  close: { from: ['livree'], to: 'close' },
  cancel: { from: ['brouillon', 'devis', 'signee', 'maquette_a_valider', 'maquette_refusee', 'maquette_validee'], to: 'annulee' },
  credit: { from: ['en_production', 'expediee', 'livree'], to: 'annulee' },
} as const satisfies Machine<CommandeStatut>
export type CommandeAction = keyof typeof commandeMachine

/** Who acts next (ux.md A12); null when nobody has to. A demand waits for the operator’s devis. */
export const COMMANDE_TOUR: Record<CommandeStatut, Extract<OrganisationType, 'collectivite' | 'operateur'> | null> = {
  brouillon: 'operateur',
  devis: 'collectivite',
  signee: 'operateur',
  maquette_a_valider: 'collectivite',
  maquette_refusee: 'operateur',
  maquette_validee: 'operateur',
  en_production: 'operateur',
  expediee: 'collectivite',
  livree: 'operateur',
  close: null,
  annulee: null,
}

/** The statuts in which it is this organisation's turn. */
export const statutsOfTour = (tour: 'collectivite' | 'operateur'): CommandeStatut[] =>
  COMMANDE_STATUTS.filter((statut) => COMMANDE_TOUR[statut] === tour)

/** Delays shown to the buyer, in days (domain.md section 3): making the proof, answering it, delivering here and overseas. */
export const COMMANDE_DELAIS = { maquetteJours: 3, reponseJours: 6, livraisonJours: 7, livraisonOutreMerJours: 14 } as const

const ACTION_NAMES: Record<CommandeAction, string> = {
  quote: 'devis impossible',
  sign: 'signature impossible',
  propose_maquette: 'dépôt de maquette impossible',
  refuse_maquette: 'demande de correction impossible',
  validate_maquette: 'validation de la maquette impossible',
  produce: 'lancement en production impossible',
  ship: 'expédition impossible',
  receive: 'réception impossible',
  close: 'clôture impossible',
  cancel: 'annulation impossible',
  credit: 'annulation par avoir impossible',
}

type CommandeFacts = {
  statut: CommandeStatut
  /** Lots of the commande, for the devis: an order without a carnet is not quoted. */
  lots?: readonly { quantite: number }[]
  /** What should be corrected on the proof, for `refuse_maquette`. */
  commentaire?: string
}

/** Why this action is refused on this commande. */
export const whyNotCommande = (action: CommandeAction, { statut, lots, commentaire }: CommandeFacts): Refusal | null => {
  if (!allows(commandeMachine, action, statut)) {
    const late = action === 'cancel' && !['close', 'annulee'].includes(statut) ? ' Les carnets sont lancés : demandez un avoir.' : ''
    return refuse('commande_statut', `Statut « ${COMMANDE_LABELS[statut]} » : ${ACTION_NAMES[action]}.${late}`)
  }
  if (action === 'quote' && lots && !lots.some(({ quantite }) => quantite > 0))
    return refuse('commande_invalide', 'Ajoutez au moins un lot d’un carnet ou plus avant de demander le devis.')
  if (action === 'refuse_maquette' && commentaire !== undefined && commentaire.trim() === '')
    return refuse('motif_manquant', 'Indiquez ce qu’il faut corriger sur la maquette.')
  return null
}

/** What a lot costs. `quantite` counts carnets; rates are in basis points. */
export type QuoteInput = { quantite: number; carnetTaille: number; valeurFacialeCentimes: Centimes; fraisBp: number; tvaBp: number }
export type Quote = {
  carnets: number
  pass: number
  /** Face value, outside the scope of VAT. */
  montantFacialCentimes: Centimes
  fraisHtCentimes: Centimes
  tvaCentimes: Centimes
  totalTtcCentimes: Centimes
}

/** Amounts of a lot: face value, upstream fees, VAT on the fees only (domain.md section 3). */
export const quoteCommande = ({ quantite, carnetTaille, valeurFacialeCentimes, fraisBp, tvaBp }: QuoteInput): Quote => {
  const pass = quantite * carnetTaille
  const montantFacialCentimes = pass * valeurFacialeCentimes
  const fraisHtCentimes = feeCentimes(montantFacialCentimes, fraisBp)
  const tvaCentimes = feeCentimes(fraisHtCentimes, tvaBp)
  return {
    carnets: quantite,
    pass,
    montantFacialCentimes,
    fraisHtCentimes,
    tvaCentimes,
    totalTtcCentimes: montantFacialCentimes + fraisHtCentimes + tvaCentimes,
  }
}

/** `120 carnets de 10 = 1 200 pass = 12 000,00 €`: the three together, always (ux.md A8). */
export const quoteInWords = ({
  quantite,
  carnetTaille,
  valeurFacialeCentimes,
}: Pick<QuoteInput, 'quantite' | 'carnetTaille' | 'valeurFacialeCentimes'>): string => {
  const pass = quantite * carnetTaille
  return `${plural(quantite, 'carnet')} de ${carnetTaille} = ${pluralPass(pass)} = ${euros(pass * valeurFacialeCentimes)}`
}

/** End of validity of a lot: the end of the month, `mois` months after the day its proof is validated (domain.md section 3, Expiry). */
export const endOfValidity = (dateValidation: string, mois: number): string => endOfMonth(addMonths(dateValidation, mois))
