import { sessionRoutes } from '@pass/contracts/session.ts'
import type { Session } from '@pass/contracts/session.ts'
import { parisDay } from '@pass/domain/days.ts'
import type { Droit } from '@pass/domain/droits.ts'
import type { OrganisationType } from '@pass/domain/organisations.ts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { apiQuery, call, queryClient } from './api.ts'
import { setAdhesion } from './tab.ts'

export type { Session } from '@pass/contracts/session.ts'

const sessionQuery = { ...apiQuery(sessionRoutes.getSession, {}), staleTime: Infinity }

// The server's clock may be years away from the computer's (demonstration, tests): only the difference is kept.
let skewMs = 0

/** The loader of the shell: no page of a role app is shown before the session is known. */
export const sessionLoader = async (): Promise<null> => {
  const session = await queryClient.ensureQueryData(sessionQuery)
  setAdhesion(session.adhesionId)
  skewMs = Date.parse(session.maintenant) - Date.now()
  return null
}

/** Who is signed in, for which organisation. */
export const useSession = (): Session => useSuspenseQuery(sessionQuery).data

/** The session if it is known; error pages and public pages live without it. */
export const knownSession = (): Session | undefined => queryClient.getQueryData<Session>(sessionQuery.queryKey)

/** `can('commande:create')`: whether the session holds the droit. To explain a disabled button, not to protect anything. */
export const useCan = (): ((droit: Droit) => boolean) => {
  const { droits } = useSession()
  return (droit) => droits.includes(droit)
}

/** The instant by the server's clock. */
export const now = (): Date => new Date(Date.now() + skewMs)

/** The day in Paris by the server's clock, `YYYY-MM-DD`: what every rule of the domain takes. */
export const today = (): string => parisDay(now())

const APP_OF: Partial<Record<OrganisationType, string>> = {
  anct: '/anct/',
  operateur: '/operateur/',
  collectivite: '/collectivite/',
  prescripteur: '/prescripteur/',
  structure: '/mediateur/',
}

/** Where the people of an organisation work. */
export const appPath = (type: OrganisationType): string => APP_OF[type] ?? '/'

/** Acts for another of one's organisations, from its own home page: nothing read before may stay on screen. */
export const switchOrganisation = async (adhesionId: string): Promise<void> => {
  const session = await call(sessionRoutes.switchAdhesion, { body: { adhesionId } })
  globalThis.location.assign(appPath(session.organisation.type))
}

export const signOut = async (): Promise<void> => {
  await call(sessionRoutes.signOut, {})
  globalThis.location.assign('/connexion')
}
