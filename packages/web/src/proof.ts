/**
 * Proving again who one is, outside React: a call that needs it waits here, the dialog of the shell answers. Several calls
 * waiting at once share one question.
 */
type Question = { promise: Promise<boolean>; answer: (proved: boolean) => void }

let question: Question | null = null
let dialogs = 0
let provedUntil = 0
const listeners = new Set<() => void>()

const changed = () => {
  for (const listener of listeners) listener()
}

/** Whether somebody has to answer now. */
export const isProofAsked = (): boolean => question !== null

/** For the dialog, which is told of every question while it is on the page. */
export const onProofChange = (listener: () => void): (() => void) => {
  listeners.add(listener)
  dialogs += 1
  return () => {
    dialogs -= 1
    listeners.delete(listener)
  }
}

const open = (): Question => {
  let answer: (proved: boolean) => void = () => {}
  const promise = new Promise<boolean>((resolve) => {
    answer = resolve
  })
  return { promise, answer }
}

/** Asks the person. False when they give up, or where no dialog is on the page to ask them. */
export const askProof = (): Promise<boolean> => {
  if (dialogs === 0) return Promise.resolve(false)
  question ??= open()
  changed()
  return question.promise
}

/** The dialog's answer: everything that waited goes on. */
export const answerProof = (proved: boolean): void => {
  const asked = question
  question = null
  changed()
  asked?.answer(proved)
}

// Asked a little before the end: the call must still find the proof fresh when it arrives.
const MARGIN_MS = 20_000

/** What the session says of the last proof, each time it is read. */
export const noteProof = (restantSecondes: number): void => {
  provedUntil = Date.now() + restantSecondes * 1000 - MARGIN_MS
}

/** For a file, whose refusal would be a page of JSON: proved already, or asked before it leaves. */
export const ensureProof = (): Promise<boolean> => (Date.now() < provedUntil ? Promise.resolve(true) : askProof())
