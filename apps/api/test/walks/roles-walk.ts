import { ROLES } from '@pass/domain/organisations.ts'
import type { Module } from '../../src/registry.ts'
import type { World } from '../world.ts'
import { commonFaults, count, everyRoute, type Findings, mayCall, newFindings, send, type Walked } from './routes.ts'

/** Sign-in answers 401 to a wrong password: not the door's 401. */
const SIGN_IN = '/session'

const anonymousFaults = (walked: Walked, status: number): string[] => {
  if (walked.route.droit === 'public')
    return status === 403 || (status === 401 && walked.route.path !== SIGN_IN)
      ? [`${walked.name}: public, and answers ${status} without a session`]
      : []
  return status === 401 ? [] : [`${walked.name}: ${status} without a session, 401 expected`]
}

const roleFaults = (walked: Walked, role: (typeof ROLES)[number], status: number): string[] => {
  const allowed = mayCall(role, walked)
  if (!allowed) return status === 403 ? [] : [`${walked.name}: ${status} for ${role}, 403 expected`]
  return status === 401 || status === 403 || status === 400 ? [`${walked.name}: ${status} for ${role}, who may`] : []
}

/**
 * Role × route, each with its example and T1's ids: 401 without a session, 403 exactly where DROITS says so, never a 5xx.
 * What opens or closes a session is walked without one: a walk that signs out walks no further.
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
    for (const role of ROLES) await call(walked, world.as(role), (status) => roleFaults(walked, role, status))
  }
  return findings
}
