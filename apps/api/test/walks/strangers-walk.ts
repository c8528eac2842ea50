import { isAllowed } from '@pass/domain/droits.ts'
import type { Role } from '@pass/domain/organisations.ts'
import * as ids from '../../../../prisma/seed/base/ids.ts'
import type { Module } from '../../src/registry.ts'
import type { World } from '../world.ts'
import { CANARIES } from './canaries.ts'
import { commonFaults, count, everyRoute, type Findings, newFindings, send, type Walked } from './routes.ts'

const { PEOPLE } = ids

/** Reading a published place, one's own month or one's own choice: the parameter names nothing of T1's. */
const NOT_PRIVATE = new Set([':lieuId', ':mois', ':periode', ':categorie'])
const namesPrivate = ({ route }: Walked) => [...route.path.matchAll(/:\w+/g)].some(([param]) => !NOT_PRIVATE.has(param))

type Key = keyof typeof PEOPLE
/** Everyone around T2; then, within T1, the other prescripteur and the other structures. */
const OTHERS = (Object.keys(PEOPLE) as Key[]).filter((key) => key.startsWith('autre:'))
const NEIGHBOURS = [
  'p2:prescripteur.agent',
  's2:structure.mediateur',
  's3:structure.mediateur',
  's4:structure.mediateur',
] as const satisfies readonly Key[]
/** What T1 shares with all of its prescripteurs is no secret to the other one. */
const SHARED_BY_T1 = new Set(['conventionId'])

const leaks = (name: string, body: string, canaries: readonly string[], who: string): string[] =>
  canaries.filter((canary) => body.includes(canary)).map((canary) => `${name}: ${who} reads ${canary}`)

const isOwnPath = ({ path }: Walked, canary: string) => path.includes(canary)

/** One's own journal holds the ids that one sent, refused or not. */
const OWN_JOURNAL = new Set(['downloadMyData'])
const SENT_BEFORE = Object.values(ids.PARAMS).join(' ')

/** What the stranger sent is not a leak when it comes back, in a path or a body. */
const bodyLeaks = (walked: Walked, body: string, who: string) => {
  const sent = JSON.stringify(walked.body ?? null) + (OWN_JOURNAL.has(walked.name) ? SENT_BEFORE : '')
  return leaks(
    walked.name,
    body,
    CANARIES.t1.filter((canary) => !sent.includes(canary) && !isOwnPath(walked, canary)),
    who,
  )
}

const mayReach = (role: Role, { route }: Walked) => route.droit !== 'public' && route.effect !== 'session' && isAllowed(role, route.droit)

/**
 * Everyone around T2 calls every route they hold the droit of, with T1's ids: 404 where the path names a row of T1; no answer
 * holds anything of T1's.
 */
export const walkStrangers = async (world: World, modules: readonly Module[]): Promise<Findings> => {
  const findings = newFindings()
  for (const walked of everyRoute(modules).filter(({ name }) => name !== 'moveClock')) {
    for (const who of OTHERS) {
      if (!mayReach(PEOPLE[who].role, walked)) continue
      const response = await send(world.as(who), walked)
      count(findings, response.statusCode)
      findings.faults.push(...commonFaults(walked, response), ...bodyLeaks(walked, response.body, who))
      if (namesPrivate(walked) && response.statusCode !== 404)
        findings.faults.push(`${walked.name}: ${response.statusCode} for ${who} with T1's ids, 404 expected`)
    }
  }
  return findings
}

/** The same from inside T1: another structure and another prescripteur, with the ids of the first ones. */
export const walkNeighbours = async (world: World, modules: readonly Module[]): Promise<Findings> => {
  const findings = newFindings()
  const routes = everyRoute(modules).filter(
    (walked) => namesPrivate(walked) && ![...SHARED_BY_T1].some((param) => walked.route.path.includes(`:${param}`)),
  )
  for (const walked of routes) {
    for (const who of NEIGHBOURS) {
      if (!mayReach(PEOPLE[who].role, walked)) continue
      const response = await send(world.as(who), walked)
      count(findings, response.statusCode)
      findings.faults.push(...commonFaults(walked, response))
      if (response.statusCode !== 404)
        findings.faults.push(`${walked.name}: ${response.statusCode} for ${who} with a neighbour's ids, 404 expected`)
    }
  }
  return findings
}

/** T1's own people read and act; nothing of T2's shows, the ANCT excepted, who reads every convention and order. */
export const walkOwn = async (world: World, modules: readonly Module[]): Promise<Findings> => {
  const findings = newFindings()
  const own = (Object.keys(PEOPLE) as Key[]).filter((key) => !key.startsWith('autre:') && !key.startsWith('anct.'))
  for (const walked of everyRoute(modules).filter(({ name }) => name !== 'moveClock')) {
    for (const who of own) {
      if (!mayReach(PEOPLE[who].role, walked)) continue
      const response = await send(world.as(who), walked)
      count(findings, response.statusCode)
      findings.faults.push(...commonFaults(walked, response), ...leaks(walked.name, response.body, CANARIES.t2, who))
    }
  }
  return findings
}
