import fc from 'fast-check'

/** Value of a pass, pass of a carnet, in the world of this model. */
export const FACE = 1000
export const TAILLE = 10
/** Carnets in people's hands at the start, and those delivered that no funds cover yet. */
export const ACTIVE = 6
export const DELIVERED = 5

/** Who pays, in the order of the key; the first has a cap, the last takes what it refuses. */
export const KEY = [
  { cle: 'fse', bp: 6000, cap: 7000 },
  { cle: 'etat', bp: 2333, cap: null },
  { cle: 'collectivite', bp: 1667, cap: null },
] as const

const DAY_MS = 86_400_000
export const FIRST_DAY = '2026-03-10'
export const addDays = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
export const monthOf = (day: string): string => day.slice(0, 7)
export const monthBefore = (day: string): string => monthOf(addDays(`${monthOf(day)}-01`, -1))
/** The third of the month after. */
export const nextMonth = (day: string): string => {
  const later = addDays(`${monthOf(day)}-28`, 5)
  return `${monthOf(later)}-03`
}

export type Use = {
  acte: string
  id: string
  day: string
  statut: 'a_payer' | 'annulee' | 'en_bordereau' | 'payee'
  slip: number | null
  claimed: boolean
}
export type Slip = {
  id: string
  mois: string
  statut: 'arrete' | 'controle' | 'approuve' | 'transmis' | 'paye' | 'rejete'
  net: number
  claims: number[]
  /** The rejected slips that this one pays again. */
  carries: number[]
  carried: boolean
  released: string | null
}
export type Claim = { id: string; use: number; centimes: number; statut: 'demande' | 'approuve' | 'refuse' | 'repris'; decided: string }
export type Balances = Record<'payeur' | 'fonds' | 'circulation' | 'du' | 'en_paiement' | 'paye' | 'a_crediter', number>

/** The plain notebook of one convention and one structure: the rules of domain.md section 3 written once more by hand. */
export type Book = {
  day: string
  balances: Balances
  /** Circuit 2, in the order of KEY. */
  charged: number[]
  /** Withheld for more than was used, or used and not split yet. */
  pending: number
  uses: Use[]
  slips: Slip[]
  claims: Claim[]
  received: number
  activated: number
  account: { accepted: boolean; asked: { id: string; day: string } | null }
}

export const newBook = (): Book => {
  const value = ACTIVE * TAILLE * FACE
  return {
    day: FIRST_DAY,
    balances: { payeur: -value, fonds: 0, circulation: value, du: 0, en_paiement: 0, paye: 0, a_crediter: 0 },
    charged: KEY.map(() => 0),
    pending: 0,
    uses: [],
    slips: [],
    claims: [],
    received: 0,
    activated: 0,
    account: { accepted: true, asked: null },
  }
}

export type Gesture =
  | { kind: 'sleep'; days: number }
  | { kind: 'nextMonth' }
  | { kind: 'fund'; centimes: number }
  | { kind: 'activate'; carnets: number }
  | { kind: 'use'; pass: number }
  | { kind: 'undo'; use: number }
  | { kind: 'close'; previous: boolean }
  | { kind: 'check' | 'approve' | 'release' | 'pay' | 'reject'; slip: number }
  | { kind: 'propose' }
  | { kind: 'accept' }
  | { kind: 'claim'; use: number; centimes: number }
  | { kind: 'decide'; claim: number; accord: boolean; same: boolean }

const any = fc.nat(200)
const of = (weight: number, kind: Gesture['kind'], rest: Record<string, fc.Arbitrary<unknown>> = {}) => ({
  weight,
  arbitrary: fc.record({ kind: fc.constant(kind), ...rest }) as unknown as fc.Arbitrary<Gesture>,
})

/** `aimed`: at the latest thing that the rules may allow; otherwise as the number falls, and most are refused. */
export type Step = { aimed: boolean; gesture: Gesture }

export const steps = (length: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({
      aimed: fc.integer({ min: 0, max: 9 }).map((n) => n < 8),
      gesture: fc.oneof(
        of(1, 'sleep', { days: fc.integer({ min: 1, max: 4 }) }),
        of(1, 'nextMonth'),
        of(2, 'fund', { centimes: fc.integer({ min: 1, max: 30_000 }) }),
        of(2, 'activate', { carnets: fc.integer({ min: 1, max: 3 }) }),
        of(7, 'use', { pass: fc.integer({ min: 1, max: 4 }) }),
        of(2, 'undo', { use: any }),
        of(6, 'close', { previous: fc.integer({ min: 0, max: 9 }).map((n) => n < 9) }),
        of(4, 'check', { slip: any }),
        of(4, 'approve', { slip: any }),
        of(4, 'release', { slip: any }),
        of(3, 'pay', { slip: any }),
        of(5, 'reject', { slip: any }),
        of(2, 'propose'),
        of(3, 'accept'),
        of(3, 'claim', { use: any, centimes: fc.integer({ min: 1, max: 1100 }) }),
        of(3, 'decide', {
          claim: any,
          accord: fc.integer({ min: 0, max: 9 }).map((n) => n < 8),
          same: fc.integer({ min: 0, max: 9 }).map((n) => n < 1),
        }),
      ),
    }),
    { minLength: length, maxLength: length },
  )

const lastOf = <T>(rows: readonly T[], test: (row: T) => boolean): number => rows.findLastIndex(test)
const SLIP_BEFORE = { check: 'arrete', approve: 'controle', release: 'approuve', pay: 'transmis', reject: 'transmis' } as const
export type SlipKind = keyof typeof SLIP_BEFORE

const ONWARD = { arrete: 'check', controle: 'approve', approuve: 'release' } as const

/** Turns a gesture towards what exists: the latest thing it may apply to, and for a bordereau the step that comes next. */
export const aim = (book: Book, gesture: Gesture): Gesture => {
  switch (gesture.kind) {
    case 'undo':
      return {
        ...gesture,
        use: Math.max(
          0,
          lastOf(book.uses, (use) => mayUndo(book, use)),
        ),
      }
    case 'claim':
      return {
        ...gesture,
        use: Math.max(
          0,
          lastOf(book.uses, (use) => mayClaim(book, use, gesture.centimes)),
        ),
      }
    case 'decide':
      return {
        ...gesture,
        claim: Math.max(
          0,
          lastOf(book.claims, ({ statut }) => statut === 'demande'),
        ),
      }
    case 'close':
      return wouldClose(book, monthBefore(book.day)) ? { kind: 'close', previous: true } : { kind: 'nextMonth' }
    case 'accept':
      return book.account.asked && !mayAccept(book) ? { kind: 'sleep', days: 3 } : gesture
    case 'check':
    case 'approve':
    case 'release':
    case 'pay':
    case 'reject': {
      const slip = lastOf(book.slips, ({ statut }) => statut !== 'paye' && statut !== 'rejete')
      const statut = book.slips[slip]?.statut
      if (statut === undefined || statut === 'paye' || statut === 'rejete') return { ...gesture, slip: 0 }
      return { kind: statut === 'transmis' ? (gesture.kind === 'reject' ? 'reject' : 'pay') : ONWARD[statut], slip }
    }
    default:
      return gesture
  }
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)

/** The largest remainder over the batch, the cap of the first, its refused part to the last. */
const split = (centimes: number, charged: readonly number[]): number[] => {
  const exact = KEY.map(({ bp }) => (centimes * bp) / 10_000)
  const parts = exact.map(Math.floor)
  const order = exact
    .map((value, rank) => ({ rank, rest: (centimes * KEY[rank]!.bp) % 10_000, value }))
    .toSorted((a, b) => b.rest - a.rest || a.rank - b.rank)
  for (const { rank } of order.slice(0, centimes - sum(parts))) parts[rank]! += 1
  KEY.forEach(({ cap }, rank) => {
    if (cap === null) return
    const over = Math.max(0, parts[rank]! - (cap - charged[rank]!))
    parts[rank]! -= over
    parts[parts.length - 1]! += over
  })
  return parts
}

export const mayUndo = (book: Book, use: Use): boolean => use.statut === 'a_payer' && use.day === book.day
export const mayClaim = (book: Book, use: Use, centimes: number): boolean =>
  use.statut !== 'annulee' && !(use.statut === 'a_payer' && use.day === book.day) && !use.claimed && centimes <= FACE
export const mayFund = (book: Book, centimes: number): boolean => book.received + centimes <= DELIVERED * TAILLE * FACE
export const mayActivate = (book: Book, carnets: number): boolean =>
  book.activated + carnets <= DELIVERED && book.balances.fonds >= carnets * TAILLE * FACE
/** 24 hours after the cut-off: from the second of the month, since the clock always says nine. */
export const mayClose = (book: Book, mois: string): boolean =>
  mois < monthOf(book.day) && book.day >= `${nextMonth(`${mois}-01`).slice(0, 7)}-02`
export const openSlips = (book: Book): number => book.slips.filter(({ statut }) => !['paye', 'rejete'].includes(statut)).length
export const mayAccept = (book: Book): boolean => {
  const { asked } = book.account
  return asked !== null && book.day >= addDays(asked.day, 3) && openSlips(book) === 0
}
export const mayDecide = (claim: Claim, same: boolean): boolean => claim.statut === 'demande' && !same
export const maySlip = (book: Book, kind: SlipKind, { statut }: Slip): boolean =>
  statut === SLIP_BEFORE[kind] && (kind !== 'release' || book.account.accepted)

/** What the closing of a month would pay, or null: nothing, no account, or the month has its slip already. */
export const wouldClose = (book: Book, mois: string): { uses: number[]; carries: number[]; claims: number[]; net: number } | null => {
  if (!book.account.accepted || book.slips.some((slip) => slip.mois === mois)) return null
  const ranks = <T>(rows: readonly T[], test: (row: T) => boolean) => rows.flatMap((row, rank) => (test(row) ? [rank] : []))
  const uses = ranks(book.uses, (use) => use.statut === 'a_payer' && monthOf(use.day) <= mois)
  const carries = ranks(book.slips, (slip) => slip.statut === 'rejete' && !slip.carried)
  let net = uses.length * FACE + sum(carries.map((rank) => book.slips[rank]!.net))
  const waiting = ranks(book.claims, ({ statut }) => statut === 'approuve').toSorted(
    (a, b) => book.claims[a]!.decided.localeCompare(book.claims[b]!.decided) || a - b,
  )
  const claims: number[] = []
  for (const rank of waiting) {
    if (net <= book.claims[rank]!.centimes) continue
    net -= book.claims[rank]!.centimes
    claims.push(rank)
  }
  return net > 0 ? { uses, carries, claims, net } : null
}

/** The closing itself, and what it charges to those who pay. */
export const close = (book: Book, mois: string, id: string) => {
  const made = wouldClose(book, mois)!
  const rank = book.slips.length
  book.slips.push({ id, mois, statut: 'arrete', net: made.net, claims: made.claims, carries: made.carries, carried: false, released: null })
  for (const use of made.uses) Object.assign(book.uses[use]!, { statut: 'en_bordereau', slip: rank })
  for (const slip of made.carries) book.slips[slip]!.carried = true
  for (const claim of made.claims) book.claims[claim]!.statut = 'repris'
  book.pending += made.uses.length * FACE - sum(made.claims.map((claim) => book.claims[claim]!.centimes))
  if (book.pending < 0) return
  split(book.pending, book.charged).forEach((part, financeur) => (book.charged[financeur]! += part))
  book.pending = 0
}

const move = (book: Book, from: keyof Balances, to: keyof Balances, centimes: number) => {
  book.balances[from] -= centimes
  book.balances[to] += centimes
}
export const fund = (book: Book, centimes: number) => {
  book.received += centimes
  move(book, 'payeur', 'fonds', centimes)
}
export const activate = (book: Book, carnets: number) => {
  book.activated += carnets
  move(book, 'fonds', 'circulation', carnets * TAILLE * FACE)
}
export const use = (book: Book, acte: string, ids: readonly string[]) => {
  for (const id of ids) book.uses.push({ acte, id, day: book.day, statut: 'a_payer', slip: null, claimed: false })
  move(book, 'circulation', 'du', ids.length * FACE)
}
export const undo = (book: Book, one: Use) => {
  one.statut = 'annulee'
  move(book, 'du', 'circulation', FACE)
}

/** Every slip that this one pays, itself and those that the bank had refused. */
const paidBy = (book: Book, rank: number): number[] => [rank, ...book.slips[rank]!.carries.flatMap((carried) => paidBy(book, carried))]

export const moveSlip = (book: Book, kind: SlipKind, rank: number) => {
  const slip = book.slips[rank]!
  switch (kind) {
    case 'check':
      slip.statut = 'controle'
      return
    case 'approve':
      slip.statut = 'approuve'
      return
    case 'release':
      slip.statut = 'transmis'
      slip.released = book.day
      move(book, 'du', 'en_paiement', slip.net)
      move(book, 'du', 'a_crediter', sum(slip.claims.map((claim) => book.claims[claim]!.centimes)))
      return
    case 'pay': {
      slip.statut = 'paye'
      move(book, 'en_paiement', 'paye', slip.net)
      const paid = paidBy(book, rank)
      for (const one of book.uses) if (one.slip !== null && paid.includes(one.slip)) one.statut = 'payee'
      return
    }
    case 'reject':
      slip.statut = 'rejete'
      book.account.accepted = false
      move(book, 'en_paiement', 'du', slip.net)
  }
}
export const accept = (book: Book) => (book.account = { accepted: true, asked: null })
