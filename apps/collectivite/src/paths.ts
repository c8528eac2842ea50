import { searchString } from '@pass/web/url.ts'

type Query = Record<string, string | undefined>

/** Every address of the collectivité's app, without the app's prefix. */
export const paths = {
  accueil: () => '/',
  conventions: (query: Query = {}) => `/conventions${searchString(query)}`,
  preparer: () => '/conventions/nouvelle',
  convention: ({ conventionId }: { conventionId: string }) => `/conventions/${conventionId}`,
  commandes: (query: Query = {}) => `/commandes${searchString(query)}`,
  commander: (query: Query = {}) => `/commandes/nouvelle${searchString(query)}`,
  commande: ({ commandeId }: { commandeId: string }) => `/commandes/${commandeId}`,
  stock: () => '/stock',
  attributions: (query: Query = {}) => `/attributions${searchString(query)}`,
  attribuer: () => '/attributions/nouvelle',
  carnets: (query: Query = {}) => `/carnets${searchString(query)}`,
  carnet: ({ carnetId }: { carnetId: string }) => `/carnets/${carnetId}`,
  lieux: () => '/lieux',
  tableau: () => '/tableau-de-bord',
  grandLivre: (query: Query = {}) => `/grand-livre${searchString(query)}`,
}
