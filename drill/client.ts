import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Call } from '../bench/prepare.ts'
import type { Random } from './random.ts'

export type Answer = { status: number; body: string }
/** One gesture of a médiateur: its key, what was sent, and every final answer that came back for it. */
export type Act = {
  kind: 'redeem' | 'undo'
  key: string
  path: string
  body: string
  codes: readonly string[]
  cookie: string
  answers: Answer[]
  /** Sendings that got no answer, or « busy ». */
  tries: number
}

const TRY_MS = 4000
/** Nothing is known yet: the same key again. */
const isPassing = ({ status, body }: Answer) => status === 429 || status >= 500 || (status === 409 && body.includes('"en_cours"'))

/** The identifiers of requests change from one sending to the next; nothing else may. */
export const essence = ({ status, body }: Answer): string => `${status} ${body.replace(/"requestId":"[^"]*"/, '')}`

/** Sends once; null when the network said nothing. */
export const sendOnce = async (port: number, { path, body, key, cookie }: Act): Promise<Answer | null> => {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/api${path}`, {
      method: 'POST',
      signal: AbortSignal.timeout(TRY_MS),
      headers: { 'content-type': 'application/json', 'idempotency-key': key, cookie },
      body,
    })
    return { status: response.status, body: await response.text() }
  } catch {
    return null
  }
}

/** As the screen does: the same key, to whichever process, until somebody answers or the drill is over. */
export const insist = async (act: Act, portOf: () => number, isOver: () => boolean): Promise<Answer | null> => {
  for (;;) {
    const answer = await sendOnce(portOf(), act)
    if (answer && !isPassing(answer)) {
      act.answers.push(answer)
      return answer
    }
    act.tries++
    if (isOver()) return null
    await sleep(50)
  }
}

const redeemOf = ({ atelier, codes }: Call, cookie: string): Act => ({
  kind: 'redeem',
  key: randomUUID(),
  path: `/ateliers/${atelier}/utilisations`,
  body: JSON.stringify({ pass: codes }),
  codes,
  cookie,
  answers: [],
  tries: 0,
})
const undoOf = (acteId: string, { codes, cookie }: Act): Act => ({
  kind: 'undo',
  key: randomUUID(),
  path: `/utilisations/${acteId}/annulation`,
  body: JSON.stringify({ motif: 'Erreur de scan.', redemptionId: null }),
  codes,
  cookie,
  answers: [],
  tries: 0,
})

type Work = { calls: readonly Call[]; cookie: string; random: Random; portOf: () => number; isOver: () => boolean; acts: Act[] }

/** One médiateur at work: uses its pass, one group after the other; undoes a third of them, and uses half of those again. */
export const work = async ({ calls, cookie, random, portOf, isOver, acts }: Work): Promise<void> => {
  const act = async (one: Act) => {
    acts.push(one)
    return insist(one, portOf, isOver)
  }
  for (const call of calls) {
    if (isOver()) return
    const used = redeemOf(call, cookie)
    const answer = await act(used)
    if (answer?.status !== 201 || random.next() > 0.33) continue
    const undone = await act(undoOf(String(JSON.parse(answer.body).acteId), used))
    if (undone?.status === 200 && random.next() < 0.5) await act(redeemOf(call, cookie))
  }
}
