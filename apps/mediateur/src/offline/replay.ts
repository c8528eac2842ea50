import type { Acte } from '@pass/contracts/ateliers.ts'
import { accepted, type ActeGarde, type Corps, type Issue, issueOf, refusedAct } from './acts.ts'

type Tools = {
  /** What the act sends; asked once, at its first sending. */
  bodyOf: (acte: ActeGarde) => Corps
  send: (acte: ActeGarde & { corps: Corps }) => Promise<Acte>
  save: (acte: ActeGarde) => Promise<void>
  now: () => number
  /** Whether a page that lives is sending it; unless somebody knows better, until its lease ends. */
  busy?: (acte: ActeGarde) => boolean
}

/** Longer than a request is waited for: the lease of a page that was killed ends by itself. */
export const LEASE_MS = 30_000

export type Stop = Exclude<Issue, { issue: 'refuse' }>

/** Sends one act, whatever happens to this page meanwhile: what it sends is kept before it leaves, the answer after it came. */
export const sendAct = async (
  acte: ActeGarde,
  { bodyOf, send, save, now }: Tools,
): Promise<{ acte: ActeGarde; done: Acte | null; stop: Stop | null }> => {
  const leaving = { ...acte, corps: acte.corps ?? bodyOf(acte), baillAt: now() + LEASE_MS }
  await save(leaving)
  let settled: ActeGarde
  let done: Acte | null = null
  try {
    done = await send(leaving)
    settled = accepted(leaving, done, now())
  } catch (error) {
    const issue = issueOf(error)
    if (issue.issue !== 'refuse') {
      const back = { ...leaving, baillAt: 0 }
      await save(back)
      return { acte: back, done: null, stop: issue }
    }
    settled = refusedAct(leaving, issue.refus, now())
  }
  await save(settled)
  return { acte: settled, done, stop: null }
}

/**
 * Sends the waiting acts one by one, in the order of the gestures, each with its own key. A refusal is an answer, and the next one
 * follows; at the first act whose fate is not known the queue stops, to be taken up again from there.
 */
export const replay = async (actes: readonly ActeGarde[], tools: Tools): Promise<{ regles: number; stop: Stop | null }> => {
  let regles = 0
  const busy = tools.busy ?? (({ baillAt }: ActeGarde) => baillAt > tools.now())
  const queue = actes.filter(({ etat }) => etat === 'attente')
  for (const acte of queue.toSorted((a, b) => (a.rang ?? 0) - (b.rang ?? 0))) {
    // another page has its answer soon: nothing overtakes it
    if (busy(acte)) return { regles, stop: { issue: 'attendre', reseau: false, secondes: null } }
    // oxlint-disable-next-line no-await-in-loop -- in order, one at a time
    const { stop } = await sendAct(acte, tools)
    if (stop) return { regles, stop }
    regles++
  }
  return { regles, stop: null }
}
