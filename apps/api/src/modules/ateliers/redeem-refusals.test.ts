import { randomUUID } from 'node:crypto'
import { REDEMPTION_CHECKS, REDEMPTION_NEXT_STEP, type RedemptionCode } from '@pass/domain/redemptions.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { CONVENTION, LIEU, ORG } from '../../../../../prisma/seed/base/ids.ts'
import type { StockCarnet } from '../../../../../prisma/seed/base/stock.ts'
import { handOut, openAtelier } from '../../../test/counter.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
const stock: StockCarnet[] = []
const counter = world.as('structure.mediateur')
const use = (atelier: string, ...pass: string[]) => counter.post(`/ateliers/${atelier}/utilisations`, { pass })
const sql = (text: string, ...values: unknown[]) => world.sql.query(text, values)

/** What the tests spoil: the person's carnet (first pass), and their atelier. */
type Scene = { carnet: StockCarnet; atelier: string; autre: string; encore: string }
/** `act`: what happened before, by the API; `set`: what is wrong now, in the database. */
type Scenario = { code: RedemptionCode; act?: (scene: Scene) => Promise<unknown>; set?: (scene: Scene) => Promise<unknown> }

const pass =
  (column: string) =>
  async ({ carnet }: Scene) =>
    sql(`update pass set ${column} where id = $1`, carnet.id * 10n)
const carnet = (columns: string) => async (scene: Scene) => sql(`update carnet set ${columns} where id = $1`, scene.carnet.id)
const label = (columns: string) => () => sql(`update labellisation set ${columns} where organisation_id = $1`, ORG.s1)
const lieu = (columns: string) => () => sql(`update lieu set ${columns} where id = $1`, LIEU.l1)
const convention = (columns: string) => () => sql(`update convention set ${columns} where id = $1`, CONVENTION.cv1)

/** One way to meet each refusal, in the order of the checks. */
const SCENARIOS: Scenario[] = [
  { code: 'code_inconnu', set: pass(`lookup = sha256(lookup)`) },
  { code: 'deja_utilise', set: pass(`statut = 'utilise'`) },
  { code: 'pass_annule', set: pass(`statut = 'annule'`) },
  { code: 'carnet_bloque', set: carnet(`statut = 'bloque', statut_avant_blocage = 'remis', motif_blocage = 'perdu'`) },
  { code: 'pas_actif', set: carnet('activation_id = null') },
  { code: 'pas_remis', set: carnet(`statut = 'attribue', statut_avant_blocage = null, motif_blocage = null`) },
  { code: 'expire', set: carnet(`date_fin = '2026-02-07'`) },
  { code: 'lieu_non_labellise', set: label(`statut = 'retire'`) },
  { code: 'lieu_suspendu', set: label(`statut = 'suspendu'`) },
  { code: 'lieu_ferme', set: lieu(`date_fermeture = '2026-03-10'`) },
  { code: 'regie_caduque', set: label(`date_fin_regie = '2026-03-09'`) },
  { code: 'lieu_non_admis', set: convention(`lieux_admis = 'liste'`) },
  { code: 'hors_territoire', set: convention(`territoire = '{D62}'`) },
  { code: 'service_non_prevu', set: ({ atelier }) => sql(`update atelier set theme = 'loisirs_creations' where id = $1`, atelier) },
  { code: 'atelier_non_tenu', set: ({ atelier }) => sql(`update atelier set statut = 'annule' where id = $1`, atelier) },
  {
    code: 'presence_manquante',
    set: (scene) =>
      sql(
        `insert into inscription (organisation_id, atelier_id, collectivite_id, carnet_id, personne_id, statut) values ($1, $2, $3, $4, $5, 'absent')
         on conflict (organisation_id, atelier_id, personne_id) do update set statut = 'absent'`,
        ORG.s1,
        scene.atelier,
        ORG.t1,
        scene.carnet.id,
        scene.carnet.publicId,
      ),
  },
  { code: 'atelier_deja_paye', act: ({ atelier, carnet: { codes } }) => use(atelier, codes[1]!) },
  {
    code: 'trop_de_pass',
    act: async ({ autre, encore, carnet: { codes } }) => [await use(autre, codes[2]!), await use(encore, codes[3]!)],
  },
  {
    code: 'atelier_complet',
    set: ({ atelier }) =>
      sql('update atelier set capacite = greatest(places_prises, 1), places_prises = greatest(places_prises, 1) where id = $1', atelier),
  },
]

const newScene = async (): Promise<Scene> => ({
  carnet: stock.pop()!,
  atelier: await openAtelier(world),
  autre: await openAtelier(world),
  encore: await openAtelier(world),
})
const play = async (scenarios: Scenario[]) => {
  const scene = await newScene()
  for (const { act } of scenarios) await act?.(scene)
  // the first one last: where two write the same column, it wins
  for (const { set } of scenarios.toReversed()) await set?.(scene)
  return scene
}

beforeAll(async () => void stock.push(...(await handOut(world, 60))))
beforeEach(async () => {
  await sql(
    `update labellisation set statut = 'labellise', date_fin_regie = null, date_debut = '2025-01-01', date_fin = '2028-12-31' where organisation_id = $1`,
    ORG.s1,
  )
  await sql('update lieu set date_fermeture = null where id = $1', LIEU.l1)
  await sql(`update convention set lieux_admis = 'tous', territoire = '{}' where id = $1`, CONVENTION.cv1)
  await sql('delete from essai_code')
})
afterAll(() => world.close())

test('every refusal of the domain has its scenario, in the same order', () => {
  expect(SCENARIOS.map(({ code }) => code)).toEqual(REDEMPTION_CHECKS.filter((code) => code !== 'code_malforme'))
})

test.each(SCENARIOS.map((scenario) => [scenario.code, scenario] as const))('%s, by verify as by redeem', async (code, scenario) => {
  const { atelier, carnet: spoilt } = await play([scenario])
  const verified = await counter.post(`/ateliers/${atelier}/verifications`, { pass: [spoilt.codes[0]] })
  const redeemed = await use(atelier, spoilt.codes[0]!)
  const suite = REDEMPTION_NEXT_STEP[code]
  expect(redeemed.statusCode).toBe(409)
  expect(redeemed.json()).toMatchObject({
    code,
    status: 409,
    erreurs: [{ chemin: 'pass.0', code, suite, message: redeemed.json().message }],
  })
  expect({ ...verified.json(), requestId: '' }).toEqual({ ...redeemed.json(), requestId: '' })
  expect(redeemed.body).not.toContain('details')
})

test.each(SCENARIOS.map(({ code }, rank) => [code, rank] as const))('%s comes before all that follow it', async (code, rank) => {
  const { atelier, carnet: spoilt } = await play(SCENARIOS.slice(rank))
  const answer = await use(atelier, spoilt.codes[0]!)
  expect([answer.statusCode, answer.json().code]).toEqual([409, code])
})

test.each([
  [
    'carnet_bloque',
    'Carnet bloqué le temps d’un contrôle.',
    carnet(`statut = 'bloque', statut_avant_blocage = 'remis', motif_blocage = 'controle'`),
  ],
  ['expire', 'Pass valable jusqu’au 09/03/2026.', carnet(`date_fin = '2026-02-07'`)],
  ['pass_annule', 'Pass annulé\u00a0: il ne peut plus être utilisé.', carnet(`statut = 'annule'`)],
  ['expire', 'Pass valable jusqu’au 30/07/2026.', carnet(`statut = 'expire'`)],
  ['lieu_non_labellise', 'Votre lieu n’est pas labellisé\u00a0: il ne peut pas accepter de pass.', label(`date_fin = '2026-03-09'`)],
  ['lieu_non_labellise', 'Votre lieu n’est pas labellisé\u00a0: il ne peut pas accepter de pass.', label(`date_debut = '2026-03-11'`)],
  [
    'atelier_non_tenu',
    /le jour de l’atelier/,
    ({ atelier }: Scene) => sql(`update atelier set date = '2026-03-02' where id = $1`, atelier),
  ],
  [
    'atelier_non_tenu',
    /le jour de l’atelier/,
    ({ atelier }: Scene) => sql(`update atelier set date = '2026-03-11' where id = $1`, atelier),
  ],
] as const)('%s says %s', async (code, message, set) => {
  const scene = await play([{ code, set }])
  const answer = (await use(scene.atelier, scene.carnet.codes[0]!)).json()
  expect([answer.code, answer.message]).toEqual([code, typeof message === 'string' ? message : expect.stringMatching(message)])
})

test.each([
  ['seven days ago', ({ atelier }: Scene) => sql(`update atelier set date = '2026-03-03' where id = $1`, atelier)],
  [
    'a lieu on the list',
    async () => {
      await convention(`lieux_admis = 'liste'`)()
      await sql('insert into convention_lieu values ($1, $2, $3) on conflict do nothing', ORG.t1, CONVENTION.cv1, LIEU.l1)
    },
  ],
  ['a territory that holds the lieu', convention(`territoire = '{D62,D23}'`)],
  ['a lieu that closes tomorrow', lieu(`date_fermeture = '2026-03-11'`)],
  ['an authority in force', label(`date_fin_regie = '2026-03-10'`)],
  ['the last day of tolerance', carnet(`date_fin = '2026-02-08'`)],
] as [string, (scene: Scene) => Promise<unknown>][])('accepted: %s', async (_, set) => {
  const scene = await play([{ code: 'expire', set }])
  const answer = await use(scene.atelier, scene.carnet.codes[0]!)
  expect([answer.statusCode, answer.json().code]).toEqual([201, undefined])
})

test.each([
  ['2026-07-29T10:00+02:00', 201],
  ['2026-07-30T23:59:59+02:00', 201],
  ['2026-07-31T00:00+02:00', 409],
])('A17, A17b, A18: at %s, %i', async (instant, statusCode) => {
  const scene = await newScene()
  await sql('update atelier set date = $2 where id = $1', scene.atelier, instant.slice(0, 10))
  world.setClock(instant)
  const answer = await use(scene.atelier, scene.carnet.codes[0]!)
  world.setClock('2026-03-10T08:00:00Z')
  expect([answer.statusCode, answer.json().code]).toEqual([statusCode, statusCode === 409 ? 'expire' : undefined])
})

test('the day and the half day are those of the lieu’s own zone', async () => {
  const scene = await newScene()
  await sql(`update atelier set date = '2026-03-09', debut = '20:00' where id = $1`, scene.atelier)
  await sql(`update lieu set fuseau = 'Pacific/Auckland' where id = $1`, LIEU.l1)
  world.setClock('2026-03-16T12:00:00Z') // 17 March in Auckland: eight days after
  const late = await use(scene.atelier, scene.carnet.codes[0]!)
  await sql(`update lieu set fuseau = 'America/Cayenne' where id = $1`, LIEU.l1)
  const inTime = await use(scene.atelier, scene.carnet.codes[0]!)
  const again = await use(scene.atelier, scene.carnet.codes[0]!)
  await sql(`update lieu set fuseau = 'Europe/Paris' where id = $1`, LIEU.l1)
  world.setClock('2026-03-10T08:00:00Z')
  expect([late.json().code, inTime.statusCode]).toEqual(['atelier_non_tenu', 201])
  expect(again.json().message).toBe('Pass déjà utilisé le 16/03/2026 à 9\u00a0h dans votre lieu.')
})

test('A09: a lieu that the convention does not admit learns nothing of the person nor of the carnet', async () => {
  const scene = await newScene()
  const other = randomUUID()
  await sql(
    `insert into atelier (organisation_id, id, lieu_id, mediateur_id, theme, niveau, date, debut, duree_minutes, capacite)
    select organisation_id, $1, lieu_id, mediateur_id, theme, niveau, date, debut, duree_minutes, capacite from atelier where organisation_id = $2 limit 1`,
    other,
    ORG.s9,
  )
  await convention(`lieux_admis = 'liste'`)()
  const m9 = world.as('autre:structure.mediateur')
  const [verified, redeemed] = [
    await m9.post(`/ateliers/${other}/verifications`, { pass: [scene.carnet.codes[0]] }),
    await m9.post(`/ateliers/${other}/utilisations`, { pass: [scene.carnet.codes[0]] }),
  ]
  for (const answer of [verified, redeemed]) {
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'lieu_non_admis'])
    expect(answer.body).not.toMatch(/PN 26|Creuse|carnet/i)
  }
})
