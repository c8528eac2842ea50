import { randomUUID } from 'node:crypto'
import { ORGANISATION_TYPES, type OrganisationType, type Role, ROLES } from '@pass/domain/organisations.ts'
import { ORG, PEOPLE } from '../../../../prisma/seed/base/ids.ts'
import { newPerson } from '../new-person.ts'
import type { World } from '../world.ts'

/** Who gives what, told again by hand from domain.md section 2: nothing here comes from the rule that is tested. */
const ADMINISTERS: Record<OrganisationType, Role> = {
  anct: 'anct.pilote',
  operateur: 'operateur.gestionnaire',
  collectivite: 'collectivite.administrateur',
  prescripteur: 'prescripteur.responsable',
  structure: 'structure.responsable',
  prefecture: 'prefecture.instructeur',
  hub: 'hub.animateur',
  financeur: 'financeur.lecteur',
}
const CREATES: Partial<Record<Role, string>> = {
  'anct.pilote': 'operateur collectivite prescripteur structure prefecture hub financeur',
  'operateur.gestionnaire': 'collectivite prescripteur structure',
  'operateur.labellisateur': 'structure',
}
const typeOf = (role: Role) => role.split('.')[0] as OrganisationType
const administers = (role: Role) => ADMINISTERS[typeOf(role)] === role

export type GrantFindings = { cells: number; granted: number; violations: string[] }

/** A place where a role may be given; `ofO1`: operator O1 made it. */
type Place = { id: string; type: OrganisationType; name: 'administered' | 'empty' | 'foreign'; ofO1: boolean }

const makePlaces = async (world: World): Promise<Place[]> => {
  const places: Place[] = []
  for (const type of ORGANISATION_TYPES)
    for (const name of ['administered', 'empty', 'foreign'] as const) {
      const place = { id: randomUUID(), type, name, ofO1: name !== 'foreign' }
      await world.sql.query('insert into organisation (id, type, nom, cree_par_id) values ($1, $2, $3, $4)', [
        place.id,
        type,
        `${type} ${name}`,
        place.ofO1 ? ORG.o1 : ORG.o2,
      ])
      if (name === 'administered') await newPerson(world, [place.id], ADMINISTERS[type])
      places.push(place)
    }
  return places
}

let address = 0
const invitee = () => ({ courriel: `matrix-${(address += 1)}@exemple.fr`, prenom: 'Max', nom: 'Matrice' })

type Recorder = (what: string, status: number, expected: number) => void

/** Every role gives every role: by invitation, by changing a member of their own organisation, and one of another. */
const walkRoles = async (world: World, granters: readonly Role[], record: Recorder) => {
  const [stranger] = await newPerson(world, [ORG.t2], 'collectivite.lecteur')
  for (const granter of granters) {
    const caller = world.as(granter)
    const { organisationId } = PEOPLE[granter]
    const last = ROLES.findLast((one) => typeOf(one) === typeOf(granter))
    const [member] = await newPerson(world, [organisationId], last)
    for (const role of ROLES) {
      const may = administers(granter) && typeOf(granter) === typeOf(role)
      const refused = administers(granter) ? 409 : 403
      const change = { role, territoire: [], dateFin: null }
      const invited = await caller.post('/invitations', { ...invitee(), ...change })
      record(`${granter} invites ${role}`, invited.statusCode, may ? 201 : refused)
      const own = await caller.put(`/membres/${member!.adhesionId}`, change)
      record(`${granter} makes a member ${role}`, own.statusCode, may ? 200 : refused)
      const other = await caller.put(`/membres/${stranger!.adhesionId}`, change)
      record(`${granter} makes a stranger ${role}`, other.statusCode, administers(granter) ? 404 : 403)
    }
  }
}

/** Every role invites somebody to administer: their own organisation, and one of each type administered, empty, or another operator's. */
const walkPlaces = async (world: World, granters: readonly Role[], record: Recorder) => {
  const places = await makePlaces(world)
  for (const granter of granters) {
    const invite = async (id: string) => (await world.as(granter).post(`/organisations/${id}/administrateur`, invitee())).statusCode
    const creates = (CREATES[granter] ?? '').split(' ')
    record(
      `${granter} invites to administer their own`,
      await invite(PEOPLE[granter].organisationId),
      CREATES[granter] ? (administers(granter) ? 201 : 409) : 403,
    )
    for (const { id, type, name, ofO1 } of places) {
      const works = ['collectivite', 'prescripteur', 'structure'].includes(type)
      const sees = granter.startsWith('anct.') || (ofO1 && works)
      const may = sees && name !== 'administered' && creates.includes(type)
      const expected = CREATES[granter] === undefined ? 403 : !sees ? 404 : may ? 201 : 409
      record(`${granter} invites to administer ${type} ${name}`, await invite(id), expected)
    }
  }
}

/** Grant × granter through HTTP, against the statement above; then the rows themselves: nobody holds a role of another type. */
export const walkGrants = async (world: World, granters: readonly Role[] = ROLES): Promise<GrantFindings> => {
  const findings: GrantFindings = { cells: 0, granted: 0, violations: [] }
  const record = (what: string, status: number, expected: number) => {
    findings.cells += 1
    findings.granted += Number(status < 300)
    if (status !== expected) findings.violations.push(`${what}: ${status}, ${expected} expected`)
  }
  await walkRoles(world, granters, record)
  await walkPlaces(world, granters, record)
  const { rows } = await world.sql.query<{ what: string }>(
    `select 'invitation of ' || i.role || ' in a ' || o.type what from invitation i join organisation o on o.id = i.organisation_id where split_part(i.role, '.', 1) <> o.type
     union all select 'adhesion of ' || a.role || ' in a ' || o.type from adhesion a join organisation o on o.id = a.organisation_id where split_part(a.role, '.', 1) <> o.type`,
  )
  findings.violations.push(...rows.map(({ what }) => what))
  return findings
}
