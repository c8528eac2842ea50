import { type Droit, rolesWith } from '@pass/domain/droits.ts'
import { ROLE_LABELS, roleType } from '@pass/domain/organisations.ts'
import { useCan } from '@pass/web/session.tsx'

const holders = (droit: Droit): string =>
  rolesWith(droit)
    .filter((role) => roleType(role) === 'operateur')
    .map((role) => `« ${ROLE_LABELS[role]} »`)
    .join(' ou ')

/** Why this person's role cannot do an act, naming the role that can; null when it can. */
export const useRoleReason = (): ((droit: Droit) => string | null) => {
  const can = useCan()
  return (droit) => (can(droit) ? null : `Cette étape revient au rôle ${holders(droit)}.`)
}
