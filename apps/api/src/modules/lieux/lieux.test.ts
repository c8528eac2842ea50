import { lieuRoutes } from '@pass/contracts/lieux.ts'
import { afterAll, expect, test } from 'vitest'
import { LIEU } from '../../../../../prisma/seed/base/ids.ts'
import { createWorld } from '../../../test/world.ts'
import { lieux } from './routes.ts'

const world = await createWorld({ modules: [{ routes: lieuRoutes, bind: lieux }] })
afterAll(() => world.close())

const list = async (query = '') => (await world.anonymous().get(`/lieux${query}`)).json()
const noms = async (query: string) => (await list(query)).items.map(({ nom }: { nom: string }) => nom)

test('the public list holds the places that accept the pass, by name; a suspended one is not there', async () => {
  const { items, suivant, total } = await list()
  expect(items.map(({ nom }: { nom: string }) => nom)).toEqual([
    'Atelier Lointain',
    'Espace Hors Territoire',
    'Espace Sans Compte',
    'Le Chai',
  ])
  expect([suivant, total]).toEqual([null, 4])
})

test('a place shows its hours in words and its services', async () => {
  const response = await world.anonymous().get(`/lieux/${LIEU.l1}`)
  expect(response.statusCode).toBe(200)
  expect(response.json()).toMatchObject({
    nom: 'Le Chai',
    commune: 'Bonnat',
    departement: '23',
    horairesEnMots: ['du lundi au vendredi de 9\u00a0h à 12\u00a0h et de 13\u00a0h\u00a030 à 17\u00a0h'],
    themes: ['demarches_administratives', 'outils_quotidien'],
  })
})

test('a place that is not published is not there', async () => {
  expect((await world.anonymous().get(`/lieux/${LIEU.l3}`)).statusCode).toBe(404)
  expect((await world.as('anct.pilote').get(`/lieux/${LIEU.l3}`)).statusCode).toBe(404)
})

test('one searches by the beginning of the name, of the commune or of the postal code, without accents', async () => {
  expect(await noms('?recherche=LE%20CHAI')).toEqual(['Le Chai'])
  expect(await noms('?recherche=b%C3%B4nn')).toEqual(['Espace Sans Compte', 'Le Chai'])
  expect(await noms('?recherche=623')).toEqual(['Atelier Lointain', 'Espace Hors Territoire'])
  expect(await noms('?recherche=chai')).toEqual([])
})

test('one filters by département and by service', async () => {
  expect(await noms('?departement=23')).toEqual(['Espace Sans Compte', 'Le Chai'])
  await world.sql.query(
    `insert into lieu_service (organisation_id, lieu_id, theme) select organisation_id, id, 'loisirs_creations' from lieu where id = $1`,
    [LIEU.l1],
  )
  const { items, total } = await list('?theme=loisirs_creations')
  expect([items.length, total]).toEqual([1, null])
})

test('pages follow each other without a hole or a double, and a cursor from elsewhere is refused', async () => {
  await world.sql.query(
    `insert into lieu (organisation_id, id, nom, adresse, code_postal, commune, nom_commune, departement, territoires, publie)
     select organisation_id, uuidv7(), 'Même nom', adresse, code_postal, commune, nom_commune, departement, territoires, true from lieu, generate_series(1, 27) where id = $1`,
    [LIEU.l1],
  )
  const seen: string[] = []
  let apres = ''
  do {
    const page = await list(`?taille=10${apres && `&apres=${apres}`}`)
    seen.push(...page.items.map(({ id }: { id: string }) => id))
    apres = page.suivant ?? ''
  } while (apres)
  expect([seen.length, new Set(seen).size]).toEqual([31, 31])
  const wrong = await world.anonymous().get('/lieux?apres=eyJhIjoxfQ')
  expect([wrong.statusCode, wrong.json().code]).toEqual([400, 'demande_malformee'])
})

test('a structure reads its own places, published or not, with its label; another one’s are not among them', async () => {
  const { items, label } = (await world.as('s3:structure.mediateur').get('/mes-lieux')).json()
  expect(items.map(({ id }: { id: string }) => id)).toEqual([LIEU.l3])
  expect(items[0]).toMatchObject({
    publie: false,
    fuseau: 'Europe/Paris',
    services: [{ theme: 'demarches_administratives', dureeMinutes: 120, prixPass: 1 }, { theme: 'outils_quotidien' }],
  })
  expect(label).toEqual({ statut: 'suspendu', dateFin: '2028-12-31' })
})

test('a collectivité has no place of its own', async () => {
  expect((await world.as('collectivite.gestionnaire').get('/mes-lieux')).statusCode).toBe(403)
})
