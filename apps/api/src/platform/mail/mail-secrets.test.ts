import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { newAccount } from '../../../test/accounts.ts'
import { openMailbox } from '../../../test/mailbox.ts'
import { createWorld } from '../../../test/world.ts'

const mailbox = await openMailbox()
const world = await createWorld({ config: { ...mailbox.config, publicUrl: 'https://pass.exemple.fr' } })
const worker = new pg.Client({ connectionString: world.urls.workerUrl })
await worker.connect()
afterAll(async () => {
  await worker.end()
  await world.close()
  await mailbox.close()
})

test('secrets are in the mails alone: not in the queue, not in the rows, not in the journal', async () => {
  await mailbox.empty()
  const { courriel } = await newAccount(world)
  const asked = await world.anonymous().post('/session/lien', { courriel })
  const invited = await world.as('collectivite.administrateur').post('/invitations', {
    courriel: 'ivan@exemple.fr',
    prenom: 'Iris',
    nom: 'Invitée',
    role: 'collectivite.lecteur',
    territoire: [],
    dateFin: '2026-12-31',
  })
  expect([asked.statusCode < 300, invited.statusCode < 300]).toEqual([true, true])
  await world.runJobs()
  const secrets = (await mailbox.all()).flatMap(({ lien }) => (lien && /#[\w-]{43}$/.test(lien) ? [lien.slice(-43)] : []))
  const kept = await world.sql.query<{ text: string }>(
    `select jsonb_agg(c)::text text from door.courriel c union all select jsonb_agg(a)::text from audit_event a union all select jsonb_agg(j)::text from door.jeton j`,
  )
  const jobs = await worker.query<{ text: string }>('select coalesce(jsonb_agg(j)::text, $1) text from graphile_worker._private_jobs j', [
    'none',
  ])
  const texts = [...kept.rows, ...jobs.rows].map(({ text }) => text)
  expect(texts).toHaveLength(4)
  expect(secrets).toHaveLength(2)
  for (const secret of secrets) expect(texts.filter((text) => text?.includes(secret))).toEqual([])
})
