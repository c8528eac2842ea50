import { searchString } from '@pass/web/url.ts'

type Query = Record<string, string | undefined>

/** Every address of the ANCT's app, without the app's prefix. */
export const paths = {
  accueil: () => '/',
  conventions: (query: Query = {}) => `/conventions${searchString(query)}`,
  convention: ({ conventionId }: { conventionId: string }) => `/conventions/${conventionId}`,
  commandes: (query: Query = {}) => `/commandes${searchString(query)}`,
  commande: ({ commandeId }: { commandeId: string }) => `/commandes/${commandeId}`,
  territoires: () => '/territoires',
  lieux: () => '/lieux',
}
