import { formatSerie } from '@pass/domain/references.ts'
import { afterAll, expect, test } from 'vitest'
import { BORDEREAU, COMMANDE, ORG, PEOPLE, type PersonKey } from '../../../../prisma/seed/base/ids.ts'
import { commandeUpTo } from '../../test/commande-life.ts'
import { createWorld } from '../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

type Told = { code: string; categorie: string; titre: string; texte: string; lien: string }
/** What each person was told since the last time, in the order of the acts. */
const told = async (): Promise<Record<string, Told[]>> => {
  const { rows } = await world.sql.query<Told & { utilisateur_id: string }>(
    `update notification n set code = n.code || '_vu' where code !~ '_vu$' returning utilisateur_id, regexp_replace(code, '_vu$', '') code, categorie, titre, texte, lien`,
  )
  const nameOf = (id: string) => (Object.keys(PEOPLE) as PersonKey[]).find((key) => PEOPLE[key].utilisateurId === id) ?? id
  const named = rows.map(({ utilisateur_id, ...row }) => ({ who: nameOf(utilisateur_id), row }))
  return Object.fromEntries(
    [...Map.groupBy(named, ({ who }) => who)].map(([who, list]) => [
      who,
      list.map(({ row }) => row).toSorted((a, b) => (a.code < b.code ? -1 : 1)),
    ]),
  )
}
const done = async (response: ReturnType<ReturnType<typeof world.as>['post']>) => {
  const { statusCode, body } = await response
  if (statusCode >= 300) throw new Error(body)
}

test('money, a proof, a parcel: the people concerned are told, and nobody else', async () => {
  await told()
  const commande = await commandeUpTo(world, 'expediee')
  const news = { categorie: 'suivi', lien: `/collectivite/commandes/${commande.id}` }
  const expected = [
    {
      ...news,
      code: 'commande_expediee',
      titre: `Commande ${commande.reference}\u00a0: carnets expédiés`,
      texte: expect.stringContaining('4\u00a0carnets en 1\u00a0colis.'),
    },
    { ...news, code: 'maquette_a_valider', titre: `Commande ${commande.reference}\u00a0: maquette à valider`, texte: expect.any(String) },
  ]
  // those who sign, not who only reads; not another collectivité
  expect(await told()).toEqual({ 'collectivite.administrateur': expected, 'collectivite.gestionnaire': expected })
})

test('money received is told to the collectivité with its amount', async () => {
  const { reference } = (await world.as('collectivite.gestionnaire').get(`/commandes/${COMMANDE.en_production}`)).json()
  await done(
    world.as('operateur.finance_preparateur').post(`/commandes/${COMMANDE.en_production}/encaissements`, {
      montantCentimes: 12_345,
      referenceVirement: 'VIR-9',
      dateReception: '2026-03-10',
    }),
  )
  const one = {
    code: 'encaissement_recu',
    categorie: 'argent',
    titre: `Commande ${reference}\u00a0: 123,45\u00a0€ reçus`,
    texte: expect.stringContaining('123,45\u00a0€'),
    lien: `/collectivite/commandes/${COMMANDE.en_production}`,
  }
  expect(await told()).toEqual({ 'collectivite.administrateur': [one], 'collectivite.gestionnaire': [one] })
})

test('a transfer released, then paid: whoever answers for the structure is told, with the reference and the amount', async () => {
  const path = `/bordereaux/${BORDEREAU.fevrier}`
  const { reference } = (await world.as('operateur.finance_preparateur').get(path)).json()
  await done(world.as('operateur.finance_preparateur').post(`${path}/controle`))
  await done(world.as('operateur.finance_approbateur').post(`${path}/approbation`))
  expect(await told()).toEqual({})
  await done(world.as('operateur.finance_emetteur').post(`${path}/transmission`))
  const money = { categorie: 'argent', lien: `/mediateur/virements/${BORDEREAU.fevrier}` }
  expect(await told()).toEqual({
    'structure.responsable': [
      {
        ...money,
        code: 'bordereau_transmis',
        titre: `Bordereau ${reference}\u00a0: virement de 20,00\u00a0€ transmis`,
        texte: expect.stringContaining('février 2026'),
      },
    ],
  })
  await done(world.as('operateur.finance_emetteur').post(`${path}/paiement`, { dateBanque: '2026-03-10' }))
  expect(await told()).toEqual({
    'structure.responsable': [
      {
        ...money,
        code: 'bordereau_paye',
        titre: `Bordereau ${reference}\u00a0: 20,00\u00a0€ payés`,
        texte: expect.stringContaining('le 10/03/2026'),
      },
    ],
  })
})

test('carnets sent are told to the whole team of the prescripteur', async () => {
  const { rows } = await world.sql.query<{ serie: string }>(
    `select min(serie)::text serie from carnet where collectivite_id = $1 and statut = 'livre' and destination_id is null`,
    [ORG.t1],
  )
  const premier = formatSerie(Number(rows[0]!.serie))
  await done(world.as('collectivite.gestionnaire').post('/attributions', { prescripteurId: ORG.p1, premier, carnets: 1 }))
  const one = {
    code: 'attribution_envoyee',
    categorie: 'suivi',
    titre: 'Envoi de 1\u00a0carnet à confirmer',
    texte: expect.stringContaining('vous envoie 1\u00a0carnet'),
    lien: '/prescripteur/attributions',
  }
  expect(await told()).toEqual({ 'prescripteur.responsable': [one], 'prescripteur.agent': [one] })
})
