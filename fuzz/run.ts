import type pg from 'pg'
import { type Answer, checksOf, type Finding } from './checks.ts'
import { bringBack, cookiesOf, isStranger } from './people.ts'
import { type Document, type Request, requestsOf } from './requests.ts'
import { watchTables } from './watch.ts'

export type Target = {
  document: Document
  sql: pg.Client
  send: (request: Request, cookie: string) => Promise<Answer>
}
export type Found = Finding & { rank: number; request: Request }
export type Outcome = { calls: number; statuts: Record<number, number>; operations: number; found: Found[] }

/** Calls between two times when people that the fuzz put out come back. */
const BRING_BACK_EVERY = 100

/**
 * Sends `calls` requests made from the documentation and a seed, one after the other, as everyone, and looks at each answer and
 * at what each one wrote. The same seed makes the same calls; `from` and `calls` replay one of them.
 */
export const fuzz = async (target: Target, { calls, seed, from = 0 }: { calls: number; seed: number; from?: number }): Promise<Outcome> => {
  const { document, sql, send } = target
  const requestOf = requestsOf(document, seed)
  const check = checksOf(document)
  const written = await watchTables(sql)
  const cookies = cookiesOf(sql)
  const outcome: Outcome = { calls: 0, statuts: {}, operations: 0, found: [] }
  const seen = new Set<string>()
  for (let rank = from; rank < from + calls; rank++) {
    if (rank % BRING_BACK_EVERY === 0) await bringBack(sql)
    const request = requestOf(rank)
    const cookie = await cookies.of(request.who)
    await written()
    const answer = await send(request, cookie)
    const wrote = await written()
    outcome.calls += 1
    outcome.statuts[answer.status] = (outcome.statuts[answer.status] ?? 0) + 1
    seen.add(request.name)
    const isOut = !isStranger(request.who) && (answer.status === 401 || answer.status === 403) && !(await cookies.live(cookie))
    if (isOut || (answer.status < 400 && wrote.has('session'))) cookies.forget(request.who)
    const findings = isOut ? [] : check(request, answer, wrote)
    outcome.found.push(...findings.map((finding) => ({ ...finding, rank, request })))
  }
  outcome.operations = seen.size
  return outcome
}

const shown = ({ rank, check, detail, request }: Found) =>
  `  ${check}\u00a0: ${detail}\n    ${request.who} ${request.method} ${request.path.slice(0, 200)}${request.body === undefined ? '' : ` ${request.body.slice(0, 200)}`}\n    à rejouer\u00a0: --from ${rank} --requests 1`

/** The account of a run, and each finding with what replays it (twenty at most, one line each). */
export const report = ({ calls, statuts, operations, found }: Outcome, seed: number): string => {
  const byStatus = Object.entries(statuts).map(([status, n]) => `${status}\u00a0× ${n}`)
  const byCheck = Object.entries(Object.groupBy(found, ({ check }) => check)).map(([name, all]) => `${name} ${all?.length ?? 0}`)
  return [
    ...found.slice(0, 20).map(shown),
    `${calls} appels, ${operations} opérations, réponses ${byStatus.join(', ')}`,
    ...(byCheck.length > 0 ? [`constats par contrôle\u00a0: ${byCheck.join(', ')}`] : []),
    `fuzz seed=${seed} requests=${calls} findings=${found.length} ${found.length === 0 ? 'PASS' : 'FAIL'}`,
  ].join('\n')
}
