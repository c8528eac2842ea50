/** Value of a pass, pass of a carnet, in the world of this model. */
export const FACE = 1000
export const TAILLE = 10
/** Withheld from a structure on what it is paid, in basis points: a rate that does not fall on whole centimes. */
export const FEE_BP = 333
/** Days after the end of a lot when its pass are still taken. */
export const TOLERANCE = 30

/** Who pays, in the order of the key; the first has a cap, the last takes what it refuses. */
export const KEY = [
  { cle: 'fse', bp: 6000, cap: 7000 },
  { cle: 'etat', bp: 2333, cap: null },
  { cle: 'collectivite', bp: 1667, cap: null },
] as const

/** What each of them paid before any use. */
export const ADVANCES = [900, 400, 0] as const

/** Carnets in people's hands at the start, and those of the same lot that wait for a person at a prescripteur: all are active. */
export const HANDED = 6
export const WAITING = 3
/** The lots: the one in people's hands, then those of two commandes, delivered and not paid yet. Serials follow each other. */
export const LOTS = [
  { carnets: HANDED + WAITING, end: '2026-03-31' },
  { carnets: 5, end: '2026-02-28' },
  { carnets: 1, end: '2026-04-30' },
] as const
/** The commandes that funds are received for, with their fees and VAT. */
export const ORDERS = [
  { lot: 1, face: 50_000, fees: 2400 },
  { lot: 2, face: 10_000, fees: 480 },
] as const

const DAY_MS = 86_400_000
export const FIRST_DAY = '2026-03-10'
export const addDays = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
export const monthOf = (day: string): string => day.slice(0, 7)
export const monthBefore = (day: string): string => monthOf(addDays(`${monthOf(day)}-01`, -1))
/** The third of the month after. */
export const nextMonth = (day: string): string => `${monthOf(addDays(`${monthOf(day)}-28`, 5))}-03`

export type Carnet = {
  lot: number
  statut: 'livre' | 'attribue' | 'remis' | 'annule' | 'expire'
  active: boolean
  used: number
  /** The collectivité let it be handed over after the stop: what it is used for is charged to it alone. */
  spared: boolean
}
export type Party = 'collectivite' | 'operateur'
/** What the joint statement of a lot says, in pass. */
export type Counts = { used: number; lapsed: number; cancelled: number }
export type Lot = {
  end: string
  statut: 'en_cours' | 'releve' | 'close'
  /** The day of the agreement to stop the distribution. */
  stop: string | null
  agreed: Party[]
  signed: Party[]
  said: Counts | null
  /** The shares of its avoir, none when there is nothing to give back. */
  credited: number[] | null
}
export type Order = { received: number; credited: boolean }
export type Use = {
  acte: string
  id: string
  day: string
  carnet: number
  statut: 'a_payer' | 'annulee' | 'en_bordereau' | 'payee'
  slip: number | null
  claimed: boolean
}
export type Slip = {
  id: string
  reference: string
  mois: string
  statut: 'arrete' | 'controle' | 'approuve' | 'transmis' | 'paye' | 'rejete'
  net: number
  fee: number
  claims: number[]
  /** The rejected slips that this one pays again. */
  carries: number[]
  carried: boolean
  /** Which account it was sent to, counted from the first. */
  sentTo: number | null
}
export type Claim = {
  id: string
  use: number
  centimes: number
  statut: 'demande' | 'approuve' | 'refuse' | 'repris'
  decided: string
  givenBack: boolean
}
/** What a closing charged to each of those who pay, and the call that asks for it. */
export type Part = { mois: string; centimes: number[]; call: (number | null)[] }
export type Call = {
  id: string
  payer: number
  statut: 'brouillon' | 'appele' | 'recu' | 'refuse'
  until: string
  part: number
  advance: number
}
const ACCOUNTS = ['payeur', 'fonds', 'circulation', 'du', 'en_paiement', 'paye', 'a_crediter', 'credite', 'frais'] as const
export type Account = (typeof ACCOUNTS)[number]
export type Balances = Record<Account, number>

/** The plain notebook of one convention and one structure: the rules of domain.md section 3 written once more by hand. */
export type Book = {
  day: string
  balances: Balances
  carnets: Carnet[]
  /** The carnet of each pass that is still in somebody's hand, the next to be used last. */
  hands: number[]
  lots: Lot[]
  orders: Order[]
  uses: Use[]
  slips: Slip[]
  claims: Claim[]
  /** Closed and not charged yet, by the key and outside it: less than nothing when more was withheld than used. */
  waiting: { keyed: number; spared: number }
  parts: Part[]
  /** By the key alone, in the order of KEY: what the caps look at. */
  keyed: number[]
  toCall: number[]
  called: number[]
  got: number[]
  advances: number[]
  calls: Call[]
  /** The shares of each avoir on what was withheld. */
  givenBack: number[][]
  account: { rank: number; accepted: boolean; asked: { id: string; day: string } | null }
}

const newCarnet = (lot: number, rank: number): Carnet => ({
  lot,
  statut: lot > 0 ? 'livre' : rank < HANDED ? 'remis' : 'attribue',
  active: lot === 0,
  used: 0,
  spared: false,
})

export const newBook = (): Book => {
  const value = LOTS[0].carnets * TAILLE * FACE
  const zeros = () => KEY.map(() => 0)
  return {
    day: FIRST_DAY,
    balances: { ...(Object.fromEntries(ACCOUNTS.map((name) => [name, 0])) as Balances), payeur: -value, circulation: value },
    carnets: LOTS.flatMap(({ carnets }, lot) => Array.from({ length: carnets }, (_, rank) => newCarnet(lot, rank))),
    hands: Array.from({ length: HANDED * TAILLE }, (_, rank) => Math.floor(rank / TAILLE)).toReversed(),
    lots: LOTS.map(({ end }) => ({ end, statut: 'en_cours', stop: null, agreed: [], signed: [], said: null, credited: null })),
    orders: ORDERS.map(() => ({ received: 0, credited: false })),
    uses: [],
    slips: [],
    claims: [],
    waiting: { keyed: 0, spared: 0 },
    parts: [],
    keyed: zeros(),
    toCall: zeros(),
    called: zeros(),
    got: zeros(),
    advances: [...ADVANCES],
    calls: [],
    givenBack: [],
    account: { rank: 0, accepted: true, asked: null },
  }
}

export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)
export const lastOf = <T>(rows: readonly T[], test: (row: T) => boolean): number => rows.findLastIndex(test)
export const ranksOf = <T>(rows: readonly T[], test: (row: T) => boolean): number[] =>
  rows.flatMap((row, rank) => (test(row) ? [rank] : []))

export const move = ({ balances }: Book, from: Account, to: Account, centimes: number) => {
  balances[from] -= centimes
  balances[to] += centimes
}

/** The largest remainder over the whole amount, the first of the key winning ties. */
export const share = (centimes: number): number[] => {
  const parts = KEY.map(({ bp }) => Math.floor((centimes * bp) / 10_000))
  const order = KEY.map(({ bp }, rank) => ({ rank, rest: (centimes * bp) % 10_000 })).toSorted((a, b) => b.rest - a.rest || a.rank - b.rank)
  for (const { rank } of order.slice(0, centimes - sum(parts))) parts[rank]! += 1
  return parts
}
