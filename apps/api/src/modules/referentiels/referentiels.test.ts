import { rechercheDe } from '@pass/domain/recherche.ts'
import { afterAll, expect, test } from 'vitest'
import { ORG } from '../../../../../prisma/seed/base/ids.ts'
import { seedReferentiels } from '../../../../../prisma/seed/referentiels/main.ts'
import { createWorld } from '../../../test/world.ts'
import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { referentiels } from './routes.ts'

const world = await createWorld({ modules: [{ routes: referentielRoutes, bind: referentiels }], prepare: seedReferentiels })
afterAll(() => world.close())

const noms = async (recherche: string) => {
  const response = await world.anonymous().get(`/communes?recherche=${encodeURIComponent(recherche)}`)
  return (response.json().items as { nom: string }[]).map(({ nom }) => nom)
}

test('the official code is complete: every commune has its département, the overseas ones their zone', async () => {
  const { rows } = await world.sql.query(
    `select (select count(*)::int from commune) as communes, (select count(*)::int from departement) as departements, (select count(*)::int from epci) as epci,
            (select string_agg(fuseau, ' ' order by code) from departement where code in ('971', '972', '973', '974', '976')) as fuseaux,
            (select epci from commune where code = '23096') as epci_de_gueret`,
  )
  expect(rows[0]).toEqual({
    communes: 34969,
    departements: 109,
    epci: 1255,
    fuseaux: 'America/Guadeloupe America/Martinique America/Cayenne Indian/Reunion Indian/Mayotte',
    epci_de_gueret: '200034825',
  })
})

test('the search form of every commune is the same in SQL and in TypeScript', async () => {
  const { rows } = await world.sql.query<{ nom: string; recherche: string; sql: string }>(
    'select nom, recherche, recherche_de(nom) as sql from commune',
  )
  expect(rows.filter(({ nom, recherche, sql }) => recherche !== sql || rechercheDe(nom) !== sql)).toEqual([])
})

test('a loaded code can be loaded again', async () => {
  await seedReferentiels(world.sql)
  expect((await world.sql.query('select count(*)::int as n from commune')).rows).toEqual([{ n: 34969 }])
})

test('a commune is found by the beginning of its name, whatever the accents, hyphens and capitals', async () => {
  expect(await noms('gueret')).toContain('Guéret')
  expect((await noms('SAINT denis'))[0]).toBe('Saint-Denis')
  expect(await noms('zzzz')).toEqual([])
  expect(await noms('--')).toEqual([])
})

test('a commune is found by its postal code, or its beginning', async () => {
  expect(await noms('23220')).toContain('Bonnat')
  expect((await noms('2322')).length).toBeGreaterThan(5)
})

test('a search of one letter is asked to go on', async () => {
  const response = await world.anonymous().get('/communes?recherche=a')
  expect([response.statusCode, response.json().code]).toEqual([400, 'demande_malformee'])
})

test('départements are listed by code', async () => {
  const { items } = (await world.anonymous().get('/departements')).json()
  expect(items.slice(0, 2)).toEqual([
    { code: '01', nom: 'Ain' },
    { code: '02', nom: 'Aisne' },
  ])
})

test('a collectivité chooses among the operators, and the prescripteurs of its territory only', async () => {
  const operateurs = await world.as('collectivite.gestionnaire').get('/organisations?type=operateur')
  expect(operateurs.json().items.map(({ nom }: { nom: string }) => nom)).toEqual(['Opérateur Lointain', 'Opérateur Modèle'])
  const mine = (await world.as('collectivite.gestionnaire').get('/organisations?type=prescripteur')).json().items
  expect(mine.map(({ id }: { id: string }) => id)).toEqual([ORG.p1, ORG.p2])
})

test('a prescripteur of a commune is in its département and its EPCI; an EPCI meets the prescripteur of its département', async () => {
  await world.sql.query(`update organisation set territoire = '{C23096}' where id = $1`, [ORG.p2])
  await world.sql.query(`update organisation set territoire = '{E200034825}' where id = $1`, [ORG.p9])
  const { items } = (await world.as('collectivite.gestionnaire').get('/organisations?type=prescripteur')).json()
  expect(items.map(({ id }: { id: string }) => id).toSorted()).toEqual([ORG.p1, ORG.p2, ORG.p9])
})

test('nobody lists organisations without a session', async () => {
  expect((await world.anonymous().get('/organisations?type=operateur')).statusCode).toBe(401)
})
