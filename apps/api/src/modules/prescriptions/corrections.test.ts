import { atelierRoutes } from '@pass/contracts/ateliers.ts'
import { carnetRoutes } from '@pass/contracts/carnets.ts'
import { correctionRoutes } from '@pass/contracts/oppositions.ts'
import { prescriptionRoutes } from '@pass/contracts/prescriptions.ts'
import { remiseRoutes } from '@pass/contracts/remises.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { afterAll, expect, test } from 'vitest'
import { ATELIER, BENEFICIAIRE, CARNET, CONVENTION, ORG, PRESCRIPTION, lotKey, serieK, SERIE } from '../../../../../prisma/seed/base/ids.ts'
import { deriveCode } from '../../platform/codes.ts'
import { readPdf } from '../../../test/read-pdf.ts'
import { createWorld } from '../../../test/world.ts'
import { ateliers } from '../ateliers/routes.ts'
import { distribution } from '../distribution/routes.ts'
import { corrections, remises } from './remise-routes.ts'
import { prescriptions } from './routes.ts'

const world = await createWorld({
  modules: [
    { routes: carnetRoutes, bind: distribution },
    { routes: atelierRoutes, bind: ateliers },
    { routes: prescriptionRoutes, bind: prescriptions },
    { routes: remiseRoutes, bind: remises },
    { routes: correctionRoutes, bind: corrections },
  ],
})
afterAll(() => world.close())

const collectivite = world.as('collectivite.gestionnaire')
const agent = world.as('prescripteur.agent')
const serie = (n: number) => formatSerie(serieK(n))
const refusalOf = (answer: { statusCode: number; json: () => { code: string } }) => [answer.statusCode, answer.json().code]
const replace = (carnetId: string, n: number) => collectivite.post(`/carnets/${carnetId}/remplacement`, { numero: serie(n) })
const block = (carnetId: string) => collectivite.post(`/carnets/${carnetId}/blocage`, { motif: 'perdu', reference: null })
const balance = async (nature: string) =>
  Number(
    (
      await world.sql.query('select coalesce(sum(solde_centimes), 0) s from account where convention_id = $1 and nature = $2', [
        CONVENTION.cv1,
        nature,
      ])
    ).rows[0].s,
  )
const passOf = async (n: number) =>
  (
    await world.sql.query<{ statut: string }>(
      `select p.statut from pass p join carnet c on c.collectivite_id = p.collectivite_id and c.id = p.carnet_id where c.serie = $1 order by p.id`,
      [serieK(n)],
    )
  ).rows.map(({ statut }) => statut)
const reconciled = async () => (await world.sql.query('select name, count from reconciliation')).rows

test('a carnet is blocked before it is replaced', async () => {
  expect(refusalOf(await replace(CARNET.k2, 8))).toEqual([409, 'carnet_statut'])
  expect((await block(CARNET.k2)).statusCode).toBe(200)
})

test.each([
  ['of nobody', '/remplacement', { numero: formatSerie(260_000_021) }, [404, 'introuvable']],
  ['of another territory', '/remplacement', { numero: formatSerie(SERIE.l9 + 3) }, [404, 'introuvable']],
  ['mistyped', '/remplacement', { numero: 'PN 26-0000008-A' }, [400, 'numero_malforme']],
  ['on its way', '/remplacement', { numero: serie(5) }, [409, 'carnet_en_transit']],
  ['of another counter', '/remplacement', { numero: serie(12) }, [409, 'remplacement_impossible']],
  ['not active', '/remplacement', { numero: serie(13) }, [409, 'pas_actif']],
  ['of a person already', '/remplacement', { numero: serie(1) }, [409, 'carnet_statut']],
  ['that is itself', '/remplacement', { numero: serie(2) }, [409, 'carnet_statut']],
])('a carnet %s replaces nothing', async (_, path, body, expected) => {
  expect(refusalOf(await collectivite.post(`/carnets/${CARNET.k2}${path}`, body))).toEqual(expected)
  expect((await collectivite.get(`/carnets/${CARNET.k2}`)).json()).toMatchObject({ statut: 'bloque', remplacant: null })
})

test('a carnet with 3 pass used is replaced by one with 7, linked both ways; the old one ends, money follows (C14, C15)', async () => {
  const before = [await balance('circulation'), await balance('a_crediter')]
  const answer = await replace(CARNET.k2, 8)
  expect(answer.json()).toMatchObject({
    serie: serie(8),
    statut: 'remis',
    taille: 10,
    utilises: 0,
    annules: 3,
    prescripteur: { id: ORG.p1 },
    remplace: { id: CARNET.k2, serie: serie(2) },
    remplacant: null,
  })
  const old = (await collectivite.get(`/carnets/${CARNET.k2}`)).json()
  expect(old).toMatchObject({ statut: 'annule', utilises: 3, remplacant: { serie: serie(8) } })
  expect(await passOf(8)).toEqual([...Array.from({ length: 7 }, () => 'neuf'), ...Array.from({ length: 3 }, () => 'annule')])
  expect((await passOf(2)).filter((statut) => statut === 'utilise')).toHaveLength(3)
  // the old one's seven and the new one's three last pass
  expect([await balance('circulation'), await balance('a_crediter')]).toEqual([before[0]! - 10_000, before[1]! + 10_000])
  expect(await reconciled()).toEqual([])
  expect(refusalOf(await collectivite.post(`/carnets/${CARNET.k2}/deblocage`))).toEqual([409, 'carnet_statut'])
  expect(refusalOf(await replace(CARNET.k2, 9))).toEqual([409, 'carnet_statut'])
})

const redeem = async (n: number, rang: number) => {
  const code = deriveCode(lotKey('l1'), serieK(n), rang)
  return world.as('structure.mediateur').post(`/ateliers/${ATELIER.a1}/utilisations`, { pass: [code] })
}

test('at the counter, the pass kept are worth their value, the last ones and those of the old carnet nothing', async () => {
  const refused = [await redeem(8, 8), await redeem(8, 10), await redeem(2, 5)]
  expect(refused.map(refusalOf)).toEqual([
    [409, 'pass_annule'],
    [409, 'pass_annule'],
    [409, 'pass_annule'],
  ])
  expect((await redeem(8, 7)).statusCode).toBe(201)
  expect(await reconciled()).toEqual([])
})

test('the person keeps its hand-over with the new carnet, at the same counter', async () => {
  const { items } = (await agent.get('/prescriptions?recherche=inventee')).json()
  expect(items.map((item: { serie: string }) => item.serie)).toEqual([serie(8), serie(2)])
  const { rows } = await world.sql.query('select beneficiaire_id, personne_id from carnet where serie = $1', [serieK(8)])
  expect(rows).toEqual([{ beneficiaire_id: BENEFICIAIRE.b2, personne_id: null }])
})

test('an anonymous person stays the same one: the limits by person go on', async () => {
  await world.sql.query('update carnet set beneficiaire_id = null where public_id = $1', [CARNET.k1])
  await block(CARNET.k1)
  expect((await replace(CARNET.k1, 9)).statusCode).toBe(200)
  const { rows } = await world.sql.query(
    `select c.personne_id, (select prosrc like '%coalesce(c.beneficiaire_id, c.personne_id, c.public_id)%' from pg_proc where proname = 'pass_decide') as followed
       from carnet c where c.serie = $1`,
    [serieK(9)],
  )
  expect(rows).toEqual([{ personne_id: CARNET.k1, followed: true }])
})

test('a carnet that was no person’s is not replaced; a stranger replaces nothing', async () => {
  await world.sql.query('update carnet set public_id = $1 where serie = $2', ['0192d1c0-0000-7000-8000-600000000007', serieK(7)])
  expect(refusalOf(await replace('0192d1c0-0000-7000-8000-600000000007', 10))).toEqual([409, 'remplacement_impossible'])
  expect(
    (await world.as('autre:collectivite.gestionnaire').post(`/carnets/${CARNET.k2}/remplacement`, { numero: serie(10) })).statusCode,
  ).toBe(404)
  expect((await agent.post(`/carnets/${CARNET.k2}/remplacement`, { numero: serie(10) })).statusCode).toBe(403)
})

test('two people replace the same carnet, or with the same one: one does', async () => {
  await world.sql.query(
    `update carnet set statut = 'bloque', statut_avant_blocage = 'remis', motif_blocage = 'perdu', prescripteur_id = $1, remis_at = now() where serie = any ($2)`,
    [ORG.p1, [3, 4].map(serieK)],
  )
  const ids = (
    await world.sql.query<{ id: string }>('select public_id id from carnet where serie = any ($1) order by serie', [[3, 4].map(serieK)])
  ).rows
  const answers = await Promise.all(ids.map(({ id }) => replace(id, 10)))
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409])
  expect(await reconciled()).toEqual([])
})

test('a carnet that stood for another one, taken back since, stands for no other', async () => {
  const { id } = (await collectivite.get(`/carnets/recherche?numero=${encodeURIComponent(serie(10))}`)).json()
  expect((await collectivite.post(`/carnets/${id}/reprise`, { motif: 'Remis par erreur' })).json()).toMatchObject({ statut: 'attribue' })
  const { rows } = await world.sql.query<{ id: string }>(`select public_id id from carnet where serie = any ($1) and statut = 'bloque'`, [
    [3, 4].map(serieK),
  ])
  const answer = await replace(rows[0]!.id, 10)
  expect(refusalOf(answer)).toEqual([409, 'remplacement_impossible'])
  expect(answer.json().message).toContain('en a déjà remplacé un autre')
})

const handedOver = async (n: number) => {
  await world.sql.query(`update carnet set statut = 'attribue', prescripteur_id = $1, attribue_at = now() where serie = $2`, [
    ORG.p1,
    serieK(n),
  ])
  const answer = await agent.post('/prescriptions', {
    ...prescriptionRoutes.handOverCarnet.example,
    numero: serie(n),
    motifDerogation: 'Premier carnet perdu',
  })
  return answer.json<{ id: string; carnetId: string }>()
}

test('the day after, the counter cannot take a carnet back and the collectivité can, with a reason', async () => {
  const { id, carnetId } = await handedOver(11)
  world.setClock('2026-03-12T09:00:00+01:00')
  expect(refusalOf(await agent.post(`/prescriptions/${id}/reprise`))).toEqual([409, 'delai_depasse'])
  expect(refusalOf(await collectivite.post(`/carnets/${carnetId}/reprise`, { motif: 'Sécu 2850578006084' }))).toEqual([400, 'nir_refuse'])
  const answer = await collectivite.post(`/carnets/${carnetId}/reprise`, { motif: 'Remis à une autre personne' })
  expect(answer.json()).toMatchObject({ statut: 'attribue', prescripteur: { id: ORG.p1 }, remisAt: null })
  expect(answer.json().mouvements.at(-1)).toMatchObject({ type: 'repris', motif: 'Remis à une autre personne' })
  const { rows } = await world.sql.query('select annulee_at is not null annulee from prescription where id = $1', [id])
  expect(rows).toEqual([{ annulee: true }])
  expect(refusalOf(await collectivite.post(`/carnets/${carnetId}/reprise`, { motif: 'Encore' }))).toEqual([409, 'carnet_statut'])
  world.setClock('2026-03-10T09:00:00+01:00')
})

test('a carnet used stays with its person', async () => {
  const { id } = (await collectivite.get(`/carnets/recherche?numero=${encodeURIComponent(serie(8))}`)).json()
  expect(refusalOf(await collectivite.post(`/carnets/${id}/reprise`, { motif: 'Erreur' }))).toEqual([409, 'carnet_entame'])
})

test('a hand-over is read again for its letter; the reading is journaled', async () => {
  expect((await agent.get(`/prescriptions/${PRESCRIPTION.k1}`)).json()).toMatchObject({
    serie: serie(1),
    personne: { prenom: 'Basile' },
    prescripteur: { id: ORG.p1, nom: 'CCAS de Bonnat' },
    dateFin: '2026-06-30',
    identite: 'minimale',
    commune: '23025',
    annules: 0,
  })
  const { rows } = await world.sql.query(`select count(*)::int n from audit_event where action = 'getRemise'`)
  expect(rows[0].n).toBe(1)
  for (const stranger of [world.as('p2:prescripteur.agent'), world.as('autre:prescripteur.agent')]) {
    expect((await stranger.get(`/prescriptions/${PRESCRIPTION.k1}`)).statusCode).toBe(404)
    expect((await stranger.get(`/prescriptions/${PRESCRIPTION.k1}/recu.pdf`)).statusCode).toBe(404)
  }
})

test('the receipt has two copies, names the person and the carnet, and its file name names nobody', async () => {
  const answer = await agent.get(`/prescriptions/${PRESCRIPTION.k1}/recu.pdf`)
  expect(answer.headers['content-type']).toContain('application/pdf')
  expect(answer.headers['content-disposition']).not.toContain('Basile')
  const [page, ...more] = await readPdf(answer.rawPayload)
  expect(more).toEqual([])
  const { text } = page!
  expect(text.match(/Basile Inventé/g)).toHaveLength(2)
  expect(text).toContain('Valable jusqu’au mardi 30 juin 2026')
  expect(text).toContain('10 pass')
  expect((await agent.get(`/prescriptions/${PRESCRIPTION.k1}/recu.pdf`)).rawPayload.equals(answer.rawPayload)).toBe(true)
})

test('a hand-over taken back has no receipt any more', async () => {
  await world.sql.query('update prescription set annulee_at = now() where id = $1', [PRESCRIPTION.k1])
  expect(refusalOf(await agent.get(`/prescriptions/${PRESCRIPTION.k1}/recu.pdf`))).toEqual([409, 'prescription_statut'])
})
