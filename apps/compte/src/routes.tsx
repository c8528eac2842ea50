import { type RouteObject, redirect } from 'react-router'
import * as accueil from './pages/accueil-page.tsx'
import { paths } from './paths.ts'

/** Every screen of one's account and of the administration of accesses. */
export const routes: RouteObject[] = [
  { index: true, ...accueil },
  { path: 'sessions', loader: () => redirect(paths.accueil()) },
  { path: 'invitations', loader: () => redirect(paths.invitations()) },
  { path: 'securite', lazy: () => import('./pages/securite-page.tsx') },
  { path: 'notifications', lazy: () => import('./pages/notifications-page.tsx') },
  { path: 'equipe', lazy: () => import('./pages/equipe-page.tsx') },
  { path: 'equipe/inviter', lazy: () => import('./pages/inviter-page.tsx') },
  { path: 'equipe/invitations', lazy: () => import('./pages/invitations-page.tsx') },
  { path: 'journal', lazy: () => import('./pages/journal-page.tsx') },
  { path: 'postes', lazy: () => import('./pages/postes-page.tsx') },
  { path: 'organisations', lazy: () => import('./pages/organisations-page.tsx') },
  { path: 'organisations/creer', lazy: () => import('./pages/creer-organisation-page.tsx') },
  { path: 'comptes', lazy: () => import('./pages/comptes-page.tsx') },
  { path: 'assistance', lazy: () => import('./pages/assistance-page.tsx') },
]
