import { addDays, type Book, type Counts, FACE, move, type Party, ranksOf, share, sum, TAILLE } from './money-book.ts'

export const PARTIES: readonly Party[] = ['collectivite', 'operateur']
/** Days before and after the end of a lot when something becomes possible, or no longer is. */
export const MILESTONES = [-30, -15, -7, 0, 30, 31, 37] as const
/** The joint statement, signed and settled from then on. */
const SETTLED = 37

export const countsOf = ({ carnets }: Book, lot: number): Counts => {
  const mine = carnets.filter((one) => one.lot === lot)
  const left = (cancelled: boolean) =>
    sum(mine.filter(({ active, statut }) => active && (statut === 'annule') === cancelled).map(({ used }) => TAILLE - used))
  return { used: sum(mine.map(({ used }) => used)), lapsed: left(false), cancelled: left(true) }
}
const same = (a: Counts, b: Counts): boolean => a.used === b.used && a.lapsed === b.lapsed && a.cancelled === b.cancelled

/** The collectivité alone agrees to the stop, in the last thirty days. */
export const mayStop = ({ lots, day }: Book, lot: number, party: Party): boolean => {
  const { statut, stop, end } = lots[lot]!
  return party === 'collectivite' && statut === 'en_cours' && stop === null && addDays(end, -30) <= day && day <= end
}
export const stop = ({ lots, day }: Book, lot: number) => {
  lots[lot]!.stop = day
}

/** Each party says once that it knows the counts, from seven days before the end to the statement. */
export const mayAgree = ({ lots, day }: Book, lot: number, party: Party): boolean => {
  const { statut, agreed, end } = lots[lot]!
  return statut === 'en_cours' && day >= addDays(end, -7) && !agreed.includes(party)
}
export const agree = ({ lots }: Book, lot: number, party: Party) => lots[lot]!.agreed.push(party)

export const isDue = ({ lots, day }: Book, lot: number): boolean => lots[lot]!.statut !== 'close' && day >= addDays(lots[lot]!.end, SETTLED)
/** Written again, the statement asks for new signatures. */
export const state = (book: Book, lot: number) =>
  Object.assign(book.lots[lot]!, { statut: 'releve', signed: [], said: countsOf(book, lot) })

export const maySign = ({ lots }: Book, lot: number, party: Party): boolean =>
  lots[lot]!.statut === 'releve' && !lots[lot]!.signed.includes(party)
export const sign = ({ lots }: Book, lot: number, party: Party) => lots[lot]!.signed.push(party)

/** Stated, signed by both, and nothing moved since. */
export const maySettle = (book: Book, lot: number): boolean => {
  const { said, signed } = book.lots[lot]!
  return isDue(book, lot) && said !== null && signed.length === PARTIES.length && same(said, countsOf(book, lot))
}
/** What was never used leaves the circulation, then is given back with what was cancelled before, by the key, caps left out. */
export const settle = (book: Book, lot: number) => {
  const { lapsed, cancelled } = countsOf(book, lot)
  const ended = ranksOf(book.carnets, (one) => one.lot === lot && one.statut !== 'annule' && one.used < TAILLE)
  for (const rank of ended) book.carnets[rank]!.statut = 'expire'
  const centimes = (lapsed + cancelled) * FACE
  move(book, 'circulation', 'a_crediter', lapsed * FACE)
  move(book, 'a_crediter', 'credite', centimes)
  Object.assign(book.lots[lot]!, { statut: 'close', credited: centimes > 0 ? share(centimes) : null })
}
