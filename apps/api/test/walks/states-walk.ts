import { randomUUID } from 'node:crypto'
import { needsSecondFactor } from '@pass/domain/acces.ts'
import { isAllowed } from '@pass/domain/droits.ts'
import { type Role, ROLES } from '@pass/domain/organisations.ts'
import type { LightMyRequestResponse } from 'fastify'
import { PEOPLE } from '../../../../prisma/seed/base/ids.ts'
import { isNightly } from '../../../../tools/nightly.mjs'
import type { Module } from '../../src/registry.ts'
import { newPerson } from '../new-person.ts'
import type { Caller, Person, Proved, World } from '../world.ts'
import { fingerprintOfAll } from './fingerprint.ts'
import { commonFaults, count, everyRoute, type Findings, mayCall, newFindings, send, type Walked } from './routes.ts'

/** What an answer must be: a status and its code, or anything that opens (`entre`: neither 401 nor 403 of the gate). */
type Expected = `${401 | 403} ${string}` | 'entre' | 'ignore'

/** A state of a session: how it is brought about, and what each route must then answer to a role. */
type State = {
  /** The roles walked in it; all unless said. */
  roles: readonly Role[]
  prepare: (world: World, role: Role) => Promise<() => Caller>
  expected: (walked: Walked, role: Role) => Expected
}

const isOfSession = ({ route }: Walked) => route.effect === 'session' && route.droit === 'session:read'
const isOpen = ({ route }: Walked) => route.droit === 'session:read' || route.droit === 'utilisateur:self'
const isChange = ({ route }: Walked) => route.droit === 'utilisateur:self' && route.effect !== 'read'

/** A person of the walk's own who holds this role where the seed's one does, in a session of this kind, changed by SQL once open. */
const sessionOf =
  (proved: Proved, ...changes: readonly string[]) =>
  async (world: World, role: Role): Promise<() => Caller> => {
    const [person] = (await newPerson(world, [PEOPLE[role].organisationId], role)) as [Person]
    const caller = world.asWith(person, proved)
    await caller.cookie()
    for (const text of changes) await world.sql.query(text, [person.utilisateurId])
    return () => caller
  }

const PASSKEY =
  "insert into door.passkey (utilisateur_id, credential_id, cle_publique, nom) select u.id, u.id::text, 'x', 'Clé' from utilisateur u where u.id = $1"

/** Somebody of the assistance looks through the eyes of a person of this role; a session of each call's own, since one of them comes back. */
const support = async (world: World, role: Role): Promise<() => Caller> => {
  const [target] = (await newPerson(world, [PEOPLE[role].organisationId], role)) as [Person]
  const own = PEOPLE['operateur.support']
  const consultationId = randomUUID()
  await world.sql.query(
    "insert into consultation (organisation_id, id, operateur_id, utilisateur_id, adhesion_id, motif) values ($1, $2, $3, $4, $5, 'Le motif de la marche.')",
    [target.organisationId, consultationId, own.organisationId, own.utilisateurId, target.adhesionId],
  )
  const eyes: Person = { utilisateurId: own.utilisateurId, organisationId: target.organisationId, adhesionId: target.adhesionId }
  return () => world.asWith(eyes, { regard: { consultationId, adhesionId: own.adhesionId } })
}

const mayLook = (role: Role) => !role.startsWith('operateur.') && !role.startsWith('anct.')

const lookingAt = (walked: Walked): Expected => {
  const { route, name } = walked
  if (route.effect === 'session') return name === 'closeConsultation' ? 'entre' : '403 lecture_seule'
  // verify, redeem and undo open the session by themselves, for an agent at the counter and nobody else
  const acts = route.effect === 'write' || route.mode === 'statement' || route.stepUp || route.droit === 'utilisateur:self'
  return acts ? '403 lecture_seule' : 'entre'
}

/** Whoever may not is told so first, whatever the state of a session that is open. */
const ofThoseWhoMay =
  (expected: (walked: Walked, role: Role) => Expected) =>
  (walked: Walked, role: Role): Expected =>
    mayCall(role, walked) ? expected(walked, role) : '403 droit_absent'

const closed = (code: Expected) => () => code

/** A session that opens nothing is refused before its role is read: one role of each type at every change, all of them at night. */
const CLOSED_FOR = isNightly()
  ? ROLES
  : ROLES.filter((role, rank) => ROLES.findIndex((one) => one.split('.')[0] === role.split('.')[0]) === rank)

/** Every state of the matrix besides whose row it is (own, other tenant, other structure: strangers-walk.ts). */
export const STATES: Record<string, State> = {
  'no session': { roles: ['anct.pilote'], prepare: async (world) => () => world.anonymous(), expected: closed('401 non_connecte') },
  'left idle': {
    roles: CLOSED_FOR,
    prepare: sessionOf({}, "update session set seen_at = now() - interval '30 minutes 1 second' where utilisateur_id = $1"),
    expected: closed('401 non_connecte'),
  },
  'left idle at a counter': {
    // those who receive people
    roles: ['prescripteur.agent', 'structure.responsable', 'structure.mediateur'],
    prepare: sessionOf({}, "update session set guichet = true, seen_at = now() - interval '10 minutes 1 second' where utilisateur_id = $1"),
    expected: closed('401 non_connecte'),
  },
  'past its ten hours': {
    roles: CLOSED_FOR,
    prepare: sessionOf({}, "update session set created_at = now() - interval '10 hours 1 second' where utilisateur_id = $1"),
    expected: closed('401 non_connecte'),
  },
  'disabled user': {
    roles: CLOSED_FOR,
    prepare: sessionOf({}, 'update utilisateur set desactive_at = now() where id = $1'),
    expected: closed('401 non_connecte'),
  },
  'adhesion withdrawn': {
    roles: ROLES,
    prepare: sessionOf({}, 'update adhesion set retiree_at = now() where utilisateur_id = $1'),
    // how one goes to another organisation, or leaves: walked by the tests of the session
    expected: (walked) => (isOfSession(walked) ? 'ignore' : '403 droit_absent'),
  },
  'adhesion ended': {
    roles: ROLES,
    prepare: sessionOf({}, "update adhesion set date_fin = '2026-03-09' where utilisateur_id = $1"),
    expected: (walked) => (isOfSession(walked) ? 'ignore' : '403 droit_absent'),
  },
  'role of money without its second factor': {
    roles: ROLES.filter((role) => needsSecondFactor(role, false)),
    prepare: sessionOf({ secondFacteur: false }),
    expected: ofThoseWhoMay((walked) => (isOpen(walked) ? 'ignore' : '403 second_facteur_requis')),
  },
  'second factor registered and not given': {
    roles: ROLES,
    prepare: sessionOf({ secondFacteur: false }, PASSKEY),
    // one's account is read, to know which factor to give; it is changed by nobody who has not given it
    expected: ofThoseWhoMay((walked) => (isOpen(walked) && !isChange(walked) ? 'ignore' : '403 second_facteur_requis')),
  },
  'no fresh proof': {
    roles: ROLES,
    prepare: sessionOf({ preuve: false }),
    expected: ofThoseWhoMay(({ route }) => (route.stepUp ? '403 preuve_requise' : 'ignore')),
  },
  'proof eleven minutes old': {
    roles: ROLES,
    prepare: sessionOf({}, "update session set preuve_at = now() - interval '10 minutes 1 second' where utilisateur_id = $1"),
    expected: ofThoseWhoMay(({ route }) => (route.stepUp ? '403 preuve_requise' : 'ignore')),
  },
  'assistance looking': { roles: ROLES.filter(mayLook), prepare: support, expected: ofThoseWhoMay(lookingAt) },
}

const saidOf = ({ statusCode, body }: LightMyRequestResponse): string => {
  const code = statusCode >= 400 && body.startsWith('{') ? (JSON.parse(body) as { code?: string }).code : undefined
  return code === undefined ? String(statusCode) : `${statusCode} ${code}`
}

const isAsExpected = (expected: Expected, said: string): boolean =>
  expected === 'entre' ? !said.startsWith('401') && !said.startsWith('403') : said === expected

const walkRole = async (findings: Findings, name: string, role: Role, callerOf: () => Caller, walk: readonly Walked[]) => {
  for (const walked of walk) {
    const due = STATES[name]!.expected(walked, role)
    if (due === 'ignore') continue
    const response = await send(callerOf(), walked)
    count(findings, response.statusCode)
    const said = saidOf(response)
    findings.faults.push(...commonFaults(walked, response))
    if (!isAsExpected(due, said)) findings.faults.push(`${name}: ${walked.name} answers ${said} to ${role}, ${due} expected`)
  }
}

/**
 * One state: every role that may be in it × every route that asks for a session, each with its example and T1's ids; then not a row
 * has moved (looking ends by coming back, which the consultation itself says).
 */
export const walkState = async (world: World, modules: readonly Module[], name: string): Promise<Findings> => {
  const { roles, prepare } = STATES[name]!
  const findings = newFindings()
  const walk = everyRoute(modules).filter(({ route }) => route.droit !== 'public')
  const callers: [Role, () => Caller][] = []
  for (const role of roles) callers.push([role, await prepare(world, role)])
  const before = await fingerprintOfAll(world.sql)
  for (const [role, callerOf] of callers) await walkRole(findings, name, role, callerOf, walk)
  const after = await fingerprintOfAll(world.sql)
  for (const table of Object.keys(before))
    if (before[table] !== after[table] && table !== 'consultation') findings.faults.push(`${name}: a row of ${table} has moved`)
  return findings
}

/** What is walked at least once in each state, so that an empty walk cannot pass: the roles that hold a droit of these routes. */
export const callsDue = (modules: readonly Module[], name: string): number => {
  const { roles, expected } = STATES[name]!
  const walk = everyRoute(modules).filter(({ route }) => route.droit !== 'public')
  return roles.reduce((sum, role) => sum + walk.filter((walked) => expected(walked, role) !== 'ignore').length, 0)
}

export type Looks = { lines: number; actions: number; elsewhere: number; twice: number; unsigned: number }

/**
 * Reads that the assistance made: each has one line in the journal of the place, under its own name; and no line of theirs there,
 * refused or not, goes without saying that it was a look.
 */
export const looksJournaled = async ({ sql }: World): Promise<Looks> => {
  const { rows } = await sql.query<Looks>(
    `with lignes as (
       select e.*, c.organisation_id lieu, c.utilisateur_id qui from audit_event e join consultation c on c.id::text = e.objet ->> 'consultationId'
        where c.motif = 'Le motif de la marche.' and e.code is distinct from 'lecture_seule' and e.code is distinct from 'droit_absent'
          and e.action not like 'consultation.%')
     select count(*)::int lines, count(distinct action)::int actions, (count(*) - count(distinct request_id))::int twice,
            count(*) filter (where organisation_id is distinct from lieu or utilisateur_id is distinct from qui)::int elsewhere,
            (select count(*)::int from audit_event e where e.utilisateur_id = $1 and e.organisation_id <> $2 and not e.objet ? 'consultationId') unsigned
       from lignes`,
    [PEOPLE['operateur.support'].utilisateurId, PEOPLE['operateur.support'].organisationId],
  )
  return rows[0]!
}

/** Routes that the assistance may read through the eyes of some role: what `looksJournaled` must find. */
export const readsDue = (modules: readonly Module[]): string[] =>
  everyRoute(modules)
    .filter(({ route }) => route.droit !== 'public' && route.droit !== 'session:read')
    .filter(
      (walked) => lookingAt(walked) === 'entre' && ROLES.some((role) => mayLook(role) && isAllowed(role, walked.route.droit as never)),
    )
    .map(({ name }) => name)
