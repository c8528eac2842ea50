import type { RouteObject } from 'react-router'
import * as accueil from './pages/accueil-page.tsx'

export const routes: RouteObject[] = [
  { index: true, ...accueil },
  { path: 'lieux', lazy: () => import('./pages/lieux-page.tsx') },
  { path: 'lieux/:lieuId', lazy: () => import('./pages/lieu-page.tsx') },
  { path: 'connexion', lazy: () => import('./pages/connexion-page.tsx') },
  { path: 'aide', lazy: () => import('./pages/aide-page.tsx') },
  { path: 'accessibilite', lazy: () => import('./pages/accessibilite-page.tsx') },
  { path: 'mentions-legales', lazy: () => import('./pages/mentions-legales-page.tsx') },
  { path: 'donnees-personnelles', lazy: () => import('./pages/donnees-personnelles-page.tsx') },
  { path: 'plan-du-site', lazy: () => import('./pages/plan-du-site-page.tsx') },
  { path: 'contact', lazy: () => import('./pages/contact-page.tsx') },
  { path: 'donnees-ouvertes', lazy: () => import('./pages/donnees-ouvertes-page.tsx') },
]
