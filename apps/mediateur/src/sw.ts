/**
 * Keeps the app itself on the device: its page, its scripts, its fonts, the QR reader. Never an answer of the API, so that nothing
 * of a person is kept here. A new version is downloaded aside, whole, and takes over when the person says so.
 */
type Waits = { waitUntil: (work: Promise<unknown>) => void }
type Fetched = Event & Waits & { request: Request; respondWith: (answer: Promise<Response>) => void }
type Scope = {
  addEventListener: ((type: 'install' | 'activate', run: (event: Waits) => void) => void) &
    ((type: 'fetch', run: (event: Fetched) => void) => void) &
    ((type: 'message', run: (event: MessageEvent) => void) => void)
  skipWaiting: () => Promise<void>
  clients: { claim: () => Promise<void> }
}
const worker = globalThis as unknown as Scope

/** Written by the build: every file of the app, and a word that changes with any of them. */
export type Appli = { version: string; base: string; fichiers: string[] }
declare const FICHIERS_DE_L_APPLI: Appli
const { version, base, fichiers } = FICHIERS_DE_L_APPLI
const PREFIX = 'pass-mediateur-'
const NAME = PREFIX + version

const fill = async (): Promise<void> => {
  const cache = await caches.open(NAME)
  // asked again from the server: what the browser kept may be of the version before
  await cache.addAll([base, ...fichiers.map((file) => base + file)].map((url) => new Request(url, { cache: 'reload' })))
}

const dropOlder = async (): Promise<void> => {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== NAME).map((name) => caches.delete(name)))
  await worker.clients.claim()
}

worker.addEventListener('install', (event) => event.waitUntil(fill()))
worker.addEventListener('activate', (event) => event.waitUntil(dropOlder()))
worker.addEventListener('message', ({ data }) => {
  if (data === 'prendre') void worker.skipWaiting()
})

const answer = async (request: Request): Promise<Response> => {
  const cache = await caches.open(NAME)
  // every page of the app is the same file: the app reads its own address
  const kept = await cache.match(request.mode === 'navigate' ? base : request, { ignoreSearch: request.mode === 'navigate' })
  return kept ?? fetch(request)
}

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== globalThis.location.origin || !url.pathname.startsWith(base)) return
  event.respondWith(answer(request))
})
