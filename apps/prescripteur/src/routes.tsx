import type { RouteObject } from 'react-router'
import * as accueil from './pages/accueil-page.tsx'

export const routes: RouteObject[] = [
  { index: true, ...accueil },
  { path: 'remettre', lazy: () => import('./pages/remettre-page.tsx') },
  { path: 'stock', lazy: () => import('./pages/stock-page.tsx') },
  { path: 'stock/envoyer', lazy: () => import('./pages/envoyer-page.tsx') },
  { path: 'stock/plages', lazy: () => import('./pages/plages-page.tsx') },
  { path: 'stock/:carnetId', lazy: () => import('./pages/carnet-page.tsx') },
  { path: 'personnes', lazy: () => import('./pages/personnes-page.tsx') },
  { path: 'personnes/:prescriptionId', lazy: () => import('./pages/remise-page.tsx') },
  { path: 'inventaire', lazy: () => import('./pages/inventaire-page.tsx') },
  { path: 'rendez-vous', lazy: () => import('./pages/rendez-vous-page.tsx') },
  { path: 'attributions', lazy: () => import('./pages/attributions-page.tsx') },
  { path: 'attributions/:attributionId', lazy: () => import('./pages/attribution-page.tsx') },
]
