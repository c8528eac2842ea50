import type { RouteObject } from 'react-router'
import * as accueil from './pages/accueil-page.tsx'

export const routes: RouteObject[] = [
  { index: true, ...accueil },
  { path: 'remettre', lazy: () => import('./pages/remettre-page.tsx') },
  { path: 'stock', lazy: () => import('./pages/stock-page.tsx') },
  { path: 'stock/:carnetId', lazy: () => import('./pages/carnet-page.tsx') },
  { path: 'personnes', lazy: () => import('./pages/personnes-page.tsx') },
  { path: 'attributions', lazy: () => import('./pages/attributions-page.tsx') },
]
