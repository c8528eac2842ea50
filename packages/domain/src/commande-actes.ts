import type { CommandeAction } from './commandes.ts'

/** What the history of a commande keeps: one line an act, whoever did it. Not every act changes the statut. */
export const COMMANDE_ACTES = [
  'demande',
  'devis',
  'signature',
  'maquette',
  'correction',
  'validation',
  'production',
  'expedition',
  'reception',
  'encaissement',
  'mandat',
  'activation',
  'annulation',
  'facture',
  'references',
  'avoir',
  'cloture',
] as const
export type CommandeActe = (typeof COMMANDE_ACTES)[number]

export const COMMANDE_ACTE_LABELS: Record<CommandeActe, string> = {
  demande: 'Demande de devis',
  devis: 'Devis établi',
  signature: 'Devis signé',
  maquette: 'Maquette proposée',
  correction: 'Correction demandée',
  validation: 'Maquette validée',
  production: 'Production lancée',
  expedition: 'Carnets expédiés',
  reception: 'Carnets reçus',
  encaissement: 'Fonds reçus',
  mandat: 'Numéro de mandat indiqué',
  activation: 'Carnets activés',
  annulation: 'Commande annulée',
  facture: 'Facture établie',
  references: 'Références de facturation modifiées',
  avoir: 'Commande annulée par avoir',
  cloture: 'Commande close',
}

/** The act of each move of the machine. */
export const ACTE_OF_ACTION: Record<CommandeAction, CommandeActe> = {
  quote: 'devis',
  sign: 'signature',
  propose_maquette: 'maquette',
  refuse_maquette: 'correction',
  validate_maquette: 'validation',
  produce: 'production',
  ship: 'expedition',
  receive: 'reception',
  close: 'cloture',
  cancel: 'annulation',
  credit: 'avoir',
}
