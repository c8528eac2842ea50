import { afterAll, beforeAll, expect, test } from 'vitest'
import { CONVENTION, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { use } from '../../../test/uses.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

beforeAll(async () => {
  await use(world, '2026-03-05T10:00:00+01:00', { rangs: [1, 2, 3] })
  await use(world, '2026-03-05T10:00:00+01:00', { chez: 's2', rangs: [4] })
  await world.sql.query(`update redemption set statut = 'payee' where statut = 'en_bordereau' and structure_id = $1`, [ORG.s1])
})

type Etape = { etape: string; carnets: number; pass: number; centimes: number }
type Taux = { code: string; valeurBp: number | null; numerateur: number; denominateur: number }
type Answer = { etapes: Etape[]; taux: Taux[]; argent: Record<string, number> }
const entonnoir = async (who: Parameters<typeof world.as>[0], query = ''): Promise<Answer> =>
  (await world.as(who).get(`/pilotage/entonnoir${query}`)).json()

const sum = async (text: string, values: unknown[] = []) => {
  const { rows } = await world.sql.query<unknown[]>({ text, values, rowMode: 'array' })
  return rows[0]!.map(Number)
}
/** Each stage counted again, one plain statement each, straight from the tables. */
const recount = async (where: string, values: unknown[]): Promise<Etape[]> => {
  const carnets = (condition: string) =>
    `select count(*), coalesce(sum(taille), 0), coalesce(sum(taille * 1000), 0) from carnet where ${where} and ${condition}`
  const uses = (condition: string) =>
    `select count(distinct carnet_id), count(*), coalesce(sum(montant_centimes), 0) from redemption where ${where} and ${condition}`
  const texts: [string, string][] = [
    [
      'commandes',
      `select sum(quantite), sum(quantite * carnet_taille), sum(montant_centimes) from commande where ${where} and statut not in ('brouillon', 'annulee')`,
    ],
    ['livres', carnets('livre_at is not null')],
    ['actives', carnets('activation_id is not null')],
    ['attribues', carnets('attribue_at is not null')],
    [
      'remis',
      carnets(`remis_at is not null and (statut in ('remis', 'annule', 'expire') or statut = 'bloque' and statut_avant_blocage = 'remis')`),
    ],
    ['entames', carnets('utilises > 0')],
    ['utilises', uses(`statut <> 'annulee'`)],
    ['rembourses', uses(`statut = 'payee'`)],
  ]
  const etapes: Etape[] = []
  for (const [etape, text] of texts) {
    const [n, pass, centimes] = await sum(text, values)
    etapes.push({ etape, carnets: n!, pass: pass!, centimes: centimes! })
  }
  return etapes
}
const ledger = async (where: string, values: unknown[]) => {
  const { rows } = await world.sql.query<{ nature: string; solde: string }>(
    `select nature, sum(solde_centimes) solde from account where ${where} group by 1`,
    values,
  )
  const of = (nature: string) => Number(rows.find((row) => row.nature === nature)?.solde ?? 0)
  return { fonds: of('fonds'), circulation: of('circulation'), du: of('du'), enPaiement: of('en_paiement'), paye: of('paye') }
}

test.each([
  ['collectivite.lecteur', 'collectivite_id = $1', [ORG.t1]],
  ['operateur.support', 'operateur_id = $1', [ORG.o1]],
  ['autre:collectivite.lecteur', 'collectivite_id = $1', [ORG.t2]],
  ['autre:operateur.gestionnaire', 'operateur_id = $1', [ORG.o2]],
  ['anct.pilote', 'true', []],
] as const)('%s: every stage is a direct recount, every balance the ledger’s', async (who, where, values) => {
  const { etapes, argent } = await entonnoir(who)
  expect(etapes).toEqual(await recount(where, [...values]))
  expect(argent).toEqual(await ledger(where, [...values]))
})

test('used pass are the transfers of use less those undone, to the centime', async () => {
  const { etapes } = await entonnoir('collectivite.gestionnaire')
  const [used] = await sum(
    `select sum(case motif when 'utilisation' then montant_centimes when 'annulation' then -montant_centimes end) from transfer where collectivite_id = $1`,
    [ORG.t1],
  )
  expect(etapes.find(({ etape }) => etape === 'utilises')?.centimes).toBe(used)
})

test('every number of carnets opens a list of as many (domain.md section 8)', async () => {
  for (const who of ['collectivite.gestionnaire', 'operateur.gestionnaire'] as const) {
    const { etapes } = await entonnoir(who)
    for (const { etape, carnets } of etapes.filter((one) => ['livres', 'actives', 'attribues', 'remis', 'entames'].includes(one.etape))) {
      const { total, items } = (await world.as(who).get(`/carnets?etape=${etape}&taille=100`)).json()
      expect([who, etape, total ?? items.length]).toEqual([who, etape, carnets])
    }
  }
})

test('rates print what they divide', async () => {
  const { etapes, taux } = await entonnoir('collectivite.gestionnaire')
  const of = (name: string) => etapes.find(({ etape }) => etape === name)!
  expect(taux.find(({ code }) => code === 'distribution')).toMatchObject({
    numerateur: of('remis').carnets,
    denominateur: of('livres').carnets,
  })
  expect(taux.find(({ code }) => code === 'utilisation_actifs')).toMatchObject({
    numerateur: of('utilises').pass,
    denominateur: of('actives').pass,
    valeurBp: Math.round((7 * 10_000) / 120),
  })
})

test('one convention: its own figures; another’s counts nothing', async () => {
  expect((await entonnoir('collectivite.gestionnaire', `?conventionId=${CONVENTION.cv1}`)).etapes).toEqual(
    await recount('collectivite_id = $1 and convention_id = $2', [ORG.t1, CONVENTION.cv1]),
  )
  const foreign = await entonnoir('collectivite.gestionnaire', `?conventionId=${CONVENTION.cv2}`)
  expect(foreign.etapes.every(({ pass, centimes }) => pass === 0 && centimes === 0)).toBe(true)
  expect(Object.values(foreign.argent)).toEqual([0, 0, 0, 0, 0])
  expect((await entonnoir('anct.instructeur', `?conventionId=${CONVENTION.cv2}`)).etapes).toEqual(
    await recount('convention_id = $1', [CONVENTION.cv2]),
  )
})

test('territories add up to the nation, line by line the collectivité’s own figures', async () => {
  const { items } = (await world.as('anct.pilote').get('/pilotage/territoires')).json<{
    items: { collectivite: { id: string }; etapes: Etape[]; utiliseCentimes: number; payeCentimes: number }[]
  }>()
  expect(items.map(({ collectivite }) => collectivite.id).toSorted()).toEqual([ORG.t1, ORG.t2])
  for (const { collectivite, etapes, payeCentimes } of items) {
    expect(etapes).toEqual(await recount('collectivite_id = $1', [collectivite.id]))
    expect(payeCentimes).toBe((await ledger('collectivite_id = $1', [collectivite.id])).paye)
  }
  expect((await world.as('collectivite.lecteur').get('/pilotage/territoires')).statusCode).toBe(403)
})

test('the functions of the national figures answer nobody else', async () => {
  const { rows } = await world.sql.query(
    `select r.rolname from pg_roles r where r.rolname like 'as\\_%' and has_function_privilege(r.oid, 'stats_entonnoir(uuid)', 'execute')`,
  )
  expect(rows).toEqual([{ rolname: 'as_anct' }])
})
