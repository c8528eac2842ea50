import { type LoaderFunctionArgs, redirect, type RouteObject } from 'react-router'
import { CounterFrame } from './guichet/counter-frame.tsx'
import { isNetwork } from './offline/acts.ts'
import { noteOutcome } from './offline/engine.ts'
import { guichet } from './offline/state.ts'
import * as journee from './pages/journee-page.tsx'
import { paths } from './paths.ts'

type Loader = (args: LoaderFunctionArgs) => Promise<unknown>

/** Without network these pages give way to the counter, which needs none. */
const orCounter =
  (loader: Loader): Loader =>
  async (args) => {
    const { atelierId } = args.params
    const counter = () => redirect(atelierId ? paths.guichetDe({ atelierId }) : paths.guichet())
    if (!guichet().enLigne) return counter()
    try {
      return await loader(args)
    } catch (error) {
      if (!isNetwork(error)) throw error
      noteOutcome(error)
      return counter()
    }
  }

const pages: RouteObject[] = [
  { index: true, ...journee, loader: orCounter(journee.loader) },
  { path: 'guichet', lazy: () => import('./pages/guichet-page.tsx') },
  { path: 'guichet/attente', lazy: () => import('./pages/attente-page.tsx') },
  { path: 'guichet/appareils', lazy: () => import('./pages/appareils-page.tsx') },
  { path: 'guichet/conflits', lazy: () => import('./pages/conflits-page.tsx') },
  { path: 'guichet/:atelierId', lazy: () => import('./pages/guichet-atelier-page.tsx') },
  { path: 'ateliers', lazy: () => import('./pages/ateliers-page.tsx') },
  { path: 'ateliers/nouveau', lazy: () => import('./pages/nouvel-atelier-page.tsx') },
  { path: 'ateliers/serie', lazy: () => import('./pages/serie-page.tsx') },
  {
    path: 'ateliers/:atelierId',
    lazy: async () => {
      const page = await import('./pages/atelier-page.tsx')
      return { ...page, loader: orCounter(page.loader) }
    },
  },
  { path: 'ateliers/:atelierId/copie', lazy: () => import('./pages/copie-page.tsx') },
  { path: 'ateliers/:atelierId/papier', lazy: () => import('./pages/papier-page.tsx') },
  { path: 'virements', lazy: () => import('./pages/virements-page.tsx') },
  { path: 'virements/pass', lazy: () => import('./pages/pass-utilises-page.tsx') },
  { path: 'compte-bancaire', lazy: () => import('./pages/compte-bancaire-page.tsx') },
  { path: 'virements/:bordereauId', lazy: () => import('./pages/bordereau-page.tsx') },
  { path: 'creances', lazy: () => import('./pages/creances-page.tsx') },
  { path: 'creances/nouvelle', lazy: () => import('./pages/declarer-creance-page.tsx') },
  { path: 'creances/:creanceId', lazy: () => import('./pages/creance-page.tsx') },
  { path: 'mon-lieu', lazy: () => import('./pages/mon-lieu-page.tsx') },
  { path: 'mon-lieu/:lieuId/services', lazy: () => import('./pages/catalogue-page.tsx') },
  // the words of the API for the same page
  { path: 'remboursements', loader: () => redirect(paths.virements()) },
  { path: 'mon-du', loader: () => redirect(paths.virements()) },
  { path: 'comptes-bancaires', loader: () => redirect(paths.compteBancaire()) },
  { path: 'bordereaux', loader: () => redirect(paths.virements()) },
  { path: 'bordereaux/:bordereauId', loader: ({ params }) => redirect(paths.bordereau({ bordereauId: params.bordereauId ?? '' })) },
]

export const routes: RouteObject[] = [{ element: <CounterFrame />, children: pages }]
