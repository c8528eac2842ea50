import type { RouteObject } from 'react-router'
import * as accueil from './pages/accueil-page.tsx'

/** Every screen of the ANCT. */
export const routes: RouteObject[] = [
  { index: true, ...accueil },
  { path: 'conventions', lazy: () => import('./pages/conventions-page.tsx') },
  { path: 'conventions/:conventionId', lazy: () => import('./pages/convention-page.tsx') },
  { path: 'conventions/:conventionId/versions/:version', lazy: () => import('./pages/version-page.tsx') },
  { path: 'commandes', lazy: () => import('./pages/commandes-page.tsx') },
  { path: 'commandes/:commandeId', lazy: () => import('./pages/commande-page.tsx') },
  { path: 'frais', lazy: () => import('./pages/frais-page.tsx') },
  { path: 'territoires', lazy: () => import('./pages/territoires-page.tsx') },
  { path: 'lieux', lazy: () => import('./pages/lieux-page.tsx') },
]
