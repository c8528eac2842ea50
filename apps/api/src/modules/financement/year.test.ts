import { randomUUID } from 'node:crypto'
import { Appel } from '@pass/contracts/financement.ts'
import { addMonth } from '@pass/domain/days.ts'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CONVENTION, LIEU, ORG, PEOPLE, SERIE } from '../../../../../prisma/seed/base/ids.ts'
import { seedUses } from '../../../../../prisma/seed/base/uses.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { createWorld } from '../../../test/world.ts'
import type { Io } from '../../platform/cli.ts'
import { verifierFinancement } from './verifier.ts'

const world = await createWorld()
afterAll(() => world.close())

const SIDES = [
  {
    tenant: { collectivite: ORG.t1, operateur: ORG.o1, convention: CONVENTION.cv1 },
    place: { structure: ORG.s1, lieu: LIEU.l1, mediateur: PEOPLE['structure.mediateur'].utilisateurId, prescripteur: ORG.p1 },
    // K1, then the third of the lot
    series: [SERIE.l1, SERIE.l1 + 2],
    preparateur: 'operateur.finance_preparateur',
    admin: 'collectivite.administrateur',
    cles: [ORG.fse, 'etat:état', 'collectivite:département de la creuse'],
    premier: 1,
  },
  {
    tenant: { collectivite: ORG.t2, operateur: ORG.o2, convention: CONVENTION.cv2 },
    place: { structure: ORG.s9, lieu: LIEU.l9, mediateur: PEOPLE['autre:structure.mediateur'].utilisateurId, prescripteur: ORG.p9 },
    series: [SERIE.l9, SERIE.l9 + 1],
    preparateur: 'autre:operateur.finance_preparateur',
    admin: 'autre:collectivite.administrateur',
    cles: [ORG.fse2, 'collectivite:canari'],
    premier: 2,
  },
] as const
type Side = (typeof SIDES)[number]

const usePass = async (side: Side, mois: string, rang: number) => {
  const atelier = randomUUID()
  const { structure, lieu, mediateur } = side.place
  await seedUses.ateliers(world.sql, [{ id: atelier, structure, lieu, mediateur, date: `${mois}-12`, debut: '10:00', statut: 'tenu' }])
  const { rows } = await world.sql.query<{ id: string }>('select id from carnet where serie = $1', [side.series[rang > 10 ? 1 : 0]])
  await seedUses.act(world.sql, { ...side.tenant } as Parameters<typeof seedUses.act>[1], {
    ...side.place,
    acte: randomUUID(),
    atelier,
    carnet: BigInt(rows[0]!.id),
    rangs: [((rang - 1) % 10) + 1],
    personne: randomUUID(),
    date: `${mois}-12`,
    at: `${mois}-12T11:00:00+01:00`,
    bordereau: null,
  })
}

const close = async (side: Side, mois: string) => {
  world.setClock(`${addMonth(mois, 1)}-03T10:00:00+02:00`)
  expect((await world.as(side.preparateur).post(`/clotures/${mois}`)).statusCode).toBe(201)
}

/** Every three months, each financeur is called for what was charged since; the first call of each comes in. */
const call = async (side: Side, jusqua: string, receive: boolean) => {
  for (const cle of side.cles) {
    const response = await world.as(side.admin).post('/appels-de-fonds', { conventionId: side.tenant.convention, cle, jusqua })
    // nothing is charged any more to a financeur whose cap is reached
    if (response.json().code === 'appel_vide') continue
    const { id } = Appel.parse(response.json())
    expect((await world.as(side.admin).post(`/appels-de-fonds/${id}/envoi`)).statusCode).toBe(200)
    const recette = { dateReception: `${addMonth(jusqua, 1)}-03`, referenceVirement: `VIR-${jusqua}` }
    if (receive) expect((await world.as(side.admin).post(`/appels-de-fonds/${id}/recette`, recette)).statusCode).toBe(200)
  }
}

const verify = async () => {
  const owner = new pg.Client({ connectionString: world.urls.ownerUrl })
  await owner.connect()
  try {
    return await verifierFinancement.run({ owner: async () => owner } as unknown as Io, {})
  } finally {
    await owner.end()
  }
}

beforeAll(async () => {
  // the payer of half of CV2 stops at 21,50 €: four months and a third
  await world.sql.query("update convention_financeur set plafond_centimes = 2150 where convention_id = $1 and nature = 'etat'", [
    CONVENTION.cv2,
  ])
})

test('one year of a convention 60/20/20 and of one 50/50 with a cap: calls and what is left to call equal the used pass, to the centime', async () => {
  // February is in the seed, with one use of March on one side: from March to January of the next year, one pass a month
  for (let n = 0; n < 11; n++) {
    const mois = addMonth('2026-03', n)
    for (const side of SIDES) await usePass(side, mois, side.premier + n)
    for (const side of SIDES) await close(side, mois)
    if (n % 3 === 2) for (const side of SIDES) await call(side, mois, n < 5)
  }
  const { ok, lines, json } = await verify()
  console.log(lines.join('\n'))
  expect(ok).toBe(true)
  const [t1, t2] = (json as { cle: string; pass: number; utilise: number; appele: number; avance: number; reste: number }[]).toSorted(
    (a, b) => b.cle.localeCompare(a.cle),
  )
  expect(t1).toMatchObject({ cle: '6000/2000/2000', mois: 12, pass: 14, utilise: 14_000 })
  expect(t2).toMatchObject({ cle: '5000/5000', mois: 12, pass: 12, utilise: 12_000 })
  for (const one of [t1!, t2!]) expect(one.appele + one.avance + one.reste).toBe(one.utilise)
  const { rows } = await world.sql.query(
    'select nature, sum(montant_centimes)::int part from partage_part where convention_id = $1 group by 1 order by 1',
    [CONVENTION.cv2],
  )
  expect(rows).toEqual([
    { nature: 'collectivite', part: 12_000 - 2150 },
    { nature: 'etat', part: 2150 },
  ])
  await assertLedger(world.sql)
})

test('the command sees a centime that no financeur owes', async () => {
  await world.sql.query(
    "update appel_fonds set part_centimes = part_centimes + 1, montant_centimes = montant_centimes + 1 where numero = 'AF26-0001' and collectivite_id = $1",
    [ORG.t1],
  )
  const { ok, lines } = await verify()
  expect(ok).toBe(false)
  expect(lines.some((line) => line.startsWith('NON') && line.includes('Creuse'))).toBe(true)
})
