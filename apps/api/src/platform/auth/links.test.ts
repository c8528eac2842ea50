import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lastLink, mailsTo, newAccount, secretOf } from '../../../test/accounts.ts'
import { createWorld, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const ask = (courriel: string, more = {}) => world.anonymous().post('/session/lien', { courriel, ...more })
const open = (jeton: string, more = {}) => world.anonymous().post('/session/lien/ouverture', { jeton, ...more })
const PERIME = { status: 409, code: 'lien_perime' }
const stripped = (response: Awaited<ReturnType<typeof ask>>) => {
  const { requestId: _, ...body } = response.json()
  return { status: response.statusCode, body, retryAfter: response.headers['retry-after'] }
}
const jobs = async () => (await world.sql.query("select count(*)::int as n from door.courriel where modele = 'lien_connexion'")).rows[0].n

test('a link is mailed to a known address, opens one session, once', async () => {
  const { courriel, adhesionId, utilisateurId } = await newAccount(world)
  const asked = await ask(` ${courriel.toUpperCase()} `, { retour: '/collectivite/commandes?page=2' })
  expect(stripped(asked)).toEqual({ status: 202, body: { envoye: true }, retryAfter: undefined })
  const [mail, ...others] = await mailsTo(world, courriel)
  expect(others).toEqual([])
  expect(mail).toEqual({
    modele: 'lien_connexion',
    objet: { jetonId: expect.stringMatching(/^[0-9a-f-]{36}$/), retour: '/collectivite/commandes?page=2' },
  })
  const jeton = await lastLink(world, courriel)
  const opened = await open(jeton)
  expect([opened.statusCode, opened.json().adhesionId, opened.json().guichet]).toEqual([201, adhesionId, false])
  expect(String(opened.headers['set-cookie'])).toMatch(/^__Host-session=[\w-]{43};/)
  expect((await open(jeton)).json()).toMatchObject(PERIME)
  const { rows } = await world.sql.query(
    "select action, objet ->> 'methode' as methode from audit_event where utilisateur_id = $1 and action = 'session.ouverte'",
    [utilisateurId],
  )
  expect(rows).toEqual([{ action: 'session.ouverte', methode: 'lien' }])
})

test('a link opened at a counter opens a counter’s session', async () => {
  const { courriel } = await newAccount(world)
  await ask(courriel)
  expect((await open(await lastLink(world, courriel), { guichet: true })).json().guichet).toBe(true)
})

test('a role that moves money is not whole by a link alone', async () => {
  const { courriel } = await newAccount(world, {
    role: 'operateur.finance_preparateur',
    organisationId: '0192d1c0-0000-7000-8000-a10000000001',
  })
  await ask(courriel)
  const opened = await open(await lastLink(world, courriel))
  expect(opened.json().secondFacteur).toMatchObject({ requis: true, prouve: false })
  const cookie = String(opened.headers['set-cookie']).split(';')[0]!
  expect((await world.anonymous().get('/accueil', { headers: { cookie } })).json()).toMatchObject({
    status: 403,
    code: 'second_facteur_requis',
  })
})

test('unknown, disabled and known are one answer; nothing is kept of the two first', async () => {
  const [known, disabled] = [await newAccount(world), await newAccount(world)]
  await world.sql.query('update utilisateur set desactive_at = now() where id = $1', [disabled.utilisateurId])
  const before = await jobs()
  const answers = [await ask(known.courriel), await ask(disabled.courriel), await ask(`${randomUUID()}@exemple.fr`)].map(stripped)
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect((await jobs()) - before).toBe(1)
  expect(await mailsTo(world, disabled.courriel)).toEqual([])
})

test('an unknown address makes the database write as much as a known one', async () => {
  const known = await newAccount(world)
  // a connection of its own: the counts are those of this call alone, undone writes included
  const writes = async (courriel: string) => {
    const client = new pg.Client({ connectionString: world.urls.ownerUrl })
    await client.connect()
    try {
      await client.query('begin')
      await client.query('set local role fn_ctx')
      await client.query('select jeton_ask($1, $2, $3, 15)', ['lien', courriel, 'lien_connexion'])
      const { rows } = await client.query('select relname, n_tup_ins::int as n from pg_stat_xact_all_tables where n_tup_ins > 0 order by 1')
      return rows
    } finally {
      await client.end()
    }
  }
  const written = await writes(known.courriel)
  expect(written).toEqual(['_private_jobs', 'courriel', 'jeton'].map((relname) => ({ relname, n: 1 })))
  expect(await writes('personne@exemple.fr')).toEqual(written)
})

test('twenty twins at once open one session', async () => {
  const { courriel, utilisateurId } = await newAccount(world)
  await ask(courriel)
  const jeton = await lastLink(world, courriel)
  const statuses = (await Promise.all(Array.from({ length: 20 }, () => open(jeton)))).map(({ statusCode }) => statusCode)
  expect(statuses.filter((status) => status === 201)).toHaveLength(1)
  expect(statuses.filter((status) => status === 409)).toHaveLength(19)
  const { rows } = await world.sql.query('select count(*)::int as n from session where utilisateur_id = $1', [utilisateurId])
  expect(rows[0].n).toBe(1)
})

test('a newer link leaves the older its minutes; using one ends the others, sent or still waiting to be', async () => {
  const { courriel } = await newAccount(world)
  await ask(courriel)
  await ask(courriel)
  const first = await lastLink(world, courriel)
  await ask(courriel)
  const [oldest, , newest] = await mailsTo(world, courriel)
  const second = await secretOf(world, newest!.objet['jetonId']!)
  expect((await open(first)).statusCode).toBe(201)
  expect((await open(second!)).json()).toMatchObject(PERIME)
  expect(await secretOf(world, oldest!.objet['jetonId']!)).toBeNull()
})

test('an address gets five links an hour, whatever is asked for it; the answer does not say so', async () => {
  const { courriel } = await newAccount(world)
  const answers = []
  for (let i = 0; i < 8; i++) {
    answers.push(await ask(courriel))
    await world.sql.query('delete from door.tentative')
  }
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 8 }, () => 202))
  expect(await mailsTo(world, courriel)).toHaveLength(5)
})

test.each([
  [
    '15 minutes and a second later',
    "update door.jeton set expire_at = expire_at - interval '15 minutes 1 second' where utilisateur_id = $1",
    409,
  ],
  ['14 minutes later', "update door.jeton set expire_at = expire_at - interval '14 minutes' where utilisateur_id = $1", 201],
  ['once the account is disabled', 'update utilisateur set desactive_at = now() where id = $1', 409],
  ['once the adhesion has ended', "update adhesion set date_fin = '2026-03-09' where utilisateur_id = $1", 403],
  ['once the adhesion was withdrawn', 'update adhesion set retiree_at = now() where utilisateur_id = $1', 403],
  ['of another nature', "update door.jeton set nature = 'recuperation' where utilisateur_id = $1", 409],
])('%s, a link answers what it must', async (_, change, status) => {
  const { courriel, utilisateurId } = await newAccount(world)
  await ask(courriel)
  const jeton = await lastLink(world, courriel)
  await world.sql.query(change, [utilisateurId])
  const response = await open(jeton)
  expect(response.statusCode).toBe(status)
  expect(response.headers['set-cookie'] === undefined).toBe(status !== 201)
})

test('a secret that was never sent opens nothing; one that is not whole is 400', async () => {
  expect((await open('A'.repeat(43))).json()).toMatchObject(PERIME)
  expect((await open('court')).statusCode).toBe(400)
  expect((await ask('pas une adresse')).statusCode).toBe(400)
})

test('a link leads back to a page of ours and nowhere else', async () => {
  const { courriel } = await newAccount(world)
  for (const retour of ['//ailleurs.fr', '/\\ailleurs.fr', 'https://ailleurs.fr', '/a b'])
    expect([retour, (await ask(courriel, { retour })).statusCode]).toEqual([retour, 400])
  await ask(courriel, { retour: '/api/session/proconnect' })
  expect((await mailsTo(world, courriel)).map(({ objet }) => Object.keys(objet))).toEqual([['jetonId']])
})
