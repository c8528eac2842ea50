import type { RouteObject } from 'react-router'
import * as accueil from './pages/accueil-page.tsx'

/** Every screen of préfectures, hubs and financeurs. */
export const routes: RouteObject[] = [
  { index: true, ...accueil },
  { path: 'conventions', lazy: () => import('./pages/conventions-page.tsx') },
  { path: 'conventions/:conventionId', lazy: () => import('./pages/convention-page.tsx') },
  { path: 'conventions/:conventionId/versions/:version', lazy: () => import('./pages/version-page.tsx') },
  { path: 'lieux', lazy: () => import('./pages/lieux-page.tsx') },
  { path: 'financement', lazy: () => import('./pages/financements-page.tsx') },
  { path: 'financement/:conventionId', lazy: () => import('./pages/financement-page.tsx') },
  { path: 'appels-de-fonds', lazy: () => import('./pages/appels-page.tsx') },
  { path: 'appels-de-fonds/:appelId', lazy: () => import('./pages/appel-page.tsx') },
]
