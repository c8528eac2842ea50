import { afterAll, expect, test } from 'vitest'
import { COMMANDE, CONVENTION, type PersonKey, serieK } from '../../../../../prisma/seed/base/ids.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { signed, TERMES } from '../../../test/conventions.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const act = (id: string, acte: string, motif: string | null = null, role: PersonKey = 'collectivite.administrateur') =>
  world.as(role).post(`/conventions/${id}/${acte}`, { motif })
const said = async (answer: ReturnType<typeof act>) => {
  const { statusCode, json } = await answer
  return [statusCode, json().code ?? json().statut]
}
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

test('from active to closed, each step in its time and by its reason', async () => {
  const id = await signed(world)
  await world.as('collectivite.administrateur').post(`/conventions/${id}/ouverture`)
  expect(await said(act(id, 'bilan'))).toEqual([409, 'convention_non_terminee'])
  expect(await said(act(id, 'solde'))).toEqual([409, 'convention_statut'])
  world.setClock('2028-01-01T09:00:00+01:00')
  expect(await said(act(id, 'bilan', 'Délibération du 15 décembre.'))).toEqual([200, 'en_bilan'])
  expect(await said(act(id, 'cloture'))).toEqual([409, 'convention_statut'])
  expect(await said(act(id, 'solde'))).toEqual([200, 'soldee'])
  const twice = await Promise.all([act(id, 'cloture'), act(id, 'cloture')])
  expect(twice.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409])
  const { items } = (await world.as('operateur.support').get(`/conventions/${id}/etapes`)).json()
  expect(items.slice(0, 4).map(({ titre, motif }: Record<string, string>) => [titre, motif])).toEqual([
    ['Convention close', null],
    ['Convention soldée', null],
    ['Bilan commencé', 'Délibération du 15 décembre.'],
    ['Convention ouverte', null],
  ])
  world.setClock('2026-03-10T09:00:00+01:00')
})

test('no final account with a commande under way, no settlement with money on its way', async () => {
  world.setClock('2028-01-01T09:00:00+01:00')
  expect(await said(act(CONVENTION.cv1, 'bilan'))).toEqual([409, 'convention_commandes_en_cours'])
  await world.sql.query(`update commande set statut = 'annulee' where convention_id = $1 and id <> $2`, [CONVENTION.cv1, COMMANDE.c1])
  expect(await said(act(CONVENTION.cv1, 'bilan'))).toEqual([200, 'en_bilan'])
  const left = await act(CONVENTION.cv1, 'solde')
  expect([left.statusCode, left.json().code]).toEqual([409, 'convention_non_soldee'])
  expect(plain(left.json().message)).toMatch(/^Il reste 1 170,00 € de pass en circulation, 30,00 € dus aux structures/)
  await world.sql.query(`update convention set statut = 'active' where id = $1`, [CONVENTION.cv1])
  world.setClock('2026-03-10T09:00:00+01:00')
})

test('a terminated convention gives its avenant up, and hands over no more carnets', async () => {
  const id = await signed(world)
  await world
    .as('collectivite.gestionnaire')
    .post(`/conventions/${id}/versions`, { objet: 'Plus long.', ...TERMES, validiteMois: 24, prolongations: [] })
  expect((await act(id, 'resiliation')).statusCode).toBe(400)
  expect(await said(act(id, 'resiliation', 'Décision de l’assemblée.'))).toEqual([200, 'resiliee'])
  const { items } = (await world.as('collectivite.lecteur').get(`/conventions/${id}/versions`)).json()
  expect(items[0]).toMatchObject({ numero: 2, statut: 'abandonnee', motifAbandon: 'Convention résiliée.' })
  expect(await said(act(id, 'resiliation', 'Encore.'))).toEqual([409, 'convention_statut'])

  const handOver = () =>
    world.as('prescripteur.agent').post('/prescriptions', {
      numero: formatSerie(serieK(3)),
      reponses: { usage: 'parfois', demarches: 'quelquun_fait', courriel: 'non' },
      besoin: 'demarches',
      public: 'demandeurs_emploi',
      consentement: true,
      personne: { prenom: 'Alix', nom: 'Exemple', trancheAge: '40_59', statutEmploi: 'sans_emploi', commune: '23025', contact: null },
      motifDerogation: null,
    })
  await world.sql.query(`update convention set statut = 'resiliee' where id = $1`, [CONVENTION.cv1])
  const refused = await handOver()
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'convention_statut'])
  const activate = await world.as('operateur.gestionnaire').post(`/commandes/${COMMANDE.c1}/activations`, { carnets: 1 })
  expect([activate.statusCode, activate.json().code]).toEqual([409, 'convention_statut'])
  await world.sql.query(`update convention set statut = 'active' where id = $1`, [CONVENTION.cv1])
  const handed = await handOver()
  expect(handed.statusCode).toBe(201)
  // the version of the publics under which it was handed over
  const { rows } = await world.sql.query(`select convention_version from prescription where id = $1`, [handed.json().id])
  expect(rows).toEqual([{ convention_version: 2 }])
})

test('only the collectivité’s administrator ends a convention, a stranger gets 404', async () => {
  for (const role of ['collectivite.gestionnaire', 'anct.pilote', 'operateur.gestionnaire'] as const)
    expect((await act(CONVENTION.cv1, 'resiliation', 'Non.', role)).statusCode).toBe(403)
  expect((await act(CONVENTION.cv1, 'resiliation', 'Non.', 'autre:collectivite.administrateur')).statusCode).toBe(404)
})

test('the calendar says who owes what, with the lots of those who read them', async () => {
  const days = async (role: PersonKey) =>
    (await world.as(role).get(`/conventions/${CONVENTION.cv1}/calendrier`)).json().items as { cle: string; date: string; acteur: string }[]
  const own = await days('collectivite.lecteur')
  expect(own.find(({ cle }) => cle.endsWith('arret_distribution'))).toMatchObject({ date: '2026-06-15', acteur: 'La collectivité' })
  expect(own.map(({ date }) => date)).toEqual(own.map(({ date }) => date).toSorted())
  expect((await days('anct.pilote')).some(({ cle }) => cle.startsWith('lot-'))).toBe(false)
  expect((await world.as('autre:collectivite.lecteur').get(`/conventions/${CONVENTION.cv1}/calendrier`)).statusCode).toBe(404)
})
