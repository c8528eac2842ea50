import type { AccountNature } from '@pass/domain/comptes.ts'
import type { CommandeStatut } from '@pass/domain/commandes.ts'
import { searchString } from '@pass/web/url.ts'

/** Every address of the operator's app, without the app's prefix. */
export const paths = {
  accueil: () => '/',
  commandes: (filtres: { statut?: CommandeStatut; conventionId?: string } = {}) => `/commandes${searchString(filtres)}`,
  commande: ({ commandeId }: { commandeId: string }) => `/commandes/${commandeId}`,
  factures: () => '/factures',
  facture: ({ factureId }: { factureId: string }) => `/factures/${factureId}`,
  conventions: () => '/conventions',
  convention: ({ conventionId }: { conventionId: string }) => `/conventions/${conventionId}`,
  version: ({ conventionId, version }: { conventionId: string; version: number }) => `/conventions/${conventionId}/versions/${version}`,
  grandsLivres: () => '/grand-livre',
  grandLivre: ({ conventionId, nature }: { conventionId: string; nature?: AccountNature }) =>
    `/grand-livre/${conventionId}${searchString({ nature })}`,
  carnets: (filtres: { etape?: string; commandeId?: string } = {}) => `/carnets${searchString(filtres)}`,
  plages: () => '/carnets/plages',
  carnet: ({ carnetId }: { carnetId: string }) => `/carnets/${carnetId}`,
  remboursements: (filtres: { mois?: string } = {}) => `/remboursements${searchString(filtres)}`,
  bordereaux: (filtres: { statut?: string; mois?: string } = {}) => `/bordereaux${searchString(filtres)}`,
  bordereau: ({ bordereauId }: { bordereauId: string }) => `/bordereaux/${bordereauId}`,
  lieux: () => '/lieux',
  alertes: (filtres: { statut?: string } = {}) => `/alertes${searchString(filtres)}`,
  aExaminer: () => '/a-examiner',
}
