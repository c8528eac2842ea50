import { addDays, type Book, lastOf, LOTS, monthBefore, monthOf, ORDERS, ranksOf, WAITING } from './money-book.ts'
import { isStopped, mayActivate, mayCancel, mayHandOver, mayUndo, mayUse, maySpare } from './money-carnets.ts'
import { freeParts } from './money-financing.ts'
import type { Gesture } from './money-gestures.ts'
import { isDue, mayAgree, maySettle, mayStop, MILESTONES, PARTIES } from './money-lots.ts'
import { mayAccept, mayClaim, openSlips, withheld, wouldClose } from './money-slips.ts'

type Of<K extends Gesture['kind']> = Gesture & { kind: K }
const ONWARD = { arrete: 'check', controle: 'approve', approuve: 'release' } as const
const USE = { kind: 'use', pass: 2 } as const
const nth = (ranks: readonly number[], n: number): number | undefined => ranks[n % Math.max(ranks.length, 1)]

/** Another account, three days later, once nothing is on its way. */
const aimAccount = (book: Book): Gesture => {
  if (!book.account.asked) return { kind: 'propose' }
  return mayAccept(book) ? { kind: 'accept' } : openSlips(book) > 0 ? aimSlip(book) : { kind: 'sleep', days: 3 }
}

/** The first lot is not over, and nothing of it was handed over after the stop yet. */
const isEnding = ({ day, lots, carnets }: Book): boolean =>
  day <= lots[0]!.end &&
  carnets.some(({ lot, statut }) => lot === 0 && statut === 'attribue') &&
  !carnets.some(({ statut, spared }) => statut === 'remis' && spared)

/** The month that is over, else what would make it worth closing. */
const aimClose = (book: Book): Gesture => {
  if (wouldClose(book, monthBefore(book.day))) return { kind: 'close', previous: true }
  if (!book.account.accepted) return aimAccount(book)
  if (!book.uses.some(({ statut }) => statut === 'a_payer') && mayUse(book, book.hands.slice(-USE.pass))) return USE
  // one time in three, what the last days of the first lot allow comes before the month is over
  return book.uses.length % 3 === 2 && isEnding(book) ? aimHandOver(book, { kind: 'spare', carnet: 0 }) : { kind: 'nextMonth' }
}

/** The next step of the latest bordereau that is not over: paid, or refused by the bank. */
const aimSlip = (book: Book, isPaid = book.slips.length % 3 > 0): Gesture => {
  const slip = lastOf(book.slips, ({ statut }) => statut !== 'paye' && statut !== 'rejete')
  const statut = book.slips[slip]?.statut
  if (statut === undefined || statut === 'paye' || statut === 'rejete') return aimClose(book)
  return { kind: statut === 'transmis' ? (isPaid ? 'pay' : 'reject') : ONWARD[statut], slip }
}

/** The next step of the latest call that is not over, else another call, else something to call for. */
const aimCall = (book: Book, gesture: Of<'prepare' | 'send' | 'receive' | 'refuse'>): Gesture => {
  const call = lastOf(book.calls, ({ statut }) => statut === 'brouillon' || statut === 'appele')
  if (gesture.kind !== 'prepare' && call >= 0)
    return { kind: book.calls[call]!.statut === 'brouillon' ? 'send' : gesture.kind === 'refuse' ? 'refuse' : 'receive', call }
  const payers = ranksOf(book.toCall, (centimes) => centimes > 0).filter((payer) => freeParts(book, payer, monthOf(book.day)).length > 0)
  // who refused is asked again
  const again = payers.find((payer) => book.calls.findLast((one) => one.payer === payer)?.statut === 'refuse')
  const payer = again ?? nth(payers, gesture.kind === 'prepare' ? gesture.payer : book.calls.length)
  return payer === undefined ? aimClose(book) : { kind: 'prepare', payer, back: false }
}

/** One carnet goes before the stop of the distribution, the others after it, spared one by one. */
const aimHandOver = (book: Book, gesture: Of<'handOver' | 'spare'>): Gesture => {
  const waiting = ranksOf(book.carnets, ({ lot, statut }) => lot === 0 && statut === 'attribue')
  const isOver = waiting.length === 0 || book.day > book.lots[0]!.end
  if (isOver) return aimSlip(book)
  const carnet = waiting.find((rank) => mayHandOver(book, rank))
  if (carnet !== undefined && (waiting.length === WAITING || isStopped(book, 0))) return { kind: 'handOver', carnet }
  const stopped = waiting.find((rank) => maySpare(book, rank))
  if (stopped !== undefined) return { kind: 'spare', carnet: stopped }
  if (gesture.kind === 'handOver') return aimSlip(book)
  return book.lots[0]!.stop === null && mayStop(book, 0, 'collectivite')
    ? aimAccord(book, { kind: 'stop', lot: 0, party: 'collectivite' })
    : aimJump(book, { kind: 'jump', lot: 0, to: 0 })
}

/** Towards the day when a lot is settled: not before what the last days of the first one allow. */
const aimDue = (book: Book): Gesture => {
  if (isEnding(book)) return aimHandOver(book, { kind: 'spare', carnet: 0 })
  const open = ranksOf(book.lots, ({ statut }) => statut !== 'close').toSorted((a, b) => book.lots[a]!.end.localeCompare(book.lots[b]!.end))
  return open[0] === undefined ? aimClose(book) : { kind: 'jump', lot: open[0], to: MILESTONES.length - 1 }
}

/** What waits to be settled: stated, signed, closed, stated again if it moved. */
const aimEnd = (book: Book, isSoon = true): Gesture => {
  const lot = book.lots.findIndex((_, rank) => isDue(book, rank))
  const due = book.lots[lot]
  if (!due) return isSoon ? aimDue(book) : aimSlip(book)
  if (due.statut === 'en_cours') return { kind: 'state', lot }
  const party = PARTIES.find((one) => !due.signed.includes(one))
  if (party) return { kind: 'sign', lot, party }
  return { kind: maySettle(book, lot) ? 'settle' : 'state', lot }
}

const aimAccord = (book: Book, gesture: Of<'stop' | 'agree'>): Gesture => {
  for (const lot of LOTS.keys()) {
    if (gesture.kind === 'stop' && mayStop(book, lot, 'collectivite')) return { kind: 'stop', lot, party: 'collectivite' }
    const party = PARTIES.find((one) => mayAgree(book, lot, one))
    if (gesture.kind === 'agree' && party) return { kind: 'agree', lot, party }
  }
  return aimDue(book)
}

/** The next day that counts for that lot. */
const aimJump = (book: Book, gesture: Of<'jump'>): Gesture => {
  const to = MILESTONES.findIndex((days) => addDays(book.lots[gesture.lot]!.end, days) > book.day)
  return to < 0 ? aimClose(book) : { ...gesture, to }
}

/** All that is left to receive, one time in two. */
const aimFund = (book: Book, gesture: Of<'fund'>): Gesture => {
  const { face, fees } = ORDERS[gesture.order]!
  const left = face + fees - book.orders[gesture.order]!.received
  return gesture.centimes % 2 === 0 && left > 0 ? { ...gesture, centimes: left } : gesture
}

const aimClaim = (book: Book, centimes: number): Gesture => ({
  kind: 'claim',
  use: Math.max(
    0,
    lastOf(book.uses, (use) => mayClaim(book, use, centimes)),
  ),
  centimes,
})
const aimDecide = (book: Book, gesture: Of<'decide'>): Gesture => {
  const claim = lastOf(book.claims, ({ statut }) => statut === 'demande')
  return claim < 0 ? aimClaim(book, 300) : { ...gesture, claim }
}

/** What was withheld, else what may be: claimed, decided, in a bordereau that leaves. */
const aimGiveBack = (book: Book): Gesture => {
  if (withheld(book).length > 0) return { kind: 'giveBack' }
  if (book.claims.some(({ statut, givenBack }) => statut === 'repris' && !givenBack)) return aimSlip(book)
  if (book.claims.some(({ statut }) => statut === 'approuve')) return aimClose(book)
  return aimDecide(book, { kind: 'decide', claim: 0, accord: true })
}

const aimBounce = (book: Book): Gesture => {
  const slip = lastOf(book.slips, ({ statut }) => statut === 'paye')
  return slip < 0 ? aimSlip(book, true) : { kind: 'bounce', slip }
}

const aimCancel = (book: Book, gesture: Of<'cancel'>): Gesture => {
  const ranks = ranksOf(book.carnets, ({ lot, active }) => lot !== 0 && active).filter((rank) => mayCancel(book, rank))
  return { ...gesture, carnet: nth(ranks, gesture.carnet) ?? gesture.carnet }
}

const aimUndo = (book: Book): Gesture => {
  const use = lastOf(book.uses, (one) => mayUndo(book, one))
  return use < 0 ? USE : { kind: 'undo', use }
}

const aimAdvance = (book: Book, gesture: Of<'advance'>): Gesture => {
  const charged = ranksOf(book.toCall, (centimes) => centimes > 0)
  return { ...gesture, payer: nth(charged, book.calls.length) ?? gesture.payer }
}

/** Carnets that the funds cover, else some of those funds. */
const aimActivate = (book: Book, { order }: Of<'activate'>): Gesture =>
  mayActivate(book, order, 1) ? { kind: 'activate', order, carnets: 1 } : { kind: 'fund', order: 0, centimes: 10_000 }

/** Turns a gesture towards what exists: the latest thing it may apply to, and for what goes step by step the step that comes next. */
export const aim = (book: Book, gesture: Gesture): Gesture => {
  switch (gesture.kind) {
    case 'undo':
      return aimUndo(book)
    case 'claim':
      return aimClaim(book, gesture.centimes)
    case 'decide':
      return aimDecide(book, gesture)
    case 'close':
      return aimClose(book)
    case 'accept':
      return book.account.accepted ? gesture : aimAccount(book)
    case 'use':
      return mayUse(book, book.hands.slice(-gesture.pass)) ? gesture : aimEnd(book, false)
    case 'advance':
      return aimAdvance(book, gesture)
    case 'fund':
      return aimFund(book, gesture)
    case 'activate':
      return aimActivate(book, gesture)
    case 'credit':
      return { ...gesture, order: 1 }
    case 'handOver':
    case 'spare':
      return aimHandOver(book, gesture)
    case 'cancel':
      return aimCancel(book, gesture)
    case 'jump':
      return aimJump(book, gesture)
    case 'stop':
    case 'agree':
      return aimAccord(book, gesture)
    case 'state':
    case 'sign':
    case 'settle':
      return aimEnd(book)
    case 'prepare':
    case 'send':
    case 'receive':
    case 'refuse':
      return aimCall(book, gesture)
    case 'bounce':
      return aimBounce(book)
    case 'giveBack':
      return aimGiveBack(book)
    case 'check':
    case 'approve':
    case 'release':
    case 'pay':
    case 'reject':
      return aimSlip(book, gesture.kind !== 'reject')
    default:
      return gesture
  }
}
