import { formatSerie } from '@pass/domain/references.ts'
import { afterAll, expect, test } from 'vitest'
import { COMMANDE } from '../../../../../prisma/seed/base/ids.ts'
import { commandeUpTo } from '../../../test/commande-life.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const receive = (id: string, manquants: string[] = []) =>
  world.as('collectivite.gestionnaire').post(`/commandes/${id}/reception`, { manquants })
const premiereOf = async (commandeId: string) =>
  Number((await world.sql.query('select serie_premiere from lot where commande_id = $1', [commandeId])).rows[0].serie_premiere)
const carnetsOf = async (commandeId: string) =>
  (
    await world.sql.query(
      `select c.statut, c.motif_blocage, c.statut_avant_blocage, c.livre_at is not null as livre, count(*)::int as n
         from carnet c join lot l on l.id = c.lot_id where l.commande_id = $1 group by 1, 2, 3, 4 order by 1`,
      [commandeId],
    )
  ).rows

test('the carnets received are delivered, the missing ones blocked, each run of serials in the history', async () => {
  const { id } = await commandeUpTo(world, 'expediee', { quantite: 6 })
  const premiere = await premiereOf(id)
  const manquants = [2, 3, 3].map((n) =>
    formatSerie(premiere + n)
      .toLowerCase()
      .replaceAll('\u00a0', ' '),
  )
  const response = await receive(id, manquants)
  expect(response.statusCode).toBe(200)
  expect(response.json()).toMatchObject({ statut: 'livree', recus: 4, carnetsActivables: 4 })
  expect(response.json().etapes.at(-1)).toMatchObject({ action: 'reception', commentaire: '2\u00a0carnets manquants' })
  expect(await carnetsOf(id)).toEqual([
    { statut: 'bloque', motif_blocage: 'controle', statut_avant_blocage: 'expedie', livre: false, n: 2 },
    { statut: 'livre', motif_blocage: null, statut_avant_blocage: null, livre: true, n: 4 },
  ])
  const { rows } = await world.sql.query(
    `select m.type, m.serie_premiere::int - $2::int as de, m.serie_derniere::int - $2::int as a, m.carnets
       from mouvement m join lot l on l.id = m.lot_id where l.commande_id = $1 and m.type in ('recu', 'manquant') order by de`,
    [id, premiere],
  )
  expect(rows).toEqual([
    { type: 'recu', de: 0, a: 1, carnets: 2 },
    { type: 'manquant', de: 2, a: 3, carnets: 2 },
    { type: 'recu', de: 4, a: 5, carnets: 2 },
  ])
})

test('a number misread is a 400 that says which, one of another lot a 409, and nothing is received', async () => {
  const { id } = await commandeUpTo(world, 'expediee')
  const misread = await receive(id, [formatSerie(await premiereOf(id)), 'PN 26-0001234-A'])
  expect([misread.statusCode, misread.json().code, misread.json().erreurs[0].chemin]).toEqual([400, 'numero_malforme', 'manquants.1'])
  const other = await receive(id, [formatSerie(260_000_001)])
  expect([other.statusCode, other.json().code]).toEqual([409, 'plage_invalide'])
  expect(await carnetsOf(id)).toMatchObject([{ statut: 'expedie', n: 4 }])
})

test('two receptions at once: one receives, the other is refused, and nothing is counted twice', async () => {
  const { id } = await commandeUpTo(world, 'expediee')
  const answers = await Promise.all([receive(id), receive(id, [formatSerie(await premiereOf(id))])])
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409])
  const { recus } = answers.find(({ statusCode }) => statusCode === 200)!.json()
  const carnets = await carnetsOf(id)
  expect(carnets.find(({ statut }) => statut === 'livre').n).toBe(recus)
  expect(carnets.reduce((sum, { n }) => sum + n, 0)).toBe(4)
})

test('a commande without a lot is not received', async () => {
  expect((await receive(COMMANDE.expediee)).json().code).toBe('commande_statut')
})
