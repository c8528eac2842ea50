import { sessionRoutes } from '@pass/contracts/session.ts'
import { call } from '@pass/web/api.ts'
import { keptSession, keptState, reopened } from '@pass/web/modules/pass/kept-session.ts'
import { type Session, setSession } from '@pass/web/session.tsx'
import { isNetwork } from './acts.ts'
import { store } from './store.ts'

const PATIENCE_MS = 4000

/** The session that came with the packet, where the browser was killed before it wrote its own copy; nothing of somebody who left. */
const fromPaquet = async (at: number): Promise<Session | null> => {
  try {
    const state = keptState()
    if (state === 'effacee') await store.dropPaquets()
    const last = state === 'perdue' ? await store.lastPaquet() : undefined
    return last?.session ? reopened({ session: last.session, at: last.recuAt }, at) : null
  } catch {
    return null // a browser that keeps nothing
  }
}

/**
 * Opens the app without network with the session kept at the last contact. With network, the session is the server's: a closed one
 * is asked for again, as everywhere. Answers whether the app opened without network.
 */
export const openSession = async (): Promise<boolean> => {
  const kept = keptSession(Date.now()) ?? (await fromPaquet(Date.now()))
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
