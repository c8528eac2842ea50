import { expect, test } from 'vitest'
import { ADMINISTRATORS, needsSecondFactor, ROLES_SECOND_FACTEUR, whyNotRemoveFacteur } from './acces.ts'
import { isAllowed } from './droits.ts'
import { type Role, ROLES } from './organisations.ts'

test.each([
  [[], 0, null],
  [['structure.mediateur'], 0, null],
  [['structure.mediateur'], 1, null],
  [['operateur.gestionnaire'], 0, 'facteur_exige'],
  [['operateur.gestionnaire'], 1, null],
  [['operateur.finance_approbateur'], 0, 'facteur_exige'],
  [['operateur.finance_emetteur', 'structure.mediateur'], 0, 'facteur_exige'],
  [['structure.mediateur', 'operateur.finance_preparateur'], 0, 'facteur_exige'],
  [['structure.mediateur', 'operateur.finance_preparateur'], 2, null],
  [['collectivite.administrateur'], 0, null],
] as [Role[], number, string | null][])('roles %j with %i other factors: %s', (roles, autres, code) => {
  expect(whyNotRemoveFacteur({ roles, autres })?.code ?? null).toBe(code)
})

test('a second factor is needed by the roles that move money or print, and by whoever registered one', () => {
  const withoutNeed = ROLES.filter((role) => !needsSecondFactor(role, false))
  expect(withoutNeed.length).toBe(ROLES.length - ROLES_SECOND_FACTEUR.length)
  const MONEY = [
    'lot:print',
    'commande:activate',
    'commande:fund',
    'bordereau:close',
    'bordereau:approve',
    'bordereau:release',
    'bordereau:pay',
  ] as const
  for (const role of withoutNeed) for (const droit of MONEY) expect([role, droit, isAllowed(role, droit)]).toEqual([role, droit, false])
  for (const role of ROLES) expect(needsSecondFactor(role, true)).toBe(true)
})

test('one role administers each type of organisation', () => {
  const types = new Set(ROLES.map((role) => role.split('.')[0]))
  expect(new Set(ADMINISTRATORS.map((role) => role.split('.')[0]))).toEqual(types)
  expect(ADMINISTRATORS.length).toBe(types.size)
})
