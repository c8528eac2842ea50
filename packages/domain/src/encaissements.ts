import { COMMANDE_LABELS, type CommandeStatut } from './commandes.ts'
import { euros, type Centimes } from './money.ts'
import { refuse, type Refusal } from './refusal.ts'

/** Statuts without a signed order: nothing is owed, so neither funds nor a mandat belong to them. */
const NOT_OWED: readonly CommandeStatut[] = ['brouillon', 'devis', 'annulee']

/** Why the number of the buyer's mandat cannot be given: it pays a signed order. */
export const whyNotMandate = ({ statut }: { statut: CommandeStatut }): Refusal | null =>
  NOT_OWED.includes(statut) ? refuse('commande_statut', `Statut « ${COMMANDE_LABELS[statut]} » : mandat impossible.`) : null

/** What a commande costs, and what was received for it so far, in centimes. Fees with their VAT. */
export type Received = { facialCentimes: Centimes; fraisTtcCentimes: Centimes; facialRecuCentimes: Centimes; fraisRecusCentimes: Centimes }

const resteOf = ({ facialCentimes, fraisTtcCentimes, facialRecuCentimes, fraisRecusCentimes }: Received): Centimes =>
  facialCentimes + fraisTtcCentimes - facialRecuCentimes - fraisRecusCentimes

/** Why funds cannot be recorded on this commande: signed, a day that has come, and never more than its total. */
export const whyNotRecordEncaissement = (
  {
    statut,
    montantCentimes,
    dateReception,
    ...received
  }: { statut: CommandeStatut; montantCentimes: Centimes; dateReception: string } & Received,
  today: string,
): Refusal | null => {
  if (NOT_OWED.includes(statut)) return refuse('commande_statut', `Statut « ${COMMANDE_LABELS[statut]} » : encaissement impossible.`)
  if (dateReception > today) return refuse('commande_invalide', 'La date du virement n’est pas encore venue.')
  const reste = resteOf(received)
  if (montantCentimes <= reste) return null
  return refuse(
    'commande_invalide',
    `Ce montant dépasse de ${euros(montantCentimes - reste)} ce qui reste à recevoir pour cette commande (${euros(reste)}).`,
  )
}

/** Where funds go: the face value of the carnets first, what is beyond pays the fees and their VAT. The two add up to the amount. */
export const splitEncaissement = (montantCentimes: Centimes, { facialCentimes, facialRecuCentimes }: Received) => {
  const fondsCentimes = Math.min(montantCentimes, Math.max(0, facialCentimes - facialRecuCentimes))
  return { fondsCentimes, fraisCentimes: montantCentimes - fondsCentimes }
}
