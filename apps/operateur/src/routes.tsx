import type { RouteObject } from 'react-router'
import * as accueil from './pages/accueil-page.tsx'

export const routes: RouteObject[] = [
  { index: true, ...accueil },
  { path: 'commandes', lazy: () => import('./pages/commandes-page.tsx') },
  { path: 'commandes/:commandeId', lazy: () => import('./pages/commande-page.tsx') },
  { path: 'factures', lazy: () => import('./pages/factures-page.tsx') },
  { path: 'factures/:factureId', lazy: () => import('./pages/facture-page.tsx') },
  { path: 'conventions', lazy: () => import('./pages/conventions-page.tsx') },
  { path: 'conventions/:conventionId', lazy: () => import('./pages/convention-page.tsx') },
  { path: 'conventions/:conventionId/versions/:version', lazy: () => import('./pages/version-page.tsx') },
  { path: 'grand-livre', lazy: () => import('./pages/grands-livres-page.tsx') },
  { path: 'grand-livre/:conventionId', lazy: () => import('./pages/grand-livre-page.tsx') },
  { path: 'carnets', lazy: () => import('./pages/carnets-page.tsx') },
  { path: 'carnets/plages', lazy: () => import('./pages/plages-page.tsx') },
  { path: 'carnets/:carnetId', lazy: () => import('./pages/carnet-page.tsx') },
  { path: 'remboursements', lazy: () => import('./pages/remboursements-page.tsx') },
  { path: 'bordereaux', lazy: () => import('./pages/bordereaux-page.tsx') },
  { path: 'bordereaux/:bordereauId', lazy: () => import('./pages/bordereau-page.tsx') },
  { path: 'lieux', lazy: () => import('./pages/lieux-page.tsx') },
  { path: 'alertes', lazy: () => import('./pages/alertes-page.tsx') },
  { path: 'a-examiner', lazy: () => import('./pages/a-examiner-page.tsx') },
]
