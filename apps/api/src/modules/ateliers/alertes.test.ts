import { type Alerte, guichetRoutes } from '@pass/contracts/guichet.ts'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { ALERTE, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { handOut, openAtelier } from '../../../test/counter.ts'
import { declare, sendQueued } from '../../../test/differes.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { newPerson } from '../../../test/new-person.ts'
import { createWorld } from '../../../test/world.ts'
import { deriveCode } from '../../platform/codes.ts'

const world = await createWorld()
const marie = world.as('structure.mediateur')
const operateur = world.as('operateur.gestionnaire')
const sql = (text: string, ...values: unknown[]) => world.sql.query(text, values)
const use = (atelier: string, ...pass: string[]) => marie.post(`/ateliers/${atelier}/utilisations`, { pass })
const verify = (atelier: string, ...pass: string[]) => marie.post(`/ateliers/${atelier}/verifications`, { pass })
const one = async () => (await handOut(world, 1))[0]!
const carnet = (id: bigint, columns: string) => sql(`update carnet set ${columns} where id = $1`, id)

const open = async (who: Parameters<typeof world.as>[0] = 'operateur.gestionnaire'): Promise<Alerte[]> =>
  guichetRoutes.listAlertes.response.parse((await world.as(who).get('/alertes?statut=ouverte&taille=100')).json()).items
/** What is open at the operator of T1, rule by rule, besides what the seed holds. */
const rules = async () =>
  Object.fromEntries((await open()).filter(({ id }) => id !== ALERTE.t1).map(({ regle, nombre }) => [regle, nombre]))

beforeEach(async () => {
  await sql('delete from alerte where id <> all ($1)', [ALERTE.t1, ALERTE.t2])
  await sql('delete from essai_code')
  world.setClock('2026-03-10T09:00:00+01:00')
})
afterAll(async () => {
  await assertLedger(world.sql)
  await world.close()
})

test('capacite: a pass too many at a full atelier; one that fills up exactly, or is only looked at, tells nothing', async () => {
  const [a, b, c] = await handOut(world, 3)
  const atelier = await openAtelier(world, { capacite: 1 })
  await use(atelier, a!.codes[0]!)
  await verify(atelier, b!.codes[0]!)
  expect(await rules()).toEqual({})
  expect((await use(atelier, b!.codes[0]!)).json().code).toBe('atelier_complet')
  expect(await rules()).toEqual({ capacite: 1 })
  await use(atelier, b!.codes[0]!, c!.codes[0]!)
  expect(await rules()).toEqual({ capacite: 3 })
})

test('hors_creneau: the next day, or two hours before; a list keyed at the end of the morning, or made without network, tells nothing', async () => {
  const stock = await handOut(world, 5)
  const atelier = await openAtelier(world, { debut: '10:30', dureeMinutes: 90 })
  world.setClock('2026-03-10T09:30:00+01:00')
  await use(atelier, stock[0]!.codes[0]!)
  world.setClock('2026-03-10T16:00:00+01:00')
  await use(atelier, stock[1]!.codes[0]!)
  const appareilId = await declare(marie)
  world.setClock('2026-03-11T09:00:00+01:00')
  const queued = await sendQueued(marie, {
    appareilId,
    atelierId: atelier,
    pass: [stock[2]!.codes[0]!],
    scanneAt: '2026-03-10T16:00:00+01:00',
  })
  expect([queued.statusCode, await rules()]).toEqual([201, {}])
  await use(atelier, stock[3]!.codes[0]!)
  expect(await rules()).toEqual({ hors_creneau: 1 })
  const later = await openAtelier(world, { date: '2026-03-11', debut: '10:30' })
  await use(later, stock[3]!.codes[1]!, stock[4]!.codes[1]!)
  expect(await rules()).toEqual({ hors_creneau: 3 })
})

test('meme_personne: two ateliers at the same hours; one after the other tells nothing', async () => {
  const [k, l] = await handOut(world, 2)
  const [nine, ten, eleven] = [
    await openAtelier(world, { debut: '09:00', dureeMinutes: 60 }),
    await openAtelier(world, { debut: '10:00', dureeMinutes: 60 }),
    await openAtelier(world, { debut: '09:30', dureeMinutes: 120 }),
  ]
  await use(nine, k!.codes[0]!)
  await use(ten, k!.codes[1]!)
  expect(await rules()).toEqual({})
  await use(nine, l!.codes[0]!)
  expect((await use(eleven, l!.codes[1]!)).statusCode).toBe(201)
  expect(await rules()).toEqual({ meme_personne: 1 })
})

const wrong = (rang: number) => deriveCode(Buffer.alloc(32, 'wrong'), rang, 1)

test('codes_faux: the tenth in an hour; nine, or a misread number, tell nothing', async () => {
  const atelier = await openAtelier(world)
  for (let i = 0; i < 12; i++) expect((await use(atelier, 'K7M2-QX9T-B4RT')).json().code).toBe('code_malforme')
  for (let i = 0; i < 9; i++) await use(atelier, wrong(i))
  expect(await rules()).toEqual({})
  await use(atelier, wrong(9))
  expect(await rules()).toEqual({ codes_faux: 1 })
  expect((await use(atelier, wrong(10))).statusCode).toBe(429)
  expect(await rules()).toEqual({ codes_faux: 1 })
})

test('twenty wrong codes of a lieu in a day stop it, whoever types; two hundred of a département in an hour stop it all', async () => {
  const atelier = await openAtelier(world)
  const [paul, lea] = [await newPerson(world, [ORG.s1], 'structure.mediateur'), await newPerson(world, [ORG.s1], 'structure.mediateur')]
  const as = (who: typeof paul) => (pass: string) => world.as(who[0]!).post(`/ateliers/${atelier}/utilisations`, { pass: [pass] })
  for (let i = 0; i < 10; i++) await use(atelier, wrong(i))
  for (let i = 10; i < 20; i++) expect((await as(paul)(wrong(i))).json().code).toBe('code_inconnu')
  const k = await one()
  expect((await as(lea)(k.codes[0]!)).statusCode).toBe(429)
  expect(await rules()).toEqual({ codes_faux: 2 })
  // a day later they may again, unless their département is tried from everywhere
  world.setClock('2026-03-11T10:00:00+01:00')
  const tomorrow = await openAtelier(world, { date: '2026-03-11' })
  const tried = `insert into essai_code (organisation_id, utilisateur_id, lieu_id, departement, nombre, at) select organisation_id, $1::uuid, id, $2, $3, '2026-03-11T09:30:00+01:00' from lieu where organisation_id = $4`
  await sql(tried, paul[0]!.utilisateurId, '23', 199, ORG.s2)
  await sql(tried, paul[0]!.utilisateurId, '62', 500, ORG.s9)
  expect((await world.as(lea[0]!).post(`/ateliers/${tomorrow}/verifications`, { pass: [k.codes[0]] })).statusCode).toBe(200)
  await use(tomorrow, wrong(1))
  expect((await world.as(lea[0]!).post(`/ateliers/${tomorrow}/verifications`, { pass: [k.codes[0]] })).statusCode).toBe(429)
})

test('pas_actif, pas_remis, carnet_bloque, looked at or used; a carnet held for a check, or expired, tells nothing', async () => {
  const [a, b, c, d, e] = await handOut(world, 5)
  const atelier = await openAtelier(world)
  await carnet(a!.id, 'activation_id = null')
  await carnet(b!.id, `statut = 'attribue'`)
  await carnet(c!.id, `statut = 'bloque', statut_avant_blocage = 'remis', motif_blocage = 'vole'`)
  await carnet(d!.id, `statut = 'bloque', statut_avant_blocage = 'remis', motif_blocage = 'controle'`)
  await carnet(e!.id, `date_fin = '2026-02-07'`)
  expect((await use(atelier, d!.codes[0]!)).json().code).toBe('carnet_bloque')
  expect((await use(atelier, e!.codes[0]!)).json().code).toBe('expire')
  expect(await rules()).toEqual({})
  await verify(atelier, a!.codes[0]!, b!.codes[0]!)
  await use(atelier, b!.codes[0]!, c!.codes[0]!)
  expect(await rules()).toEqual({ pas_actif: 1, pas_remis: 2, carnet_bloque: 1 })
  await sql(
    `update carnet set activation_id = (select activation_id from carnet where id = $2), statut = 'remis', motif_blocage = null, statut_avant_blocage = null, date_fin = '2026-06-30' where id = any ($1)`,
    [a!.id, b!.id, c!.id, d!.id, e!.id],
    b!.id,
  )
})

test('conflits: the third in thirty days, at both places; two tell nothing', async () => {
  const stock = await handOut(world, 3)
  const [before, after] = [await openAtelier(world), await openAtelier(world)]
  const appareilId = await declare(marie)
  const clash = async (rang: number) => {
    await use(before, stock[rang]!.codes[0]!)
    const answer = await sendQueued(marie, {
      appareilId,
      atelierId: after,
      pass: [stock[rang]!.codes[0]!],
      scanneAt: '2026-03-10T08:50:00+01:00',
    })
    expect(answer.json().code).toBe('deja_utilise')
  }
  // the seed holds one of the day before
  await sql(`update conflit set releve_at = '2026-01-20T10:00:00+01:00' where organisation_id = $1`, ORG.s1)
  await clash(0)
  await clash(1)
  expect(await rules()).toEqual({})
  await clash(2)
  expect(await rules()).toEqual({ conflits: 1 })
})

test('the alert goes to the operator of the pass: T2’s pass at S1 is told to O2, and nobody else reads it', async () => {
  const [ours] = await handOut(world, 1)
  const [theirs] = await handOut(world, 1, 't2')
  const atelier = await openAtelier(world)
  for (const { id } of [ours!, theirs!]) await carnet(id, `statut = 'attribue'`)
  await use(atelier, ours!.codes[0]!, theirs!.codes[0]!)
  expect(await rules()).toEqual({ pas_remis: 1 })
  const [seen] = await open('autre:operateur.gestionnaire')
  expect(seen).toMatchObject({
    regle: 'pas_remis',
    nombre: 1,
    structure: { id: ORG.s1, nom: 'Tiers-lieu Le Chai' },
    titre: 'Carnet pas encore remis',
  })
  expect((await operateur.post(`/alertes/${seen!.id}/decision`, { decision: 'sans_suite', motif: 'Vu.' })).statusCode).toBe(404)
  expect((await marie.get('/alertes')).statusCode).toBe(403)
  for (const { id } of [ours!, theirs!]) await carnet(id, `statut = 'remis'`)
})

test('one alert a day: filed once, with a decision and its reason; the next time opens another one', async () => {
  const k = await one()
  const atelier = await openAtelier(world)
  await carnet(k.id, `statut = 'attribue'`)
  await use(atelier, k.codes[0]!)
  const [alerte] = (await open()).filter(({ id }) => id !== ALERTE.t1)
  expect(alerte!.texte).toMatch(/^Le 10\/03\/2026\u00a0: 1\u00a0pass présenté d’un carnet dont la remise n’est pas enregistrée\. /)
  const body = { decision: 'explication_recue', motif: 'Remise saisie le soir.' }
  expect((await world.as('operateur.support').post(`/alertes/${alerte!.id}/decision`, body)).statusCode).toBe(403)
  const [filed, again] = await Promise.all([1, 2].map(() => operateur.post(`/alertes/${alerte!.id}/decision`, body)))
  expect([filed!.statusCode, again!.statusCode].toSorted((a, b) => a - b)).toEqual([200, 409])
  const read = (await operateur.get('/alertes?statut=classee')).json().items.find(({ id }: Alerte) => id === alerte!.id)
  expect(read).toMatchObject({ statut: 'classee', ...body })
  await use(atelier, k.codes[0]!)
  world.setClock('2026-03-11T09:00:00+01:00')
  await use(await openAtelier(world, { date: '2026-03-11' }), k.codes[0]!)
  expect((await open()).filter(({ id, regle }) => id !== ALERTE.t1 && regle === 'pas_remis').map(({ nombre }) => nombre)).toEqual([1, 1])
  await carnet(k.id, `statut = 'remis'`)
})
