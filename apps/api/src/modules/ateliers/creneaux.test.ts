import { creneauRoutes } from '@pass/contracts/creneaux.ts'
import { afterAll, expect, test } from 'vitest'
import { BENEFICIAIRE, CARNET, CONVENTION, LIEU, ORG, PEOPLE, PRESCRIPTION } from '../../../../../prisma/seed/base/ids.ts'
import { handOut, openAtelier } from '../../../test/counter.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
const { sql } = world
const agent = world.as('prescripteur.agent')
const counter = world.as('structure.mediateur')
afterAll(async () => {
  await assertLedger(sql)
  await world.close()
})

const DAY = '2026-03-20'
/** An atelier of S1 to come, offered. */
const offered = async (setting: Parameters<typeof openAtelier>[1] = {}) => {
  const id = await openAtelier(world, { date: DAY, debut: '14:00', capacite: 1, ...setting })
  await sql.query('update atelier set offert = true where id = $1', [id])
  return id
}
let rank = 0
/** A hand-over of P1 (or another) to a person without a name, whose carnet is `id`. */
const handedOver = async (prescripteur: string = ORG.p1): Promise<{ prescriptionId: string; codes: string[] }> => {
  const [carnet] = await handOut(world, 1)
  const prescriptionId = `0192d1c0-0000-7000-8000-51aa${(++rank).toString(16).padStart(8, '0')}`
  await sql.query(
    `insert into prescription (collectivite_id, id, prescripteur_id, convention_id, carnet_id, reponses, niveau, besoin, public, consentement, utilisateur_id, remis_at)
     values ($1, $2, $3, $4, $5, '{}', 'debutant', 'demarches', 'seniors', true, $6, '2026-02-01')`,
    [ORG.t1, prescriptionId, prescripteur, CONVENTION.cv1, carnet!.id, PEOPLE['prescripteur.agent'].utilisateurId],
  )
  await sql.query('update carnet set prescripteur_id = $2 where id = $1', [carnet!.id, prescripteur])
  return { prescriptionId, codes: carnet!.codes }
}
const take = (atelierId: string, prescriptionId: string, who: Parameters<typeof world.as>[0] = 'prescripteur.agent') =>
  world.as(who).post(`/creneaux/${atelierId}/inscriptions`, { prescriptionId })
const seats = async (id: string) => {
  const { rows } = await sql.query('select places_prises, statut from atelier where id = $1', [id])
  return [rows[0].places_prises, rows[0].statut]
}
const listed = async (who: Parameters<typeof world.as>[0] = 'prescripteur.agent', query = '') =>
  creneauRoutes.listCreneaux.response.parse((await world.as(who).get(`/creneaux?taille=100${query}`)).json())

test('the slots that places of one’s territory offer, and no other; nobody in them', async () => {
  const [here, hidden, past, began] = [
    await offered(),
    await openAtelier(world, { date: DAY }),
    await offered({ date: '2026-03-09' }),
    await offered({ date: '2026-03-10', debut: '08:30' }),
  ]
  const { items } = await listed('prescripteur.agent', `&lieuId=${LIEU.l1}`)
  const ids = items.map(({ atelierId }) => atelierId)
  expect(ids).toContain(here)
  for (const id of [hidden, past, began]) expect(ids).not.toContain(id)
  expect(items.find(({ atelierId }) => atelierId === here)).toEqual({
    atelierId: here,
    lieu: { id: LIEU.l1, nom: 'Le Chai', commune: 'Bonnat', telephone: '05 55 00 00 00' },
    theme: 'demarches_administratives',
    niveau: 'debutant',
    date: DAY,
    debut: '14:00',
    dureeMinutes: 120,
    placesLibres: 1,
    enAttente: 0,
  })
  expect((await listed('autre:prescripteur.agent')).items.map(({ atelierId }) => atelierId)).not.toContain(here)
  expect((await listed('prescripteur.agent', '&theme=outils_quotidien')).items.map(({ atelierId }) => atelierId)).not.toContain(here)
  expect((await listed('prescripteur.agent', '&du=2026-03-21')).items.map(({ atelierId }) => atelierId)).not.toContain(here)
  expect((await counter.get('/creneaux')).statusCode).toBe(403)
})

test('page by page, the nearest first', async () => {
  for (let i = 0; i < 12; i++) await offered({ date: `2026-04-${String(20 - i).padStart(2, '0')}` })
  const seen: string[] = []
  for (let apres = ''; ;) {
    const page = (await agent.get(`/creneaux?taille=10&du=2026-04-01${apres}`)).json()
    seen.push(...page.items.map(({ date }: { date: string }) => date))
    if (!page.suivant) break
    apres = `&apres=${page.suivant}`
  }
  expect(seen).toEqual(seen.toSorted())
  expect(seen).toHaveLength(12)
})

test('a seat, then the waiting list; whoever leaves gives the seat to the first one, and its agent is told without a name', async () => {
  const id = await offered()
  const [second, third] = [await handedOver(), await handedOver(ORG.p2)]
  const made = await take(id, PRESCRIPTION.k1)
  expect(made.statusCode).toBe(201)
  const first = creneauRoutes.takeCreneau.response.parse(made.json())
  expect(first).toMatchObject({ personne: 'Basile Inventé', statut: 'inscrit', motif: null, creneau: { atelierId: id, placesLibres: 0 } })
  expect(await seats(id)).toEqual([1, 'complet'])
  world.setClock('2026-03-10T08:01:00.000Z')
  const waiting = creneauRoutes.takeCreneau.response.parse((await take(id, second.prescriptionId)).json())
  expect(waiting).toMatchObject({ statut: 'liste_attente', creneau: { enAttente: 1 } })
  expect(waiting.personne).toMatch(/^Carnet PN\s26-/)
  world.setClock('2026-03-10T08:02:00.000Z')
  expect((await take(id, third.prescriptionId, 'p2:prescripteur.agent')).json().statut).toBe('liste_attente')
  // the structure reads first names and initials, those who wait last
  const read = (await counter.get(`/ateliers/${id}`)).json()
  expect(read.participants.map(({ statut }: { statut: string }) => statut)).toEqual(['inscrit', 'liste_attente', 'liste_attente'])
  expect(read.participants[0].nom).toBe('Basile I.')
  expect((await agent.del(`/rendez-vous/${first.inscriptionId}`)).statusCode).toBe(200)
  expect(await seats(id)).toEqual([1, 'complet'])
  const { items } = (await agent.get('/rendez-vous?taille=100')).json()
  const statuts = new Map(items.map((one: { inscriptionId: string; statut: string }) => [one.inscriptionId, one.statut]))
  expect([statuts.get(first.inscriptionId), statuts.get(waiting.inscriptionId)]).toEqual(['annule', 'inscrit'])
  const { rows } = await sql.query(`select utilisateur_id, titre, texte, lien from notification where code = 'place_liberee'`)
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ utilisateur_id: PEOPLE['prescripteur.agent'].utilisateurId, lien: '/prescripteur/rendez-vous' })
  expect(rows[0].titre.replaceAll('\u00a0', ' ')).toBe('Une place s’est libérée : Le Chai, vendredi 20 mars 2026 à 14 h')
  expect(`${rows[0].titre}${rows[0].texte}`).not.toMatch(/Inventé|PN\s26/)
  const { rows: mails } = await sql.query(`select count(*)::int n from door.courriel where modele = 'notification'`)
  expect(mails[0].n).toBe(1)
  // once more, after having left: behind those who waited meanwhile
  world.setClock('2026-03-10T08:05:00.000Z')
  expect((await take(id, PRESCRIPTION.k1)).json()).toMatchObject({ inscriptionId: first.inscriptionId, statut: 'liste_attente' })
  const ranks = (await counter.get(`/ateliers/${id}`)).json().participants.map(({ nom }: { nom: string }) => nom)
  expect(ranks.at(-1)).toBe('Basile I.')
})

test('nobody sees, takes or leaves for somebody else', async () => {
  const id = await offered({ capacite: 3 })
  const mine = (await take(id, PRESCRIPTION.k2)).json()
  expect((await take(id, PRESCRIPTION.k1, 'p2:prescripteur.agent')).statusCode).toBe(404)
  expect((await take(id, PRESCRIPTION.k1, 'autre:prescripteur.agent')).statusCode).toBe(404)
  expect((await take(id, PRESCRIPTION.k9, 'autre:prescripteur.agent')).statusCode).toBe(404)
  expect((await world.as('p2:prescripteur.agent').del(`/rendez-vous/${mine.inscriptionId}`)).statusCode).toBe(404)
  for (const who of ['p2:prescripteur.agent', 'autre:prescripteur.agent'] as const)
    expect((await world.as(who).get('/rendez-vous?taille=100&du=2026-01-01')).body).not.toContain(mine.inscriptionId)
  // nor in the database, with the role of a prescripteur
  await expect(sql.query('begin; set local role as_prescripteur; select * from atelier')).rejects.toThrow('permission denied')
  await sql.query('rollback')
  const { rows } = await sql.query(
    `select grantee from information_schema.role_table_grants where table_name in ('inscription', 'atelier', 'signature') and grantee = 'as_prescripteur'`,
  )
  expect(rows).toEqual([])
})

test('why not: begun, cancelled, taken back, expired, elsewhere, not admitted, twice', async () => {
  const code = async (atelier: string, prescription: string) => {
    const answer = await take(atelier, prescription)
    return [answer.statusCode, answer.json().code]
  }
  const { prescriptionId } = await handedOver()
  const id = await offered({ capacite: 5 })
  expect(await code(await offered({ date: '2026-03-10', debut: '08:00' }), prescriptionId)).toEqual([409, 'atelier_passe'])
  expect(await code(await offered({ statut: 'annule' }), prescriptionId)).toEqual([409, 'atelier_statut'])
  expect(await code(await openAtelier(world, { date: DAY }), prescriptionId)).toEqual([404, 'introuvable'])
  expect(await code(await offered({ date: '2026-08-20' }), prescriptionId)).toEqual([409, 'expire'])
  expect((await take(id, prescriptionId)).statusCode).toBe(201)
  expect(await code(id, prescriptionId)).toEqual([409, 'deja_enregistre'])
  const other = await handedOver()
  await sql.query(`update convention set territoire = '{D62}' where id = $1`, [CONVENTION.cv1])
  expect(await code(id, other.prescriptionId)).toEqual([409, 'hors_territoire'])
  await sql.query(`update convention set territoire = '{}', lieux_admis = 'liste' where id = $1`, [CONVENTION.cv1])
  expect(await code(id, other.prescriptionId)).toEqual([409, 'lieu_non_admis'])
  await sql.query(`update convention set lieux_admis = 'tous' where id = $1`, [CONVENTION.cv1])
  await sql.query('update prescription set annulee_at = now() where id = $1', [other.prescriptionId])
  expect(await code(id, other.prescriptionId)).toEqual([409, 'prescription_statut'])
  const left = (await agent.get('/rendez-vous?taille=100'))
    .json()
    .items.find((one: { creneau: { atelierId: string } }) => one.creneau.atelierId === id)
  await sql.query(`update atelier set date = '2026-03-10', debut = '08:00' where id = $1`, [id])
  expect((await agent.del(`/rendez-vous/${left.inscriptionId}`)).json().code).toBe('atelier_passe')
})

test('two prescripteurs at the same instant for the last seat: one has it, the other waits; never more people than seats', async () => {
  const id = await offered({ capacite: 3 })
  const people: Awaited<ReturnType<typeof handedOver>>[] = []
  for (let i = 0; i < 8; i++) people.push(await handedOver(i % 2 ? ORG.p1 : ORG.p2))
  const answers = await Promise.all(
    people.map(({ prescriptionId }, i) => take(id, prescriptionId, i % 2 ? 'prescripteur.agent' : 'p2:prescripteur.agent')),
  )
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 8 }, () => 201))
  expect(await seats(id)).toEqual([3, 'complet'])
  const taken = answers.map((answer, i) => ({
    who: i % 2 ? ('prescripteur.agent' as const) : ('p2:prescripteur.agent' as const),
    ...answer.json(),
  }))
  expect(taken.filter(({ statut }) => statut === 'inscrit')).toHaveLength(3)
  // everyone leaves at once: no seat is lost, none is given twice
  await Promise.all(taken.slice(0, 6).map(({ who, inscriptionId }) => world.as(who).del(`/rendez-vous/${inscriptionId}`)))
  const { rows } = await sql.query(`select statut, count(*)::int n from inscription where atelier_id = $1 group by 1 order by 1`, [id])
  expect(rows).toEqual([
    { statut: 'annule', n: 6 },
    { statut: 'inscrit', n: 2 },
  ])
  expect(await seats(id)).toEqual([2, 'ouvert'])
})

test('a cancelled atelier tells who enrolled people, how many and why, and frees everyone', async () => {
  const id = await offered({ capacite: 2 })
  const [a, b, c] = [await handedOver(), await handedOver(), await handedOver(ORG.p2)]
  for (const { prescriptionId } of [a, b]) await take(id, prescriptionId)
  await take(id, c.prescriptionId, 'p2:prescripteur.agent')
  const answer = await counter.post(`/ateliers/${id}/annulation`, { motif: 'Salle inondée.' })
  expect(answer.json()).toMatchObject({ statut: 'annule', placesPrises: 0 })
  const { rows } = await sql.query(`select utilisateur_id, titre, texte from notification where code = 'atelier_annule' order by texte`)
  expect(new Set(rows.map(({ utilisateur_id }) => utilisateur_id))).toEqual(
    new Set([PEOPLE['prescripteur.agent'].utilisateurId, PEOPLE['p2:prescripteur.agent'].utilisateurId]),
  )
  expect(rows).toHaveLength(2)
  expect(rows.map(({ texte }) => texte).join(' ')).toMatch(/Salle inondée\. 2\spersonnes que vous avez inscrites sont à prévenir/)
  const { items } = (await agent.get('/rendez-vous?taille=100')).json()
  const mine = items.filter((one: { creneau: { atelierId: string } }) => one.creneau.atelierId === id)
  expect(mine.map(({ statut, motif }: { statut: string; motif: string }) => [statut, motif])).toEqual([
    ['annule', 'Salle inondée.'],
    ['annule', 'Salle inondée.'],
  ])
})

test('an agent who left: whoever answers for the organisation is told', async () => {
  const id = await offered({ capacite: 2 })
  const { prescriptionId } = await handedOver()
  await take(id, prescriptionId)
  await sql.query(`update adhesion set date_fin = '2026-03-01' where id = $1`, [PEOPLE['prescripteur.agent'].adhesionId])
  await counter.post(`/ateliers/${id}/annulation`, { motif: 'Médiateur souffrant.' })
  await sql.query(`update adhesion set date_fin = null where id = $1`, [PEOPLE['prescripteur.agent'].adhesionId])
  const { rows } = await sql.query(`select utilisateur_id from notification where texte like '%Médiateur souffrant%'`)
  expect(rows).toEqual([{ utilisateur_id: PEOPLE['prescripteur.responsable'].utilisateurId }])
})

test('a person who waited and comes anyway uses a pass only when a seat is free; marked absent before the hour, the first one who waits is seated', async () => {
  const id = await openAtelier(world, { date: '2026-03-10', debut: '11:00', capacite: 1 })
  await sql.query('update atelier set offert = true where id = $1', [id])
  const [a, b] = [await handedOver(), await handedOver()]
  const seated = (await take(id, a.prescriptionId)).json()
  await take(id, b.prescriptionId)
  const refused = await counter.post(`/ateliers/${id}/utilisations`, { pass: [b.codes[0]] })
  expect(refused.json().code).toBe('atelier_complet')
  const marked = await counter.post(`/ateliers/${id}/presences`, {
    presences: [{ inscriptionId: seated.inscriptionId, statut: 'absent_excuse' }],
    sansPass: 3,
  })
  expect(marked.json()).toMatchObject({ placesPrises: 1, statut: 'complet', sansPass: 3 })
  expect(
    marked
      .json()
      .participants.map(({ statut }: { statut: string }) => statut)
      .toSorted(),
  ).toEqual(['absent_excuse', 'inscrit'])
  expect((await counter.post(`/ateliers/${id}/utilisations`, { pass: [b.codes[0]] })).statusCode).toBe(201)
})

test('the beneficiary of another organisation is never named: first name and initial for the place, nothing for the others', async () => {
  const id = await offered({ capacite: 4 })
  await take(id, PRESCRIPTION.k1)
  for (const who of ['p2:prescripteur.agent', 's2:structure.mediateur'] as const) {
    const paths = who.startsWith('p2') ? ['/creneaux', '/rendez-vous'] : ['/ateliers', `/ateliers/${id}`]
    for (const path of paths) {
      const { body } = await world.as(who).get(path)
      for (const secret of ['Basile', 'Inventé', BENEFICIAIRE.b1, CARNET.k1]) expect(body).not.toContain(secret)
    }
  }
})
