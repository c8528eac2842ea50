import { isAdministrator, type OrganisationType, type Role, rolesOf, roleType } from './organisations.ts'
import { refuse, type Refusal } from './refusal.ts'

/** Preparing, approving and releasing a payment: three people (domain.md section 2). */
const SEPARATE: readonly Role[] = ['operateur.finance_preparateur', 'operateur.finance_approbateur', 'operateur.finance_emetteur']

/**
 * Which organisations a role may make. An operator makes those it works with; the accounts that decide of labels, watch or pay for others
 * are made by the ANCT alone: a convention is open to the financeur that bears the name written in it.
 */
const CREATABLE: Partial<Record<Role, readonly OrganisationType[]>> = {
  'anct.pilote': ['operateur', 'collectivite', 'prescripteur', 'structure', 'prefecture', 'hub', 'financeur'],
  'operateur.gestionnaire': ['collectivite', 'prescripteur', 'structure'],
  'operateur.labellisateur': ['structure'],
}

/** The types of organisation that a role may create, for the form. */
export const creatableTypes = (role: Role): readonly OrganisationType[] => CREATABLE[role] ?? []

/** Why somebody cannot create an organisation of this type, or null. */
export const whyNotCreateOrganisation = (role: Role, type: OrganisationType): Refusal | null =>
  creatableTypes(role).includes(type)
    ? null
    : refuse('habilitation_refusee', 'Votre rôle ne permet pas de créer une organisation de ce type.')

/** The role that administers an organisation of this type: the first of its roles. */
export const administratorOf = (type: OrganisationType): Role => rolesOf(type)[0]!

export type Granter = { role: Role; organisationId: string }
export type Grantee = { id: string; type: OrganisationType; hasAdministrator: boolean }

/**
 * Why somebody cannot give a role in an organisation, or null. Whoever administers an organisation gives the roles of its type there, and
 * there only; whoever creates organisations invites their first administrator, as long as nobody administers them; nobody else gives
 * anything.
 */
export const whyNotGrant = ({ granter, organisation, role }: { granter: Granter; organisation: Grantee; role: Role }): Refusal | null => {
  const refused = refuse('habilitation_refusee')
  if (roleType(role) !== organisation.type) return refused
  if (organisation.id === granter.organisationId)
    return isAdministrator(granter.role) && roleType(granter.role) === organisation.type ? null : refused
  if (!creatableTypes(granter.role).includes(organisation.type)) return refused
  if (organisation.hasAdministrator)
    return refuse('habilitation_refusee', 'Une personne administre déjà cette organisation : c’est à elle d’inviter son équipe.')
  return isAdministrator(role) ? null : refused
}

/** The roles that nobody may hold beside this one in the same organisation. */
export const rolesExcludedBy = (role: Role): readonly Role[] => (SEPARATE.includes(role) ? SEPARATE.filter((one) => one !== role) : [])

/** Why one person cannot hold a role beside those they hold already in the organisation, or null. */
export const whyNotHold = (held: readonly Role[], role: Role): Refusal | null =>
  rolesExcludedBy(role).some((one) => held.includes(one)) ? refuse('roles_incompatibles') : null
