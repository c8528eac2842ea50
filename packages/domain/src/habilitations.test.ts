import { expect, test } from 'vitest'
import { administratorOf, creatableTypes, rolesExcludedBy, whyNotCreateOrganisation, whyNotGrant, whyNotHold } from './habilitations.ts'
import { ORGANISATION_TYPES, type OrganisationType, type Role, ROLES } from './organisations.ts'

/** The rule told again, by hand, from domain.md section 2: it shares nothing with the code but the names. */
const ADMINISTERS: Record<OrganisationType, string> = {
  anct: 'anct.pilote',
  operateur: 'operateur.gestionnaire',
  collectivite: 'collectivite.administrateur',
  prescripteur: 'prescripteur.responsable',
  structure: 'structure.responsable',
  prefecture: 'prefecture.instructeur',
  hub: 'hub.animateur',
  financeur: 'financeur.lecteur',
}
const CREATES: Record<string, string> = {
  'anct.pilote': 'operateur collectivite prescripteur structure prefecture hub financeur',
  'operateur.gestionnaire': 'collectivite prescripteur structure',
  'operateur.labellisateur': 'structure',
}
const mayGrant = (granter: string, place: 'own' | 'other' | 'empty', type: OrganisationType, role: string): boolean => {
  const roleIsOfType = role.startsWith(`${type}.`)
  if (place === 'own') return roleIsOfType && ADMINISTERS[type] === granter
  if (place === 'other') return false
  return ADMINISTERS[type] === role && (CREATES[granter] ?? '').split(' ').includes(type)
}

test('grant × granter: every role × every role × every type × {own, other, empty organisation}', () => {
  let cells = 0
  let granted = 0
  const violations: string[] = []
  for (const granter of ROLES)
    for (const role of ROLES)
      for (const type of ORGANISATION_TYPES)
        for (const place of ['own', 'other', 'empty'] as const) {
          // one's own organisation is of one's own type
          if (place === 'own' && !granter.startsWith(`${type}.`)) continue
          const organisation = { id: place === 'own' ? 'mine' : 'theirs', type, hasAdministrator: place !== 'empty' }
          const may = whyNotGrant({ granter: { role: granter, organisationId: 'mine' }, organisation, role }) === null
          cells += 1
          granted += Number(may)
          if (may !== mayGrant(granter, place, type, role)) violations.push(`${granter} gives ${role} in ${place} ${type}: ${may}`)
        }
  console.log(`grant matrix of the domain: ${cells} cells, ${granted} granted, ${violations.length} violations`)
  expect(violations).toEqual([])
  expect(cells).toBe(19 * 19 * 8 * 2 + 19 * 19)
  // in each type its one administrator gives each of its roles: 19; and 7 + 3 + 1 first administrators are invited elsewhere
  expect(granted).toBe(19 + 11)
})

test('creation: who makes which organisation', () => {
  for (const role of ROLES)
    for (const type of ORGANISATION_TYPES)
      expect([role, type, whyNotCreateOrganisation(role, type) === null]).toEqual([
        role,
        type,
        (CREATES[role] ?? '').split(' ').includes(type),
      ])
  expect(creatableTypes('collectivite.administrateur')).toEqual([])
  expect(whyNotCreateOrganisation('operateur.gestionnaire', 'financeur')?.code).toBe('habilitation_refusee')
})

test('the refusal of an organisation that somebody administers says whose business it is', () => {
  const refusal = whyNotGrant({
    granter: { role: 'anct.pilote', organisationId: 'mine' },
    organisation: { id: 'theirs', type: 'hub', hasAdministrator: true },
    role: 'hub.animateur',
  })
  expect(refusal?.message).toMatch(/administre déjà/)
})

test('preparing, approving and releasing are three people; every other pair may be held together', () => {
  const pairs = ROLES.flatMap((held) => ROLES.map((role) => [held, role] as const))
  const refused = pairs.filter(([held, role]) => whyNotHold([held], role)?.code === 'roles_incompatibles')
  const finance = ['operateur.finance_preparateur', 'operateur.finance_approbateur', 'operateur.finance_emetteur'] as Role[]
  expect(refused).toEqual(finance.flatMap((held) => finance.filter((role) => role !== held).map((role) => [held, role])))
  expect(whyNotHold(['operateur.gestionnaire', 'operateur.finance_emetteur'], 'operateur.finance_preparateur')?.code).toBe(
    'roles_incompatibles',
  )
  expect(rolesExcludedBy('operateur.gestionnaire')).toEqual([])
})

test('the first role of a type administers it', () => {
  for (const type of ORGANISATION_TYPES) expect(administratorOf(type)).toBe(ADMINISTERS[type])
})
