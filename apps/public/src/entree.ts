import type { Session } from '@pass/contracts/session.ts'
import { call } from '@pass/web/api.ts'
import { ApiError } from '@pass/web/errors.ts'
import { appPath } from '@pass/web/session.tsx'
import { getSession } from './calls.ts'
import { paths } from './paths.ts'
import { pathOfOurs } from './retour.ts'

/** Where the page was asked from, once checked. */
export const retourOf = (search: URLSearchParams): string | null => pathOfOurs(search.get('retour'))

/** True for what this person may open: the app of the organisation, and one's own account. */
const isTheirs = (retour: string, home: string): boolean => {
  const app = `/${retour.split(/[/?]/)[1] ?? ''}/`
  return app === home || app === '/compte/'
}

/**
 * Where a signed-in person goes: the second factor first when it is missing, then the page they came from when it is theirs, else
 * the home page of their organisation.
 */
export const nextStep = (session: Session, retour: string | null): string => {
  const { requis, prouve } = session.secondFacteur
  if (requis && !prouve) return paths.secondFacteur(retour)
  const home = appPath(session.organisation.type)
  return retour !== null && isTheirs(retour, home) ? retour : home
}

/** Who is signed in on this browser, or null: asking is not an error here, the page is for those who are not. */
export const signedIn = async (): Promise<Session | null> => {
  try {
    return await call(getSession, {}, { redirect: false })
  } catch (error) {
    if (error instanceof ApiError && (error.status === 401 || error.status === 403)) return null
    throw error
  }
}

/** Leaves for another app of the site: a whole page, so that nothing read before stays. */
export const goTo = (path: string): void => globalThis.location.assign(path)
