import type { RaisonNonPaye } from '@pass/domain/bordereaux.ts'

/** Why a structure waits, told to the operator (the domain's own sentences speak to the structure). */
export const RAISONS: Record<RaisonNonPaye, string> = {
  lieu_suspendu: 'Le label de la structure est suspendu : le paiement attend la décision.',
  compte_absent: 'La structure n’a pas de compte bancaire vérifié.',
  iban_en_verification: 'Le compte bancaire est en cours de vérification.',
  virement_rejete: 'La banque a rejeté le virement : la structure doit donner un autre compte.',
  ligne_contestee: 'Une ligne est contestée : elle est à examiner.',
  delai_annulation: 'L’utilisation peut encore être annulée pendant 24 heures.',
  prochain_bordereau: 'Le bordereau de la période est déjà arrêté, ou la somme est sous le plancher : elle ira dans le prochain.',
}
