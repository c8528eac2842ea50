import { COMMANDE_DELAIS, type CommandeAction } from './commandes.ts'
import { addDays, dayDiff } from './days.ts'
import { plural } from './money.ts'

/** True for a département beyond the sea (971 to 978, 98x): its parcels take longer. */
export const isOutreMer = (departement: string | null): boolean => departement !== null && /^9[78]\d/.test(departement)

/**
 * The day by which the next act is expected, after this one (domain.md section 3): the proof 3 days after the signature or the
 * correction, its answer 6 days later, the delivery 7 days (14 overseas) after the accepted proof. Producing and shipping leave the
 * day of the delivery as it is.
 */
export const echeanceAfter = (
  action: CommandeAction,
  { today, outreMer, echeance }: { today: string; outreMer: boolean; echeance: string | null },
): string | null => {
  switch (action) {
    case 'sign':
    case 'refuse_maquette':
      return addDays(today, COMMANDE_DELAIS.maquetteJours)
    case 'propose_maquette':
      return addDays(today, COMMANDE_DELAIS.reponseJours)
    case 'validate_maquette':
      return addDays(today, outreMer ? COMMANDE_DELAIS.livraisonOutreMerJours : COMMANDE_DELAIS.livraisonJours)
    case 'produce':
    case 'ship':
      return echeance
    default:
      return null
  }
}

/** `il reste 4 jours`, `dernier jour`, `2 jours de retard`: the countdown to a day. */
export const countdown = (echeance: string, today: string): { retard: boolean; texte: string } => {
  const days = dayDiff(today, echeance)
  if (days < 0) return { retard: true, texte: `${plural(-days, 'jour')} de retard` }
  return { retard: false, texte: days === 0 ? 'dernier jour' : `il reste ${plural(days, 'jour')}` }
}
