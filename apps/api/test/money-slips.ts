import {
  addDays,
  type Book,
  type Claim,
  FACE,
  FEE_BP,
  monthOf,
  move,
  nextMonth,
  ranksOf,
  share,
  type Slip,
  sum,
  type Use,
} from './money-book.ts'
import { charge } from './money-financing.ts'

const SLIP_BEFORE = { check: 'arrete', approve: 'controle', release: 'approuve', pay: 'transmis', reject: 'transmis' } as const
export type SlipKind = keyof typeof SLIP_BEFORE

export const mayClaim = (book: Book, use: Use, centimes: number): boolean =>
  use.statut !== 'annulee' && !(use.statut === 'a_payer' && use.day === book.day) && !use.claimed && centimes <= FACE
export const ask = (book: Book, id: string, use: number, centimes: number) => {
  book.uses[use]!.claimed = true
  book.claims.push({ id, use, centimes, statut: 'demande', decided: '', givenBack: false })
}
export const mayDecide = ({ statut }: Claim): boolean => statut === 'demande'
export const decide = (book: Book, one: Claim, accord: boolean) => {
  Object.assign(one, { statut: accord ? 'approuve' : 'refuse', decided: book.day })
  if (!accord) book.uses[one.use]!.claimed = false
}

export const openSlips = (book: Book): number => book.slips.filter(({ statut }) => !['paye', 'rejete'].includes(statut)).length
export const mayAccept = (book: Book): boolean => {
  const { asked } = book.account
  return asked !== null && book.day >= addDays(asked.day, 3) && (!book.account.accepted || openSlips(book) === 0)
}
export const accept = (book: Book) => (book.account = { rank: book.account.rank + 1, accepted: true, asked: null })

export const maySlip = (book: Book, kind: SlipKind, { statut }: Slip): boolean =>
  statut === SLIP_BEFORE[kind] && (kind !== 'release' || book.account.accepted)

/** 24 hours after the cut-off: from the second of the month, since the clock always says nine. */
export const mayClose = (book: Book, mois: string): boolean =>
  mois < monthOf(book.day) && book.day >= `${nextMonth(`${mois}-01`).slice(0, 7)}-02`

type Closing = { uses: number[]; carries: number[]; claims: number[]; fee: number; net: number }
/** What the closing of a month would pay, or null: nothing, no account, or the month has its slip already. */
export const wouldClose = (book: Book, mois: string): Closing | null => {
  if (!book.account.accepted || book.slips.some((slip) => slip.mois === mois)) return null
  const uses = ranksOf(book.uses, (use) => use.statut === 'a_payer' && monthOf(use.day) <= mois)
  const carries = ranksOf(book.slips, (slip) => slip.statut === 'rejete' && !slip.carried)
  // to the nearest centime, half up
  const fee = Math.floor((uses.length * FACE * FEE_BP + 5000) / 10_000)
  let net = uses.length * FACE + sum(carries.map((rank) => book.slips[rank]!.net)) - fee
  const waiting = ranksOf(book.claims, ({ statut }) => statut === 'approuve').toSorted(
    (a, b) => book.claims[a]!.decided.localeCompare(book.claims[b]!.decided) || a - b,
  )
  const claims: number[] = []
  for (const rank of waiting) {
    if (net <= book.claims[rank]!.centimes) continue
    net -= book.claims[rank]!.centimes
    claims.push(rank)
  }
  return net > 0 ? { uses, carries, claims, fee, net } : null
}

/** The closing itself, and what it charges to those who pay: outside the key what carnets spared after the stop were used for. */
export const close = (book: Book, mois: string, { id, reference }: Pick<Slip, 'id' | 'reference'>) => {
  const { uses, claims, carries, fee, net } = wouldClose(book, mois)!
  const made = book.slips.length
  book.slips.push({ id, reference, mois, statut: 'arrete', net, fee, claims, carries, carried: false, sentTo: null })
  for (const use of uses) Object.assign(book.uses[use]!, { statut: 'en_bordereau', slip: made })
  for (const slip of carries) book.slips[slip]!.carried = true
  for (const rank of claims) book.claims[rank]!.statut = 'repris'
  const add = (use: number, centimes: number) => {
    book.waiting[book.carnets[book.uses[use]!.carnet]!.spared ? 'spared' : 'keyed'] += centimes
  }
  for (const use of uses) add(use, FACE)
  for (const claim of claims) add(book.claims[claim]!.use, -book.claims[claim]!.centimes)
  charge(book, mois)
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
      slip.sentTo = book.account.rank
      move(book, 'du', 'en_paiement', slip.net)
      move(book, 'du', 'a_crediter', sum(slip.claims.map((claim) => book.claims[claim]!.centimes)))
      move(book, 'du', 'frais', slip.fee)
      return
    case 'pay': {
      slip.statut = 'paye'
      move(book, 'en_paiement', 'paye', slip.net)
      const paid = paidBy(book, rank)
      for (const one of book.uses) if (one.slip !== null && paid.includes(one.slip)) one.statut = 'payee'
      return
    }
    case 'reject':
      refuse(book, slip, 'en_paiement')
  }
}

/** The bank refuses a transfer, or sends it back after it was paid: due again, and the account that it was sent to no longer serves. */
const refuse = (book: Book, slip: Slip, from: 'en_paiement' | 'paye') => {
  slip.statut = 'rejete'
  if (slip.sentTo === book.account.rank) book.account.accepted = false
  move(book, from, 'du', slip.net)
}

/** What a file of the bank may say of a transfer: refused, before it was paid or after. */
export const mayBounce = ({ statut }: Slip): boolean => statut === 'transmis' || statut === 'paye'
export const bounce = (book: Book, rank: number) => {
  const slip = book.slips[rank]!
  if (slip.statut === 'paye') {
    const paid = paidBy(book, rank)
    for (const one of book.uses) if (one.slip !== null && paid.includes(one.slip)) one.statut = 'en_bordereau'
  }
  refuse(book, slip, slip.statut === 'paye' ? 'paye' : 'en_paiement')
}

/** What was withheld from bordereaux that left, and that no avoir gives back yet. */
export const withheld = ({ slips, claims }: Book): Claim[] =>
  slips.flatMap((slip) => (slip.sentTo === null ? [] : slip.claims.map((rank) => claims[rank]!))).filter((one) => !one.givenBack)
export const giveBack = (book: Book) => {
  const waiting = withheld(book)
  const centimes = sum(waiting.map((one) => one.centimes))
  for (const one of waiting) one.givenBack = true
  move(book, 'a_crediter', 'credite', centimes)
  book.givenBack.push(share(centimes))
}
