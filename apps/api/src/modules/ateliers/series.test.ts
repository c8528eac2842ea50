import { atelierRoutes } from '@pass/contracts/ateliers.ts'
import { creneauRoutes } from '@pass/contracts/creneaux.ts'
import { formatCode } from '@pass/domain/codes.ts'
import { afterAll, expect, test } from 'vitest'
import { ATELIER, LIEU, ORG, PEOPLE } from '../../../../../prisma/seed/base/ids.ts'
import { handOut, openAtelier } from '../../../test/counter.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { readPdf } from '../../../test/read-pdf.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
const { sql } = world
const counter = world.as('structure.mediateur')
const colleague = world.as('structure.responsable')
const stranger = world.as('s2:structure.mediateur')
afterAll(async () => {
  await assertLedger(sql)
  await world.close()
})

const PLAN = {
  lieuId: LIEU.l1,
  theme: 'demarches_administratives',
  niveau: 'debutant',
  debut: '14:00',
  dureeMinutes: 90,
  capacite: 6,
  offert: true,
}
const serie = (dates: string[], change: object = {}) => counter.post('/ateliers/series', { ...PLAN, dates, ...change })
const count = async () => Number((await sql.query('select count(*) n from atelier')).rows[0].n)

test('a series: one atelier a date, or none at all', async () => {
  const made = await serie(['2026-03-31', '2026-03-17', '2026-03-24'])
  expect(made.statusCode).toBe(201)
  const { items } = creneauRoutes.scheduleSerie.response.parse(made.json())
  expect(items.map(({ date, offert, statut }) => [date, offert, statut])).toEqual([
    ['2026-03-17', true, 'ouvert'],
    ['2026-03-24', true, 'ouvert'],
    ['2026-03-31', true, 'ouvert'],
  ])
  const before = await count()
  const late = await serie(['2026-04-07', '2026-02-01'])
  expect([late.statusCode, late.json().code, late.json().erreurs[0].chemin]).toEqual([409, 'atelier_invalide', 'dates.1'])
  const twice = await serie(['2026-04-07', '2026-04-14', '2026-04-07'])
  expect([twice.statusCode, twice.json().erreurs[0].chemin]).toEqual([400, 'dates.2'])
  expect((await serie(['2026-04-07'], { theme: 'programmation' })).json().code).toMatch(/service_non_prevu|demande_malformee/)
  expect((await serie(['2026-04-07'], { lieuId: LIEU.l2 })).statusCode).toBe(404)
  expect(await count()).toBe(before)
  const { rows } = await sql.query(`select count(*)::int n from outbox where sujet = 'atelier.cree'`)
  expect(rows[0].n).toBe(3)
})

test('a copy takes everything along but its people, its hour too unless said otherwise', async () => {
  const [k] = await handOut(world, 1)
  await counter.put(`/ateliers/${ATELIER.a1}/offre`, { offert: true })
  await counter.post(`/ateliers/${ATELIER.a1}/utilisations`, { pass: [k!.codes[0]] })
  const copy = atelierRoutes.getAtelier.response.parse(
    (await counter.post(`/ateliers/${ATELIER.a1}/copie`, { date: '2026-03-18', debut: null })).json(),
  )
  expect(copy).toMatchObject({
    date: '2026-03-18',
    debut: '08:30',
    capacite: 12,
    offert: true,
    statut: 'ouvert',
    participants: [],
    placesPrises: 0,
  })
  expect((await counter.post(`/ateliers/${copy.id}/copie`, { date: '2026-03-19', debut: '15:30' })).json()).toMatchObject({
    debut: '15:30',
  })
  expect((await stranger.post(`/ateliers/${ATELIER.a1}/copie`, { date: '2026-03-18', debut: null })).statusCode).toBe(404)
})

test('the calendar is filtered by place and theme', async () => {
  const all = (await counter.get(`/ateliers?taille=100&lieuId=${LIEU.l1}&theme=demarches_administratives`)).json()
  expect(all.items.length).toBeGreaterThan(0)
  expect((await counter.get(`/ateliers?lieuId=${LIEU.l2}`)).json()).toMatchObject({ items: [], total: 0 })
  expect((await counter.get('/ateliers?theme=insertion_professionnelle')).json().items).toEqual([])
})

test('seats are offered for an atelier to come, and withdrawn at any time', async () => {
  const past = await openAtelier(world, { date: '2026-03-05' })
  expect((await counter.put(`/ateliers/${past}/offre`, { offert: true })).json().code).toBe('atelier_statut')
  expect((await counter.put(`/ateliers/${past}/offre`, { offert: false })).statusCode).toBe(200)
  expect((await counter.put(`/ateliers/${ATELIER.annule}/offre`, { offert: true })).json().code).toBe('atelier_statut')
  expect((await stranger.put(`/ateliers/${ATELIER.demain}/offre`, { offert: true })).statusCode).toBe(404)
})

const enrolled = async (id: string, statut: string) => {
  const [k] = await handOut(world, 1)
  const { rows } = await sql.query(
    `insert into inscription (organisation_id, atelier_id, collectivite_id, carnet_id, personne_id, statut) values ($1, $2, $3, $4, $5, $6) returning id`,
    [ORG.s1, id, ORG.t1, k!.id, k!.publicId, statut],
  )
  if (statut === 'inscrit') await sql.query('update atelier set places_prises = places_prises + 1 where id = $1', [id])
  return rows[0].id as string
}
const TRAITS = [
  [0, 0, 500, 1000, 1000, 0],
  [100, 900, 900, 900],
]

test('signing on the screen marks the person present, keeps what was drawn with its digest, and takes a seat when they had none', async () => {
  const id = await openAtelier(world, { capacite: 2 })
  const [seated, absent, third] = [await enrolled(id, 'inscrit'), await enrolled(id, 'absent'), await enrolled(id, 'absent')]
  const sign = (inscription: string, traits: unknown = TRAITS, who = counter) =>
    who.put(`/ateliers/${id}/inscriptions/${inscription}/signature`, { traits })
  const signed = atelierRoutes.getAtelier.response.parse((await sign(seated)).json())
  expect(signed.participants.map(({ statut, signe }) => [statut, signe])).toContainEqual(['present', true])
  expect((await sign(absent)).json()).toMatchObject({ placesPrises: 2, statut: 'complet' })
  expect((await sign(third)).json().code).toBe('atelier_complet')
  const one = async () =>
    (await sql.query('select traits, sha256, recueillie_par from signature where inscription_id = $1', [seated])).rows[0]
  const before = await one()
  expect([before.traits, before.sha256.length, before.recueillie_par]).toEqual([TRAITS, 32, PEOPLE['structure.mediateur'].utilisateurId])
  expect((await sign(seated, [[1, 2, 3, 4]], colleague)).statusCode).toBe(200)
  const after = await one()
  expect(after.sha256.equals(before.sha256)).toBe(false)
  expect((await sign(seated, TRAITS, stranger)).statusCode).toBe(404)
  expect((await counter.put(`/ateliers/${ATELIER.a1}/inscriptions/${seated}/signature`, { traits: TRAITS })).statusCode).toBe(404)
  for (const traits of [[], [[]], [[1, 2, 3]], [[0, 0, 0, 1001]], [[1, 2, 3, 4, 5]]])
    expect((await sign(seated, traits)).statusCode).toBe(400)
  const demain = await openAtelier(world, { date: '2026-03-11' })
  const early = await counter.put(`/ateliers/${demain}/inscriptions/${await enrolled(demain, 'inscrit')}/signature`, { traits: TRAITS })
  expect(early.json().code).toBe('atelier_statut')
})

test('the sheet names people as the place may, draws the signatures, counts those without a pass, and is the same bytes twice', async () => {
  const id = await openAtelier(world, { capacite: 4 })
  const inscription = await enrolled(id, 'inscrit')
  const blank = await counter.get(`/ateliers/${id}/emargement.pdf`)
  await counter.put(`/ateliers/${id}/inscriptions/${inscription}/signature`, { traits: TRAITS })
  await counter.post(`/ateliers/${id}/presences`, { presences: [], sansPass: 3 })
  const file = await counter.get(`/ateliers/${id}/emargement.pdf`)
  expect([file.statusCode, file.headers['content-type']]).toEqual([200, 'application/pdf'])
  const text = (await readPdf(file.rawPayload)).map((page) => page.text.replaceAll(/\s+/g, ' ')).join(' ')
  for (const said of [
    'Feuille d’émargement',
    'Le mardi 10 mars 2026 à 8 h 30',
    'Marie Fictive',
    'Présence confirmée',
    '4 personnes présentes',
    'dont 3 personnes sans pass',
    'Empreinte',
  ])
    expect(text).toContain(said)
  expect((await counter.get(`/ateliers/${id}/emargement.pdf`)).rawPayload.equals(file.rawPayload)).toBe(true)
  expect(blank.rawPayload.equals(file.rawPayload)).toBe(false)
  expect((await stranger.get(`/ateliers/${id}/emargement.pdf`)).statusCode).toBe(404)
})

test('no phone: the list has boxes and no code, and a colleague types the codes within seven days', async () => {
  const id = await openAtelier(world, { date: '2026-03-05', capacite: 5 })
  const [k] = await handOut(world, 1)
  const file = await counter.get(`/ateliers/${id}/liste-papier.pdf`)
  const text = (await readPdf(file.rawPayload)).map((page) => page.text.replaceAll(/\s+/g, ' ')).join(' ')
  expect(text).toContain('Liste papier des pass')
  expect(text).toContain('au plus tard le jeudi 12 mars 2026')
  expect(text).not.toMatch(/[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-/)
  // as noted by hand, in small letters, with an O for a zero
  const noted = formatCode(k!.codes[0]!).toLowerCase().replaceAll('0', 'o')
  const typed = await colleague.post(`/ateliers/${id}/utilisations`, { pass: [noted] })
  expect(typed.statusCode).toBe(201)
  const { rows } = await sql.query('select utilisateur_id, date_atelier::text from redemption where acte_id = $1', [typed.json().acteId])
  expect(rows).toEqual([{ utilisateur_id: PEOPLE['structure.responsable'].utilisateurId, date_atelier: '2026-03-05' }])
  const seven = await openAtelier(world, { date: '2026-03-03' })
  expect((await colleague.post(`/ateliers/${seven}/utilisations`, { pass: [k!.codes[1]] })).statusCode).toBe(201)
  const eight = await openAtelier(world, { date: '2026-03-02' })
  expect((await colleague.post(`/ateliers/${eight}/utilisations`, { pass: [k!.codes[2]] })).json().code).toBe('atelier_non_tenu')
})

test('the catalogue of one’s own places: read by the médiateur, changed by whoever answers for the structure', async () => {
  const { items } = creneauRoutes.listPrestations.response.parse((await counter.get('/prestations')).json())
  expect(items.map(({ lieuId, theme }) => [lieuId, theme])).toEqual([
    [LIEU.l1, 'demarches_administratives'],
    [LIEU.l1, 'outils_quotidien'],
  ])
  const body = { prixPass: 2, dureeMinutes: 180, detail: 'Sur rendez-vous.' }
  const path = `/lieux/${LIEU.l1}/prestations`
  expect((await counter.put(`${path}/outils_quotidien`, body)).statusCode).toBe(403)
  expect((await colleague.put(`${path}/outils_quotidien`, body)).json()).toEqual({ lieuId: LIEU.l1, theme: 'outils_quotidien', ...body })
  expect((await colleague.put(`${path}/loisirs_creations`, { ...body, detail: '' })).json().detail).toBeNull()
  expect((await counter.get('/prestations')).json().items).toHaveLength(3)
  expect((await colleague.put(`/lieux/${LIEU.l2}/prestations/outils_quotidien`, body)).statusCode).toBe(404)
  const { rows } = await sql.query('select prix_pass from lieu_service where lieu_id = $1', [LIEU.l2])
  expect(rows.every(({ prix_pass }) => prix_pass === 1)).toBe(true)
  // a new service of the catalogue opens its ateliers
  expect((await serie(['2026-05-05'], { theme: 'loisirs_creations' })).statusCode).toBe(201)
})
