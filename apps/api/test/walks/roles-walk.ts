import { type Role, ROLES } from '@pass/domain/organisations.ts'
import type { Module } from '../../src/registry.ts'
import type { World } from '../world.ts'
import { commonFaults, count, everyRoute, type Findings, mayCall, newFindings, send, type Walked } from './routes.ts'

/** Ways in look at a secret: 401 and 409 are theirs to say, never 403. Every other public route opens to everyone. */
const anonymousFaults = ({ name, route }: Walked, status: number): string[] => {
  if (route.droit !== 'public') return status === 401 ? [] : [`${name}: ${status} without a session, 401 expected`]
  const isRefused = status === 403 || (status === 401 && route.effect !== 'session')
  return isRefused ? [`${name}: public, and answers ${status} without a session`] : []
}

const roleFaults = (walked: Walked, role: Role, status: number): string[] => {
  const allowed = mayCall(role, walked)
  if (!allowed) return status === 403 ? [] : [`${walked.name}: ${status} for ${role}, 403 expected`]
  return status === 401 || status === 403 || status === 400 ? [`${walked.name}: ${status} for ${role}, who may`] : []
}

/**
 * Role × route, each with its example and T1's ids: 401 without a session, 403 exactly where DROITS says so, never a 5xx.
 * What opens a session or signs out is public, and walked without one.
 */
export const walkRoles = async (world: World, modules: readonly Module[]): Promise<Findings> => {
  const findings = newFindings()
  const call = async (walked: Walked, who: Parameters<typeof send>[0], faultsOf: (status: number) => string[]) => {
    const response = await send(who, walked)
    count(findings, response.statusCode)
    findings.faults.push(...commonFaults(walked, response), ...faultsOf(response.statusCode))
  }
  for (const walked of everyRoute(modules)) {
    await call(walked, world.anonymous(), (status) => anonymousFaults(walked, status))
    if (walked.route.effect === 'session' && walked.route.droit === 'public') continue
    // what a session does to itself gets one of its own: it may end it
    const callerOf = (role: Role) => (walked.route.effect === 'session' ? world.asWith(role, {}) : world.as(role))
    for (const role of ROLES) await call(walked, callerOf(role), (status) => roleFaults(walked, role, status))
  }
  return findings
}
