import { routes } from '@pass/contracts/route.ts'
import { isAllowed } from '@pass/domain/droits.ts'
import { ROLES } from '@pass/domain/organisations.ts'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { implement } from '../../src/platform/implement.ts'
import { MODULES, type Module } from '../../src/registry.ts'
import { createWorld } from '../world.ts'
import { connect } from './sql-context.ts'
import { callsDue, looksJournaled, readsDue, STATES, walkState } from './states-walk.ts'

const world = await createWorld()
afterAll(() => world.close())

test.each(Object.keys(STATES))(
  '%s: every role × every route answers what the table says, and not a row moves',
  { timeout: 400_000 },
  async (name) => {
    const { calls, statuts, faults } = await walkState(world, MODULES, name)
    console.log(
      `walk of the states, ${name}: ${STATES[name]!.roles.length} roles, ${calls} calls ${JSON.stringify(statuts)}, ${faults.length} violations`,
    )
    expect(faults).toEqual([])
    expect(calls).toBe(callsDue(MODULES, name))
    expect(calls).toBeGreaterThan(10)
  },
)

test('every read of the assistance is in the journal of the place, under its own name', async () => {
  const { lines, actions, ...faults } = await looksJournaled(world)
  const due = readsDue(MODULES)
  console.log(`walk of the states: ${lines} reads of the assistance journaled, of ${actions} routes`)
  expect([actions, faults]).toEqual([due.length, { elsewhere: 0, twice: 0, unsigned: 0 }])
  expect(lines).toBeGreaterThan(actions)
})

const response = z.object({})
const oublis = routes({
  sansPreuve: {
    method: 'GET',
    path: '/oublis/preuve',
    droit: 'convention:read',
    effect: 'read',
    stepUp: true,
    summary: 'Sans preuve',
    response,
  },
  sansFacteur: {
    method: 'GET',
    path: '/oublis/facteur',
    droit: 'bordereau:read',
    effect: 'read',
    summary: 'Sans second facteur',
    response,
  },
  sansSession: {
    method: 'POST',
    path: '/oublis/session',
    droit: 'session:read',
    effect: 'session',
    summary: 'Acte de session oublié',
    response,
  },
  sansFin: { method: 'GET', path: '/oublis/fin', droit: 'lieu:read', effect: 'read', summary: 'Sans regarder la fin', response },
})

/** Routes bound with less than their table says: the gate never hears of the proof, of the droit, of the name, of anything. */
const forgetful: Module = {
  routes: oublis,
  bind: (app, deps) => {
    const { stepUp: _, ...withoutProof } = oublis.sansPreuve
    const open = { ...oublis.sansFacteur, droit: 'session:read' } as const
    implement(
      app,
      deps,
      { sansPreuve: withoutProof, sansFacteur: open },
      {
        sansPreuve: async () => ({}),
        sansFacteur: async () => ({}),
      },
    )
    implement(app, deps, { closeConsultation: oublis.sansSession }, { closeConsultation: async () => ({}) })
    app.get('/oublis/fin', () => ({}))
  },
}

test('sabotage: a proof dropped, a second factor not asked, a session act forgotten, an end not looked at: each is found', async () => {
  const sabotaged = await createWorld({ modules: [forgetful] })
  const faultsOf = async (name: string) => (await walkState(sabotaged, [forgetful], name)).faults
  expect(await faultsOf('no fresh proof')).toContain(
    'no fresh proof: sansPreuve answers 200 to collectivite.gestionnaire, 403 preuve_requise expected',
  )
  const late = (await faultsOf('proof eleven minutes old')).filter((fault) => fault.includes('sansPreuve'))
  expect(late).toHaveLength(ROLES.filter((role) => isAllowed(role, 'convention:read')).length)
  expect(await faultsOf('role of money without its second factor')).toContain(
    'role of money without its second factor: sansFacteur answers 200 to operateur.finance_emetteur, 403 second_facteur_requis expected',
  )
  expect(await faultsOf('assistance looking')).toContain(
    'assistance looking: sansSession answers 200 to structure.mediateur, 403 lecture_seule expected',
  )
  for (const name of ['no session', 'left idle', 'past its ten hours', 'disabled user'])
    expect((await faultsOf(name)).some((fault) => fault.startsWith(`${name}: sansFin answers 200`))).toBe(true)
  for (const name of ['adhesion withdrawn', 'adhesion ended'])
    expect(await faultsOf(name)).toContain(`${name}: sansFin answers 200 to hub.animateur, 403 droit_absent expected`)
  await sabotaged.close()
})

/** What each function would be if a line of it were forgotten: the state that must tell, and a route that then opens. */
const WEAKENED: readonly [fn: string, line: string, instead: string, state: string, fault: string][] = [
  [
    'session_live',
    "s.seen_at > now() - case when s.guichet then interval '10 minutes' else interval '30 minutes' end",
    'true',
    'left idle',
    'listAteliers answers 200',
  ],
  ['session_live', "s.created_at > now() - interval '10 hours'", 'true', 'past its ten hours', 'listAteliers answers 200'],
  ['session_live', 'u.desactive_at is null', 'true', 'disabled user', 'verifyPass answers'],
  ['adhesion_en_cours', 'a.retiree_at is null', 'true', 'adhesion withdrawn', 'redeemPass answers'],
  ['session_open', "when s.consultation_id is not null then 'lecture'", '', 'assistance looking', 'undoRedemption answers'],
  ['session_open', 's.second_facteur', 'true', 'second factor registered and not given', 'listAteliers answers 200'],
  ['counter_enter', "when s.etat <> 'ouverte' then 'lecture_seule'", '', 'assistance looking', 'verifyPass answers'],
  [
    'counter_enter',
    "when s.a_un_facteur and not s.second_facteur then 'second_facteur_requis'",
    '',
    'second factor registered and not given',
    'redeemPass answers',
  ],
]

test('sabotage: a line forgotten in a function of the session or of the counter is found by its state', { timeout: 200_000 }, async () => {
  const counter = MODULES.filter(({ routes: table }) => 'redeemPass' in table)
  const sabotaged = await createWorld()
  const root = await connect(sabotaged.urls.superuserUrl)
  for (const [fn, line, instead, state, fault] of WEAKENED) {
    const { rows } = await root.query<{ def: string }>('select pg_get_functiondef($1::regproc) def', [fn])
    const { def } = rows[0]!
    expect([fn, def.split(line).length]).toEqual([fn, 2])
    await root.query(def.replace(line, instead))
    const { faults } = await walkState(sabotaged, counter, state)
    await root.query(def)
    expect([fn, line, faults.some((one) => one.includes(fault))]).toEqual([fn, line, true])
  }
  await root.end()
  await sabotaged.close()
  console.log(`walk of the states: ${WEAKENED.length} weakened functions found`)
})
