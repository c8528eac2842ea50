import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { spread } from './figures.ts'
import { type Answer, Connection, redeemRequest } from './http-client.ts'
import { type Call, faultAfter, prepare, type Token } from './prepare.ts'
import { startServer } from './server.ts'
import type { Bench } from './setting.ts'

const RIVALS = 100
const ROUNDS = 5

type Ask = { atelier: string; codes: string[]; token: Token }
let busy = 0

/** As the médiateur's screen does: a busy server is asked again, with the same key. */
const insist = async (connection: Connection, request: string): Promise<Answer> => {
  for (;;) {
    const answer = await connection.send(request)
    if (answer.status !== 503) return answer
    busy++
    await sleep(300)
  }
}

const rush = async (port: number, asks: Ask[]) => {
  const connections = asks.map(() => new Connection(port))
  const requests = asks.map(({ atelier, codes, token }) => redeemRequest(port, { atelier, codes, cookie: token.cookie, key: randomUUID() }))
  const begun = performance.now()
  const answers = await Promise.all(requests.map((request, i) => insist(connections[i]!, request)))
  const ms = performance.now() - begun
  for (const connection of connections) connection.close()
  return { answers, ms }
}

const isUsed = ({ status, body }: Answer) => status === 409 && JSON.parse(body).code === 'deja_utilise'

/** A hundred calls at once for one pass, then for overlapping groups of pass: one winner a pass, everyone answered. */
export const contention: Bench = async (setting) => {
  const { calls, tokens, sql } = await prepare(setting, 640)
  const server = await startServer(setting)
  const faults: string[] = []
  const times: number[] = []
  let sent = 0
  // ateliers of the same half day, whose people do not matter: pass 0 of each group
  const ateliers = calls.slice(0, 64)
  const askOf = ({ atelier, client }: Call, codes: string[]): Ask => ({ atelier, codes, token: tokens[client]! })
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const code = calls[round]!.codes[0]!
      const { answers, ms } = await rush(
        server.port,
        Array.from({ length: RIVALS }, (_, i) => askOf(ateliers[i % 64]!, [code])),
      )
      sent += RIVALS
      times.push(ms)
      const winners = answers.filter(({ status }) => status === 201).length
      const refused = answers.filter(isUsed).length
      if (winners !== 1 || refused !== RIVALS - 1) faults.push(`tour ${round}\u00a0: ${winners} gagnants, ${refused} refus`)
    }
    const shared = calls.slice(8, 12).flatMap(({ codes }) => codes)
    const { answers, ms } = await rush(
      server.port,
      Array.from({ length: RIVALS }, (_, i) =>
        askOf(
          ateliers[i % 64]!,
          [0, 1, 2, 3, 4].map((j) => shared[(i * 7 + j * (1 + (i % 3))) % shared.length]!),
        ),
      ),
    )
    sent += RIVALS
    const odd = answers.filter(({ status }) => status !== 201 && status !== 409)
    if (odd.length > 0) faults.push(`${odd.length} réponses imprévues, ${odd[0]!.status} ${odd[0]!.body.slice(0, 100)}`)
    const deadlocks = await sql.query<{ n: string }>('select deadlocks n from pg_stat_database where datname = current_database()')
    if (Number(deadlocks.rows[0]!.n) > 0) faults.push(`${deadlocks.rows[0]!.n} interblocages`)
    const fault = await faultAfter(sql, sent)
    if (fault) faults.push(fault)
    console.log(`  un pass, ${RIVALS} rivaux\u00a0: tous servis en ${spread(times, 0)} ms`)
    console.log(
      `  groupes mêlés\u00a0: ${answers.filter(({ status }) => status === 201).length} servis, ${answers.filter(({ status }) => status === 409).length} refusés, en ${ms.toFixed(0)} ms`,
    )
    console.log(`  ${busy} réponses 503 redemandées avec la même clé\u00a0; ${faults.join(' · ') || 'invariants tenus'}`)
  } finally {
    await server.stop()
    await sql.end()
  }
  console.log(`contention rivaux=${RIVALS} tours=${ROUNDS} ${faults.length === 0 ? 'PASS' : 'FAIL'}`)
  return faults.length === 0
}
