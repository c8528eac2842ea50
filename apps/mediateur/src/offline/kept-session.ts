import { sessionRoutes } from '@pass/contracts/session.ts'
import { call } from '@pass/web/api.ts'
import { keptSession } from '@pass/web/modules/pass/kept-session.ts'
import { setSession } from '@pass/web/session.tsx'
import { isNetwork } from './acts.ts'

const PATIENCE_MS = 4000

/**
 * Opens the app without network with the session kept at the last contact. With network, the session is the server's: a closed one
 * is asked for again, as everywhere. Answers whether the app opened without network.
 */
export const openSession = async (): Promise<boolean> => {
  const kept = keptSession(Date.now())
  if (!kept) return false
  if (navigator.onLine) {
    try {
      setSession(await call(sessionRoutes.getSession, {}, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: false }))
      return false
    } catch (error) {
      // refused: the kit asks again and says what to do
      if (!isNetwork(error)) return false
    }
  }
  setSession(kept)
  return true
}
