import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { PEOPLE } from '../../../../../prisma/seed/base/ids.ts'
import { newAccount } from '../../../test/accounts.ts'
import { openMailbox } from '../../../test/mailbox.ts'
import { createWorld } from '../../../test/world.ts'
import { startCatcher } from '../../../../simulateurs/src/courriel.ts'
import { TASKS } from '../../jobs.ts'
import { waiting } from '../jobs/run.ts'

const mailbox = await openMailbox()
const world = await createWorld({ config: mailbox.config })
const worker = new pg.Client({ connectionString: world.urls.workerUrl })
await worker.connect()
afterAll(async () => {
  await worker.end()
  await world.close()
  await mailbox.close()
})
beforeEach(() => mailbox.empty())

/** Queues a mail as a business transaction would. */
const queue = async (modele: string, adresse: string, objet: object = {}, utilisateurId: string | null = null): Promise<string> =>
  (
    await world.sql.query<{ id: string }>(
      'insert into door.courriel (modele, adresse, objet, utilisateur_id) values ($1, $2, $3, $4) returning id',
      [modele, adresse, objet, utilisateurId],
    )
  ).rows[0]!.id
const enqueue = (id: string) => worker.query('select graphile_worker.enqueue_courriel($1)', [id])
const sentAt = async (id: string) => (await world.sql.query('select envoye_at from door.courriel where id = $1', [id])).rows[0]?.envoye_at
const again = () => worker.query('update graphile_worker._private_jobs set run_at = now()')
const jobs = async () =>
  (await worker.query("select key, attempts, last_error from graphile_worker._private_jobs where key like 'courriel:%'")).rows

test('a mail is sent once and marked; its job run again sends nothing', async () => {
  const id = await queue('mot_de_passe_change', 'une-fois@exemple.fr')
  await enqueue(id)
  await world.runJobs()
  expect(await sentAt(id)).toBeInstanceOf(Date)
  await enqueue(id)
  await world.runJobs()
  expect(await mailbox.all()).toHaveLength(1)
  expect(await jobs()).toEqual([])
})

test('stopped between the mail server and the mark: sent again, with the same identifier, never lost', async () => {
  const id = await queue('mot_de_passe_change', 'deux-fois@exemple.fr')
  await enqueue(id)
  await world.runJobs()
  await world.sql.query('update door.courriel set envoye_at = null where id = $1', [id])
  await enqueue(id)
  await world.runJobs()
  const mails = await mailbox.all()
  expect(mails.map(({ entetes }) => entetes['message-id'])).toEqual(Array(2).fill(`<${id}@pass-numerique.invalid>`))
})

test('a link sent twice: the second mail has another secret and another identifier, and it is the second that works', async () => {
  const { courriel } = await newAccount(world)
  await world.anonymous().post('/session/lien', { courriel })
  await world.runJobs()
  const first = await mailbox.last(courriel)
  await world.sql.query('update door.courriel set envoye_at = null where adresse = $1', [courriel])
  const { rows } = await world.sql.query('select id from door.courriel where adresse = $1', [courriel])
  await enqueue(rows[0].id)
  await world.runJobs()
  const second = await mailbox.last(courriel)
  expect(second.entetes['message-id']).not.toBe(first.entetes['message-id'])
  const open = async ({ lien }: typeof first) =>
    (await world.anonymous().post('/session/lien/ouverture', { jeton: new URL(lien!).hash.slice(1) })).statusCode
  expect(await open(first)).toBe(409)
  expect(await open(second)).toBe(201)
})

test('nothing left to say: the row goes, no mail leaves', async () => {
  const { courriel, utilisateurId } = await newAccount(world)
  await world.anonymous().post('/session/lien', { courriel })
  await world.sql.query("update door.jeton set expire_at = now() - interval '1 second' where utilisateur_id = $1", [utilisateurId])
  const gone = await queue('notification', courriel, { notificationId: PEOPLE['anct.pilote'].utilisateurId }, utilisateurId)
  await enqueue(gone)
  await world.runJobs()
  expect(await mailbox.all()).toEqual([])
  expect((await world.sql.query('select 1 from door.courriel where adresse = $1', [courriel])).rows).toEqual([])
})

test('the mail server is away: the mail waits, the reason names no address, and it leaves when the server is back', async () => {
  const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const dir = await mkdtemp(join(tmpdir(), 'courriels-'))
  const stopped = await startCatcher({ port: 0, dir })
  await stopped.close()
  const away = await createWorld({ config: { smtpUrl: `smtp://127.0.0.1:${stopped.port}` } })
  const theirs = new pg.Client({ connectionString: away.urls.workerUrl })
  await theirs.connect()
  try {
    const { rows } = await away.sql.query<{ id: string }>(
      "insert into door.courriel (modele, adresse) values ('mot_de_passe_change', 'ada@exemple.fr') returning id",
    )
    await theirs.query('select graphile_worker.enqueue_courriel($1)', [rows[0]!.id])
    await away.runJobs()
    const job = (await theirs.query('select attempts, last_error, run_at > now() later from graphile_worker._private_jobs')).rows
    expect(job).toEqual([{ attempts: 1, later: true, last_error: expect.stringMatching(/non remis : E[A-Z]+/) }])
    expect(JSON.stringify([job, silent.mock.calls])).not.toContain('ada@')
    expect((await away.sql.query('select envoye_at from door.courriel')).rows).toEqual([{ envoye_at: null }])
    const back = await startCatcher({ port: stopped.port, dir })
    await theirs.query('update graphile_worker._private_jobs set run_at = now()')
    await away.runJobs()
    await back.close()
    expect((await readdir(dir)).filter((name) => name.endsWith('.json'))).toHaveLength(1)
    expect((await away.sql.query('select envoye_at from door.courriel')).rows).toEqual([{ envoye_at: expect.any(Date) }])
  } finally {
    silent.mockRestore()
    await theirs.end()
    await away.close()
    await rm(dir, { recursive: true })
  }
})

test('without a mail server the jobs wait untouched, and the worker says so once', async () => {
  const without = await createWorld({ config: { smtpUrl: undefined } })
  try {
    const { courriel } = await newAccount(without)
    await without.anonymous().post('/session/lien', { courriel })
    await without.runJobs()
    const theirs = new pg.Client({ connectionString: without.urls.workerUrl })
    await theirs.connect()
    expect((await theirs.query('select attempts from graphile_worker._private_jobs')).rows).toEqual([{ attempts: 0 }])
    await theirs.end()
    expect(waiting(without.deps, TASKS)).toEqual([expect.stringContaining('SMTP_URL manque')])
    expect(waiting(world.deps, TASKS)).toEqual([])
  } finally {
    await without.close()
  }
})

test('the tending: what no job holds any more is asked again, what is 30 days old is erased', async () => {
  const lost = await queue('mot_de_passe_change', 'perdu@exemple.fr')
  const fresh = await queue('mot_de_passe_change', 'recent@exemple.fr')
  const old = await queue('mot_de_passe_change', 'ancien@exemple.fr')
  await world.sql.query("update door.courriel set created_at = now() - interval '10 minutes' where id = $1", [lost])
  await world.sql.query(
    "update door.courriel set created_at = now() - interval '31 days', envoye_at = now() - interval '31 days' where id = $1",
    [old],
  )
  await worker.query("select graphile_worker.add_job('tend-courriels')")
  await world.runJobs()
  await again()
  await world.runJobs()
  expect((await mailbox.all()).map(({ a }) => a)).toEqual(['perdu@exemple.fr'])
  expect(await sentAt(fresh)).toBeNull()
  expect(await sentAt(old)).toBeUndefined()
})

test('the mail functions are the worker’s alone, and queueing is the other functions’', async () => {
  const nobody = PEOPLE['anct.pilote'].utilisateurId
  for (const call of [
    `courriel_take('${nobody}')`,
    `courriel_sent('${nobody}')`,
    `courriel_drop('${nobody}')`,
    'courriels_tend()',
    `queue_courriel('x', 'x', null, null, '{}')`,
  ])
    await expect(world.deps.pool.query(`select ${call}`)).rejects.toMatchObject({ code: '42501' })
})
