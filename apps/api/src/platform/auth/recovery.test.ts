import { randomUUID } from 'node:crypto'
import type { Role } from '@pass/domain/organisations.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ORG, PEOPLE } from '../../../../../prisma/seed/base/ids.ts'
import { type Account, lastLink, mailsTo, newAccount } from '../../../test/accounts.ts'
import { createWorld, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const ask = (courriel: string) => world.anonymous().post('/session/recuperation', { courriel })
const confirm = (jeton: string) => world.anonymous().post('/session/recuperation/confirmation', { jeton })
/** Someone who lost the second factor that they had. */
const loser = (role: Role = 'collectivite.lecteur', organisationId: string = ORG.t1) =>
  newAccount(world, { role, organisationId, totp: true })
const confirmed = async ({ courriel }: Account) => {
  await ask(courriel)
  return confirm(await lastLink(world, courriel))
}
const requestsOf = async ({ utilisateurId }: Account) =>
  (
    await world.sql.query(
      `select organisation_id, statut, decidee_par, expire_at between now() + interval '6 days 23 hours' and now() + interval '7 days' as a_temps
         from recuperation where utilisateur_id = $1 order by id`,
      [utilisateurId],
    )
  ).rows
/** Who was told to decide, by person. */
const toldOf = async ({ utilisateurId }: Account) =>
  (
    await world.sql.query(
      `select n.utilisateur_id, n.organisation_id, n.categorie, n.titre, n.texte, n.lien from notification n
        join recuperation r on r.organisation_id = n.organisation_id and r.utilisateur_id = $1 and n.created_at = r.demandee_at where n.code = 'recuperation_demandee' order by 1`,
      [utilisateurId],
    )
  ).rows
const join = ({ utilisateurId }: Account, organisationId: string, role: Role, dateDebut: string) =>
  world.sql.query('insert into adhesion (id, organisation_id, utilisateur_id, role, date_debut) values ($1, $2, $3, $4, $5)', [
    randomUUID(),
    organisationId,
    utilisateurId,
    role,
    dateDebut,
  ])

test('the link makes a request that the administrators of the organisation are told of, and its person too', async () => {
  const person = await loser()
  expect((await ask(person.courriel)).statusCode).toBe(202)
  const [mail] = await mailsTo(world, person.courriel)
  expect(mail).toEqual({ modele: 'recuperation_confirmer', objet: { jetonId: expect.any(String) } })
  const response = await confirm(await lastLink(world, person.courriel))
  expect([response.statusCode, response.json()]).toEqual([200, { decidePar: 'l’administration de Département de la Creuse' }])
  expect(await requestsOf(person)).toEqual([{ organisation_id: ORG.t1, statut: 'demandee', decidee_par: null, a_temps: true }])
  expect(await toldOf(person)).toEqual([
    {
      utilisateur_id: PEOPLE['collectivite.administrateur'].utilisateurId,
      organisation_id: ORG.t1,
      categorie: 'securite',
      titre: 'Second facteur perdu\u00a0: une demande attend votre décision',
      texte: expect.stringMatching(/^Nina Neuve signale /),
      lien: '/compte/equipe',
    },
  ])
  expect((await mailsTo(world, person.courriel)).map(({ modele }) => modele)).toEqual(['recuperation_confirmer', 'recuperation_demandee'])
  const { rows } = await world.sql.query(
    "select organisation_id, role from audit_event where action = 'recuperation.demandee' and utilisateur_id = $1",
    [person.utilisateurId],
  )
  expect(rows).toEqual([{ organisation_id: ORG.t1, role: 'collectivite.lecteur' }])
  // nothing is given back yet
  expect(
    (await world.sql.query('select count(*)::int as n from door.totp where utilisateur_id = $1', [person.utilisateurId])).rows[0].n,
  ).toBe(1)
})

test('the money role’s organisation decides, whatever was joined later', async () => {
  const person = await loser('operateur.finance_preparateur', ORG.o1)
  await join(person, ORG.t1, 'collectivite.lecteur', '2026-02-01')
  await confirmed(person)
  expect((await requestsOf(person)).map(({ organisation_id }) => organisation_id)).toEqual([ORG.o1])
})

test('without a money role, the last organisation joined decides', async () => {
  const person = await loser()
  await join(person, ORG.p1, 'prescripteur.agent', '2026-02-01')
  await confirmed(person)
  expect((await requestsOf(person)).map(({ organisation_id }) => organisation_id)).toEqual([ORG.p1])
})

test.each([
  ['nobody administers it', ORG.s4, 'structure.mediateur'],
  ['only they administer it', ORG.s4, 'structure.responsable'],
])('the ANCT decides when %s', async (_, organisationId, role) => {
  const person = await loser(role as Role, organisationId)
  expect((await confirmed(person)).json()).toEqual({ decidePar: 'l’administration de Agence nationale de la cohésion des territoires' })
  expect((await requestsOf(person)).map(({ organisation_id }) => organisation_id)).toEqual([ORG.anct])
  expect((await toldOf(person)).map(({ utilisateur_id }) => utilisateur_id)).toEqual([PEOPLE['anct.pilote'].utilisateurId])
})

test('an administrator among several is not told to decide for themselves', async () => {
  const person = await loser('collectivite.administrateur')
  await confirmed(person)
  expect((await toldOf(person)).map(({ utilisateur_id }) => utilisateur_id)).toEqual([PEOPLE['collectivite.administrateur'].utilisateurId])
})

test('twenty twins at once make one request', async () => {
  const person = await loser()
  await ask(person.courriel)
  const jeton = await lastLink(world, person.courriel)
  const statuses = (await Promise.all(Array.from({ length: 20 }, () => confirm(jeton)))).map(({ statusCode }) => statusCode)
  expect([statuses.filter((status) => status === 200).length, statuses.filter((status) => status === 409).length]).toEqual([1, 19])
  expect(await requestsOf(person)).toHaveLength(1)
})

test('one request at a time; an old one without answer gives way', async () => {
  const person = await loser()
  await confirmed(person)
  expect((await confirmed(person)).json()).toMatchObject({ status: 409, code: 'recuperation_en_cours' })
  await world.sql.query("update recuperation set expire_at = now() - interval '1 second' where utilisateur_id = $1", [person.utilisateurId])
  expect((await confirmed(person)).statusCode).toBe(200)
  expect((await requestsOf(person)).map(({ statut }) => statut)).toEqual(['refusee', 'demandee'])
})

test.each([
  [
    'an hour and a second later',
    "update door.jeton set expire_at = expire_at - interval '1 hour 1 second' where utilisateur_id = $1",
    409,
    'lien_perime',
  ],
  ['59 minutes later', "update door.jeton set expire_at = expire_at - interval '59 minutes' where utilisateur_id = $1", 200, undefined],
  ['once the account is disabled', 'update utilisateur set desactive_at = now() where id = $1', 409, 'lien_perime'],
  ['once the adhesion has ended', "update adhesion set date_fin = '2026-03-09' where utilisateur_id = $1", 403, 'droit_absent'],
  ['of someone without any factor', 'delete from door.totp where utilisateur_id = $1', 409, 'facteur_absent'],
  ['of sign-in', "update door.jeton set nature = 'lien' where utilisateur_id = $1", 409, 'lien_perime'],
])('%s, a link answers what it must', async (_, change, status, code) => {
  const person = await loser()
  await ask(person.courriel)
  const jeton = await lastLink(world, person.courriel)
  await world.sql.query(change, [person.utilisateurId])
  const response = await confirm(jeton)
  expect([response.statusCode, response.json().code]).toEqual([status, code])
  expect(await requestsOf(person)).toHaveLength(status === 200 ? 1 : 0)
  if (status === 200) expect((await confirm(jeton)).json()).toMatchObject({ status: 409, code: 'lien_perime' })
})

test('unknown and disabled addresses are answered as a known one is, and keep nothing', async () => {
  const [known, disabled] = [await loser(), await loser()]
  await world.sql.query('update utilisateur set desactive_at = now() where id = $1', [disabled.utilisateurId])
  const answers = [await ask(known.courriel), await ask(disabled.courriel), await ask(`${randomUUID()}@exemple.fr`)]
  expect(new Set(answers.map((answer) => `${answer.statusCode} ${answer.body}`)).size).toBe(1)
  expect(await mailsTo(world, disabled.courriel)).toEqual([])
})
