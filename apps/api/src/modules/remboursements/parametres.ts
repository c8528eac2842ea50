/**
 * What an operator decides about its payments. Constants of the demonstration until each operator keeps its own: the
 * account debited is invented, the thresholds ask for one approval whatever the amount.
 */
export const PARAMETRES = {
  /** Each threshold reached asks for one more approval (centimes). One approval is kept on a bordereau today. */
  seuilsApprobationCentimes: [0],
  debiteur: { nom: 'Opérateur Pass numérique', iban: 'FR7630001007941234567890185' },
} as const
