/**
 * Accounts of a convention (domain.md section 3). Circuit 1, the money of the pass: `du`, `en_paiement` and `paye` exist for each
 * structure. Circuit 2, its financing, from `charge` on: the last three exist for each financeur.
 */
export const ACCOUNT_NATURES = [
  'payeur',
  'fonds',
  'circulation',
  'du',
  'en_paiement',
  'paye',
  'a_crediter',
  'credite',
  'frais',
  'charge',
  'a_appeler',
  'appele',
  'recu',
] as const
export type AccountNature = (typeof ACCOUNT_NATURES)[number]

export const ACCOUNT_LABELS: Record<AccountNature, string> = {
  payeur: 'Trésorerie de la collectivité',
  fonds: 'Fonds reçus',
  circulation: 'Pass en circulation',
  du: 'Dû aux structures',
  en_paiement: 'En cours de paiement',
  paye: 'Payé aux structures',
  a_crediter: 'À créditer',
  credite: 'Crédité en avoir',
  frais: 'Frais de l’opérateur',
  charge: 'Pass utilisés à financer',
  a_appeler: 'À appeler',
  appele: 'Appelé',
  recu: 'Reçu des financeurs',
}

/** Accounts of the outside world: the only ones whose balance may go below 0. The total of all balances is always 0. */
export const OUTSIDE_ACCOUNTS: readonly AccountNature[] = ['payeur', 'paye', 'credite', 'charge', 'recu']

/** True for an account whose balance never goes below 0. */
export const isGuarded = (nature: AccountNature): boolean => !OUTSIDE_ACCOUNTS.includes(nature)

/** True for an account kept structure by structure. */
export const isPerStructure = (nature: AccountNature): boolean => nature === 'du' || nature === 'en_paiement' || nature === 'paye'

/** True for an account kept financeur by financeur (circuit 2). */
export const isPerFinanceur = (nature: AccountNature): boolean => nature === 'a_appeler' || nature === 'appele' || nature === 'recu'

export const TRANSFER_MOTIFS = [
  'encaissement',
  'frais_amont',
  'activation',
  'utilisation',
  'annulation',
  'bordereau',
  'paiement',
  'rejet',
  'retour',
  'expiration',
  'avoir',
  'fonds_rendus',
  'frais_rendus',
  'incident',
  'frais_aval',
  'charge',
  'appel',
  'recette',
  'appel_refuse',
  'creance',
  'creance_payee',
] as const
export type TransferMotif = (typeof TRANSFER_MOTIFS)[number]

export const TRANSFER_MOTIF_LABELS: Record<TransferMotif, string> = {
  encaissement: 'Fonds reçus',
  frais_amont: 'Frais de la commande',
  activation: 'Activation de carnets',
  utilisation: 'Utilisation de pass',
  annulation: 'Annulation d’une utilisation',
  bordereau: 'Mise en paiement d’un bordereau',
  paiement: 'Virement exécuté',
  rejet: 'Virement rejeté par la banque',
  retour: 'Virement revenu après paiement',
  expiration: 'Pass expirés ou annulés',
  avoir: 'Avoir',
  fonds_rendus: 'Fonds rendus à la collectivité',
  frais_rendus: 'Frais rendus à la collectivité',
  incident: 'Retenue sur un paiement indu',
  frais_aval: 'Frais de la structure',
  charge: 'Part d’un financeur',
  appel: 'Appel de fonds',
  recette: 'Appel de fonds reçu',
  appel_refuse: 'Appel de fonds refusé',
  creance: 'Créance reprise d’un ancien opérateur',
  creance_payee: 'Créance payée',
}

/** Where each motif takes money from, and where it puts it: no other move exists. */
export const TRANSFER_MOVES: Record<TransferMotif, { de: AccountNature; vers: AccountNature }> = {
  encaissement: { de: 'payeur', vers: 'fonds' },
  frais_amont: { de: 'payeur', vers: 'frais' },
  activation: { de: 'fonds', vers: 'circulation' },
  utilisation: { de: 'circulation', vers: 'du' },
  annulation: { de: 'du', vers: 'circulation' },
  bordereau: { de: 'du', vers: 'en_paiement' },
  paiement: { de: 'en_paiement', vers: 'paye' },
  rejet: { de: 'en_paiement', vers: 'du' },
  retour: { de: 'paye', vers: 'du' },
  expiration: { de: 'circulation', vers: 'a_crediter' },
  avoir: { de: 'a_crediter', vers: 'credite' },
  fonds_rendus: { de: 'fonds', vers: 'payeur' },
  frais_rendus: { de: 'frais', vers: 'payeur' },
  incident: { de: 'du', vers: 'a_crediter' },
  frais_aval: { de: 'du', vers: 'frais' },
  charge: { de: 'charge', vers: 'a_appeler' },
  appel: { de: 'a_appeler', vers: 'appele' },
  recette: { de: 'appele', vers: 'recu' },
  appel_refuse: { de: 'appele', vers: 'a_appeler' },
  creance: { de: 'fonds', vers: 'du' },
  creance_payee: { de: 'du', vers: 'paye' },
}

/** Bank accounts of a structure: proposed, then accepted after two checks, refused, withdrawn by the structure, or replaced by a newer one. */
export const COMPTE_BANCAIRE_STATUTS = ['propose', 'accepte', 'refuse', 'remplace', 'retire'] as const
export type CompteBancaireStatut = (typeof COMPTE_BANCAIRE_STATUTS)[number]
export const COMPTE_BANCAIRE_LABELS: Record<CompteBancaireStatut, string> = {
  propose: 'En vérification',
  accepte: 'Accepté',
  refuse: 'Refusé',
  remplace: 'Remplacé',
  retire: 'Retiré',
}
