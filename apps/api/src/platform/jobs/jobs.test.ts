import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ORG } from '../../../../../prisma/seed/base/ids.ts'
import { prepareProbes, probes, probeTasks, seen } from '../../../test/probe.ts'
import { createWorld, type World } from '../../../test/world.ts'
import { MODULES } from '../../registry.ts'
import { openDeps } from '../process.ts'
import { installJobs } from './install.ts'
import type { SystemTask } from './job.ts'
import { startJobs } from './run.ts'

let world: World
const T1 = 'collectivite.gestionnaire'
beforeAll(async () => {
  world = await createWorld({ modules: [...MODULES, probes], tasks: probeTasks, prepare: prepareProbes })
})
afterAll(() => world.close())

const asked = async (acte = 'rien') => {
  const id = randomUUID()
  await world.as(T1).post('/sondes', { id, nom: `Sonde ${id}`.slice(0, 40) })
  await world.as(T1).post(`/sondes/${id}/actes`, { acte })
  return id
}

test('a job asked in a write acts afterwards for the organisation that asked, and is journaled', async () => {
  const other = randomUUID()
  await world.as('autre:collectivite.gestionnaire').post('/sondes', { id: other, nom: 'Ailleurs' })
  const id = await asked()
  await world.runJobs()
  expect(seen.at(-1)).toMatchObject({ type: 'collectivite', sondeId: id, organisationId: ORG.t1 })
  const { rows } = await world.sql.query(
    "select organisation_id, role, statut from audit_event where action = 'job:sonder' and objet->>'sondeId' = $1",
    [id],
  )
  expect(rows).toEqual([{ organisation_id: ORG.t1, role: 'collectivite.systeme', statut: 200 }])
  expect(seen.at(-1)!.rows).toBe(
    (await world.sql.query('select count(*)::int as n from sonde where collectivite_id = $1', [ORG.t1])).rows[0].n,
  )
})

test('a job asked twice under one key is done once', async () => {
  const id = await asked()
  await world.as(T1).post(`/sondes/${id}/actes`, { acte: 'rien' })
  const before = seen.length
  await world.runJobs()
  expect(seen.length).toBe(before + 1)
})

test('a write that is undone asks for no job', async () => {
  const before = seen.length
  await asked('refuse_apres')
  await world.runJobs()
  expect(seen.length).toBe(before)
})

test('only the worker makes a job’s context; the queue is nobody else’s to read', async () => {
  await expect(world.deps.pool.query('select job_context($1)', [ORG.t1])).rejects.toMatchObject({ code: '42501' })
  await expect(world.deps.pool.query('select * from graphile_worker._private_jobs')).rejects.toMatchObject({ code: '42501' })
  await expect(world.deps.pool.query("select graphile_worker.add_job('x')")).rejects.toMatchObject({ code: '42501' })
})

test('making the queue again changes nothing', async () => {
  await installJobs(world.urls.workerUrl)
  const id = await asked()
  await world.runJobs()
  expect(seen.at(-1)?.sondeId).toBe(id)
})

test('the worker starts what the clock starts, and leaves what it cannot do', async () => {
  const worker = await openDeps(world.deps.config, { url: world.urls.workerUrl, name: 'worker', max: 4 })
  const ran: string[] = []
  const own = (name: string, missing: string | null = null): SystemTask => ({
    cron: '0 0 1 1 *',
    missing: () => missing,
    run: async ({ payload, today }) => void ran.push(`${name} ${JSON.stringify(payload)} ${today}`),
  })
  const tasks = { fait: own('fait'), attend: own('attend', 'Il manque un réglage.') }
  const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const runner = await startJobs(worker, tasks)
  await worker.pool.query(`select graphile_worker.add_job('fait', '{"a":1}'), graphile_worker.add_job('attend')`)
  await vi.waitFor(() => expect(ran).toEqual(['fait {"a":1} 2026-03-10']), 5000)
  await runner.stop()
  await runner.promise
  expect(silent.mock.calls).toEqual([['Il manque un réglage.']])
  silent.mockRestore()
  const jobs = await worker.pool.query('select task_identifier, attempts from graphile_worker.jobs where task_identifier = any ($1)', [
    Object.keys(tasks),
  ])
  expect(jobs.rows).toEqual([{ task_identifier: 'attend', attempts: 0 }])
  const known = await worker.pool.query('select identifier from graphile_worker._private_known_crontabs')
  expect(known.rows).toEqual([{ identifier: 'fait' }])
  await worker.close()
})
