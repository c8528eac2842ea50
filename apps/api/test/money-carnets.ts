import { addDays, type Book, FACE, move, ORDERS, ranksOf, TAILLE, TOLERANCE, type Use } from './money-book.ts'

/** Funds cover the face value of a commande first, then its fees; never more than both. */
export const mayFund = ({ orders }: Book, order: number, centimes: number): boolean => {
  const { received, credited } = orders[order]!
  return !credited && received + centimes <= ORDERS[order]!.face + ORDERS[order]!.fees
}
export const fund = (book: Book, order: number, centimes: number) => {
  const one = book.orders[order]!
  const face = Math.min(centimes, Math.max(0, ORDERS[order]!.face - one.received))
  one.received += centimes
  move(book, 'payeur', 'fonds', face)
  move(book, 'payeur', 'frais', centimes - face)
}

const idle = ({ carnets }: Book, order: number): number[] =>
  ranksOf(carnets, ({ lot, active, statut }) => lot === ORDERS[order]!.lot && !active && statut === 'livre')
export const mayActivate = (book: Book, order: number, carnets: number): boolean =>
  idle(book, order).length >= carnets && book.balances.fonds >= carnets * TAILLE * FACE
export const activate = (book: Book, order: number, carnets: number) => {
  for (const rank of idle(book, order).slice(0, carnets)) book.carnets[rank]!.active = true
  move(book, 'fonds', 'circulation', carnets * TAILLE * FACE)
}

/** A commande is given back whole as long as nothing of it is active, and its funds serve no other. */
export const mayCredit = (book: Book, order: number): boolean => {
  const { credited, received } = book.orders[order]!
  const { lot, face } = ORDERS[order]!
  return !credited && !book.carnets.some((one) => one.lot === lot && one.active) && book.balances.fonds >= Math.min(received, face)
}
export const credit = (book: Book, order: number) => {
  const one = book.orders[order]!
  const { lot, face } = ORDERS[order]!
  one.credited = true
  move(book, 'fonds', 'payeur', Math.min(one.received, face))
  move(book, 'frais', 'payeur', Math.max(0, one.received - face))
  // those whose end came before it have ended already
  for (const carnet of book.carnets) if (carnet.lot === lot && carnet.statut !== 'expire') carnet.statut = 'annule'
}

/** Handed over before the end of the lot, and before the stop unless the collectivité spared it. */
export const isStopped = ({ lots, day }: Book, lot: number): boolean => {
  const { stop, end } = lots[lot]!
  return stop !== null && stop <= day && addDays(end, -15) <= day
}
export const mayHandOver = (book: Book, rank: number): boolean => {
  const { statut, active, lot, spared } = book.carnets[rank]!
  return statut === 'attribue' && active && book.day <= book.lots[lot]!.end && (spared || !isStopped(book, lot))
}
export const handOver = (book: Book, rank: number) => {
  book.carnets[rank]!.statut = 'remis'
  book.hands.push(...Array.from({ length: TAILLE }, () => rank))
}

export const maySpare = (book: Book, rank: number): boolean => {
  const { statut, lot, spared } = book.carnets[rank]!
  return isStopped(book, lot) && book.day <= book.lots[lot]!.end && (statut === 'livre' || statut === 'attribue') && !spared
}
export const spare = ({ carnets }: Book, rank: number) => {
  carnets[rank]!.spared = true
}

/** Every pass of the call, or none: in somebody's hands, and its last day not passed. */
export const mayUse = ({ carnets, lots, day }: Book, ranks: readonly number[]): boolean =>
  ranks.every((rank) => carnets[rank]!.statut === 'remis' && day <= addDays(lots[carnets[rank]!.lot]!.end, TOLERANCE))
export const use = (book: Book, acte: string, ids: readonly string[]) => {
  const taken = book.hands.splice(-ids.length)
  ids.forEach((id, i) => {
    book.carnets[taken[i]!]!.used += 1
    book.uses.push({ acte, id, day: book.day, carnet: taken[i]!, statut: 'a_payer', slip: null, claimed: false })
  })
  move(book, 'circulation', 'du', ids.length * FACE)
}

export const mayUndo = ({ day }: Book, one: Use): boolean => one.statut === 'a_payer' && one.day === day
export const undo = (book: Book, one: Use) => {
  one.statut = 'annulee'
  book.carnets[one.carnet]!.used -= 1
  move(book, 'du', 'circulation', FACE)
}

/** Cancelled by two people while no pass of it is used: its value waits to be given back with the avoir of the lot. */
export const mayCancel = ({ carnets }: Book, rank: number): boolean =>
  ['livre', 'attribue', 'remis'].includes(carnets[rank]!.statut) && carnets[rank]!.used === 0
export const cancel = (book: Book, rank: number) => {
  const carnet = book.carnets[rank]!
  carnet.statut = 'annule'
  book.hands = book.hands.filter((one) => one !== rank)
  if (carnet.active) move(book, 'circulation', 'a_crediter', TAILLE * FACE)
}
