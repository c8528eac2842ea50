import './styles/index.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { type RouteObject, createBrowserRouter } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { queryClient } from './api.ts'
import type { AppRole, MenuEntry } from './menu.tsx'
import { NotFoundPage, PageError, RootError } from './page-error.tsx'
import { PublicShell } from './public-shell.tsx'
import { sessionLoader } from './session.tsx'
import { Shell } from './shell.tsx'
import { FrenchLocale } from './ui/french-locale.tsx'
import { LoadingState } from './ui/loading-state.tsx'

export type AppOptions = {
  /** Chooses the accent, the base of the addresses (`/collectivite/…`, `/` for public) and who may enter. */
  role: AppRole
  /** The word beside the mark. */
  titre: string
  /** Desktop: on the left. Phone: the first four (or all five) at the bottom, the rest under « Plus ». */
  menu: readonly MenuEntry[]
  /** Addresses without the app's prefix. */
  routes: RouteObject[]
}

const treeOf = ({ role, titre, menu, routes }: AppOptions): RouteObject[] => [
  {
    path: '/',
    ...(role === 'public' ? {} : { loader: sessionLoader, shouldRevalidate: () => false }),
    element: role === 'public' ? <PublicShell titre={titre} menu={menu} /> : <Shell role={role} titre={titre} menu={menu} />,
    errorElement: <RootError />,
    hydrateFallbackElement: <LoadingState />,
    children: [{ errorElement: <PageError />, children: [...routes, { path: '*', element: <NotFoundPage /> }] }],
  },
]

// The router runs the loaders of a page beside the one of the shell: the first calls would leave without the adhesion, and
// `today()` would not know the server's clock. So the session comes first; if it fails, the shell's loader meets the same error.
const firstSession = async ({ role }: AppOptions): Promise<void> => {
  if (role !== 'public') await sessionLoader().catch(() => null)
}

const start = async (options: AppOptions, show: (content: ReactNode) => void): Promise<void> => {
  show(<LoadingState />)
  await firstSession(options)
  const router = createBrowserRouter(treeOf(options), { basename: options.role === 'public' ? '/' : `/${options.role}` })
  show(
    <FrenchLocale>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </FrenchLocale>,
  )
}

// A page that the browser kept whole must not come back by itself: somebody else may be signed in by now. Hidden as it leaves,
// it is read again if it is shown again.
const forgetOnLeave = (element: HTMLElement): void => {
  globalThis.addEventListener('pagehide', ({ persisted }) => {
    if (persisted) element.hidden = true
  })
  globalThis.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) globalThis.location.reload()
  })
}

/** Starts one app: providers, router, shell, error and not-found pages. Called once, by `main.tsx`. */
export const mountApp = (options: AppOptions): void => {
  const element = document.getElementById('racine')
  if (!element) throw new Error('The page has no #racine element')
  forgetOnLeave(element)
  const root = createRoot(element)
  void start(options, (content) => root.render(<StrictMode>{content}</StrictMode>))
}
