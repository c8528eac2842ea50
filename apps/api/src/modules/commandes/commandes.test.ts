import { Commande, commandeRoutes } from '@pass/contracts/commandes.ts'
import { COMMANDE_STATUTS, commandeMachine } from '@pass/domain/commandes.ts'
import { afterAll, expect, test } from 'vitest'
import { COMMANDE, CONVENTION, type PersonKey } from '../../../../../prisma/seed/base/ids.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const read = async (role: PersonKey, id: string = COMMANDE.c1) => Commande.parse((await world.as(role).get(`/commandes/${id}`)).json())
const list = async (role: PersonKey, query = '') =>
  commandeRoutes.listCommandes.response.parse((await world.as(role).get(`/commandes${query}`)).json())

test('a commande tells its two parties everything, the ANCT the order alone', async () => {
  for (const role of ['collectivite.lecteur', 'operateur.support'] as const) {
    const commande = await read(role)
    expect(commande).toMatchObject({
      reference: '2026-0001',
      statut: 'livree',
      montantCentimes: 200_000,
      fraisCentimes: 8000,
      tvaCentimes: 1600,
      totalCentimes: 209_600,
    })
    expect(commande.lot).toMatchObject({ seriePremiere: 'PN\u00a026-0000001-T', quantite: 20, produits: 20, dateFin: '2026-06-30' })
    // 13 to 18 are received and not active; 19 is missing, 20 cancelled
    expect([commande.carnetsActivables, commande.fondsCentimes, commande.activations.map(({ carnets }) => carnets)]).toEqual([
      6,
      30_000,
      [12],
    ])
    expect(commande.etapes.map(({ action }) => action)).toEqual([
      'demande',
      'devis',
      'signature',
      'maquette',
      'validation',
      'production',
      'expedition',
      'reception',
    ])
  }
  expect(await read('anct.pilote')).toMatchObject({
    montantCentimes: 200_000,
    lot: null,
    etapes: [],
    encaissements: [],
    activations: [],
    fondsCentimes: null,
  })
})

test('each organisation lists its commandes, the last made first, filtered and page by page', async () => {
  const { items, total } = await list('collectivite.lecteur', '?taille=50')
  expect([items.length, total]).toEqual([11, 11])
  expect(items.map(({ id }) => id)).toEqual(
    items
      .map(({ id }) => id)
      .toSorted()
      .toReversed(),
  )
  expect((await list('operateur.gestionnaire')).total).toBe(11)
  expect((await list('anct.instructeur')).total).toBe(12)
  expect((await list('autre:collectivite.lecteur')).items.map(({ id }) => id)).toEqual([COMMANDE.c9])
  expect((await list('collectivite.lecteur', '?statut=devis')).items.map(({ id }) => id)).toEqual([COMMANDE.devis])
  expect((await list('collectivite.lecteur', `?conventionId=${CONVENTION.brouillon}`)).total).toBe(0)
  expect((await list('collectivite.lecteur', '?tour=collectivite')).items.map(({ statut }) => statut).toSorted()).toEqual([
    'devis',
    'expediee',
    'maquette_a_valider',
  ])
  expect((await list('operateur.gestionnaire', '?tour=collectivite&statut=devis')).total).toBe(1)
  expect((await list('operateur.gestionnaire', '?tour=operateur&statut=devis')).total).toBe(0)
  const first = await list('collectivite.lecteur', '?taille=10')
  const second = await list('collectivite.lecteur', `?taille=10&apres=${first.suivant}`)
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(items.map(({ id }) => id))
  expect(second.suivant).toBeNull()
})

const ACTS = {
  quote: ['devis', 'operateur.gestionnaire', undefined],
  sign: ['signature', 'collectivite.gestionnaire', { signataire: 'Ada Martin' }],
  propose_maquette: ['maquette', 'operateur.gestionnaire', { texte: 'Bonjour' }],
  refuse_maquette: ['maquette/correction', 'collectivite.gestionnaire', { commentaire: 'À revoir' }],
  validate_maquette: ['maquette/validation', 'collectivite.gestionnaire', undefined],
  produce: ['production', 'operateur.gestionnaire', undefined],
  ship: ['expedition', 'operateur.gestionnaire', { colis: 1 }],
  receive: ['reception', 'collectivite.gestionnaire', { manquants: [] }],
  cancel: ['annulation', 'collectivite.gestionnaire', { motif: 'Abandon' }],
} as const satisfies Partial<Record<keyof typeof commandeMachine, readonly [string, PersonKey, object | undefined]>>
const idOf = (statut: (typeof COMMANDE_STATUTS)[number]) => (statut === 'livree' ? COMMANDE.c1 : COMMANDE[statut])

test.each(Object.entries(ACTS))(
  '%s is refused from every other statut, with the rule’s own reason, and leaves no line',
  async (action, [path, role, body]) => {
    const { from } = commandeMachine[action as keyof typeof ACTS]
    const lines = async () => (await world.sql.query('select count(*)::int as n from commande_etape')).rows[0].n
    const before = await lines()
    for (const statut of COMMANDE_STATUTS.filter((one) => !(from as readonly string[]).includes(one))) {
      const response = await world.as(role).post(`/commandes/${idOf(statut)}/${path}`, body)
      expect([statut, response.statusCode, response.json().code]).toEqual([statut, 409, 'commande_statut'])
    }
    expect(await lines()).toBe(before)
  },
)

test.each(Object.entries(ACTS))('%s answers 404 to a stranger and 403 to whoever only reads', async (_, [path, role, body]) => {
  const stranger = `autre:${role}` as PersonKey
  for (const statut of ['brouillon', 'expediee'] as const)
    expect((await world.as(stranger).post(`/commandes/${COMMANDE[statut]}/${path}`, body)).statusCode).toBe(404)
  for (const reader of ['collectivite.lecteur', 'anct.pilote', 'operateur.support'] as const)
    expect((await world.as(reader).post(`/commandes/${COMMANDE.brouillon}/${path}`, body)).statusCode).toBe(403)
})

test('reading another’s commande or its quote is a 404', async () => {
  for (const role of ['autre:collectivite.administrateur', 'autre:operateur.gestionnaire'] as const) {
    expect((await world.as(role).get(`/commandes/${COMMANDE.c1}`)).statusCode).toBe(404)
    expect((await world.as(role).get(`/commandes/${COMMANDE.c1}/devis.pdf`)).statusCode).toBe(404)
  }
  expect((await world.as('prescripteur.agent').get(`/commandes/${COMMANDE.c1}`)).statusCode).toBe(403)
})
