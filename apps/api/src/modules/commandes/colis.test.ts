import type { Production } from '@pass/contracts/production.ts'
import { parseEtiquette } from '@pass/domain/etiquettes.ts'
import { formatSerie, parseSerie } from '@pass/domain/references.ts'
import { afterAll, expect, test } from 'vitest'
import { RECLAMATION } from '../../../../../prisma/seed/base/ids.ts'
import { commandeUpTo } from '../../../test/commande-life.ts'
import { readPdf } from '../../../test/read-pdf.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld({ prepare: (sql) => sql.query('update convention set montant_centimes = 1000000000, carnet_taille = 2') })
afterAll(() => world.close())

const operateur = world.as('operateur.gestionnaire')
const collectivite = world.as('collectivite.gestionnaire')
const pack = (id: string, body = { parCarton: 10, parPaquet: 4 }) => operateur.post(`/commandes/${id}/colis`, body)
const read = async (id: string, who = operateur): Promise<Production> => (await who.get(`/commandes/${id}/production`)).json()
const receive = (id: string, body: object) => collectivite.post(`/commandes/${id}/reception`, { manquants: [], ...body })
const statuts = async (lotId: string) =>
  (await world.sql.query('select statut, count(*)::int n from carnet where lot_id = $1 group by 1 order by 1', [lotId])).rows
const serial = (text: string) => {
  const parsed = parseSerie(text)
  return parsed.ok ? parsed.serie : 0
}

test('cartons share the lot out; every label says its range, and a scanner reads what the eye does', async () => {
  const { id, lot } = await commandeUpTo(world, 'en_production', { quantite: 25 })
  expect((await operateur.get(`/commandes/${id}/etiquettes.pdf`)).json().code).toBe('commande_statut')
  await pack(id, { parCarton: 5, parPaquet: 5 })
  const packed = await pack(id)
  expect(packed.statusCode).toBe(201)
  const { colis }: Production = packed.json()
  expect(colis.map(({ rang, carnets, paquets }) => [rang, carnets, paquets])).toEqual([
    [1, 10, 3],
    [2, 10, 3],
    [3, 5, 2],
  ])
  expect([colis[0]!.seriePremiere, colis[2]!.serieDerniere]).toEqual([lot!.seriePremiere, lot!.serieDerniere])
  const pages = await readPdf((await operateur.get(`/commandes/${id}/etiquettes.pdf`)).rawPayload, { scan: () => true })
  const scanned = pages.flatMap(({ symbols }) => symbols.map(({ text }) => parseEtiquette(text)))
  expect(scanned.map((one) => one.ok && [one.etiquette.nature, one.etiquette.derniere - one.etiquette.premiere + 1])).toEqual([
    ['carton', 10],
    ['paquet', 4],
    ['paquet', 4],
    ['paquet', 2],
    ['carton', 10],
    ['paquet', 4],
    ['paquet', 4],
    ['paquet', 2],
    ['carton', 5],
    ['paquet', 4],
    ['paquet', 1],
  ])
  for (const { etiquette } of colis) expect(pages.map(({ text }) => text).join('\n')).toContain(etiquette)
  expect((await pack(id, { parCarton: 4, parPaquet: 5 })).json().code).toBe('plage_invalide')
  expect((await world.as('autre:operateur.gestionnaire').post(`/commandes/${id}/colis`, { parCarton: 5, parPaquet: 5 })).statusCode).toBe(
    404,
  )
}, 30_000)

test('a delivery is received by a few scans; the carton that did not come is blocked and claimed in the same gesture', async () => {
  const { id, lot } = await commandeUpTo(world, 'en_production', { quantite: 25 })
  await pack(id)
  const shipped = await operateur.post(`/commandes/${id}/expedition`, { colis: 1 })
  expect(shipped.json()).toMatchObject({ statut: 'expediee', colis: 3 })
  expect((await pack(id)).json().code).toBe('commande_statut')
  const { colis } = await read(id, collectivite)
  const first = serial(lot!.seriePremiere)
  const response = await receive(id, {
    etiquettes: [colis[0]!.etiquette.toLowerCase(), colis[2]!.etiquette],
    manquants: [formatSerie(first + 3)],
  })
  expect(response.json()).toMatchObject({ statut: 'livree', recus: 14 })
  expect(await statuts(lot!.id)).toEqual([
    { statut: 'bloque', n: 11 },
    { statut: 'livre', n: 14 },
  ])
  const after = await read(id)
  expect(after.colis.map(({ recuAt }) => recuAt !== null)).toEqual([true, false, true])
  expect(after.reclamations).toMatchObject([
    {
      statut: 'ouverte',
      carnets: 11,
      plages: [
        { premiere: formatSerie(first + 3), derniere: formatSerie(first + 3) },
        { premiere: formatSerie(first + 10), derniere: formatSerie(first + 19) },
      ],
    },
  ])
  const told = await world.sql.query(`select code from notification where code = 'reclamation_ouverte'`)
  expect(told.rows.length).toBeGreaterThan(0)
  const { rows } = await world.sql.query(
    `select type, serie_premiere::int - $2::int de, carnets from mouvement where lot_id = $1 and type in ('recu', 'manquant') order by de`,
    [lot!.id, first],
  )
  expect(rows).toEqual([
    { type: 'recu', de: 0, carnets: 3 },
    { type: 'manquant', de: 3, carnets: 1 },
    { type: 'recu', de: 4, carnets: 6 },
    { type: 'manquant', de: 10, carnets: 10 },
    { type: 'recu', de: 20, carnets: 5 },
  ])
})

test('a label of another order, or misread, is refused and nothing is received', async () => {
  const { id, lot } = await commandeUpTo(world, 'expediee', { quantite: 4 })
  const wrong = await receive(id, { etiquettes: ['C 26-0000001-000010-0'] })
  expect([wrong.statusCode, wrong.json().code, wrong.json().erreurs[0].chemin]).toEqual([400, 'numero_malforme', 'etiquettes.0'])
  const [{ etiquette } = { etiquette: '' }] = (await read((await commandeUpTo(world, 'expediee', { quantite: 4 })).id)).colis
  expect((await receive(id, { etiquettes: [etiquette] })).json().code).toBe('plage_invalide')
  expect((await receive(id, { manquants: [etiquette] })).json().code).toBe('plage_invalide')
  expect(await statuts(lot!.id)).toEqual([{ statut: 'expedie', n: 4 }])
  // a missing carton may be said by its label
  const [mine] = (await read(id)).colis
  expect((await receive(id, { manquants: [mine!.etiquette] })).json()).toMatchObject({ statut: 'livree', recus: 0 })
})

test('a claim is answered once, by the operator of the order; the collectivité reads the answer', async () => {
  const answer = (who = operateur) =>
    who.post(`/reclamations/${RECLAMATION.t1}/reponse`, { decision: 'acceptee', reponse: 'Retrouvé au dépôt.' })
  expect((await answer(world.as('autre:operateur.gestionnaire'))).statusCode).toBe(404)
  expect((await answer(collectivite)).statusCode).toBe(403)
  const answers = await Promise.all([answer(), answer()])
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409])
  const done = answers.find(({ statusCode }) => statusCode === 200)!.json()
  expect(done.reclamations).toMatchObject([{ statut: 'acceptee', reponse: 'Retrouvé au dépôt.' }])
})
