import type { FicheOrganisation } from '@pass/contracts/equipe.ts'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, expect, test } from 'vitest'
import { CANARI, MEMBRE, ORG, PEOPLE } from '../../../../../prisma/seed/base/ids.ts'
import { openMailbox } from '../../../test/mailbox.ts'
import { newBrowser, newPerson } from '../../../test/new-person.ts'
import { createWorld } from '../../../test/world.ts'

const mailbox = await openMailbox()
const world = await createWorld({ config: mailbox.config })
afterAll(async () => {
  await world.close()
  await mailbox.close()
})
const anct = world.as('anct.pilote')
const operateur = world.as('operateur.gestionnaire')
const said = (response: LightMyRequestResponse) => [response.statusCode, response.json().code ?? null]
const SIRET = '21230250900014'
let address = 0
const person = () => ({ courriel: `premiere-${(address += 1)}@exemple.fr`, prenom: 'Première', nom: 'Personne' })
const ccas = (over: object = {}) => ({
  type: 'prescripteur',
  nom: 'CCAS de Guéret',
  siret: null,
  departement: '23',
  territoire: ['D23'],
  administrateur: person(),
  ...over,
})
const noms = async (caller: typeof anct, query: string) =>
  (await caller.get(`/annuaire?${query}`)).json<{ items: FicheOrganisation[] }>().items.map(({ nom }) => nom)

test('an operator makes an organisation; the person invited administers it, and then only that person invites', async () => {
  const administrateur = person()
  const created = await operateur.post('/organisations', ccas({ siret: '212 302 509 00014', administrateur }))
  expect(created.statusCode).toBe(201)
  const fiche = created.json<FicheOrganisation>()
  expect(fiche).toMatchObject({ type: 'prescripteur', siret: SIRET, territoire: ['D23'], membres: 0, sansAdministrateur: true })
  await world.runJobs()
  const jeton = (await mailbox.last(administrateur.courriel, 'invitation')).lien!.split('#')[1]!
  const browser = newBrowser(world)
  const accepted = await browser.post('/session/invitation', { jeton, prenom: 'Première', nom: 'Personne', motDePasse: null })
  expect(accepted.json().session).toMatchObject({ role: 'prescripteur.responsable', organisation: { id: fiche.id } })
  expect(await noms(operateur, 'recherche=CCAS de Gueret')).toEqual(['CCAS de Guéret'])
  const [after] = (await operateur.get('/annuaire?recherche=212302')).json().items
  expect(after).toMatchObject({ membres: 1, sansAdministrateur: false })
  expect(said(await operateur.post(`/organisations/${fiche.id}/administrateur`, person()))).toEqual([409, 'habilitation_refusee'])
})

test('refusals: a SIRET of another form, one known for this type, a département and a territory that name nothing, a type not theirs', async () => {
  const wrong = await operateur.post('/organisations', ccas({ siret: '21230250900015' }))
  expect([wrong.statusCode, wrong.json().code, wrong.json().erreurs[0].chemin]).toEqual([400, 'siret_invalide', 'siret'])
  expect(said(await operateur.post('/organisations', ccas({ siret: SIRET })))).toEqual([409, 'siret_deja_connu'])
  // the same SIRET may be a prescripteur and a structure
  expect((await operateur.post('/organisations', ccas({ type: 'structure', siret: SIRET }))).statusCode).toBe(201)
  expect(said(await operateur.post('/organisations', ccas({ departement: '99' })))).toEqual([400, 'demande_malformee'])
  expect(said(await operateur.post('/organisations', ccas({ territoire: ['D99'] })))).toEqual([400, 'demande_malformee'])
  expect(said(await operateur.post('/organisations', ccas({ type: 'financeur' })))).toEqual([409, 'habilitation_refusee'])
  expect(said(await anct.post('/organisations', ccas({ type: 'anct' })))).toEqual([409, 'habilitation_refusee'])
  expect((await world.as('operateur.labellisateur').post('/organisations', ccas({ type: 'structure' }))).statusCode).toBe(201)
  expect((await world.as('collectivite.administrateur').post('/organisations', ccas())).statusCode).toBe(403)
  const unproved = world.asWith('anct.pilote', { preuve: false })
  expect(said(await unproved.post('/organisations', ccas()))).toEqual([403, 'preuve_requise'])
})

test('a refused creation leaves nothing: neither the organisation nor the mail', async () => {
  const count = async () =>
    (
      await world.sql.query(
        'select (select count(*) from organisation)::int o, (select count(*) from invitation)::int i, (select count(*) from door.courriel)::int m',
      )
    ).rows[0]
  const before = await count()
  await operateur.post('/organisations', ccas({ siret: SIRET }))
  expect(await count()).toEqual(before)
})

test('the directory: all for the ANCT, by pages; for an operator those it made or works with', async () => {
  expect(await noms(anct, 'type=operateur')).toEqual(['Opérateur Lointain', 'Opérateur Modèle'])
  expect(await noms(operateur, 'type=operateur')).toEqual(['Opérateur Modèle'])
  expect(await noms(operateur, 'type=collectivite')).toEqual(['Département de la Creuse'])
  expect(await noms(world.as('autre:operateur.gestionnaire'), 'recherche=creuse')).toEqual([])
  const all: string[] = []
  let after: string | null = ''
  let total = 0
  while (after !== null) {
    const page: { items: FicheOrganisation[]; suivant: string | null; total: number } = (
      await anct.get(`/annuaire?taille=10${after && `&apres=${after}`}`)
    ).json()
    all.push(...page.items.map(({ id }) => id))
    after = page.suivant
    total = page.total
  }
  expect(new Set(all).size).toBe(all.length)
  expect(all).toHaveLength(total)
})

test('an organisation without anybody: one person at a time is invited from outside, who then replaces the others', async () => {
  const first = person()
  const invite = (body: object, caller = operateur) => caller.post(`/organisations/${ORG.s2}/administrateur`, body)
  expect((await invite(first)).json()).toMatchObject({ id: ORG.s2, sansAdministrateur: true })
  expect(said(await invite(first))).toEqual([409, 'deja_enregistre'])
  expect((await invite(person())).statusCode).toBe(201)
  const { rows } = await world.sql.query<{ statut: string }>('select statut from invitation where organisation_id = $1 order by id', [
    ORG.s2,
  ])
  expect(rows.map(({ statut }) => statut)).toEqual(['annulee', 'envoyee'])
  const told = await world.sql.query(
    "select distinct utilisateur_id from notification where organisation_id = $1 and code = 'administration_proposee'",
    [ORG.s2],
  )
  expect(told.rows).toEqual([{ utilisateur_id: PEOPLE['s2:structure.mediateur'].utilisateurId }])
  expect((await invite(person(), world.as('autre:operateur.gestionnaire'))).statusCode).toBe(404)
  expect((await anct.post(`/organisations/${ORG.t1}/administrateur`, person())).json().code).toBe('habilitation_refusee')
})

const searched = async (caller: typeof anct, courriel: string) => (await caller.post('/utilisateurs/recherche', { courriel })).json().items

test('a closed account is refused at its next call, told by mail, and opens again', async () => {
  const [leaver] = await newPerson(world, [ORG.t1, ORG.p1])
  const path = `/utilisateurs/${leaver!.utilisateurId}/desactivation`
  expect((await world.as(leaver!).get('/session')).statusCode).toBe(200)
  expect((await operateur.post(path, { motif: 'Ordinateur volé.' })).json()).toEqual({
    utilisateurId: leaver!.utilisateurId,
    desactive: true,
  })
  expect(said(await world.as(leaver!).get('/session'))).toEqual([401, 'non_connecte'])
  expect(await searched(operateur, `${leaver!.utilisateurId}@exemple.fr`)).toEqual([
    {
      utilisateurId: leaver!.utilisateurId,
      nom: 'Nina Neuve',
      desactive: true,
      organisations: ['CCAS de Bonnat', 'Département de la Creuse'],
    },
  ])
  await world.runJobs()
  expect((await mailbox.last(`${leaver!.utilisateurId}@exemple.fr`)).modele).toBe('compte_desactive')
  expect((await operateur.del(path)).json()).toMatchObject({ desactive: false })
  expect((await world.as(leaver!).get('/session')).statusCode).toBe(200)
})

test('nobody closes their own account, nor one that acts where they look after nothing; the answer is the one of an unknown person', async () => {
  const oneself = `/utilisateurs/${PEOPLE['operateur.gestionnaire'].utilisateurId}/desactivation`
  expect(said(await operateur.post(oneself, { motif: 'x' }))).toEqual([409, 'meme_personne'])
  const [elsewhere] = await newPerson(world, [ORG.t1, ORG.t2])
  const path = (id: string) => `/utilisateurs/${id}/desactivation`
  const unknown = await operateur.post(path('0192d1c0-0000-7000-8000-000000000009'), { motif: 'x' })
  for (const id of [
    elsewhere!.utilisateurId,
    MEMBRE.t2.utilisateurId,
    PEOPLE['anct.pilote'].utilisateurId,
    PEOPLE['prefecture.instructeur'].utilisateurId,
  ]) {
    const response = await operateur.post(path(id), { motif: 'x' })
    expect([response.statusCode, response.json().message]).toEqual([404, unknown.json().message])
    expect((await operateur.del(path(id))).statusCode).toBe(404)
  }
  expect(await searched(operateur, `${elsewhere!.utilisateurId}@exemple.fr`)).toEqual([])
  expect(await searched(operateur, 'membre-t2@exemple.fr')).toEqual([])
  expect(JSON.stringify(await searched(anct, 'membre-t2@exemple.fr'))).toContain(CANARI)
  expect((await anct.post(path(elsewhere!.utilisateurId), { motif: 'x' })).statusCode).toBe(200)
  // what the ANCT closed, an operator does not open
  const [own] = await newPerson(world, [ORG.t1])
  await operateur.post(path(own!.utilisateurId), { motif: 'x' })
  await anct.post(path(own!.utilisateurId), { motif: 'Signalement.' })
  expect(said(await operateur.del(path(own!.utilisateurId)))).toEqual([409, 'habilitation_refusee'])
  expect((await anct.del(path(own!.utilisateurId))).statusCode).toBe(200)
})
