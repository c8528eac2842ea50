import { parse } from 'csv-parse/sync'
import { afterAll, expect, test } from 'vitest'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const lines = async (query = '') => {
  const response = await world.as('collectivite.lecteur').get(`/commandes/export.csv${query}`)
  expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8'])
  expect(response.rawPayload.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  return parse<Record<string, string>>(response.payload, { delimiter: ';', bom: true, columns: true })
}

test('the list on screen is a file, one line a commande, with what is expected and when', async () => {
  const all = await lines()
  expect(all.length).toBe(11)
  expect(all.find((line) => line.Commande === '2026-0001')).toMatchObject({
    Statut: 'Livrée',
    Carnets: '20',
    Pass: '200',
    'Valeur des pass (€)': '2000,00',
    'Total (€)': '2096,00',
    'Numéro de mandat': '2026-000017',
  })
  expect((await lines('?tour=collectivite')).map((line) => [line.Statut, line['Attendu le']])).toEqual([
    ['Expédiée', '16/03/2026'],
    ['Maquette à valider', '14/03/2026'],
    ['Devis à signer', ''],
  ])
})

test('no cell is a formula, and another’s commandes are not in it', async () => {
  await world.sql.query("update commande set numero_engagement = '=1+1' where reference = '2026-0001'")
  expect((await lines()).find((line) => line.Commande === '2026-0001')?.['Numéro d’engagement']).toBe("'=1+1")
  const { payload } = await world.as('autre:collectivite.lecteur').get('/commandes/export.csv')
  expect(payload).not.toContain('2026-0001')
  expect((await world.as('prescripteur.agent').get('/commandes/export.csv')).statusCode).toBe(403)
})
