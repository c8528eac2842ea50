import { redirect, type RouteObject } from 'react-router'
import * as journee from './pages/journee-page.tsx'
import { paths } from './paths.ts'

export const routes: RouteObject[] = [
  { index: true, ...journee },
  { path: 'ateliers', lazy: () => import('./pages/ateliers-page.tsx') },
  { path: 'ateliers/nouveau', lazy: () => import('./pages/nouvel-atelier-page.tsx') },
  { path: 'ateliers/:atelierId', lazy: () => import('./pages/atelier-page.tsx') },
  { path: 'virements', lazy: () => import('./pages/virements-page.tsx') },
  { path: 'virements/:bordereauId', lazy: () => import('./pages/bordereau-page.tsx') },
  { path: 'mon-lieu', lazy: () => import('./pages/mon-lieu-page.tsx') },
  // the words of the API for the same page
  { path: 'remboursements', loader: () => redirect(paths.virements()) },
  { path: 'bordereaux', loader: () => redirect(paths.virements()) },
  { path: 'bordereaux/:bordereauId', loader: ({ params }) => redirect(paths.bordereau({ bordereauId: params.bordereauId ?? '' })) },
]
