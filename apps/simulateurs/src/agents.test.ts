import { expect, test } from 'vitest'
import { people } from '../../../prisma/seed/volume/organisations.ts'
import { TENANTS } from '../../../prisma/seed/volume/tenants.ts'
import { AGENTS, SIRET_INCONNU } from './agents.ts'

const ANCT = '13002603200016'
const courrielOf = (role: string, organisation: string) => `${role.replace('.', '-')}-${organisation.replace(':', '-')}@exemple.fr`
const known = new Map(people().map((person) => [courrielOf(person.role, person.organisation), person]))
const siretOf = (organisation: string) => {
  const [code, kind] = organisation.split(':')
  const tenant = TENANTS.find((one) => one.code === code)
  return organisation === 'anct' ? ANCT : kind === 'prescripteur' ? tenant?.siretCcas : tenant?.siret
}

test('the agents of the demonstration are its people, in the organisation of their SIRET', () => {
  const strangers = AGENTS.demo.filter(({ email }) => !known.has(email)).map(({ email }) => email)
  expect(strangers).toEqual(['nadia-nouvelle@exemple.fr', 'ugo-inconnu@exemple.fr'])
  for (const { email, given_name, usual_name, siret } of AGENTS.demo) {
    const person = known.get(email)
    if (person) expect([email, given_name, usual_name, siret]).toEqual([email, person.prenom, person.nom, siretOf(person.organisation)])
  }
})

test('every public person of the demonstration has an agent', () => {
  const roles = ['anct.pilote', 'collectivite.administrateur', 'collectivite.gestionnaire', 'prescripteur.agent']
  const wanted = people().flatMap(({ role, organisation }) => (roles.includes(role) ? [courrielOf(role, organisation)] : []))
  const agents = new Set(AGENTS.demo.map(({ email }) => email))
  expect(wanted.filter((courriel) => !agents.has(courriel))).toEqual([])
})

test('identifiers are unique, and stay the same from one start to the next', () => {
  const all = [...AGENTS.base, ...AGENTS.demo].map(({ sub }) => sub)
  expect(new Set(all).size).toBe(all.length)
  expect(AGENTS.base[0]?.sub).toBe('base-0001-6f9c2d1e8b7a')
  expect(AGENTS.base.some(({ siret }) => siret === SIRET_INCONNU)).toBe(true)
})
