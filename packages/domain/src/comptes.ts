/** Accounts of circuit 1, the money of the pass (domain.md section 3); `du`, `en_paiement` and `paye` exist for each structure. */
export const ACCOUNT_NATURES = ['payeur', 'fonds', 'circulation', 'du', 'en_paiement', 'paye', 'a_crediter', 'credite', 'frais'] as const
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
}

/** Accounts of the outside world: the only ones whose balance may go below 0. The total of all balances is always 0. */
export const OUTSIDE_ACCOUNTS: readonly AccountNature[] = ['payeur', 'paye', 'credite']

/** True for an account whose balance never goes below 0. */
export const isGuarded = (nature: AccountNature): boolean => !OUTSIDE_ACCOUNTS.includes(nature)

/** True for an account kept structure by structure. */
export const isPerStructure = (nature: AccountNature): boolean => nature === 'du' || nature === 'en_paiement' || nature === 'paye'

export const TRANSFER_MOTIFS = [
  'encaissement',
  'frais_amont',
  'activation',
  'utilisation',
  'annulation',
  'bordereau',
  'paiement',
  'rejet',
  'expiration',
  'avoir',
  'fonds_rendus',
  'frais_rendus',
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
  expiration: 'Pass expirés ou annulés',
  avoir: 'Avoir',
  fonds_rendus: 'Fonds rendus à la collectivité',
  frais_rendus: 'Frais rendus à la collectivité',
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
  expiration: { de: 'circulation', vers: 'a_crediter' },
  avoir: { de: 'a_crediter', vers: 'credite' },
  fonds_rendus: { de: 'fonds', vers: 'payeur' },
  frais_rendus: { de: 'frais', vers: 'payeur' },
}

/** Bank accounts of a structure: proposed, then accepted after two checks, refused, or replaced by a newer one. */
export const COMPTE_BANCAIRE_STATUTS = ['propose', 'accepte', 'refuse', 'remplace'] as const
export type CompteBancaireStatut = (typeof COMPTE_BANCAIRE_STATUTS)[number]
export const COMPTE_BANCAIRE_LABELS: Record<CompteBancaireStatut, string> = {
  propose: 'En vérification',
  accepte: 'Accepté',
  refuse: 'Refusé',
  remplace: 'Remplacé',
}
