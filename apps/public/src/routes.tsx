import type { RouteObject } from 'react-router'
import * as accueil from './pages/accueil-page.tsx'
import { SITE, type SiteKey } from './site.ts'

// one line a page of the table: a page without its file does not compile
const PAGES: Record<Exclude<SiteKey, 'accueil'>, NonNullable<RouteObject['lazy']>> = {
  lieux: () => import('./pages/lieux-page.tsx'),
  lieu: () => import('./pages/lieu-page.tsx'),
  aide: () => import('./pages/aide-page.tsx'),
  contact: () => import('./pages/contact-page.tsx'),
  connexion: () => import('./pages/connexion-page.tsx'),
  secondFacteur: () => import('./pages/second-facteur-page.tsx'),
  lien: () => import('./pages/lien-page.tsx'),
  refus: () => import('./pages/refus-page.tsx'),
  guichet: () => import('./pages/guichet-page.tsx'),
  invitation: () => import('./pages/invitation-page.tsx'),
  recuperation: () => import('./pages/recuperation-page.tsx'),
  boiteAuxLettres: () => import('./pages/boite-aux-lettres-page.tsx'),
  accessibilite: () => import('./pages/accessibilite-page.tsx'),
  donneesPersonnelles: () => import('./pages/donnees-personnelles-page.tsx'),
  donneesOuvertes: () => import('./pages/donnees-ouvertes-page.tsx'),
  mentionsLegales: () => import('./pages/mentions-legales-page.tsx'),
  planDuSite: () => import('./pages/plan-du-site-page.tsx'),
}
const isPage = (key: string): key is keyof typeof PAGES => key in PAGES

export const routes: RouteObject[] = [
  { index: true, ...accueil },
  ...Object.keys(PAGES)
    .filter(isPage)
    .map((key): RouteObject => ({ path: SITE[key].path, lazy: PAGES[key] })),
]
