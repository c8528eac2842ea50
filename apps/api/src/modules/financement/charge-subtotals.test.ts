import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BORDEREAU, CARNET, CONVENTION, ORG, PEOPLE } from '../../../../../prisma/seed/base/ids.ts'
import { use } from '../../../test/uses.ts'
import { createWorld } from '../../../test/world.ts'
import { openJob, type JobCtx } from '../../platform/jobs/job.ts'
import { openDeps } from '../../platform/process.ts'
import { chargeSubtotals } from './public.ts'

const world = await createWorld()
const worker = await openDeps(world.deps.config, { url: world.urls.workerUrl, name: 'worker', max: 4 })
afterAll(async () => {
  await worker.close()
  await world.close()
})

const ETAT = 'etat:état'
const COLLECTIVITE = 'collectivite:département de la creuse'
const acteur = { organisationId: ORG.o1, utilisateurId: PEOPLE['operateur.finance_preparateur'].utilisateurId }
/** One transaction of the operator, as a closing has. */
const closing = <T>(handle: (ctx: JobCtx) => Promise<T>): Promise<T> =>
  openJob({ ...worker, clock: world.deps.clock }, { name: 'test', id: randomUUID(), payload: {}, acteur }).write({}, handle)

/** A closed bordereau of S1 and its subtotal in CV1, without uses: what a split reads. */
const insertSubtotal = async ({ db }: Pick<JobCtx, 'db'>, id: string, mois: string, centimes: number, report = 0) => {
  await db.$executeRaw`insert into bordereau (organisation_id, id, operateur_id, reference, mois, statut, pass, montant_centimes, compte_id, arrete_par, arrete_at)
    select organisation_id, ${id}::uuid, operateur_id, ${`T-${id.slice(0, 8)}`}, ${mois}, 'arrete', 1, ${centimes}::bigint, compte_id, arrete_par, arrete_at from bordereau where id = ${BORDEREAU.fevrier}::uuid`
  await db.$executeRaw`insert into bordereau_convention (organisation_id, bordereau_id, collectivite_id, convention_id, operateur_id, libelle, pass, montant_centimes)
    select organisation_id, ${id}::uuid, collectivite_id, convention_id, operateur_id, libelle, 1, ${centimes}::bigint from bordereau_convention where bordereau_id = ${BORDEREAU.fevrier}::uuid`
  if (report !== 0)
    await db.$executeRaw`insert into bordereau_ligne (organisation_id, id, bordereau_id, collectivite_id, convention_id, operateur_id, nature, montant_centimes, objet_id)
      select organisation_id, uuidv7(), ${id}::uuid, collectivite_id, convention_id, operateur_id, ${report > 0 ? 'report' : 'incident'}, ${report}::bigint, ${randomUUID()}::uuid
        from bordereau_convention where bordereau_id = ${BORDEREAU.fevrier}::uuid`
}

const charged = async (): Promise<Record<string, number>> => {
  const { rows } = await world.sql.query<{ cle: string; montant: string }>(
    'select cle, sum(montant_centimes) montant from partage_part where convention_id = $1 group by cle',
    [CONVENTION.cv1],
  )
  return Object.fromEntries(rows.map(({ cle, montant }) => [cle, Number(montant)]))
}
const grown = (before: Record<string, number>, after: Record<string, number>) =>
  Object.fromEntries(Object.entries(after).map(([cle, montant]) => [cle, montant - (before[cle] ?? 0)]))
const soldes = async () => {
  const { rows } = await world.sql.query<{ cle: string; solde: string }>(
    `select financeur_cle cle, sum(solde_centimes) solde from account where convention_id = $1 and financeur_cle is not null group by 1`,
    [CONVENTION.cv1],
  )
  return Object.fromEntries(rows.map(({ cle, solde }) => [cle, Number(solde)]))
}

let months = 0
const month = () => `2030-${String(++months).padStart(2, '0')}`

beforeAll(async () => {
  await use(world, '2026-03-20T10:00:00+01:00', { rangs: [1, 2, 3] })
})

test('two closings at once never take the last euros of a cap twice: what it refuses is the fallback’s', async () => {
  const before = await charged()
  // 15 € left for the State, which two batches of 50 € would charge 10 € each
  await world.sql.query('update convention_financeur set plafond_centimes = $2 where convention_id = $1 and nature = $3', [
    CONVENTION.cv1,
    before[ETAT]! + 1500,
    'etat',
  ])
  let arrived = 0
  let open = () => {}
  const both = new Promise<void>((resolve) => (open = resolve))
  const close = (mois: string) =>
    closing(async (ctx) => {
      const id = randomUUID()
      await insertSubtotal(ctx, id, mois, 5000)
      if (++arrived === 2) open()
      await both
      await chargeSubtotals(ctx, [id])
    })
  await Promise.all([close(month()), close(month())])
  expect(grown(before, await charged())).toEqual({ [ETAT]: 1500, [ORG.fse]: 6000, [COLLECTIVITE]: 2500 })
  expect(await soldes()).toEqual(await charged())
})

test('charged once: called again, and again with what was left, it charges what was not', async () => {
  const ids = [randomUUID(), randomUUID()]
  await closing((ctx) => insertSubtotal(ctx, ids[0]!, month(), 1000))
  const before = await charged()
  await closing((ctx) => chargeSubtotals(ctx, ids))
  await closing((ctx) => chargeSubtotals(ctx, ids))
  // the cap is full: the State pays nothing more
  expect(grown(before, await charged())).toEqual({ [ETAT]: 0, [ORG.fse]: 600, [COLLECTIVITE]: 400 })
})

test('a carried transfer was charged already; a withheld one is taken off, and waits when nothing covers it', async () => {
  const before = await charged()
  const [carried, withheld, cover] = [randomUUID(), randomUUID(), randomUUID()]
  await closing(async (ctx) => {
    // 20 € of which 10 € carried, then an incident alone of 5 € beside a carried amount
    await insertSubtotal(ctx, carried, month(), 2000, 1000)
    await chargeSubtotals(ctx, [carried])
  })
  expect(grown(before, await charged())).toMatchObject({ [ORG.fse]: 600 })
  await closing(async (ctx) => {
    await insertSubtotal(ctx, withheld, month(), 500, 1000)
    await ctx.db
      .$executeRaw`insert into bordereau_ligne (organisation_id, id, bordereau_id, collectivite_id, convention_id, operateur_id, nature, montant_centimes, objet_id)
      select organisation_id, uuidv7(), bordereau_id, collectivite_id, convention_id, operateur_id, 'incident', -500, ${randomUUID()}::uuid from bordereau_convention where bordereau_id = ${withheld}::uuid`
    await chargeSubtotals(ctx, [withheld])
  })
  const chargeAt = async (id: string) =>
    (await world.sql.query('select charge_at from bordereau_convention where bordereau_id = $1', [id])).rows[0].charge_at
  expect(await chargeAt(withheld)).toBeNull()
  await closing(async (ctx) => {
    await insertSubtotal(ctx, cover, month(), 3000)
    await chargeSubtotals(ctx, [cover])
  })
  // 10 + (−5 + 30): 60 % of 35 €
  expect(grown(before, await charged())).toEqual({ [ETAT]: 0, [ORG.fse]: 2100, [COLLECTIVITE]: 1400 })
  expect(await chargeAt(withheld)).not.toBeNull()
  expect(await soldes()).toEqual(await charged())
})

test('uses of a carnet handed over after the distribution stop are wholly the collectivité’s', async () => {
  const before = await charged()
  await world.sql.query('update carnet set derogation_id = $2 where public_id = $1', [CARNET.k1, randomUUID()])
  world.setClock('2026-04-05T10:00:00+02:00')
  // 3 pass of K1 and the one of the seed, of another carnet
  const response = await world.as('operateur.finance_preparateur').post('/clotures/2026-03')
  expect([response.statusCode, response.json().pass]).toEqual([201, 4])
  expect(grown(before, await charged())).toEqual({ [ETAT]: 0, [ORG.fse]: 600, [COLLECTIVITE]: 3400 })
  const { rows } = await world.sql.query(`select derogation_centimes from partage where derogation_centimes > 0`)
  expect(rows.map(({ derogation_centimes }) => Number(derogation_centimes))).toEqual([3000])
})
