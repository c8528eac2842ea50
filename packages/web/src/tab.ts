import { eraseTab, keepDrafts } from './drafts.ts'
import { eraseKeptSession } from './modules/pass/kept-session.ts'

/** What this tab believes, outside React: read by every call, told to the shell when the server says otherwise. */

let adhesion: string | null = null
let blocked: string | null = null
const listeners = new Set<() => void>()

/** The adhesion the pages on screen were read with; sent as `X-Adhesion`. */
export const currentAdhesion = (): string | null => adhesion
export const setAdhesion = (id: string | null): void => {
  adhesion = id
}

/** The message of a full-page stop (the organisation was changed in another tab), or null. */
export const tabBlocked = (): string | null => blocked
export const blockTab = (message: string): void => {
  blocked = message
  for (const listener of listeners) listener()
}
export const onTabChange = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** This page, for the way back. */
const here = (): string => globalThis.location.pathname + globalThis.location.search

const leaveFor = (path: string, search: Record<string, string> = {}): void => {
  const root = document.getElementById('racine')
  if (root) root.hidden = true // nothing of this session stays on screen while the next page loads
  const query = new URLSearchParams(search).toString()
  globalThis.location.replace(query ? `${path}?${query}` : path)
}

/** Leaves for the sign-in page and comes back here afterwards; what was typed waits for the same person. */
export const goToSignIn = (): void => {
  if (globalThis.location.pathname === '/connexion') return
  keepDrafts()
  leaveFor('/connexion', { retour: here() })
}

/** The session is not whole: the second factor is asked for, then this page opens. */
export const goToSecondFactor = (): void => {
  keepDrafts()
  leaveFor('/connexion/second-facteur', { retour: here() })
}

/** Nobody is there any more. On a trusted desk the next person chooses their name, and learns nothing of where the former was. */
export const goIdle = (motif: 'inactivite' | 'duree', poste: boolean): void => {
  keepDrafts()
  if (poste) leaveFor('/connexion/guichet')
  else leaveFor('/connexion', { retour: here(), motif })
}

/** The session was ended on purpose, here or in another tab: nothing is kept. */
export const goAway = (vers: string): void => {
  eraseTab()
  eraseKeptSession()
  leaveFor(vers)
}
