import { searchString } from '@pass/web/url.ts'

type Query = Record<string, string | undefined>

/** Every address of this app, without its prefix. */
export const paths = {
  accueil: () => '/',
  securite: () => '/securite',
  notifications: (query: Query = {}) => `/notifications${searchString(query)}`,
  equipe: (query: Query = {}) => `/equipe${searchString(query)}`,
  inviter: () => '/equipe/inviter',
  invitations: (query: Query = {}) => `/equipe/invitations${searchString(query)}`,
  journal: (query: Query = {}) => `/journal${searchString(query)}`,
  postes: () => '/postes',
  organisations: (query: Query = {}) => `/organisations${searchString(query)}`,
  creerOrganisation: () => '/organisations/creer',
  comptes: () => '/comptes',
  assistance: () => '/assistance',
}

/** The breadcrumb of a page of the first depth. */
export const FIL = [{ to: paths.accueil(), label: 'Mon compte' }]
