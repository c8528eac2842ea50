import { searchString } from '@pass/web/url.ts'

type Query = Record<string, string | undefined>

/** Every address of the partners' app, without the app's prefix. */
export const paths = {
  accueil: () => '/',
  conventions: () => '/conventions',
  convention: ({ conventionId }: { conventionId: string }) => `/conventions/${conventionId}`,
  version: ({ conventionId, version }: { conventionId: string; version: number }) => `/conventions/${conventionId}/versions/${version}`,
  lieux: (query: Query = {}) => `/lieux${searchString(query)}`,
  financements: () => '/financement',
  financement: ({ conventionId, ...filtres }: { conventionId: string; cle?: string }) =>
    `/financement/${conventionId}${searchString(filtres)}`,
  appels: (filtres: { statut?: string } = {}) => `/appels-de-fonds${searchString(filtres)}`,
  appel: ({ appelId }: { appelId: string }) => `/appels-de-fonds/${appelId}`,
}
