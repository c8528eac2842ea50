import { expect, test } from 'vitest'
import { bareSiret, formatSiret, isAdministrator, isSiret, ORGANISATION_TYPES, ROLES, rolesOf, roleType } from './organisations.ts'

test.each([
  ['21230250900014', true, 'Luhn'],
  ['212 302 509 00014', true, 'grouped'],
  ['212\u00a0302\u00a0509\u00a000014', true, 'as we print it'],
  ['21230250900015', false, 'wrong key'],
  ['212302509', false, 'nine digits (G20)'],
  ['212302509000141', false, 'fifteen digits'],
  ['2123025090001A', false, 'a letter'],
  ['', false, 'empty'],
  ['35600000000048', true, 'head office of La Poste, Luhn'],
])('%s is a SIRET: %s (%s)', (text, is) => {
  expect(isSiret(text)).toBe(is)
})
test('La Poste establishments follow the sum of their digits (G20)', () => {
  const sums = Array.from({ length: 100 }, (_, n) => `356000000${String(n).padStart(5, '0')}`).filter((siret) => siret !== '35600000000048')
  for (const siret of sums) expect(isSiret(siret)).toBe([...siret].reduce((sum, digit) => sum + Number(digit), 0) % 5 === 0)
})
test('a SIRET prints in groups and is stored bare', () => {
  expect(formatSiret('21230250900014')).toBe('212\u00a0302\u00a0509\u00a000014')
  expect(formatSiret('12')).toBe('12')
  expect(bareSiret('212 302 509 00014')).toBe('21230250900014')
})
test('each role belongs to its type, and each type has one administrator', () => {
  expect(ROLES.every((role) => ORGANISATION_TYPES.includes(roleType(role)))).toBe(true)
  expect(ORGANISATION_TYPES.map((type) => rolesOf(type).filter(isAdministrator))).toEqual(
    ORGANISATION_TYPES.map((type) => [rolesOf(type)[0]]),
  )
  expect(rolesOf('collectivite')).toEqual(['collectivite.administrateur', 'collectivite.gestionnaire', 'collectivite.lecteur'])
})
