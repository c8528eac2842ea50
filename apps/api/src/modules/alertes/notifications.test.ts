import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { ORG, PEOPLE, type PersonKey } from '../../../../../prisma/seed/base/ids.ts'
import { newAccount } from '../../../test/accounts.ts'
import { openMailbox } from '../../../test/mailbox.ts'
import { createWorld, NOW } from '../../../test/world.ts'

const mailbox = await openMailbox()
const world = await createWorld({ config: mailbox.config })
const worker = new pg.Client({ connectionString: world.urls.workerUrl })
await worker.connect()
afterAll(async () => {
  await worker.end()
  await world.close()
  await mailbox.close()
})

const ME = 'structure.mediateur'
const tell = async (who: PersonKey, categorie: string, titre: string, rythme = 'hebdomadaire'): Promise<number> =>
  (
    await worker.query<{ n: number }>('select notify_people($1, null, $2, $3, $4, $5, $6, $7, $8, $9) n', [
      PEOPLE[who].organisationId,
      [PEOPLE[who].utilisateurId],
      NOW.slice(0, 10),
      categorie,
      rythme,
      'exemple',
      titre,
      'Le texte.',
      '/compte/',
    ])
  ).rows[0]!.n
const list = async (query = '', who: PersonKey = ME) => (await world.as(who).get(`/notifications${query}`)).json()
const titles = async (query = '', who: PersonKey = ME) => (await list(query, who)).items.map(({ titre }: { titre: string }) => titre)
const unread = async (who: PersonKey) => (await world.as(who).get('/session')).json().notificationsNonLues

test('one’s own notifications, the newest first, by page and by kind; a colleague reads none of them', async () => {
  for (let i = 1; i <= 11; i++) await tell(ME, i % 2 ? 'suivi' : 'argent', `Nouvelle ${i}`, 'jamais')
  const first = await list('?taille=10')
  expect(first.items[0]).toEqual({
    id: expect.any(String),
    categorie: 'suivi',
    titre: 'Nouvelle 11',
    texte: 'Le texte.',
    lien: '/compte/',
    at: expect.stringMatching(/Z$/),
    lue: false,
  })
  expect([first.items.length, first.total]).toEqual([10, 11])
  expect(await titles(`?taille=10&apres=${first.suivant}`)).toEqual(['Nouvelle 1'])
  expect(await titles('?categorie=argent')).toEqual(['Nouvelle 10', 'Nouvelle 8', 'Nouvelle 6', 'Nouvelle 4', 'Nouvelle 2'])
  expect(await titles('', 'structure.responsable')).toEqual([])
  expect((await world.as(ME).get('/notifications?apres=x')).statusCode).toBe(400)
})

test('read once, then all; the session counts what is left; nobody reads for somebody else', async () => {
  const [{ id }] = (await list()).items
  expect(await unread(ME)).toBe(11)
  const other = await world.as('structure.responsable').post(`/notifications/${id}/lecture`)
  expect(other.statusCode).toBe(404)
  expect((await world.as(ME).post(`/notifications/${id}/lecture`)).json()).toMatchObject({ id, lue: true })
  expect((await world.as(ME).post(`/notifications/${id}/lecture`)).statusCode).toBe(200)
  expect(await unread(ME)).toBe(10)
  expect(await titles('?nonLues=oui')).not.toContain('Nouvelle 11')
  expect((await world.as('structure.responsable').post('/notifications/lecture')).json()).toEqual({ lues: 0 })
  expect((await world.as(ME).post('/notifications/lecture')).json()).toEqual({ lues: 10 })
  expect(await unread(ME)).toBe(0)
  const { rows } = await world.sql.query("select count(*)::int n from audit_event where action = 'readNotification' and statut = 200")
  expect(rows[0].n).toBe(2)
})

test('somebody of two organisations reads, in each, what was told there', async () => {
  const here = await newAccount(world)
  const { rows } = await world.sql.query(
    `insert into adhesion (id, organisation_id, utilisateur_id, role, date_debut) values (uuidv7(), $1, $2, 'prescripteur.agent', '2026-01-01') returning id`,
    [ORG.p1, here.utilisateurId],
  )
  for (const [organisation, titre] of [
    [ORG.t1, 'À la Creuse'],
    [ORG.p1, 'Au CCAS'],
  ])
    await worker.query("select notify_people($1, null, $2, '2026-03-10', 'suivi', 'jamais', 'exemple', $3, '', null)", [
      organisation,
      [here.utilisateurId],
      titre,
    ])
  const there = { utilisateurId: here.utilisateurId, adhesionId: rows[0].id, organisationId: ORG.p1 }
  const read = async (who: typeof there) =>
    (await world.as(who).get('/notifications')).json().items.map((one: { titre: string }) => one.titre)
  expect([await read(here), await read(there)]).toEqual([['À la Creuse'], ['Au CCAS']])
})

test('a rhythm chosen by the person wins over the default: at once, or never', async () => {
  await tell(ME, 'suivi', 'Par défaut')
  await world.sql.query(
    "insert into door.preference (utilisateur_id, categorie, rythme) values ($1, 'suivi', 'immediat'), ($1, 'argent', 'jamais')",
    [PEOPLE[ME].utilisateurId],
  )
  await tell(ME, 'suivi', 'Tout de suite')
  await tell(ME, 'argent', 'Jamais', 'immediat')
  await world.runJobs()
  expect((await mailbox.all()).map(({ objet }) => objet)).toEqual(['Tout de suite'])
  expect((await titles()).slice(0, 3)).toEqual(['Jamais', 'Tout de suite', 'Par défaut'])
})

test('the inbox of the demonstration: the newest mails, by address; it does not exist elsewhere', async () => {
  const inbox = async (query = '') => (await world.anonymous().get(`/demo/courriels${query}`)).json().items
  const [mail] = await inbox()
  expect(mail).toMatchObject({ objet: 'Tout de suite', a: 'structure-mediateur@exemple.fr' })
  expect(Object.keys(mail).toSorted()).toEqual(['a', 'at', 'de', 'html', 'id', 'objet', 'texte'])
  expect(await inbox('?adresse=Structure-Mediateur@exemple.fr')).toHaveLength(1)
  expect(await inbox('?adresse=mediateur@exemple.fr')).toEqual([])
  const real = await createWorld({ demo: false, seeded: false, config: mailbox.config })
  expect((await real.anonymous().get('/demo/courriels')).statusCode).toBe(404)
  await real.close()
})
