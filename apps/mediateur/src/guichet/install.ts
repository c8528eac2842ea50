import { useSyncExternalStore } from 'react'

/** The new version of the app, downloaded and waiting for the person to say yes. */
let ready: ServiceWorker | null = null
const listeners = new Set<() => void>()
const HOUR_MS = 3_600_000

const note = (worker: ServiceWorker | null): void => {
  ready = worker
  for (const listener of listeners) listener()
}

const watch = (registration: ServiceWorkerRegistration): void => {
  // without a controller this is the very first installation, not a new version
  const look = () => registration.waiting && navigator.serviceWorker.controller && note(registration.waiting)
  look()
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look))
  let lookedAt = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' || Date.now() - lookedAt < HOUR_MS) return
    lookedAt = Date.now()
    void registration.update().catch(() => null)
  })
}

/** Keeps the app on the device, so that it opens without network. Built apps only: Vite's own server changes under it. */
export const installApp = (): void => {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  navigator.serviceWorker.register(`${import.meta.env.BASE_URL}sw.js`, { updateViaCache: 'none' }).then(watch, () => null)
}

/** The new version takes over, and the page is read again under it. */
export const takeNewVersion = (): void => {
  navigator.serviceWorker.addEventListener('controllerchange', () => globalThis.location.reload(), { once: true })
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
  ready?.postMessage('prendre')
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useNewVersion = (): boolean => useSyncExternalStore(subscribe, () => ready !== null)
