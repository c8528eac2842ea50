import type { RouteObject } from 'react-router'
import * as accueil from './pages/accueil-page.tsx'

/** Every screen of the collectivité. */
export const routes: RouteObject[] = [
  { index: true, ...accueil },
  { path: 'conventions', lazy: () => import('./pages/conventions-page.tsx') },
  { path: 'conventions/nouvelle', lazy: () => import('./pages/new-convention-page.tsx') },
  { path: 'conventions/:conventionId', lazy: () => import('./pages/convention-page.tsx') },
  { path: 'commandes', lazy: () => import('./pages/commandes-page.tsx') },
  { path: 'commandes/nouvelle', lazy: () => import('./pages/new-commande-page.tsx') },
  { path: 'commandes/:commandeId', lazy: () => import('./pages/commande-page.tsx') },
  { path: 'stock', lazy: () => import('./pages/stock-page.tsx') },
  { path: 'attributions', lazy: () => import('./pages/attributions-page.tsx') },
  { path: 'attributions/nouvelle', lazy: () => import('./pages/allocate-page.tsx') },
  { path: 'carnets', lazy: () => import('./pages/carnets-page.tsx') },
  { path: 'carnets/:carnetId', lazy: () => import('./pages/carnet-page.tsx') },
  { path: 'lieux', lazy: () => import('./pages/lieux-page.tsx') },
  { path: 'tableau-de-bord', lazy: () => import('./pages/tableau-page.tsx') },
  { path: 'grand-livre', lazy: () => import('./pages/grand-livre-page.tsx') },
]
