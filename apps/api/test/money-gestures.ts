import fc from 'fast-check'
import { type Gestures, kind, oneIn } from './model-steps.ts'
import { KEY, LOTS, ORDERS, type Party } from './money-book.ts'
import { MILESTONES, PARTIES } from './money-lots.ts'

export type Gesture =
  | { kind: 'sleep'; days: number }
  | { kind: 'nextMonth' }
  | { kind: 'jump'; lot: number; to: number }
  | { kind: 'fund'; order: number; centimes: number }
  | { kind: 'activate'; order: number; carnets: number }
  | { kind: 'credit'; order: number }
  | { kind: 'handOver'; carnet: number }
  | { kind: 'spare'; carnet: number }
  | { kind: 'cancel'; carnet: number }
  | { kind: 'use'; pass: number }
  | { kind: 'undo'; use: number }
  | { kind: 'close'; previous: boolean }
  | { kind: 'check' | 'approve' | 'release' | 'pay' | 'reject'; slip: number }
  | { kind: 'bounce'; slip: number }
  | { kind: 'giveBack' }
  | { kind: 'propose' }
  | { kind: 'accept' }
  | { kind: 'claim'; use: number; centimes: number }
  | { kind: 'decide'; claim: number; accord: boolean }
  | { kind: 'advance'; payer: number; centimes: number }
  | { kind: 'prepare'; payer: number; back: boolean }
  | { kind: 'send' | 'receive' | 'refuse'; call: number }
  | { kind: 'stop'; lot: number; party: Party }
  | { kind: 'agree'; lot: number; party: Party }
  | { kind: 'sign'; lot: number; party: Party }
  | { kind: 'state' | 'settle'; lot: number }

const any = fc.nat(200)
const lot = fc.nat(LOTS.length - 1)
const order = fc.nat(ORDERS.length - 1)
const payer = fc.nat(KEY.length - 1)
const carnet = fc.nat(LOTS.reduce((total, { carnets }) => total + carnets, 0) - 1)
const party = fc.constantFrom(...PARTIES)

/** How often each comes, and with what. */
export const GESTURES: Gestures<Gesture> = [
  kind(1, 'sleep', { days: fc.integer({ min: 1, max: 4 }) }),
  kind(1, 'nextMonth'),
  kind(2, 'jump', { lot, to: fc.nat(MILESTONES.length - 1) }),
  kind(1, 'fund', { order, centimes: fc.integer({ min: 1, max: 30_000 }) }),
  kind(4, 'activate', { order, carnets: fc.integer({ min: 1, max: 3 }) }),
  kind(1, 'credit', { order }),
  kind(2, 'handOver', { carnet }),
  kind(6, 'spare', { carnet }),
  kind(1, 'cancel', { carnet }),
  kind(9, 'use', { pass: fc.integer({ min: 1, max: 4 }) }),
  kind(4, 'undo', { use: any }),
  kind(6, 'close', { previous: oneIn(10).map((rare) => !rare) }),
  kind(2, 'check', { slip: any }),
  kind(2, 'approve', { slip: any }),
  kind(2, 'release', { slip: any }),
  kind(2, 'pay', { slip: any }),
  kind(10, 'reject', { slip: any }),
  kind(5, 'bounce', { slip: any }),
  kind(13, 'giveBack'),
  kind(1, 'propose'),
  kind(3, 'accept'),
  kind(1, 'claim', { use: any, centimes: fc.integer({ min: 1, max: 1100 }) }),
  kind(2, 'decide', { claim: any, accord: oneIn(5).map((rare) => !rare) }),
  kind(1, 'advance', { payer, centimes: fc.integer({ min: 1, max: 4000 }) }),
  kind(2, 'prepare', { payer, back: oneIn(5) }),
  kind(2, 'send', { call: any }),
  kind(5, 'receive', { call: any }),
  kind(8, 'refuse', { call: any }),
  kind(2, 'stop', { lot, party }),
  kind(1, 'agree', { lot, party }),
  kind(2, 'state', { lot }),
  kind(2, 'sign', { lot, party }),
  kind(8, 'settle', { lot }),
]
