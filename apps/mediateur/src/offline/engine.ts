import type { Acte } from '@pass/contracts/ateliers.ts'
import { guichetRoutes } from '@pass/contracts/guichet.ts'
import { call } from '@pass/web/api.ts'
import { ApiError } from '@pass/web/errors.ts'
import { randomUuid } from '@pass/web/keyring.ts'
import { isOwnDevice, keepSession, withoutNetwork } from '@pass/web/modules/pass/kept-session.ts'
import { noteWaiting } from '@pass/web/modules/pass/waiting.ts'
import { knownSession, refreshSession, type Session, setSession } from '@pass/web/session.tsx'
import { redeemPass, refreshCounter } from '../calls.ts'
import {
  type ActeGarde,
  type Corps,
  directBody,
  isNetwork,
  issueOf,
  lateBody,
  newAct,
  passOf,
  type PassLu,
  retryOf,
  waiting,
} from './acts.ts'
import { deviceName } from './device-name.ts'
import { LEASE_MS, replay, sendAct, type Stop } from './replay.ts'
import { guichet, setGuichet } from './state.ts'
import { store } from './store.ts'

const { getPaquet, registerAppareil } = guichetRoutes
const PATIENCE_MS = 10_000

/** Who is at the counter, and when the server last said so. */
let contact: { session: Session; at: number } | null = null
let declared = false

export const porteeOf = ({ utilisateur, organisation }: Session): string => `${utilisateur.id} ${organisation.id}`

/** The session as the server has just told it, or, without network, as it was kept. */
export const noteSession = (session: Session): void => {
  contact = { session, at: Date.now() }
  if (guichet().enLigne) keepSession(session, contact.at)
}

/** Without network the session does not close by itself: nobody could open it again. The server's own still does. */
const noteLost = (): void => {
  if (!guichet().enLigne) return
  setGuichet({ enLigne: false })
  if (contact && isOwnDevice(contact.session)) setSession(withoutNetwork(contact.session, { keptAt: contact.at, at: Date.now() }))
}

const noteFound = (): void => {
  if (guichet().enLigne) return
  setGuichet({ enLigne: true })
  // closed meanwhile: the kit leads to the sign-in page and back; what waits leaves then
  void refreshSession().catch(() => null)
}

/** The outcome of any call of the counter says whether there is a network. */
export const noteOutcome = (error: unknown): void => (isNetwork(error) ? noteLost() : noteFound())

const stoppedBy = (error: unknown): Stop | null => {
  const issue = issueOf(error)
  return issue.issue === 'refuse' ? null : issue
}

const takePaquet = async (session: Session): Promise<Stop | null> => {
  try {
    const paquet = await call(getPaquet, {}, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: false })
    const recuAt = Date.now()
    const ecartMs = Date.parse(paquet.genereAt) - recuAt
    setGuichet({ paquet, recuAt, ecartMs })
    keepSession({ ...session, maintenant: paquet.genereAt }, recuAt)
    noteFound()
    const kept = isOwnDevice(session) ? { ...session, maintenant: paquet.genereAt } : null
    await store
      .keepPaquet({ portee: porteeOf(session), utilisateurId: session.utilisateur.id, paquet, recuAt, ecartMs, session: kept })
      .catch(() => null)
    return null
  } catch (error) {
    noteOutcome(error)
    return stoppedBy(error)
  } finally {
    setGuichet({ demande: true })
  }
}

/** Tells the server of this device, under its name: once a page. */
export const declareDevice = async (session: Session, nom?: string): Promise<void> => {
  const known = await store.appareilOf(porteeOf(session), () => ({ id: randomUuid(), nom: deviceName(navigator.userAgent) }))
  const name = nom ?? known.nom
  try {
    await call(
      registerAppareil,
      { params: { appareilId: known.id }, body: { nom: name } },
      { signal: AbortSignal.timeout(PATIENCE_MS), redirect: false },
    )
    declared = true
    if (name !== known.nom) await store.nameAppareil(porteeOf(session), name)
    setGuichet({ appareil: { id: known.id, nom: name, etat: 'declare' } })
  } catch (error) {
    noteOutcome(error)
    const revoque = error instanceof ApiError && error.code === 'appareil_revoque'
    setGuichet({ appareil: { id: known.id, nom: name, etat: revoque ? 'revoque' : 'inconnu' } })
    if (nom !== undefined) throw error
  }
}

const post = async (acte: ActeGarde & { corps: Corps }, redirect: boolean): Promise<Acte> =>
  call(
    redeemPass,
    { params: { atelierId: acte.atelierId }, body: acte.corps },
    { key: acte.cle, redirect, signal: AbortSignal.timeout(LEASE_MS - PATIENCE_MS) },
  )

const sendingOf = (cle: string): string => `pass-acte-${cle}`

/** Sends under the act's own lock: the browser lets go of it when this page dies, so that nobody waits for an answer that nobody reads. */
const whileSending = async <T>(cle: string, send: () => Promise<T>): Promise<T> =>
  'locks' in navigator ? navigator.locks.request(sendingOf(cle), send) : send()

/** Which acts a page that lives is sending; undefined where the browser does not say: the leases do. */
const busyActs = async (): Promise<((acte: ActeGarde) => boolean) | undefined> => {
  if (!('locks' in navigator)) return undefined
  const { held = [] } = await navigator.locks.query()
  const names = new Set(held.map(({ name }) => name))
  return ({ cle }) => names.has(sendingOf(cle))
}

const sendQueue = async (session: Session): Promise<Stop | null> => {
  const actes = (await store.actsOf(session.utilisateur.id)).filter(({ organisationId }) => organisationId === session.organisation.id)
  const { appareil } = guichet()
  // a device that the server does not know would be told so of each act
  if (waiting(actes).length === 0 || !appareil || appareil.etat === 'inconnu') return null
  const appareilId = appareil.id
  setGuichet({ envoi: true })
  try {
    const busy = await busyActs()
    const { regles, stop } = await replay(actes, {
      bodyOf: (acte) => lateBody(acte, { appareilId, ecartMs: guichet().ecartMs }),
      send: (acte) => post(acte, false),
      save: store.saveAct,
      now: Date.now,
      ...(busy && { busy }),
    })
    if (regles > 0) await refreshCounter()
    return stop
  } finally {
    setGuichet({ envoi: false })
  }
}

const round = async (session: Session): Promise<void> => {
  const unread = await takePaquet(session)
  if (!unread && !declared && guichet().appareil?.etat !== 'revoque') await declareDevice(session).catch(() => null)
  const stop = unread ?? (await sendQueue(session))
  if (stop?.issue === 'attendre' && stop.reseau) noteLost()
  if (contact?.session.utilisateur.id === session.utilisateur.id) setGuichet({ arret: stop?.issue === 'arreter' ? stop : null })
}

let running: Promise<void> | null = null

/** Takes the packet, then sends what waits: one tab at a time, and never twice at once. */
export const sync = (): Promise<void> => {
  const session = contact?.session
  if (!session || session.consultation) return Promise.resolve()
  const run = async (lock: Lock | null): Promise<void> => (lock ? round(session) : void (await takePaquet(session)))
  // without locks (plain HTTP) the keys still keep each act from being done twice
  const alone = (): Promise<void> =>
    'locks' in navigator ? navigator.locks.request(`pass-file-${session.utilisateur.id}`, { ifAvailable: true }, run) : round(session)
  running ??= alone()
    .catch(() => setGuichet({ envoi: false }))
    .finally(() => {
      running = null
    })
  return running
}

/** What a gesture at the counter came to. `garde`: it waits for the network. */
export type Fait =
  | { etat: 'fait'; acte: Acte }
  | { etat: 'garde'; nombre: number }
  | { etat: 'refuse'; refus: NonNullable<ActeGarde['refus']> }

type Gesture = { atelierId: string; titre: string; pass: PassLu[] }

const keepOrNot = async (acte: ActeGarde): Promise<ActeGarde> => {
  try {
    const kept = await store.addAct(acte)
    void navigator.storage?.persist?.()
    return kept
  } catch {
    setGuichet({ sansMemoire: true })
    return acte
  }
}

/**
 * Uses the pass: kept on the device first, under a key made now, then sent at once if there is a network. An answer settles it; with
 * none, it waits in the queue and leaves with the same key.
 */
export const redeemNow = async ({ atelierId, titre, pass }: Gesture): Promise<Fait> => {
  const session = contact?.session
  if (!session) throw new Error('Rechargez la page, puis recommencez.')
  const { enLigne, ecartMs } = guichet()
  const owner = { utilisateurId: session.utilisateur.id, organisationId: session.organisation.id }
  // what was made before leaves before
  const direct = enLigne && waiting(guichet().actes).length === 0
  const acte = newAct({ ...owner, cle: randomUuid(), atelierId, titre, pass, at: Date.now(), ecartMs })
  const kept = await keepOrNot(direct ? { ...acte, corps: directBody(acte), baillAt: Date.now() + LEASE_MS } : acte)
  if (kept.rang === undefined && !enLigne)
    throw new Error(
      'Ce navigateur ne garde rien\u00a0: sans réseau, le pass n’a pas été utilisé. Ouvrez le guichet hors d’une fenêtre privée.',
    )
  if (kept.rang !== undefined && !direct) {
    if (enLigne) void sync()
    return { etat: 'garde', nombre: pass.length }
  }
  const {
    acte: settled,
    done,
    stop,
  } = await whileSending(kept.cle, () =>
    sendAct(kept, { bodyOf: directBody, send: (one) => post(one, true), save: store.saveAct, now: Date.now }),
  )
  if (stop?.issue === 'attendre' && stop.reseau) noteLost()
  if (stop && kept.rang === undefined) throw new Error('Le service ne répond pas. Réessayez\u00a0: rien ne sera fait deux fois.')
  if (stop) return { etat: 'garde', nombre: pass.length }
  noteFound()
  // its answer is on the screen and its trace in the atelier: the queue forgets it
  await store.removeAct(settled.cle).catch(() => null)
  if (done) return { etat: 'fait', acte: done }
  return { etat: 'refuse', refus: settled.refus ?? { code: 'inconnu', message: 'Le pass n’a pas été utilisé.', pass: [] } }
}

/** Another try of a refused act, with what is still worth it and a key of its own. */
export const retryAct = async (acte: ActeGarde): Promise<void> => {
  await store.replaceAct(acte, retryOf(acte, randomUuid()))
  await sync()
}

export const forgetAct = async (acte: ActeGarde): Promise<void> => void (await store.removeAct(acte.cle))

/** The acts of the person, as they change, here and in other tabs. */
export const showActs = (utilisateurId: string, actes: readonly ActeGarde[]): void => {
  setGuichet({ actes, pret: true })
  noteWaiting(utilisateurId, passOf(waiting(actes)))
}

/** What the device kept for this person, for a page that opens without network. */
export const loadKept = async (): Promise<void> => {
  const session = contact?.session ?? knownSession()
  if (guichet().paquet || !session) return
  const kept = await store.paquetOf(porteeOf(session)).catch(() => undefined)
  if (kept) setGuichet({ paquet: kept.paquet, recuAt: kept.recuAt, ecartMs: kept.ecartMs })
}

/** Opened without network: the session is the kept one, met long ago. */
export const startOffline = (): void => setGuichet({ enLigne: false })
export const noteOffline = noteLost
/** Somebody else signed in: nothing is known of the device under them. */
export const forgetContact = (): void => {
  contact = null
  declared = false
}
