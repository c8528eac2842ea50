import { afterAll, beforeAll, expect, test } from 'vitest'
import { ACTE, ATELIER, COMMANDE, CONVENTION, ORG, PEOPLE, type PersonKey } from '../../../../../prisma/seed/base/ids.ts'
import { newBrowser, newPerson } from '../../../test/new-person.ts'
import { createWorld, type Person, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const MOTIF = 'La collectivité ne trouve plus sa commande de février.'
const VUE = PEOPLE['collectivite.gestionnaire']

/** Somebody of the assistance of O1, proved a moment ago, in a browser of their own. */
const newSupport = async () => {
  const [support] = await newPerson(world, [ORG.o1], 'operateur.support', { prenom: 'Solène', nom: 'Secours' })
  const browser = newBrowser(world)
  await browser.signIn(support!)
  await world.sql.query('update session set preuve_at = now() where utilisateur_id = $1', [support!.utilisateurId])
  return { support: support!, browser }
}
const open = (browser: ReturnType<typeof newBrowser>, { adhesionId }: { adhesionId: string }, motif = MOTIF) =>
  browser.post('/session/consultation', { adhesionId, motif })
const looking = async (target: PersonKey | Person = VUE) => {
  const { support, browser } = await newSupport()
  const opened = await open(browser, typeof target === 'string' ? PEOPLE[target] : target)
  expect(opened.statusCode).toBe(201)
  return { support, browser, opened, consultationId: opened.json().consultation.id as string }
}
const journal = async (consultationId: string) =>
  (
    await world.sql.query(
      "select organisation_id, role, utilisateur_id, action, statut, code from audit_event where objet ->> 'consultationId' = $1 order by id",
      [consultationId],
    )
  ).rows

test('the people whose screen may be looked at: those that this operator helps, by their organisation', async () => {
  const cibles = async (who: PersonKey, recherche: string) =>
    (await world.as(who).get(`/consultations/cibles?recherche=${encodeURIComponent(recherche)}`)).json().items
  const found = await cibles('operateur.support', 'CREUSÉ')
  expect(found).toContainEqual({
    adhesionId: VUE.adhesionId,
    nom: 'Camille Essai',
    role: 'collectivite.gestionnaire',
    organisation: { id: ORG.t1, nom: 'Département de la Creuse', type: 'collectivite' },
  })
  // Mission locale de la Creuse; the préfecture, which decides after the operator, is not helped by it
  expect(new Set(found.map(({ organisation }: { organisation: { id: string } }) => organisation.id))).toEqual(new Set([ORG.t1, ORG.p2]))
  for (const nothing of ['Lointain', 'Opérateur', 'Agence nationale', '%%']) expect(await cibles('operateur.support', nothing)).toEqual([])
  expect(await cibles('autre:operateur.support', 'creuse')).toEqual(await cibles('autre:operateur.support', 'préfecture de la creuse'))
  expect((await world.as('operateur.gestionnaire').get('/consultations/cibles?recherche=creuse')).statusCode).toBe(403)
})

test('looking asks for a proof and a reason; it opens the screen of the other under one’s own name', async () => {
  const { support, browser } = await newSupport()
  expect((await open(browser, VUE, 'court')).statusCode).toBe(400)
  const opened = await open(browser, VUE)
  expect([opened.statusCode, opened.headers['clear-site-data']]).toEqual([201, '"cache"'])
  expect(opened.json()).toMatchObject({
    utilisateur: { id: support.utilisateurId, prenom: 'Solène' },
    adhesionId: VUE.adhesionId,
    organisation: { id: ORG.t1 },
    role: 'collectivite.gestionnaire',
    consultation: { de: 'Camille Essai', motif: MOTIF },
  })
  expect(
    (
      await world.asWith('operateur.support', { preuve: false }).post('/session/consultation', { adhesionId: VUE.adhesionId, motif: MOTIF })
    ).json().code,
  ).toBe('preuve_requise')
  expect(
    (await world.as('operateur.gestionnaire').post('/session/consultation', { adhesionId: VUE.adhesionId, motif: MOTIF })).json().code,
  ).toBe('droit_absent')
})

test('a colleague, oneself elsewhere, whoever watches over the operator are refused; a person of another operator’s does not exist', async () => {
  const { browser, support } = await newSupport()
  const [elsewhere] = await newPerson(world, [ORG.s1], 'structure.mediateur')
  await world.sql.query('update adhesion set utilisateur_id = $1 where id = $2', [support.utilisateurId, elsewhere!.adhesionId])
  for (const target of [
    PEOPLE['operateur.gestionnaire'],
    elsewhere!,
    PEOPLE['anct.pilote'],
    PEOPLE['financeur.auditeur'],
    PEOPLE['prefecture.instructeur'],
  ])
    expect((await open(browser, target)).json()).toMatchObject({ status: 409, code: 'consultation_refusee' })
  const [gone] = await newPerson(world, [ORG.t1])
  await world.sql.query('update adhesion set retiree_at = now() where id = $1', [gone!.adhesionId])
  const [disabled] = await newPerson(world, [ORG.t1])
  await world.sql.query('update utilisateur set desactive_at = now() where id = $1', [disabled!.utilisateurId])
  for (const target of [
    PEOPLE['autre:collectivite.gestionnaire'],
    PEOPLE['autre:structure.responsable'],
    PEOPLE['autre:prescripteur.agent'],
    PEOPLE['autre:financeur.lecteur'],
    PEOPLE['autre:operateur.gestionnaire'],
    gone!,
    disabled!,
  ])
    expect((await open(browser, target)).json()).toMatchObject({ status: 404, code: 'introuvable' })
  expect((await open(browser, PEOPLE['structure.mediateur'])).statusCode).toBe(201)
})

test('of two at once, one look is opened', async () => {
  const { browser, support } = await newSupport()
  const answers = await Promise.all([open(browser, VUE), open(browser, PEOPLE['structure.mediateur'])])
  expect(answers.map(({ statusCode }) => statusCode).filter((status) => status === 201)).toHaveLength(1)
  const { rows } = await world.sql.query('select count(*)::int n from session where utilisateur_id = $1 and ended_at is null', [
    support.utilisateurId,
  ])
  expect(rows[0].n).toBe(1)
})

test('every read is journaled where it was looked at, under the name of who looked; both sides count it', async () => {
  const { browser, support, consultationId } = await looking()
  expect((await browser.get('/conventions')).statusCode).toBe(200)
  expect((await browser.get(`/commandes/${COMMANDE.c1}`)).statusCode).toBe(200)
  expect((await browser.get('/session')).statusCode).toBe(200)
  const line = (organisation_id: string, role: string, action: string, statut = 200) => ({
    organisation_id,
    role,
    utilisateur_id: support.utilisateurId,
    action,
    statut,
    code: null,
  })
  const opening = [
    line(ORG.o1, 'operateur.support', 'consultation.ouverte', 201),
    line(ORG.t1, 'collectivite.gestionnaire', 'consultation.ouverte', 201),
  ]
  const [first, second, ...reads] = await journal(consultationId)
  expect([first, second].toSorted((a, b) => (a!.role < b!.role ? 1 : -1))).toEqual(opening)
  expect(reads).toEqual([
    line(ORG.t1, 'collectivite.gestionnaire', 'listConventions'),
    line(ORG.t1, 'collectivite.gestionnaire', 'getCommande'),
  ])
  for (const who of ['operateur.support', 'collectivite.administrateur'] as const) {
    const seen = (await world.as(who).get('/consultations')).json().items.find(({ id }: { id: string }) => id === consultationId)
    expect(seen).toMatchObject({
      organisation: { id: ORG.t1 },
      operateur: { id: ORG.o1 },
      par: 'Solène Secours',
      pour: 'Camille Essai',
      motif: MOTIF,
      finAt: null,
      lectures: 2,
    })
  }
  for (const who of ['autre:operateur.support', 'autre:collectivite.administrateur', 'structure.responsable'] as const)
    expect((await world.as(who).get('/consultations')).body).not.toContain(consultationId)
})

test('the organisation is told at once: its administrators and the person, with the name and the reason', async () => {
  const { consultationId } = await looking()
  const { rows } = await world.sql.query(
    "select n.utilisateur_id, n.categorie, n.texte from notification n where n.code = 'consultation_ouverte' and n.created_at >= (select debut_at from consultation where id = $1)",
    [consultationId],
  )
  const told = rows.map(({ utilisateur_id }) => utilisateur_id)
  expect(new Set(told)).toEqual(new Set([PEOPLE['collectivite.administrateur'].utilisateurId, VUE.utilisateurId]))
  expect(told).toHaveLength(2)
  expect(rows[0]).toMatchObject({ categorie: 'securite' })
  for (const words of ['Solène Secours', 'Opérateur Modèle', 'Camille Essai', MOTIF]) expect(rows[0].texte).toContain(words)
})

test('nothing is done through the eyes of somebody: writes, acts asking for a proof, one’s own data, the acts of the session', async () => {
  const { browser, consultationId } = await looking('collectivite.administrateur')
  const refused = { status: 403, code: 'lecture_seule' }
  const calls = [
    browser.post(`/conventions/${CONVENTION.signee}/ouverture`),
    browser.get('/moi'),
    browser.get('/moi/sessions'),
    browser.get('/notifications'),
    browser.put('/session/adhesion', { adhesionId: PEOPLE['collectivite.administrateur'].adhesionId }),
    browser.put('/session/adhesion', { adhesionId: PEOPLE['structure.mediateur'].adhesionId }),
    browser.post('/session/poste', { nom: 'Piège' }),
    browser.post('/session/guichet/verrou'),
    browser.post('/session/consultation', { adhesionId: VUE.adhesionId, motif: MOTIF }),
  ]
  const statuts = []
  for (const call of calls) statuts.push((await call).json())
  // the role of the person looked at does not hold consultation:open
  expect(statuts.map(({ code }) => code)).toEqual([...Array.from({ length: 8 }, () => refused.code), 'droit_absent'])
  expect(new Set(statuts.map(({ status }) => status))).toEqual(new Set([403]))
  expect((await journal(consultationId)).filter(({ code }) => code === 'lecture_seule').length).toBeGreaterThan(5)
  const { rows } = await world.sql.query("select count(*)::int n from poste where nom = 'Piège'")
  expect(rows[0].n).toBe(0)
})

test('at the counter, verify, redeem and undo refuse too: their function opens the session by itself', async () => {
  const { browser, consultationId } = await looking('structure.responsable')
  const body = { pass: ['0000-0000-0000'] }
  expect((await browser.get(`/ateliers/${ATELIER.a1}`)).statusCode).toBe(200)
  const answers = [
    await browser.post(`/ateliers/${ATELIER.a1}/verifications`, body),
    await browser.post(`/ateliers/${ATELIER.a1}/utilisations`, body),
    await browser.post(`/utilisations/${ACTE.mars}/annulation`, { motif: 'Erreur de scan.', redemptionId: null }),
  ]
  for (const answer of answers) expect(answer.json()).toMatchObject({ status: 403, code: 'lecture_seule' })
  const refused = (await journal(consultationId)).filter(({ code }) => code === 'lecture_seule')
  expect(refused.map(({ action }) => action)).toEqual(['verifyPass', 'redeemPass', 'undoRedemption'])
})

test('coming back gives one’s own session again: same hours, same proofs; both journals tell the end', async () => {
  const { browser, support, consultationId } = await looking()
  await world.sql.query("update session set created_at = now() - interval '9 hours' where utilisateur_id = $1 and ended_at is null", [
    support.utilisateurId,
  ])
  const looked = `__Host-session=${browser.cookies.get('__Host-session')}`
  const back = await browser.del('/session/consultation')
  expect([back.statusCode, back.headers['clear-site-data']]).toEqual([200, '"cache"'])
  expect(back.json()).toMatchObject({ adhesionId: support.adhesionId, organisation: { id: ORG.o1 }, consultation: null })
  expect(back.json().restantSecondes).toBeLessThanOrEqual(3600)
  expect(back.json().preuve.restantSecondes).toBeGreaterThan(0)
  expect((await world.anonymous().get('/session', { headers: { cookie: looked } })).statusCode).toBe(401)
  expect((await browser.del('/session/consultation')).statusCode).toBe(404)
  const ends = (await journal(consultationId)).filter(({ action }) => action === 'consultation.fermee')
  expect(new Set(ends.map(({ organisation_id }) => organisation_id))).toEqual(new Set([ORG.o1, ORG.t1]))
  expect(ends).toHaveLength(2)
  const seen = (await world.as('operateur.support').get('/consultations'))
    .json()
    .items.find(({ id }: { id: string }) => id === consultationId)
  expect(seen.finAt).not.toBeNull()
})

test('signing out ends the look too; a session left idle ends it by itself', async () => {
  const first = await looking()
  await first.browser.del('/session')
  const second = await looking()
  await world.sql.query("update session set seen_at = now() - interval '31 minutes' where consultation_id = $1", [second.consultationId])
  expect((await second.browser.get('/conventions')).statusCode).toBe(401)
  const { items } = (await world.as('operateur.support').get('/consultations')).json()
  for (const { consultationId } of [first, second])
    expect(items.find(({ id }: { id: string }) => id === consultationId).finAt).not.toBeNull()
})

test('the look lasts no longer than either access: the person’s, or the assistance’s own', async () => {
  const [target] = await newPerson(world, [ORG.t1])
  const ended = async (change: (looked: Awaited<ReturnType<typeof looking>>) => [string, string]) => {
    const looked = await looking(target)
    expect((await looked.browser.get('/conventions')).statusCode).toBe(200)
    const [text, id] = change(looked)
    await world.sql.query(text, [id])
    return (await looked.browser.get('/conventions')).statusCode
  }
  expect(await ended(({ support }) => ['update adhesion set retiree_at = now() where id = $1', support.adhesionId])).toBe(403)
  expect(await ended(({ support }) => ['update utilisateur set desactive_at = now() where id = $1', support.utilisateurId])).toBe(401)
  expect(await ended(() => ['update adhesion set retiree_at = now() where id = $1', target!.adhesionId])).toBe(403)
})
