import fc from 'fast-check'
import { type Gestures, kind } from './model-steps.ts'

/** Who may keep carnets: the reserve of the collectivité, or one of its two prescripteurs. */
export const POINTS = ['reserve', 'p1', 'p2'] as const
export type Point = (typeof POINTS)[number]
export type Holder = Exclude<Point, 'reserve'>

/** One carnet as a person with a notebook would follow it. */
export type Card = {
  statut: 'livre' | 'attribue' | 'remis' | 'bloque' | 'annule'
  before: 'livre' | 'attribue' | 'remis' | null
  at: Point
  /** On the way to; its statut and place stay the sender's. */
  to: Point | null
  used: number
  /** Pass that went with the carnet it stands for. */
  voided: number
  /** It took the place of another one, once. */
  stood: boolean
  person: number | null
}
export type Parcel = { id: string; from: Point; to: Point; ranks: number[]; open: boolean }
export type Request = { id: string; ranks: number[]; open: boolean }

/** The plain notebook: no database, no SQL, the rules of domain.md section 4 written once more by hand. */
export type Book = { cards: Card[]; parcels: Parcel[]; requests: Request[]; served: Set<number>; people: number }

export const CARDS = 8
export const TAILLE = 10

export const newBook = (): Book => ({
  cards: Array.from({ length: CARDS }, () => ({
    statut: 'livre',
    before: null,
    at: 'reserve',
    to: null,
    used: 0,
    voided: 0,
    stood: false,
    person: null,
  })),
  parcels: [],
  requests: [],
  served: new Set(),
  people: 0,
})

/** A gesture of somebody; numbers that name nothing yet are skipped. */
export type Gesture =
  | { kind: 'send'; from: Point; to: Point; first: number; count: number; by: 'owner' | 'holder' }
  | { kind: 'acknowledge'; parcel: number }
  | { kind: 'recall'; parcel: number }
  | { kind: 'handOver'; by: Holder; card: number }
  | { kind: 'takeBack'; card: number }
  | { kind: 'use'; card: number }
  | { kind: 'block'; card: number }
  | { kind: 'unblock'; card: number }
  | { kind: 'replace'; card: number; by: number }
  | { kind: 'ask'; first: number; count: number }
  | { kind: 'decide'; request: number; accord: boolean; by: 'other' | 'self' }

const card = fc.nat(CARDS - 1)
const point = fc.constantFrom(...POINTS)
/** Sending and receiving come more often than the rest: sequences go somewhere. */
export const GESTURES: Gestures<Gesture> = [
  kind(6, 'send', {
    from: point,
    to: point,
    first: card,
    count: fc.integer({ min: 1, max: 3 }),
    by: fc.constantFrom('owner', 'holder'),
  }),
  kind(6, 'acknowledge', { parcel: fc.nat(9) }),
  kind(1, 'recall', { parcel: fc.nat(9) }),
  kind(6, 'handOver', { by: fc.constantFrom('p1', 'p2'), card }),
  kind(2, 'takeBack', { card }),
  kind(4, 'use', { card }),
  kind(2, 'block', { card }),
  kind(2, 'unblock', { card }),
  kind(5, 'replace', { card, by: card }),
  kind(1, 'ask', { first: card, count: fc.integer({ min: 1, max: 2 }) }),
  kind(2, 'decide', { request: fc.nat(3), accord: fc.boolean(), by: fc.constantFrom('other', 'self') }),
]

export const ranksOf = ({ first, count }: { first: number; count: number }): number[] =>
  Array.from({ length: count }, (_, i) => first + i).filter((rank) => rank < CARDS)

const RANKS = Array.from({ length: CARDS }, (_, rank) => rank)
/** The n-th of those that fit, else the number itself. */
const pick = (fits: (rank: number) => boolean, n: number): number => {
  const fitting = RANKS.filter((rank) => fits(rank))
  return fitting[n % Math.max(fitting.length, 1)] ?? n
}
const other = (from: Point, to: Point): Point => (from === to ? POINTS[(POINTS.indexOf(from) + 1) % POINTS.length]! : to)

/** The same gesture, on a carnet or a parcel for which it makes sense. */
export const aim = (book: Book, gesture: Gesture): Gesture => {
  const { cards, parcels, requests } = book
  switch (gesture.kind) {
    case 'send': {
      const first = pick((rank) => inHand(cards[rank]!, cards[rank]!.at), gesture.first)
      const from = cards[first]!.at
      return {
        ...gesture,
        first,
        count: first + 1 < CARDS && inHand(cards[first + 1]!, from) ? Math.min(gesture.count, 2) : 1,
        from,
        to: other(from, gesture.to),
      }
    }
    case 'acknowledge':
    case 'recall': {
      const open = parcels.flatMap((parcel, rank) => (parcel.open ? [rank] : []))
      return { ...gesture, parcel: open[gesture.parcel % Math.max(open.length, 1)] ?? gesture.parcel }
    }
    case 'handOver': {
      const rank = pick((one) => cards[one]!.at !== 'reserve' && inHand(cards[one]!, cards[one]!.at), gesture.card)
      const { at } = cards[rank]!
      return { ...gesture, card: rank, by: at === 'reserve' ? gesture.by : at }
    }
    case 'takeBack':
      return { ...gesture, card: pick((rank) => mayTakeBack(book, rank), gesture.card) }
    case 'use':
      return { ...gesture, card: pick((rank) => mayUse(book, rank), gesture.card) }
    case 'block': {
      // what a person has lost, one time in two: only that can be replaced
      const lost = gesture.card % 2 === 0 && cards.some(({ statut }) => statut === 'remis')
      return { ...gesture, card: pick((rank) => mayBlock(book, rank) && (!lost || cards[rank]!.statut === 'remis'), gesture.card) }
    }
    case 'unblock':
      return { ...gesture, card: pick((rank) => mayUnblock(book, rank), gesture.card) }
    case 'replace': {
      const old = pick((rank) => RANKS.some((by) => mayReplace(book, rank, by)), gesture.card)
      return { ...gesture, card: old, by: pick((by) => mayReplace(book, old, by), gesture.by) }
    }
    case 'ask':
      return { ...gesture, first: pick((rank) => mayCancel(book, [rank]), gesture.first), count: 1 }
    default: {
      const open = requests.flatMap((request, rank) => (request.open ? [rank] : []))
      return { ...gesture, request: open[gesture.request % Math.max(open.length, 1)] ?? gesture.request }
    }
  }
}

const inHand = ({ statut, at, to }: Card, from: Point): boolean =>
  to === null && at === from && statut === (from === 'reserve' ? 'livre' : 'attribue')
const cancellable = ({ statut, used }: Card): boolean => statut !== 'annule' && used === 0

export const maySend = ({ cards }: Book, ranks: number[], from: Point, to: Point): boolean =>
  from !== to && ranks.every((rank) => inHand(cards[rank]!, from))
export const mayHandOver = ({ cards }: Book, rank: number, by: Holder): boolean => inHand(cards[rank]!, by)
export const mayTakeBack = ({ cards }: Book, rank: number): boolean => cards[rank]!.statut === 'remis' && cards[rank]!.used === 0
export const mayUse = ({ cards, served }: Book, rank: number): boolean =>
  cards[rank]!.statut === 'remis' && !served.has(cards[rank]!.person!)
export const mayBlock = ({ cards }: Book, rank: number): boolean => ['livre', 'attribue', 'remis'].includes(cards[rank]!.statut)
export const mayUnblock = ({ cards }: Book, rank: number): boolean => cards[rank]!.statut === 'bloque'
export const mayReplace = ({ cards }: Book, rank: number, by: number): boolean => {
  const [old, next] = [cards[rank]!, cards[by]!]
  const left = TAILLE - old.used - old.voided
  return (
    old.statut === 'bloque' &&
    old.before === 'remis' &&
    left > 0 &&
    (next.statut === 'livre' || next.statut === 'attribue') &&
    next.to === null &&
    !next.stood &&
    (next.at === 'reserve' || next.at === old.at) &&
    TAILLE - next.used - next.voided >= left
  )
}
export const mayCancel = ({ cards }: Book, ranks: number[]): boolean => ranks.every((rank) => cancellable(cards[rank]!))

export const send = (book: Book, parcel: Parcel): void => {
  for (const rank of parcel.ranks) book.cards[rank]!.to = parcel.to
  book.parcels.push(parcel)
}
/** What is blocked on the way stays with the sender, and no longer travels. */
export const acknowledge = ({ cards }: Book, parcel: Parcel): void => {
  parcel.open = false
  for (const one of parcel.ranks.map((rank) => cards[rank]!)) {
    if (one.to === parcel.to && one.statut !== 'bloque' && one.statut !== 'annule')
      Object.assign(one, { at: parcel.to, statut: parcel.to === 'reserve' ? 'livre' : 'attribue' })
    one.to = null
  }
}
export const recall = ({ cards }: Book, parcel: Parcel): void => {
  parcel.open = false
  for (const rank of parcel.ranks) cards[rank]!.to = null
}
export const handOver = (book: Book, rank: number): void => {
  Object.assign(book.cards[rank]!, { statut: 'remis', person: book.people })
  book.people += 1
}
export const takeBack = ({ cards }: Book, rank: number): void => void Object.assign(cards[rank]!, { statut: 'attribue', person: null })
export const use = ({ cards, served }: Book, rank: number): void => {
  cards[rank]!.used += 1
  served.add(cards[rank]!.person!)
}
export const block = ({ cards }: Book, rank: number): void =>
  void Object.assign(cards[rank]!, { statut: 'bloque', before: cards[rank]!.statut })
export const unblock = ({ cards }: Book, rank: number): void =>
  void Object.assign(cards[rank]!, { statut: cards[rank]!.before, before: null })
/** The new one is handed over to the same person where the old one was, with as many pass as were left. */
export const replace = ({ cards }: Book, rank: number, by: number): void => {
  const [old, next] = [cards[rank]!, cards[by]!]
  const left = TAILLE - old.used - old.voided
  Object.assign(next, { statut: 'remis', at: old.at, person: old.person, voided: TAILLE - next.used - left, stood: true })
  Object.assign(old, { statut: 'annule', before: null, to: null })
}
export const cancel = ({ cards }: Book, ranks: number[]): void => {
  for (const rank of ranks) Object.assign(cards[rank]!, { statut: 'annule', before: null, to: null })
}
