import { rechercheRoutes, type Resultat } from '@pass/contracts/recherche.ts'
import { formatEtiquette } from '@pass/domain/etiquettes.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { afterAll, expect, test } from 'vitest'
import { BORDEREAU, CONVENTION, LIEU, ORG, type PersonKey, serieK } from '../../../../../prisma/seed/base/ids.ts'
import { createWorld } from '../../../test/world.ts'
import { recherche } from './routes.ts'

const SIRET = '83015738100024'
const world = await createWorld({
  modules: [{ routes: rechercheRoutes, bind: recherche }],
  prepare: (sql) => sql.query('update organisation set siret = $2 where id = $1', [ORG.s1, SIRET]),
})
afterAll(() => world.close())

const search = async (person: PersonKey, texte: string): Promise<Resultat[]> => {
  const answer = await world.as(person).get(`/recherche?texte=${encodeURIComponent(texte)}`)
  expect(answer.statusCode).toBe(200)
  return answer.json().items
}
const links = async (person: PersonKey, texte: string) => (await search(person, texte)).map(({ type, lien }) => `${type} ${lien}`)
const one = async <T extends object>(text: string, value: unknown): Promise<T> => (await world.sql.query<T>(text, [value])).rows[0]!
const cv1 = await one<{ reference: string }>('select reference from convention where id = $1', CONVENTION.cv1)
const k1 = await one<{ public_id: string }>('select public_id from carnet where serie = $1', serieK(1))

test('a carnet opens its page in the app of whoever keeps or made it', async () => {
  const serie = formatSerie(serieK(1))
  expect(await links('collectivite.lecteur', serie)).toEqual([`carnet /collectivite/carnets/${k1.public_id}`])
  expect(await links('prescripteur.agent', serie.replace('PN ', '').toLowerCase())).toEqual([`carnet /prescripteur/stock/${k1.public_id}`])
  expect(await links('operateur.support', serie)).toEqual([`carnet /operateur/carnets/${k1.public_id}`])
})

test('whoever has no right to it, or is somebody else’s, finds nothing, as of a number that nobody printed', async () => {
  const serie = formatSerie(serieK(1))
  for (const person of [
    'p2:prescripteur.agent',
    'autre:collectivite.gestionnaire',
    'structure.mediateur',
    'anct.pilote',
    'hub.animateur',
  ] as const)
    expect([person, await search(person, serie)]).toEqual([person, []])
  expect(await search('collectivite.gestionnaire', formatSerie(serieK(9001)))).toEqual([])
  expect(await search('collectivite.gestionnaire', 'Z99-9999')).toEqual([])
})

test('a bordereau is read by its structure and by the operator, not by the collectivité', async () => {
  expect(await links('structure.responsable', 'b26 0001')).toEqual([`bordereau /mediateur/virements/${BORDEREAU.fevrier}`])
  expect(await links('operateur.gestionnaire', 'B26-0001')).toContain(`bordereau /operateur/bordereaux/${BORDEREAU.fevrier}`)
  expect(await links('collectivite.gestionnaire', 'B26-0001')).toEqual([])
})

test('the beginning of a reference lists what begins so, five of a type at most', async () => {
  const found = await search('collectivite.gestionnaire', cv1.reference.slice(0, 6))
  expect(found.filter(({ type }) => type === 'convention').map(({ id }) => id)).toContain(CONVENTION.cv1)
  const carnets = (await search('collectivite.gestionnaire', '26-0000')).filter(({ type }) => type === 'carnet')
  expect(carnets.map(({ titre }) => titre)).toEqual([1, 2, 3, 4, 5].map((n) => `Carnet ${formatSerie(serieK(n))}`))
})

test('the label of a carton opens the commande of its carnets, for its two parties', async () => {
  const label = formatEtiquette({ nature: 'carton', premiere: serieK(1), derniere: serieK(10) })
  expect(await links('collectivite.gestionnaire', label)).toEqual([expect.stringMatching(/^carton \/collectivite\/commandes\//)])
  expect(await search('autre:collectivite.gestionnaire', label)).toEqual([])
})

test('a SIRET opens the places of the structure, and its sheet for whoever creates organisations', async () => {
  expect(await links('prescripteur.agent', SIRET)).toEqual([`lieu /lieux/${LIEU.l1}`])
  expect(await links('anct.pilote', SIRET)).toEqual([`organisation /compte/organisations?recherche=${SIRET}`, `lieu /lieux/${LIEU.l1}`])
})

test.each(['', 'B2', 'PN 26-0001234-L', 'x'.repeat(40)])('« %s » is refused in French', async (texte) => {
  const answer = await world.as('collectivite.gestionnaire').get(`/recherche?texte=${encodeURIComponent(texte)}`)
  expect(answer.statusCode).toBe(400)
  expect(answer.json().message).toMatch(/numéro|Relisez|demande/i)
})
