import { searchString } from '@pass/web/url.ts'

type Query = Record<string, string | undefined>

/** Every address of the ANCT's app, without the app's prefix. */
export const paths = {
  accueil: () => '/',
  conventions: (query: Query = {}) => `/conventions${searchString(query)}`,
  convention: ({ conventionId }: { conventionId: string }) => `/conventions/${conventionId}`,
  version: ({ conventionId, version }: { conventionId: string; version: number }) => `/conventions/${conventionId}/versions/${version}`,
  commandes: (query: Query = {}) => `/commandes${searchString(query)}`,
  commande: ({ commandeId }: { commandeId: string }) => `/commandes/${commandeId}`,
  frais: () => '/frais',
  territoires: () => '/territoires',
  lieux: () => '/lieux',
}
