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

/** Leaves for the sign-in page and comes back here afterwards. */
export const goToSignIn = (): void => {
  const { pathname, search } = globalThis.location
  if (pathname !== '/connexion') globalThis.location.assign(`/connexion?retour=${encodeURIComponent(pathname + search)}`)
}
