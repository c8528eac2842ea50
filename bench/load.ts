// The load, in a process of its own: the same one drives both sides in turn, so that their clients cost alike.
import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { Connection, redeemRequest } from './http-client.ts'
import { type Call, CLIENTS, NOW, ROLES, TODAY, type Token } from './prepare.ts'

export type Start = { kind: 'start'; port: number; appUrl: string; tokens: Token[] }
export type Segment = { kind: 'segment'; side: 'http' | 'sql'; calls: Call[] }
export type Measure = { seconds: number; ms: number[]; failures: string[] }

type Run = () => Promise<string | null>
let start: Start
const https: Connection[] = []
const clients: pg.Client[] = []

const httpRun = ({ client, atelier, codes }: Call): Run => {
  const request = redeemRequest(start.port, { atelier, codes, cookie: start.tokens[client]!.cookie, key: randomUUID() })
  return async () => {
    const { status, body } = await https[client]!.send(request)
    return status === 201 ? null : `${status} ${body.slice(0, 200)}`
  }
}

const sqlRun = ({ client, atelier, lookups }: Call): Run => {
  const none = lookups.map(() => null)
  const hash = Buffer.from(start.tokens[client]!.hash, 'hex')
  const keyed = lookups.map((lookup) => Buffer.from(lookup, 'hex'))
  const values = [hash, TODAY, null, ROLES, randomUUID(), randomBytes(32), randomUUID(), NOW, atelier, none, none, keyed]
  const text = 'select statut, reponse, replayed from redeem($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)'
  return async () => {
    const { rows } = await clients[client]!.query<{ statut: number; reponse: string }>({ name: 'redeem', text, values })
    return rows[0]!.statut === 201 ? null : `${rows[0]!.statut} ${rows[0]!.reponse.slice(0, 200)}`
  }
}

const measure = async ({ side, calls }: Segment): Promise<Measure> => {
  const queues: Run[][] = Array.from({ length: CLIENTS }, () => [])
  for (const call of calls) queues[call.client]!.push(side === 'http' ? httpRun(call) : sqlRun(call))
  const ms: number[] = []
  const failures: string[] = []
  const begun = performance.now()
  await Promise.all(
    queues.map(async (queue) => {
      for (const run of queue) {
        const sent = performance.now()
        const failure = await run()
        ms.push(performance.now() - sent)
        if (failure !== null) failures.push(failure)
      }
    }),
  )
  return { seconds: (performance.now() - begun) / 1000, ms, failures }
}

const begin = async (asked: Start) => {
  start = asked
  for (let i = 0; i < CLIENTS; i++) {
    https.push(new Connection(asked.port))
    const client = new pg.Client({ connectionString: asked.appUrl })
    await client.connect()
    clients.push(client)
  }
}

process.on('message', (message: Start | Segment) => {
  const work: Promise<unknown> = message.kind === 'start' ? begin(message) : measure(message)
  work.then(
    (answer) => process.send!(answer ?? 'ready'),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
process.on('disconnect', () => process.exit(0))
