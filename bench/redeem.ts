import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { pairedRatio, quantile, spread } from './figures.ts'
import type { Measure, Segment, Start } from './load.ts'
import { faultAfter, prepare } from './prepare.ts'
import { cpuOf, startServer } from './server.ts'
import type { Bench } from './setting.ts'

const AIM = 0.8
const ROUNDS = 7
const SIDES = ['sql', 'http'] as const
type Side = (typeof SIDES)[number]

/** The process that makes the calls; one message, one answer. */
const startLoad = () => {
  const child = fork(fileURLToPath(new URL('./load.ts', import.meta.url)))
  const ask = async (message: Start | Segment): Promise<unknown> => {
    child.send(message)
    const [answer] = await once(child, 'message')
    return answer
  }
  return {
    start: (message: Start) => ask(message),
    run: (message: Segment) => ask(message) as Promise<Measure>,
    stop: () => child.disconnect(),
  }
}

type Figures = Record<Side, { rates: number[]; ms: number[]; cpu: number[] }>

const print = (figures: Figures, calls: number) => {
  for (const side of SIDES) {
    const { rates, ms, cpu } = figures[side]
    const server = side === 'http' && cpu.length > 0 ? ` · CPU serveur ${spread(cpu)} ms/appel` : ''
    console.log(
      `  ${side.padEnd(5)} ${spread(rates, 0)} appels/s · p50 ${quantile(ms, 0.5).toFixed(1)} ms · p95 ${quantile(ms, 0.95).toFixed(1)} ms${server}`,
    )
  }
  console.log(`  ${ROUNDS} tours de ${calls} appels de 5 pass de 5 carnets, 8 clients\u00a0: HTTP à côté de la même fonction SQL par pg`)
}

/** HTTP redeem against the same SQL function by a raw pg client, in turn, with fresh codes. */
export const redeem: Bench = async (setting) => {
  const perSegment = Math.max(40, Math.round((600 * setting.scale) / 8) * 8)
  const { calls, tokens, sql } = await prepare(setting, perSegment * 2 * (ROUNDS + 1))
  const server = await startServer(setting)
  const load = startLoad()
  const figures: Figures = { sql: { rates: [], ms: [], cpu: [] }, http: { rates: [], ms: [], cpu: [] } }
  let next = 0
  let fault: string | null = null
  try {
    await load.start({ kind: 'start', port: server.port, appUrl: setting.appUrl, tokens })
    // the first round warms plans and code up, and does not count; each round begins with the other side
    for (let round = 0; round <= ROUNDS; round++) {
      for (const side of round % 2 ? SIDES : SIDES.toReversed()) {
        const before = cpuOf(server.pid)
        const { seconds, ms, failures } = await load.run({ kind: 'segment', side, calls: calls.slice(next, (next += perSegment)) })
        fault ??= failures[0] ?? null
        if (round === 0) continue
        const after = cpuOf(server.pid)
        figures[side].rates.push(perSegment / seconds)
        figures[side].ms.push(...ms)
        if (before !== null && after !== null) figures[side].cpu.push(((after - before) * 1000) / perSegment)
      }
    }
    fault ??= await faultAfter(sql, next)
  } finally {
    load.stop()
    await server.stop()
    await sql.end()
  }
  print(figures, perSegment)
  const { ratios, median } = pairedRatio(figures.http.rates, figures.sql.rates)
  console.log(`  rapport ${spread(ratios)}\u00a0; ${fault ?? 'invariants tenus'}`)
  const isMet = fault === null && median >= AIM
  console.log(`redeem ratio=${median.toFixed(2)} aim=${AIM} ${isMet ? 'PASS' : 'FAIL'}`)
  return isMet
}
