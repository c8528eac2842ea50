import 'fake-indexeddb/auto'
import type { Acte } from '@pass/contracts/ateliers.ts'
import { ApiError, NetworkError } from '@pass/web/errors.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ActeGarde, lateBody, newAct } from './acts.ts'
import { LEASE_MS, replay, sendAct } from './replay.ts'
import { openStore, type Store } from './store.ts'

let name = ''
let store: Store
beforeEach(() => {
  name = `test-${crypto.randomUUID()}`
  store = openStore(name)
})
afterEach(() => store.db.delete())

/** The page is closed, or the browser killed, and opened again. */
const reopen = () => {
  store.db.close()
  store = openStore(name)
}

const T0 = Date.parse('2026-03-10T08:00:00Z')
let clock = T0
const keep = (cle: string, utilisateurId = 'u1') =>
  store.addAct(
    newAct({
      cle,
      utilisateurId,
      organisationId: 's1',
      atelierId: 'a1',
      titre: 'Atelier',
      pass: [{ code: `C${cle}`, envoi: `Q${cle}` }],
      at: T0,
      ecartMs: 0,
    }),
  )
const done: Acte = { acteId: 'a', montantCentimes: 1000, pass: [] }
const refused = (code: string) => new ApiError({ status: 409, code, message: 'Refusé.', requestId: null, erreurs: [], retryAfter: null })

/** A server that remembers what it did under each key, and a network that may lose the answer or the request. */
const server = (fate: (cle: string, time: number) => 'ok' | 'lost-before' | 'lost-after' | Error = () => 'ok') => {
  const answered = new Map<string, string>()
  const times: string[] = []
  const send = async (acte: ActeGarde): Promise<Acte> => {
    times.push(acte.cle)
    const what = fate(acte.cle, times.filter((one) => one === acte.cle).length)
    if (what === 'lost-before') throw new NetworkError(null)
    const body = JSON.stringify(acte.corps)
    const known = answered.get(acte.cle)
    if (known !== undefined && known !== body) throw refused('cle_reutilisee')
    answered.set(acte.cle, body)
    if (what === 'lost-after') throw new NetworkError(null)
    if (what instanceof Error) throw what
    return done
  }
  return { send, times, answered }
}

let ecartMs = 0
const tools = (send: (acte: ActeGarde) => Promise<Acte>) => ({
  bodyOf: (acte: ActeGarde) => lateBody(acte, { appareilId: 'd1', ecartMs }),
  send,
  save: store.saveAct,
  now: () => clock,
})
const etats = async () => (await store.actsOf('u1')).map(({ cle, etat }) => `${cle} ${etat}`)

test('acts leave one by one in the order of the gestures, a refusal does not stop the others', async () => {
  for (const cle of ['k3', 'k1', 'k2']) await keep(cle)
  const { send, times } = server((cle) => (cle === 'k1' ? refused('pas_remis') : 'ok'))
  expect(await replay((await store.actsOf('u1')).toReversed(), tools(send))).toEqual({ regles: 3, stop: null })
  expect(times).toEqual(['k3', 'k1', 'k2'])
  expect(await etats()).toEqual(['k3 valide', 'k1 refuse', 'k2 valide'])
})

test('the queue stops at the first act without answer, and takes it up again with the same key and the same words', async () => {
  for (const cle of ['k1', 'k2', 'k3']) await keep(cle)
  const { send, times, answered } = server((cle, time) => (cle === 'k2' && time === 1 ? 'lost-after' : 'ok'))
  expect(await replay(await store.actsOf('u1'), tools(send))).toMatchObject({ regles: 1, stop: { issue: 'attendre', reseau: true } })
  expect(await etats()).toEqual(['k1 valide', 'k2 attente', 'k3 attente'])
  // the clock of the device moved meanwhile: what was said is not said otherwise
  ecartMs = 900_000
  reopen()
  await replay(await store.actsOf('u1'), tools(send))
  expect(await etats()).toEqual(['k1 valide', 'k2 valide', 'k3 valide'])
  expect(times).toEqual(['k1', 'k2', 'k2', 'k3'])
  expect(answered.get('k2')).toContain('"ecartSecondes":0')
  expect(answered.get('k3')).toContain('"ecartSecondes":900')
  ecartMs = 0
})

test('a browser killed while an act is on its way sends it again after the lease, once, and before what follows', async () => {
  await keep('k1')
  await keep('k2')
  const [first] = await store.actsOf('u1')
  void sendAct(
    first!,
    tools(() => new Promise(() => {})),
  )
  await expect.poll(async () => (await store.actsOf('u1'))[0]?.corps).not.toBeNull()
  reopen()
  const { send, times } = server()
  expect(await replay(await store.actsOf('u1'), tools(send))).toMatchObject({ regles: 0, stop: { issue: 'attendre', reseau: false } })
  expect(times).toEqual([])
  clock += LEASE_MS
  expect(await replay(await store.actsOf('u1'), tools(send))).toEqual({ regles: 2, stop: null })
  expect(times).toEqual(['k1', 'k2'])
  clock = T0
})

test('where the browser knows which pages live, the lease of a dead one is not waited for', async () => {
  await keep('k1')
  const [first] = await store.actsOf('u1')
  await store.saveAct({ ...first!, baillAt: clock + LEASE_MS })
  const { send, times } = server()
  const alive = { ...tools(send), busy: ({ cle }: ActeGarde) => cle === 'k1' }
  expect(await replay(await store.actsOf('u1'), alive)).toMatchObject({ regles: 0 })
  expect(await replay(await store.actsOf('u1'), { ...alive, busy: () => false })).toEqual({ regles: 1, stop: null })
  expect(times).toEqual(['k1'])
})

test('fifty acts survive a reload and a network that comes and goes, each done once', async () => {
  for (let n = 1; n <= 50; n++) await keep(`k${n}`)
  const bad = server((cle, time) =>
    time === 1 && Number(cle.slice(1)) % 3 === 0 ? 'lost-after' : time === 1 && Number(cle.slice(1)) % 5 === 0 ? 'lost-before' : 'ok',
  )
  for (let tries = 0; tries < 60; tries++) {
    await replay(await store.actsOf('u1'), tools(bad.send))
    if (tries % 7 === 0) reopen()
  }
  expect(bad.answered.size).toBe(50)
  expect(new Set((await etats()).map((one) => one.split(' ')[1]))).toEqual(new Set(['valide']))
  expect([...new Set(bad.times)]).toEqual(Array.from({ length: 50 }, (_, n) => `k${n + 1}`))
})

test('the acts of a person are not read for another, and two gestures never share a key', async () => {
  await keep('k1')
  await keep('k2', 'u2')
  expect((await store.actsOf('u1')).map(({ cle }) => cle)).toEqual(['k1'])
  await expect(keep('k1', 'u2')).rejects.toThrow('ConstraintError')
})

test('the packet of one person only is kept', async () => {
  const paquet = { ateliers: [] } as never
  for (const utilisateurId of ['u1', 'u2'])
    await store.keepPaquet({ portee: `${utilisateurId} s1`, utilisateurId, paquet, recuAt: T0, ecartMs: 0, session: null })
  expect([await store.paquetOf('u1 s1'), (await store.paquetOf('u2 s1'))?.utilisateurId]).toEqual([undefined, 'u2'])
})
