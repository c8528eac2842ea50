import { type Book, type Call, KEY, lastOf, share, sum } from './money-book.ts'

/** The share of each, the cap of the first, its refused part to the last. */
const split = (centimes: number, keyed: readonly number[]): number[] => {
  const parts = share(centimes)
  KEY.forEach(({ cap }, rank) => {
    if (cap === null) return
    const over = Math.max(0, parts[rank]! - (cap - keyed[rank]!))
    parts[rank]! -= over
    parts[parts.length - 1]! += over
  })
  return parts
}

/** What was closed is charged, unless more was withheld than used, by the key or outside it: then it waits, whole. */
export const charge = (book: Book, mois: string) => {
  const { keyed, spared } = book.waiting
  if (keyed < 0 || spared < 0) return
  book.waiting = { keyed: 0, spared: 0 }
  if (keyed + spared === 0) return
  const centimes = split(keyed, book.keyed)
  centimes.forEach((part, payer) => (book.keyed[payer]! += part))
  // the collectivité comes last in the key
  centimes[KEY.length - 1]! += spared
  centimes.forEach((part, payer) => (book.toCall[payer]! += part))
  book.parts.push({ mois, centimes, call: KEY.map(() => null) })
}

/** The draft of a payer: it has one at most. */
export const draftOf = ({ calls }: Book, payer: number): number =>
  lastOf(calls, (call) => call.payer === payer && call.statut === 'brouillon')

/** The parts that a call would ask a payer for: up to a month, in no other call than its draft, which never asks for a shorter time. */
export const freeParts = (book: Book, payer: number, until: string): number[] => {
  const draft = draftOf(book, payer)
  const last = [until, book.calls[draft]?.until ?? ''].toSorted().at(-1)!
  return book.parts.flatMap(({ mois, centimes, call }, rank) =>
    mois <= last && centimes[payer]! > 0 && (call[payer] === null || call[payer] === draft) ? [rank] : [],
  )
}

/** What a payer paid in advance, less what the calls it did not refuse took from it. */
const advanceLeft = ({ advances, calls }: Book, payer: number): number =>
  advances[payer]! -
  sum(calls.filter((call) => call.payer === payer && (call.statut === 'appele' || call.statut === 'recu')).map(({ advance }) => advance))

export const prepareCall = (book: Book, payer: number, until: string, id: string) => {
  const ranks = freeParts(book, payer, until)
  const part = sum(ranks.map((rank) => book.parts[rank]!.centimes[payer]!))
  const content = {
    until: ranks
      .map((rank) => book.parts[rank]!.mois)
      .toSorted()
      .at(-1)!,
    part,
    advance: Math.min(part, advanceLeft(book, payer)),
  }
  const known = draftOf(book, payer)
  if (known < 0) book.calls.push({ id, payer, statut: 'brouillon', ...content })
  else Object.assign(book.calls[known]!, content)
  for (const rank of ranks) book.parts[rank]!.call[payer] = known < 0 ? book.calls.length - 1 : known
}

const CALL_BEFORE = { send: 'brouillon', receive: 'appele', refuse: 'appele' } as const
export type CallKind = keyof typeof CALL_BEFORE
export const mayCall = (kind: CallKind, { statut }: Call): boolean => statut === CALL_BEFORE[kind]

/** The whole share moves, whatever an advance takes from what is asked; refused, it may be called again. */
export const moveCall = (book: Book, kind: CallKind, rank: number) => {
  const call = book.calls[rank]!
  const { payer, part } = call
  if (kind === 'send') {
    call.statut = 'appele'
    book.toCall[payer]! -= part
    book.called[payer]! += part
    return
  }
  book.called[payer]! -= part
  if (kind === 'receive') {
    call.statut = 'recu'
    book.got[payer]! += part
    return
  }
  call.statut = 'refuse'
  book.toCall[payer]! += part
  for (const one of book.parts) if (one.call[payer] === rank) one.call[payer] = null
}
