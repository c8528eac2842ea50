import { randomUUID } from 'node:crypto'
import { atelierRoutes } from '@pass/contracts/ateliers.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { afterAll, expect, test } from 'vitest'
import { ATELIER, LIEU } from '../../../../../prisma/seed/base/ids.ts'
import { handOut, openAtelier } from '../../../test/counter.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
const counter = world.as('structure.mediateur')
const stranger = world.as('s2:structure.mediateur')
const asked = {
  lieuId: LIEU.l1,
  theme: 'demarches_administratives',
  niveau: 'debutant',
  date: '2026-03-10',
  debut: '14:00',
  dureeMinutes: 120,
  capacite: 8,
}
const schedule = (change: object = {}) => counter.post('/ateliers', { ...asked, ...change })
const attend = (atelier: string, body: object) => counter.post(`/ateliers/${atelier}/presences`, { presences: [], sansPass: 0, ...body })

afterAll(async () => {
  await assertLedger(world.sql)
  await world.close()
})

test('ateliers of the structure, latest first, page by page, filtered by day and statut', async () => {
  const whole = atelierRoutes.listAteliers.response.parse((await counter.get('/ateliers')).json())
  expect([whole.total, whole.items.length, whole.suivant]).toEqual([9, 9, null])
  expect(whole.items.map(({ date, debut }) => `${date} ${debut}`)).toEqual([
    '2026-03-26 10:00',
    '2026-03-19 10:00',
    '2026-03-17 14:00',
    '2026-03-11 10:00',
    '2026-03-10 16:00',
    '2026-03-10 08:30',
    '2026-03-09 10:00',
    '2026-02-10 10:00',
    '2026-02-03 10:00',
  ])
  expect(whole.items.at(-2)).toMatchObject({
    id: ATELIER.passe,
    passUtilises: 2,
    montantCentimes: 2000,
    placesPrises: 1,
    lieu: { nom: 'Le Chai', commune: 'Bonnat' },
  })
  for (let i = 0; i < 7; i++) await openAtelier(world, { date: '2026-03-08' })
  const seen: string[] = []
  for (let apres = ''; ;) {
    const page = (await counter.get(`/ateliers?taille=10${apres}`)).json()
    seen.push(...page.items.map(({ id }: { id: string }) => id))
    if (!page.suivant) break
    apres = `&apres=${page.suivant}`
  }
  expect([seen.length, new Set(seen).size]).toEqual([16, 16])
  const filtered = (await counter.get('/ateliers?du=2026-03-09&au=2026-03-10&statut=ouvert')).json()
  expect(filtered.items.map(({ id }: { id: string }) => id)).toEqual([ATELIER.a1])
  expect((await counter.get('/ateliers?apres=invente')).statusCode).toBe(400)
  expect((await stranger.get('/ateliers')).json().items.map(({ id }: { id: string }) => id)).toEqual([ATELIER.l2])
})

test('read by its own structure only; an anonymous person is the number of the carnet', async () => {
  const [k] = await handOut(world, 1)
  await counter.post(`/ateliers/${ATELIER.a1}/utilisations`, { pass: [k!.codes[0]] })
  const read = atelierRoutes.getAtelier.response.parse((await counter.get(`/ateliers/${ATELIER.a1}`)).json())
  expect(read.participants).toMatchObject([{ nom: `Carnet ${formatSerie(k!.serie)}`, statut: 'present', passUtilises: 1 }])
  expect((await stranger.get(`/ateliers/${ATELIER.a1}`)).statusCode).toBe(404)
  expect((await world.as('collectivite.gestionnaire').get(`/ateliers/${ATELIER.a1}`)).statusCode).toBe(403)
})

test('an atelier is opened in one’s own place, for a service of its catalogue', async () => {
  const answer = await schedule()
  expect(answer.statusCode).toBe(201)
  expect(atelierRoutes.scheduleAtelier.response.parse(answer.json())).toMatchObject({
    statut: 'ouvert',
    debut: '14:00',
    capacite: 8,
    placesPrises: 0,
    participants: [],
  })
  const answers = [
    await schedule({ lieuId: LIEU.l2 }),
    await schedule({ lieuId: randomUUID() }),
    await schedule({ theme: 'parentalite_education' }),
    await schedule({ date: '2026-03-02' }),
    await schedule({ date: '2027-03-12' }),
    await schedule({ debut: '24:00' }),
    await schedule({ capacite: 0 }),
    await world.as('prescripteur.agent').post('/ateliers', asked),
  ]
  expect(answers.map((one) => [one.statusCode, one.json().code])).toEqual([
    [404, 'introuvable'],
    [404, 'introuvable'],
    [409, 'service_non_prevu'],
    [409, 'atelier_invalide'],
    [409, 'atelier_invalide'],
    [400, 'demande_malformee'],
    [400, 'demande_malformee'],
    [403, 'droit_absent'],
  ])
  await world.sql.query(`update lieu set date_fermeture = '2026-03-20' where id = $1`, [LIEU.l1])
  const [before, after] = [await schedule({ date: '2026-03-19' }), await schedule({ date: '2026-03-20' })]
  await world.sql.query('update lieu set date_fermeture = null where id = $1', [LIEU.l1])
  expect([before.statusCode, after.json().code]).toEqual([201, 'lieu_ferme'])
})

test('cancelled while no pass is used in it', async () => {
  const [k] = await handOut(world, 1)
  const atelier = await openAtelier(world)
  const { acteId } = (await counter.post(`/ateliers/${atelier}/utilisations`, { pass: [k!.codes[0]] })).json()
  const cancel = (caller = counter) => caller.post(`/ateliers/${atelier}/annulation`, { motif: 'Salle indisponible.' })
  expect((await cancel()).json().code).toBe('atelier_a_des_pass')
  expect((await cancel(stranger)).statusCode).toBe(404)
  await counter.post(`/utilisations/${acteId}/annulation`, { motif: 'x', redemptionId: null })
  const answer = await cancel()
  expect([answer.statusCode, answer.json().statut]).toEqual([200, 'annule'])
  expect((await cancel()).json().code).toBe('atelier_statut')
  expect((await counter.post(`/ateliers/${atelier}/utilisations`, { pass: [k!.codes[0]] })).json().code).toBe('atelier_non_tenu')
})

test('absent: the seat is free and the pass refused; present again: accepted', async () => {
  const [k, l] = await handOut(world, 2)
  const atelier = await openAtelier(world, { capacite: 1 })
  const { acteId } = (await counter.post(`/ateliers/${atelier}/utilisations`, { pass: [k!.codes[0]] })).json()
  const inscriptionId: string = (await counter.get(`/ateliers/${atelier}`)).json().participants[0].inscriptionId
  const used = await attend(atelier, { presences: [{ inscriptionId, statut: 'absent' }] })
  expect([used.statusCode, used.json().code, used.json().erreurs[0].chemin]).toEqual([409, 'atelier_a_des_pass', 'presences.0.statut'])
  await counter.post(`/utilisations/${acteId}/annulation`, { motif: 'x', redemptionId: null })
  const present = await attend(atelier, { presences: [{ inscriptionId, statut: 'present' }], sansPass: 3 })
  expect(present.json()).toMatchObject({ placesPrises: 1, sansPass: 3 })
  const absent = await attend(atelier, { presences: [{ inscriptionId, statut: 'absent_excuse' }] })
  expect(absent.json()).toMatchObject({ placesPrises: 0, sansPass: 0, participants: [{ statut: 'absent_excuse' }] })
  expect((await counter.post(`/ateliers/${atelier}/utilisations`, { pass: [k!.codes[0]] })).json().code).toBe('presence_manquante')
  expect((await counter.post(`/ateliers/${atelier}/utilisations`, { pass: [l!.codes[0]] })).statusCode).toBe(201)
  expect((await attend(atelier, { presences: [{ inscriptionId, statut: 'present' }] })).json().code).toBe('atelier_complet')
  expect((await attend(atelier, { presences: [{ inscriptionId: randomUUID(), statut: 'present' }] })).statusCode).toBe(404)
  expect((await attend(ATELIER.demain, {})).json().code).toBe('atelier_statut')
  expect((await attend(ATELIER.annule, {})).json().code).toBe('atelier_statut')
  expect((await stranger.post(`/ateliers/${atelier}/presences`, { presences: [], sansPass: 0 })).statusCode).toBe(404)
})
