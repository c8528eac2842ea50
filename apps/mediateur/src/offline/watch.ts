import { liveQuery } from 'dexie'
import { waiting } from './acts.ts'
import { forgetContact, loadKept, noteOffline, noteSession, showActs, sync } from './engine.ts'
import { guichet, resetGuichet, setGuichet } from './state.ts'
import { store } from './store.ts'

const REFRESH_MS = 5 * 60_000
const TICK_MS = 15_000
const RETRY_MS = 30_000
const SETTLED_MS = 24 * 3_600_000

/** The person touched the page: the packet is worth keeping fresh, and the session is theirs. */
let touchedAt = Date.now()
let triedAt = 0

const now = (): number => Date.now()
const isFresh = (): boolean => now() - (guichet().recuAt ?? 0) < REFRESH_MS
const hasWaiting = (): boolean => waiting(guichet().actes).length > 0

const go = (): void => {
  triedAt = now()
  void sync()
}

// Each call counts as a use of the session: a page that nobody touches lets it close, as everywhere else.
const tick = (): void => {
  if (document.visibilityState === 'hidden' && !hasWaiting()) return
  const waits = (hasWaiting() && !guichet().arret) || !guichet().enLigne
  const stale = !isFresh() && now() - touchedAt < REFRESH_MS
  if ((waits && now() - triedAt >= RETRY_MS) || (stale && now() - triedAt >= RETRY_MS)) go()
}

const onFocus = (): void => {
  if (document.visibilityState === 'visible' && now() - triedAt > 2000) go()
}

const listen = (signal: AbortSignal): void => {
  const touch = (): void => {
    touchedAt = now()
  }
  for (const type of ['pointerdown', 'keydown']) document.addEventListener(type, touch, { signal, capture: true, passive: true })
  globalThis.addEventListener('online', go, { signal })
  globalThis.addEventListener('offline', noteOffline, { signal })
  globalThis.addEventListener('focus', onFocus, { signal })
  document.addEventListener('visibilitychange', onFocus, { signal })
}

/** Watches over the counter of a person while the app is open. Answers how to stop. */
export const watchGuichet = (utilisateurId: string): (() => void) => {
  const stop = new AbortController()
  listen(stop.signal)
  void store.dropPaquetsOfOthers(utilisateurId).catch(() => null)
  void store.forgetSettled(utilisateurId, now() - SETTLED_MS).catch(() => null)
  const acts = liveQuery(() => store.actsOf(utilisateurId)).subscribe({
    next: (actes) => showActs(utilisateurId, actes),
    error: () => setGuichet({ sansMemoire: true, pret: true }),
  })
  void loadKept().then(go)
  const timer = setInterval(tick, TICK_MS)
  return () => {
    stop.abort()
    acts.unsubscribe()
    clearInterval(timer)
    resetGuichet()
    forgetContact()
  }
}

export { noteSession }
