import { Commande } from '@pass/contracts/commandes.ts'
import { afterAll, expect, test } from 'vitest'
import { CONVENTION, ORG, type PersonKey } from '../../../../../prisma/seed/base/ids.ts'
import { commandeUpTo } from '../../../test/commande-life.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const order = (changes: object = {}, role: PersonKey = 'collectivite.gestionnaire') =>
  world.as(role).post('/commandes', { conventionId: CONVENTION.cv1, quantite: 2, numeroEngagement: 'EJ-17', codeService: ' ', ...changes })
const refusalOf = ({ statusCode, json }: Awaited<ReturnType<typeof order>>) => [statusCode, json().code]

test('an order is a brouillon with the next number, the terms of its convention and its first line', async () => {
  const response = await order()
  expect(response.statusCode).toBe(201)
  const commande = Commande.parse(response.json())
  expect(commande).toMatchObject({
    reference: '2026-0012',
    statut: 'brouillon',
    collectivite: { id: ORG.t1 },
    operateur: { id: ORG.o1 },
    quantite: 2,
    carnetTaille: 10,
    montantCentimes: 20_000,
    totalCentimes: 20_000,
    numeroEngagement: 'EJ-17',
    codeService: null,
    lot: null,
  })
  expect(commande.etapes).toMatchObject([
    {
      action: 'demande',
      statut: 'brouillon',
      acteur: 'Camille Essai',
      organisation: 'Département de la Creuse',
      at: '2026-03-10T08:00:00.000Z',
    },
  ])
})

test('only an active convention of one’s own takes orders', async () => {
  expect(refusalOf(await order({ conventionId: CONVENTION.brouillon }))).toEqual([409, 'convention_statut'])
  expect(refusalOf(await order({ conventionId: CONVENTION.signee }))).toEqual([409, 'convention_statut'])
  expect(refusalOf(await order({ conventionId: CONVENTION.cv2 }))).toEqual([404, 'introuvable'])
  expect(refusalOf(await order({}, 'collectivite.lecteur'))).toEqual([403, 'droit_absent'])
  expect(refusalOf(await order({ quantite: 0 }))).toEqual([400, 'demande_malformee'])
})

test('an order past the convention’s last day is refused', async () => {
  world.setClock('2028-01-01T00:30:00+01:00')
  expect(refusalOf(await order())).toEqual([409, 'convention_echue'])
  world.setClock('2026-03-10T09:00:00+01:00')
})

test('orders never go beyond the amount of the convention, even five at once', async () => {
  const { commandeCentimes, montantCentimes } = (await world.as('collectivite.lecteur').get(`/conventions/${CONVENTION.cv1}`)).json()
  const left = (montantCentimes - commandeCentimes) / 10_000
  expect(refusalOf(await order({ quantite: left + 1 }))).toEqual([409, 'convention_depassee'])
  const answers = await Promise.all(Array.from({ length: 5 }, () => order({ quantite: left })))
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409, 409])
  const won = answers.find(({ statusCode }) => statusCode === 201)!.json()
  const cancelled = await world.as('collectivite.gestionnaire').post(`/commandes/${won.id}/annulation`, { motif: 'Marché non attribué.' })
  expect([cancelled.statusCode, cancelled.json().statut, cancelled.json().etapes.at(-1).commentaire]).toEqual([
    200,
    'annulee',
    'Marché non attribué.',
  ])
  expect((await order()).statusCode).toBe(201)
})

test('the quote charges the fees of the convention and VAT on the fees alone', async () => {
  const { fraisCentimes, tvaCentimes, totalCentimes, etapes } = await commandeUpTo(world, 'devis', { quantite: 12 })
  expect([fraisCentimes, tvaCentimes, totalCentimes]).toEqual([4800, 960, 125_760])
  expect(etapes.at(-1)).toMatchObject({ action: 'devis', acteur: 'Odile Modèle', organisation: 'Opérateur Modèle' })
})

test('a proof is corrected, proposed again and accepted', async () => {
  const { id } = await commandeUpTo(world, 'maquette_a_valider')
  const refused = await world
    .as('collectivite.gestionnaire')
    .post(`/commandes/${id}/maquette/correction`, { commentaire: 'Le numéro a changé.' })
  expect(refused.json()).toMatchObject({ statut: 'maquette_refusee', maquetteCommentaire: 'Le numéro a changé.' })
  const again = await world.as('operateur.gestionnaire').post(`/commandes/${id}/maquette`, { texte: 'Nouveau texte' })
  expect(again.json()).toMatchObject({ statut: 'maquette_a_valider', maquetteTexte: 'Nouveau texte', maquetteCommentaire: null })
  const accepted = await world.as('collectivite.gestionnaire').post(`/commandes/${id}/maquette/validation`)
  expect(accepted.json().etapes.map(({ action }: { action: string }) => action)).toEqual([
    'demande',
    'devis',
    'signature',
    'maquette',
    'correction',
    'maquette',
    'validation',
  ])
})

test('two signatures of a quote at once: one wins', async () => {
  const { id } = await commandeUpTo(world, 'devis')
  const sign = () => world.as('collectivite.gestionnaire').post(`/commandes/${id}/signature`, { signataire: 'Ada Martin' })
  const answers = await Promise.all([sign(), sign()])
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409])
  expect(answers.find(({ statusCode }) => statusCode === 200)!.json()).toMatchObject({ statut: 'signee', signataire: 'Ada Martin' })
})
