import type { Invitation } from '@pass/contracts/equipe.ts'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, expect, test } from 'vitest'
import { INVITATION, ORG, PEOPLE } from '../../../../../prisma/seed/base/ids.ts'
import { openMailbox } from '../../../test/mailbox.ts'
import { newBrowser } from '../../../test/new-person.ts'
import { createWorld } from '../../../test/world.ts'

const mailbox = await openMailbox()
const world = await createWorld({ config: mailbox.config })
afterAll(async () => {
  await world.close()
  await mailbox.close()
})
const admin = world.as('collectivite.administrateur')
const MOT_DE_PASSE = 'girafe tournesol wagon boulon'
const said = (response: LightMyRequestResponse) => [response.statusCode, response.json().code ?? null]

const invitee = (courriel: string, over: object = {}) => ({
  courriel,
  prenom: 'Zoé',
  nom: 'Nouvelle',
  role: 'collectivite.lecteur',
  territoire: [],
  dateFin: null,
  ...over,
})
const invite = async (courriel: string, over: object = {}) => (await admin.post('/invitations', invitee(courriel, over))).json<Invitation>()
/** The token of the last mail of an address: it travels after the `#`. */
const tokenOf = async (courriel: string) => {
  await world.runJobs()
  return (await mailbox.last(courriel, 'invitation')).lien!.split('#')[1]!
}
const accepting = (jeton: string, motDePasse: string | null = null) => ({ jeton, prenom: 'Zoé', nom: 'Nouvelle', motDePasse })
const courrielOf = (utilisateurId: string) =>
  world.sql
    .query<{ courriel: string }>('select courriel from utilisateur where id = $1', [utilisateurId])
    .then(({ rows }) => rows[0]!.courriel)

test('somebody new is invited, reads the invitation, accepts it once and is in', async () => {
  const sent = await invite('zoe@exemple.fr', { dateFin: '2026-12-31' })
  expect(sent).toMatchObject({
    etat: 'envoyee',
    envoyeeAt: '2026-03-10T08:00:00.000Z',
    expireAt: '2026-03-17T08:00:00.000Z',
    par: { id: PEOPLE['collectivite.administrateur'].utilisateurId, nom: 'Claire Essai' },
  })
  const jeton = await tokenOf('zoe@exemple.fr')
  const browser = newBrowser(world)
  expect((await browser.post('/session/invitation/lecture', { jeton })).json()).toEqual({
    organisation: 'Département de la Creuse',
    type: 'collectivite',
    role: 'collectivite.lecteur',
    par: 'Claire Essai',
    courriel: 'zoe@exemple.fr',
    prenom: 'Zoé',
    nom: 'Nouvelle',
    dateFin: '2026-12-31',
    autrePersonne: false,
    compteExistant: false,
    proconnect: false,
  })
  const accepted = await browser.post('/session/invitation', accepting(jeton, MOT_DE_PASSE))
  expect(accepted.statusCode).toBe(201)
  expect(accepted.json().session).toMatchObject({
    utilisateur: { prenom: 'Zoé' },
    role: 'collectivite.lecteur',
    organisation: { id: ORG.t1 },
  })
  expect((await browser.get('/session')).statusCode).toBe(200)
  expect(said(await newBrowser(world).post('/session/invitation', accepting(jeton)))).toEqual([409, 'lien_perime'])
  expect(said(await newBrowser(world).post('/session/invitation/lecture', { jeton }))).toEqual([409, 'lien_perime'])
  const again = await newBrowser(world).post('/session', { courriel: 'zoe@exemple.fr', motDePasse: MOT_DE_PASSE, guichet: false })
  expect(again.statusCode).toBe(201)
  const { rows } = await world.sql.query(
    "select date_debut::text, date_fin::text, objet ? 'invitationId' journaled from adhesion a join audit_event e on e.objet ->> 'adhesionId' = a.id::text where e.action = 'acceptInvitation'",
  )
  expect(rows).toEqual([{ date_debut: '2026-03-10', date_fin: '2026-12-31', journaled: true }])
})

test('those who administer are told that somebody came', async () => {
  const { rows } = await world.sql.query<{ texte: string }>(
    "select texte from notification where code = 'invitation_acceptee' and utilisateur_id = $1",
    [PEOPLE['collectivite.administrateur'].utilisateurId],
  )
  expect(rows.map(({ texte }) => texte)).toEqual(['Zoé Nouvelle a accepté l’invitation. Rôle\u00a0: Lecture.'])
})

test('a weak password, and a leaked one, are refused, and the invitation still waits', async () => {
  await invite('weak@exemple.fr')
  const jeton = await tokenOf('weak@exemple.fr')
  expect(said(await world.anonymous().post('/session/invitation', accepting(jeton, 'nouvelle zoé 2026')))).toEqual([
    409,
    'mot_de_passe_faible',
  ])
  expect(said(await world.anonymous().post('/session/invitation', accepting(jeton, '123456789012')))).toEqual([
    409,
    'mot_de_passe_divulgue',
  ])
  expect((await world.anonymous().post('/session/invitation', accepting(jeton))).statusCode).toBe(201)
})

test('somebody known gets the access and no session: they sign in as usual; their password stays', async () => {
  const { utilisateurId } = PEOPLE['prescripteur.agent']
  const courriel = await courrielOf(utilisateurId)
  const before = (await world.sql.query('select mot_de_passe, prenom from utilisateur where id = $1', [utilisateurId])).rows
  await invite(courriel)
  const jeton = await tokenOf(courriel)
  const reading = await world.anonymous().post('/session/invitation/lecture', { jeton })
  expect(reading.json()).toMatchObject({ compteExistant: true, autrePersonne: false })
  const accepted = await world.anonymous().post('/session/invitation', accepting(jeton, MOT_DE_PASSE))
  expect([accepted.statusCode, accepted.json(), accepted.headers['set-cookie']]).toEqual([201, { session: null }, undefined])
  const { adhesions } = (await world.as('prescripteur.agent').get('/session')).json()
  expect(adhesions.map(({ organisation }: { organisation: { id: string } }) => organisation.id)).toContain(ORG.t1)
  expect((await world.sql.query('select mot_de_passe, prenom from utilisateur where id = $1', [utilisateurId])).rows).toEqual(before)
  await world.runJobs()
  expect((await mailbox.last(courriel)).modele).toBe('acces_donne')
})

test('an invitation is for one address: whoever is signed in with another one is refused', async () => {
  await invite('one@exemple.fr')
  const jeton = await tokenOf('one@exemple.fr')
  const other = world.as('structure.mediateur')
  expect((await other.post('/session/invitation/lecture', { jeton })).json()).toMatchObject({ autrePersonne: true })
  expect(said(await other.post('/session/invitation', accepting(jeton)))).toEqual([409, 'invitation_autre_personne'])
  expect((await world.anonymous().post('/session/invitation', accepting(jeton))).statusCode).toBe(201)
})

test('7 days to the second, by the service’s clock', async () => {
  await invite('late@exemple.fr')
  const jeton = await tokenOf('late@exemple.fr')
  world.setClock('2026-03-17T08:00:00.000Z')
  expect(said(await world.anonymous().post('/session/invitation', accepting(jeton)))).toEqual([409, 'lien_perime'])
  const expired = (await admin.get('/invitations?etat=expiree')).json<{ items: Invitation[] }>().items
  expect(expired.map(({ courriel }) => courriel)).toContain('late@exemple.fr')
  world.setClock('2026-03-17T07:59:59.000Z')
  expect((await world.anonymous().post('/session/invitation', accepting(jeton))).statusCode).toBe(201)
  world.setClock('2026-03-10T08:00:00.000Z')
})

test('sent again, the former link opens nothing; cancelled, none does; answered, neither is possible', async () => {
  const { id } = await invite('again@exemple.fr')
  const former = await tokenOf('again@exemple.fr')
  await mailbox.empty()
  world.setClock('2026-03-20T08:00:00.000Z')
  expect((await admin.post(`/invitations/${id}/renvoi`)).json()).toMatchObject({ etat: 'envoyee', expireAt: '2026-03-27T08:00:00.000Z' })
  const fresh = await tokenOf('again@exemple.fr')
  expect(fresh).not.toBe(former)
  expect(said(await world.anonymous().post('/session/invitation/lecture', { jeton: former }))).toEqual([409, 'lien_perime'])
  expect((await world.anonymous().post('/session/invitation/lecture', { jeton: fresh })).statusCode).toBe(200)
  expect((await admin.del(`/invitations/${id}`)).json()).toMatchObject({ etat: 'annulee' })
  expect(said(await world.anonymous().post('/session/invitation', accepting(fresh)))).toEqual([409, 'lien_perime'])
  expect(said(await admin.del(`/invitations/${id}`))).toEqual([409, 'invitation_etat'])
  expect(said(await admin.post(`/invitations/${id}/renvoi`))).toEqual([409, 'invitation_etat'])
  world.setClock('2026-03-10T08:00:00.000Z')
})

test('refusals: already a member, already waiting, another type, a past end, a territory beyond one’s own', async () => {
  const courriel = await courrielOf(PEOPLE['collectivite.gestionnaire'].utilisateurId)
  const post = async (address: string, over: object = {}) => said(await admin.post('/invitations', invitee(address, over)))
  expect(await post(courriel, { role: 'collectivite.gestionnaire' })).toEqual([409, 'deja_membre'])
  await invite('twice@exemple.fr')
  expect(await post('TWICE@exemple.fr ')).toEqual([409, 'deja_enregistre'])
  expect(await post('twice@exemple.fr', { role: 'collectivite.gestionnaire' })).toEqual([201, null])
  expect(await post('x@exemple.fr', { role: 'operateur.support' })).toEqual([409, 'habilitation_refusee'])
  expect(await post('x@exemple.fr', { dateFin: '2026-03-09' })).toEqual([400, 'demande_malformee'])
  expect(await post('x@exemple.fr', { territoire: ['D62'] })).toEqual([400, 'demande_malformee'])
  const finance = await courrielOf(PEOPLE['operateur.finance_preparateur'].utilisateurId)
  const ofFinance = { ...invitee(finance), role: 'operateur.finance_approbateur' }
  expect(said(await world.as('operateur.gestionnaire').post('/invitations', ofFinance))).toEqual([409, 'roles_incompatibles'])
})

test('an address that has an account elsewhere and an unknown one get the same answer', async () => {
  const known = await courrielOf(PEOPLE['hub.animateur'].utilisateurId)
  const bodies = []
  for (const courriel of [known, 'unknown@exemple.fr']) {
    const response = await admin.post('/invitations', invitee(courriel))
    const { id: _, courriel: __, ...rest } = response.json()
    bodies.push([response.statusCode, rest])
  }
  expect(bodies[0]).toEqual(bodies[1])
})

test('two roles that exclude each other, invited together: the second acceptance is refused', async () => {
  const operateur = world.as('operateur.gestionnaire')
  const roles = ['operateur.finance_preparateur', 'operateur.finance_approbateur']
  const tokens: string[] = []
  for (const role of roles) {
    await mailbox.empty()
    await operateur.post('/invitations', { ...invitee('both@exemple.fr'), role })
    tokens.push(await tokenOf('both@exemple.fr'))
  }
  const responses = await Promise.all(tokens.map((jeton) => world.anonymous().post('/session/invitation', accepting(jeton))))
  expect(responses.map(said).toSorted(([a], [b]) => Number(a) - Number(b))).toEqual([
    [201, null],
    [409, 'roles_incompatibles'],
  ])
})

test('twins: one token accepted ten times at once makes one access; one address invited twice at once waits once', async () => {
  await invite('race@exemple.fr')
  const jeton = await tokenOf('race@exemple.fr')
  const accepted = await Promise.all(Array.from({ length: 10 }, () => world.anonymous().post('/session/invitation', accepting(jeton))))
  expect(accepted.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, ...Array<number>(9).fill(409)])
  const { rows } = await world.sql.query<{ n: number }>(
    "select count(*)::int n from adhesion a join utilisateur u on u.id = a.utilisateur_id where u.courriel = 'race@exemple.fr'",
  )
  expect(rows[0]!.n).toBe(1)
  const invited = await Promise.all(Array.from({ length: 5 }, () => admin.post('/invitations', invitee('rush@exemple.fr'))))
  expect(invited.map(said).toSorted(([a], [b]) => Number(a) - Number(b))).toEqual([
    [201, null],
    ...Array.from({ length: 4 }, () => [409, 'deja_enregistre']),
  ])
})

test('whoever comes back has a new access, the former one stays as it was', async () => {
  await invite('back@exemple.fr')
  await world.anonymous().post('/session/invitation', accepting(await tokenOf('back@exemple.fr')))
  const found = (await admin.get('/membres?recherche=back')).json().items
  await admin.del(`/membres/${found[0].adhesionId}`)
  await mailbox.empty()
  await invite('back@exemple.fr')
  await world.anonymous().post('/session/invitation', accepting(await tokenOf('back@exemple.fr')))
  const { items } = (await admin.get('/membres?recherche=back')).json<{ items: { etat: string }[] }>()
  expect(items.map(({ etat }) => etat).toSorted()).toEqual(['en_cours', 'termine'])
})

test('a stranger gets 404, a role that does not administer 403, without a proof 403', async () => {
  const stranger = world.as('autre:collectivite.administrateur')
  expect((await stranger.del(`/invitations/${INVITATION.t1}`)).statusCode).toBe(404)
  expect((await stranger.post(`/invitations/${INVITATION.t1}/renvoi`)).statusCode).toBe(404)
  expect((await stranger.get('/invitations')).json().items.map(({ id }: Invitation) => id)).toEqual([INVITATION.t2])
  expect((await world.as('collectivite.gestionnaire').get('/invitations')).statusCode).toBe(403)
  const unproved = world.asWith('collectivite.administrateur', { preuve: false })
  expect(said(await unproved.post('/invitations', invitee('y@exemple.fr')))).toEqual([403, 'preuve_requise'])
})

test('a token of another form is 400, an unknown one 409; none is written anywhere', async () => {
  expect((await world.anonymous().post('/session/invitation', accepting('x'))).statusCode).toBe(400)
  expect(said(await world.anonymous().post('/session/invitation', accepting('A'.repeat(43))))).toEqual([409, 'lien_perime'])
  await invite('secret@exemple.fr')
  const jeton = await tokenOf('secret@exemple.fr')
  const { rows } = await world.sql.query<{ n: number }>(
    `select (select count(*) from invitation t where t::text like $1)::int + (select count(*) from door.courriel t where t::text like $1)::int
          + (select count(*) from audit_event t where t::text like $1)::int + (select count(*) from idempotence t where t::text like $1)::int n`,
    [`%${jeton}%`],
  )
  expect(rows[0]!.n).toBe(0)
})
