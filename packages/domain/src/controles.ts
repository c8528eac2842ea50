/** What a check is about, in the order of the screen. */
export const CONTROLE_FAMILLES = ['ecritures', 'soldes', 'pass', 'bordereaux', 'financement', 'livres', 'ateliers', 'factures'] as const
export type ControleFamille = (typeof CONTROLE_FAMILLES)[number]

export const CONTROLE_FAMILLE_LABELS: Record<ControleFamille, string> = {
  ecritures: 'Écritures',
  soldes: 'Soldes',
  pass: 'Pass et utilisations',
  bordereaux: 'Bordereaux et virements',
  financement: 'Financement',
  livres: 'Mois clos',
  ateliers: 'Ateliers',
  factures: 'Factures et avoirs',
}

/** The checks of the view `reconciliation_controle`, by the name it gives them: what each counts, in words. */
export const CONTROLES: Readonly<Record<string, { famille: ControleFamille; libelle: string }>> = {
  'I1 transfer between accounts of another convention': { famille: 'ecritures', libelle: 'Écriture entre deux conventions' },
  'I1 transfer between accounts that its motif does not move': { famille: 'ecritures', libelle: 'Écriture que son motif ne permet pas' },
  'I1 transfer from a structure or a financeur to another': {
    famille: 'ecritures',
    libelle: 'Écriture d’une structure ou d’un financeur vers un autre',
  },
  'I2 balance is not the sum of its transfers': { famille: 'soldes', libelle: 'Solde différent de la somme de ses écritures' },
  'I2 guarded account below zero': { famille: 'soldes', libelle: 'Compte gardé sous zéro' },
  'I2 balances of a convention do not add up to zero': { famille: 'soldes', libelle: 'Convention dont les soldes ne s’annulent pas' },
  'I3 pass with several live redemptions': { famille: 'pass', libelle: 'Pass utilisé plusieurs fois' },
  'I4 used pass without a live redemption, or the reverse': { famille: 'pass', libelle: 'Pass utilisé sans utilisation, ou l’inverse' },
  'I4 redeem transfer is not the sum of its redemptions': { famille: 'pass', libelle: 'Écriture d’utilisation différente de ses pass' },
  'I4 reverse transfer is not the sum of its redemptions': { famille: 'pass', libelle: 'Écriture d’annulation différente de ses pass' },
  'I4 carnet counts other than its used pass': { famille: 'pass', libelle: 'Carnet qui compte mal ses pass utilisés' },
  'I5 circulation is not the value of the pass that can still be used': {
    famille: 'soldes',
    libelle: 'Circulation différente de la valeur des pass utilisables',
  },
  'I5 owed, being paid and paid is not the live redemptions': {
    famille: 'soldes',
    libelle: 'Dû et payé à une structure différents de ses utilisations',
  },
  'I6 subtotal of a bordereau is not its redemptions': {
    famille: 'bordereaux',
    libelle: 'Sous-total de bordereau différent de ses utilisations et de ses lignes',
  },
  'I6 bordereau is not the sum of its subtotals': { famille: 'bordereaux', libelle: 'Bordereau différent de ses sous-totaux' },
  'I6 released bordereau without the transfer of a convention, or another amount': {
    famille: 'bordereaux',
    libelle: 'Bordereau transmis sans son écriture, ou d’un autre montant',
  },
  'I6 paid or rejected bordereau without its transfers, or others': {
    famille: 'bordereaux',
    libelle: 'Bordereau payé ou rejeté sans ses écritures',
  },
  'I6 use paid before its bordereau, or not paid with it': {
    famille: 'bordereaux',
    libelle: 'Utilisation payée sans son bordereau, ou l’inverse',
  },
  'I6 transfer at the bank is not its bordereau': { famille: 'bordereaux', libelle: 'Virement différent de son bordereau' },
  'I6 file sent to the bank is not the sum of its transfers': {
    famille: 'bordereaux',
    libelle: 'Remise à la banque différente de ses virements',
  },
  'I6 rejected amount carried twice, or another': {
    famille: 'bordereaux',
    libelle: 'Virement rejeté reporté deux fois, ou d’un autre montant',
  },
  'I6 incident withheld twice, or another amount': { famille: 'bordereaux', libelle: 'Incident retenu deux fois, ou d’un autre montant' },
  'I6 incident of another use, or worth more than it': { famille: 'bordereaux', libelle: 'Incident supérieur à son utilisation' },
  'I6 line of a released bordereau without its transfer, or another amount': {
    famille: 'bordereaux',
    libelle: 'Retenue ou frais d’un bordereau sans son écriture',
  },
  'I7 amount shared is not the used pass of its closings': {
    famille: 'financement',
    libelle: 'Montant partagé différent des pass utilisés de ses arrêtés',
  },
  'I7 shares of the financeurs do not add up to the whole': {
    famille: 'financement',
    libelle: 'Parts des financeurs dont la somme n’est pas le tout',
  },
  'I7 share of a financeur without its transfer, or another amount': {
    famille: 'financement',
    libelle: 'Part d’un financeur sans son écriture',
  },
  'I7 share of a financeur beyond its cap': { famille: 'financement', libelle: 'Part d’un financeur au-delà de son plafond' },
  'I7 called or received is not the calls for funds': {
    famille: 'financement',
    libelle: 'Soldes appelés ou reçus différents des appels de fonds',
  },
  'I7 numbers of the calls for funds of a collectivité have a gap': {
    famille: 'financement',
    libelle: 'Trou dans les numéros d’appels de fonds',
  },
  'I8 closed month no longer holds what it was closed with': { famille: 'livres', libelle: 'Mois clos qui a changé depuis' },
  'atelier counts other seats than its people': { famille: 'ateliers', libelle: 'Atelier qui compte mal ses places' },
  'person of an atelier counts other pass than they used': { famille: 'ateliers', libelle: 'Présence qui compte mal ses pass' },
  'numbers of the invoices or avoirs of an operator have a gap': {
    famille: 'factures',
    libelle: 'Trou dans les numéros de factures ou d’avoirs',
  },
  'avoir of an expired lot is not its transfer, or its parts': {
    famille: 'factures',
    libelle: 'Avoir de pass expirés différent de son écriture ou de ses parts',
  },
  'numbers of the avoirs of expired lots of an operator have a gap': {
    famille: 'factures',
    libelle: 'Trou dans les numéros d’avoirs de pass expirés',
  },
  'avoir is not the amount of its invoice': { famille: 'factures', libelle: 'Avoir différent de sa facture' },
}

/** A check in words; one that nobody named yet keeps the name of the view. */
export const controleOf = (nom: string): { famille: ControleFamille; libelle: string } =>
  CONTROLES[nom] ?? { famille: 'ecritures', libelle: nom }
