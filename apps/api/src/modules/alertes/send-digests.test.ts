import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { ORG, PEOPLE, type PersonKey } from '../../../../../prisma/seed/base/ids.ts'
import { openMailbox } from '../../../test/mailbox.ts'
import { createWorld } from '../../../test/world.ts'

const mailbox = await openMailbox()
const world = await createWorld({ config: mailbox.config })
const worker = new pg.Client({ connectionString: world.urls.workerUrl })
await worker.connect()
afterAll(async () => {
  await worker.end()
  await world.close()
  await mailbox.close()
})

const courriel = async (who: PersonKey): Promise<string> =>
  (await world.sql.query('select courriel from utilisateur where id = $1', [PEOPLE[who].utilisateurId])).rows[0].courriel
const runAt = async (instant: string) => {
  await mailbox.empty()
  world.setClock(instant)
  await worker.query("select graphile_worker.add_job('send-digests')")
  await world.runJobs()
  return (await mailbox.all()).filter(({ modele }) => modele === 'resume_hebdomadaire')
}
const news = (who: PersonKey, titre: string, categorie = 'suivi') =>
  worker.query("select notify_people($1, null, $2, '2026-03-10', $3, 'hebdomadaire', 'exemple', $4, '', null)", [
    PEOPLE[who].organisationId,
    [PEOPLE[who].utilisateurId],
    categorie,
    titre,
  ])
const lines = (texte: string) => texte.split('\n').filter((line) => line.startsWith('- '))

test('nothing leaves before Monday 8, nor on another day', async () => {
  await news('prescripteur.agent', 'Envoi de 12 carnets à confirmer')
  await news('collectivite.lecteur', 'Une nouvelle')
  expect(await runAt('2026-03-15T23:00:00+01:00')).toEqual([])
  expect(await runAt('2026-03-16T07:59:00+01:00')).toEqual([])
})

test('on Monday each person gets what waits for their role and what they did not read; nobody else’s', async () => {
  for (let i = 1; i <= 7; i++) await news('structure.mediateur', `Nouvelle ${i}`)
  await news('operateur.support', 'Lue')
  await world.sql.query('update notification set lue_at = now() where utilisateur_id = $1', [PEOPLE['operateur.support'].utilisateurId])
  const mails = await runAt('2026-03-16T08:00:00+01:00')
  const of = async (who: PersonKey) => {
    const address = await courriel(who)
    return mails.filter(({ a }) => a === address)
  }
  const [gestion, ...more] = await of('collectivite.gestionnaire')
  expect(more).toEqual([])
  expect(gestion!.objet).toBe('Semaine du 16/03/2026\u00a0: ce qui vous attend')
  expect(lines(gestion!.texte)).toContain('- 1 devis à signer')
  expect(lines((await of('prescripteur.agent'))[0]!.texte)).toContain('- Envoi de 12 carnets à confirmer')
  expect(lines((await of('collectivite.lecteur'))[0]!.texte)).toEqual(['- Une nouvelle'])
  const mediateur = lines((await of('structure.mediateur'))[0]!.texte)
  expect(mediateur).toContain('- Nouvelle 7')
  expect(mediateur).not.toContain('- Nouvelle 2')
  expect(mediateur).toContain('- 2\u00a0autres nouvelles')
  // nothing to say: no mail
  expect(await of('operateur.support')).toEqual([])
  expect(lines((await of('hub.animateur'))[0]!.texte)).toEqual(['- 1 accès à revoir'])
})

test('one a week: run twice, at once or later, it sends nothing more; the next week begins where this one ended', async () => {
  await Promise.all([
    worker.query("select graphile_worker.add_job('send-digests')"),
    worker.query("select graphile_worker.add_job('send-digests')"),
  ])
  expect(await runAt('2026-03-16T18:00:00+01:00')).toEqual([])
  const next = await runAt('2026-03-23T09:00:00+01:00')
  const address = await courriel('collectivite.lecteur')
  expect(next.filter(({ a }) => a === address)).toEqual([])
  expect(next.map(({ a }) => a)).toContain(await courriel('collectivite.gestionnaire'))
})

test('the choices of the person: nothing weekly, no digest; weekly money is in it', async () => {
  const [never, money] = ['collectivite.gestionnaire', 'collectivite.lecteur'] as const
  await world.sql.query(
    "insert into door.preference (utilisateur_id, categorie, rythme) values ($1, 'suivi', 'jamais'), ($2, 'suivi', 'immediat'), ($2, 'argent', 'hebdomadaire')",
    [PEOPLE[never].utilisateurId, PEOPLE[money].utilisateurId],
  )
  await news(money, 'Commande 1\u00a0: 10,00\u00a0€ reçus', 'argent')
  await news(money, 'Un suivi')
  const mails = await runAt('2026-03-30T09:00:00+02:00')
  const neverAddress = await courriel(never)
  expect(mails.map(({ a }) => a)).not.toContain(neverAddress)
  const moneyAddress = await courriel(money)
  const mail = mails.find(({ a }) => a === moneyAddress)
  expect(lines(mail!.texte)).toEqual(['- Commande 1\u00a0: 10,00\u00a0€ reçus'])
})

test('two organisations: one mail, which names each of them and is signed by the service', async () => {
  await world.sql.query(
    "insert into adhesion (id, organisation_id, utilisateur_id, role, date_debut) values (uuidv7(), $1, $2, 'collectivite.gestionnaire', '2026-01-01')",
    [ORG.t2, PEOPLE['prescripteur.responsable'].utilisateurId],
  )
  const address = await courriel('prescripteur.responsable')
  const mine = (await runAt('2026-04-06T09:00:00+02:00')).filter(({ a }) => a === address)
  expect(mine).toHaveLength(1)
  expect(mine[0]!.de).toMatch(/^Pass numérique </)
  expect(new Set(lines(mine[0]!.texte).map((line) => line.split('\u00a0:')[0]))).toEqual(
    new Set(['- CCAS de Bonnat', '- Communauté Lointaine']),
  )
})

test('accesses to look at again: whoever administers is told at once, once in four weeks', async () => {
  const told = async () =>
    (
      await world.sql.query("select count(*)::int n from notification where code = 'revue_acces' and utilisateur_id = $1", [
        PEOPLE['collectivite.administrateur'].utilisateurId,
      ])
    ).rows[0].n
  expect(await told()).toBe(1)
  await runAt('2026-04-13T09:00:00+02:00')
  expect(await told()).toBe(1)
  await world.sql.query("update notification set created_at = now() - interval '29 days' where code = 'revue_acces'")
  await runAt('2026-04-20T09:00:00+02:00')
  expect(await told()).toBe(2)
  const mail = await mailbox.last(await courriel('collectivite.administrateur'), 'notification')
  expect([mail.objet, mail.lien]).toEqual(['Accès à revoir dans votre équipe', 'http://localhost:3000/compte/equipe'])
  await expect(mailbox.last(await courriel('collectivite.lecteur'), 'notification')).rejects.toThrow('no mail')
})
