import { searchString } from '@pass/web/url.ts'

type Query = Record<string, string | undefined>

/** Every address of the collectivité's app, without the app's prefix. */
export const paths = {
  accueil: () => '/',
  conventions: (query: Query = {}) => `/conventions${searchString(query)}`,
  preparer: () => '/conventions/nouvelle',
  convention: ({ conventionId }: { conventionId: string }) => `/conventions/${conventionId}`,
  modifier: ({ conventionId }: { conventionId: string }) => `/conventions/${conventionId}/modifier`,
  calendrier: ({ conventionId }: { conventionId: string }) => `/conventions/${conventionId}/calendrier`,
  preparerAvenant: ({ conventionId }: { conventionId: string }) => `/conventions/${conventionId}/avenant`,
  version: ({ conventionId, version }: { conventionId: string; version: number }) => `/conventions/${conventionId}/versions/${version}`,
  modifierAvenant: ({ conventionId, version }: { conventionId: string; version: number }) =>
    `/conventions/${conventionId}/versions/${version}/modifier`,
  commandes: (query: Query = {}) => `/commandes${searchString(query)}`,
  commander: (query: Query = {}) => `/commandes/nouvelle${searchString(query)}`,
  commande: ({ commandeId }: { commandeId: string }) => `/commandes/${commandeId}`,
  factures: (query: Query = {}) => `/factures${searchString(query)}`,
  facture: ({ factureId }: { factureId: string }) => `/factures/${factureId}`,
  facturation: () => '/facturation',
  stock: () => '/stock',
  couverture: (query: Query = {}) => `/stock/couverture${searchString(query)}`,
  repartition: () => '/stock/repartition',
  inventaires: () => '/inventaires',
  inventaire: ({ inventaireId }: { inventaireId: string }) => `/inventaires/${inventaireId}`,
  annulations: (query: Query = {}) => `/annulations${searchString(query)}`,
  demanderAnnulation: () => '/annulations/nouvelle',
  plages: () => '/carnets/plages',
  attributions: (query: Query = {}) => `/attributions${searchString(query)}`,
  attribuer: () => '/attributions/nouvelle',
  attribuerScan: () => '/attributions/scan',
  attribuerFichier: () => '/attributions/fichier',
  importAttribution: ({ importId }: { importId: string }) => `/attributions/fichier/${importId}`,
  transferer: () => '/attributions/transfert',
  attribution: ({ attributionId }: { attributionId: string }) => `/attributions/${attributionId}`,
  carnets: (query: Query = {}) => `/carnets${searchString(query)}`,
  carnet: ({ carnetId }: { carnetId: string }) => `/carnets/${carnetId}`,
  lieux: () => '/lieux',
  tableau: () => '/tableau-de-bord',
  grandLivre: (query: Query = {}) => `/grand-livre${searchString(query)}`,
}
