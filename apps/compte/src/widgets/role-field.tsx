import { whyNotGrant } from '@pass/domain/habilitations.ts'
import { ROLE_LABELS, ROLE_SENTENCES, type Role, rolesOf } from '@pass/domain/organisations.ts'
import { useSession } from '@pass/web/session.tsx'
import { RadioTiles } from '@pass/web/ui/radio-tiles.tsx'
import type { ComponentProps } from 'react'

/** The roles that this person may give in their organisation. */
export const useGrantable = (): Role[] => {
  const { organisation, role } = useSession()
  const granter = { role, organisationId: organisation.id }
  return rolesOf(organisation.type).filter(
    (one) => whyNotGrant({ granter, organisation: { ...organisation, hasAdministrator: true }, role: one }) === null,
  )
}

type Props = Omit<ComponentProps<typeof RadioTiles>, 'legende' | 'options'>

/** Roles as sentences: what the person will be able to do. */
export const RoleField = (field: Props) => (
  <RadioTiles
    legende="Ce que la personne pourra faire"
    options={useGrantable().map((role) => ({ value: role, label: ROLE_LABELS[role], detail: ROLE_SENTENCES[role] }))}
    {...field}
  />
)
