import { formatSerie } from '@pass/domain/references.ts'
import { expect } from 'vitest'
import { agree } from './model-run.ts'
import { type Book, monthBefore, monthOf } from './money-book.ts'
import * as carnets from './money-carnets.ts'
import type { Gesture } from './money-gestures.ts'
import { openAtelier, type Scene } from './money-scene.ts'
import * as slips from './money-slips.ts'

type Of<K extends Gesture['kind']> = Gesture & { kind: K }

export const setDay = ({ world }: Scene, book: Book, day: string) => {
  book.day = day
  // nine in the morning in Paris, ten in summer
  world.setClock(`${day}T08:00:00.000Z`)
}

export const redeem = async (scene: Scene, book: Book, gesture: Of<'use'>) => {
  const codes = scene.codes.slice(-gesture.pass)
  if (codes.length === 0) return
  const answer = await scene.mediateur.post(`/ateliers/${await openAtelier(scene, book.day)}/utilisations`, { pass: codes })
  if (!agree(gesture, answer, carnets.mayUse(book, book.hands.slice(-codes.length)))) return
  scene.codes.length -= codes.length
  const { acteId, pass } = answer.json<{ acteId: string; pass: { redemptionId: string }[] }>()
  carnets.use(
    book,
    acteId,
    pass.map(({ redemptionId }) => redemptionId),
  )
}

export const undo = async (scene: Scene, book: Book, gesture: Of<'undo'>) => {
  const use = book.uses[gesture.use]
  if (!use) return
  const answer = await scene.mediateur.post(`/utilisations/${use.acte}/annulation`, { motif: 'Erreur de scan', redemptionId: use.id })
  if (agree(gesture, answer, carnets.mayUndo(book, use))) carnets.undo(book, use)
}

let transfers = 0
/** Funds of a commande, the carnets that they pay for, and a commande given back whole. */
export const onOrder = async ({ world, commandes, billed }: Scene, book: Book, gesture: Of<'fund' | 'activate' | 'credit'>) => {
  const { order } = gesture
  const path = `/commandes/${commandes[order]!}`
  const maker = world.as('operateur.gestionnaire')
  if (gesture.kind === 'activate') {
    const answer = await maker.post(`${path}/activations`, { carnets: gesture.carnets })
    if (agree(gesture, answer, carnets.mayActivate(book, order, gesture.carnets))) carnets.activate(book, order, gesture.carnets)
    return
  }
  if (gesture.kind === 'fund') {
    const body = { montantCentimes: gesture.centimes, referenceVirement: `VIR-M-${(transfers += 1)}`, dateReception: book.day }
    const answer = await world.as('operateur.finance_preparateur').post(`${path}/encaissements`, body)
    if (agree(gesture, answer, carnets.mayFund(book, order, gesture.centimes))) carnets.fund(book, order, gesture.centimes)
    return
  }
  // what is given back was invoiced first
  if (!billed.has(order)) agree(gesture, await maker.post(`${path}/facture`), true)
  billed.add(order)
  const answer = await maker.post(`${path}/avoir`, { motif: 'Commande passée deux fois.' })
  if (agree(gesture, answer, carnets.mayCredit(book, order))) carnets.credit(book, order)
}

/** One carnet: handed over to somebody who says no name, or cancelled by two people. */
export const onCarnet = async (scene: Scene, book: Book, gesture: Of<'handOver' | 'cancel'>) => {
  const { carnet } = gesture
  const { world, stock } = scene
  const numero = formatSerie(scene.serie + carnet)
  if (gesture.kind === 'handOver') {
    const answer = await world.as('prescripteur.agent').post('/prescriptions', {
      numero,
      reponses: { usage: 'parfois', demarches: 'quelquun_fait', courriel: 'non' },
      besoin: 'demarches',
      public: 'demandeurs_emploi',
      consentement: true,
      personne: null,
      motifDerogation: null,
    })
    if (!agree(gesture, answer, carnets.mayHandOver(book, carnet))) return
    carnets.handOver(book, carnet)
    scene.codes.push(...stock[carnet]!.codes)
    return
  }
  const body = { plages: [{ premier: numero, dernier: numero }], motif: 'Carnets abîmés' }
  const answer = await world.as('collectivite.gestionnaire').post('/annulations', body)
  if (!agree(gesture, answer, carnets.mayCancel(book, carnet))) return
  const { id } = answer.json<{ id: string }>()
  agree(gesture, await world.as('collectivite.administrateur').post(`/annulations/${id}/decision`, { accord: true }), true)
  scene.codes = scene.codes.filter((_, rank) => book.hands[rank] !== carnet)
  carnets.cancel(book, carnet)
}

export const close = async ({ world, structureId }: Scene, book: Book, gesture: Of<'close'>) => {
  const mois = gesture.previous ? monthBefore(book.day) : monthOf(book.day)
  const answer = await world.as('operateur.finance_preparateur').post(`/clotures/${mois}`)
  if (!agree(gesture, answer, slips.mayClose(book, mois))) return
  const { rows } = await world.sql.query<{ id: string; reference: string }>(
    `select id, reference from bordereau where organisation_id = $1 and not id = any ($2::uuid[])`,
    [structureId, book.slips.map(({ id }) => id)],
  )
  expect(rows.length).toBe(slips.wouldClose(book, mois) ? 1 : 0)
  if (rows[0]) slips.close(book, mois, rows[0])
}

const SLIP_ACTS = {
  check: { by: 'operateur.finance_preparateur', path: 'controle' },
  approve: { by: 'operateur.finance_approbateur', path: 'approbation' },
  release: { by: 'operateur.finance_emetteur', path: 'transmission' },
  pay: { by: 'operateur.finance_emetteur', path: 'paiement' },
  reject: { by: 'operateur.finance_emetteur', path: 'rejet' },
} as const

export const onSlip = async ({ world }: Scene, book: Book, gesture: Of<slips.SlipKind>) => {
  const slip = book.slips[gesture.slip]
  if (!slip) return
  const { by, path } = SLIP_ACTS[gesture.kind]
  const bank = { dateBanque: book.day }
  const body = gesture.kind === 'pay' ? bank : gesture.kind === 'reject' ? { ...bank, motif: 'Compte clos (AC04)' } : undefined
  const answer = await world.as(by).post(`/bordereaux/${slip.id}/${path}`, body)
  if (agree(gesture, answer, slips.maySlip(book, gesture.kind, slip))) slips.moveSlip(book, gesture.kind, gesture.slip)
}

/** The same by a file of the bank, which alone may say that a transfer came back after it was paid. */
export const bounce = async ({ world }: Scene, book: Book, gesture: Of<'bounce'>) => {
  const slip = book.slips[gesture.slip]
  if (!slip || slip.sentTo === null) return
  const word = slip.statut === 'transmis' ? 'rejeté' : 'revenu'
  const file = `Référence;Montant;Résultat;Date;Motif\n${slip.reference};${(slip.net / 100).toFixed(2)};${word};${book.day};AC04\n`
  const headers = { 'content-type': 'application/octet-stream', 'x-nom-fichier': 'retour.csv' }
  const answer = await world.as('operateur.finance_emetteur').post('/retours-bancaires', Buffer.from(file), { headers })
  if (agree(gesture, answer, slips.mayBounce(slip))) slips.bounce(book, gesture.slip)
}

export const giveBack = async ({ world, conventionId }: Scene, book: Book, gesture: Of<'giveBack'>) => {
  const answer = await world.as('operateur.gestionnaire').post(`/conventions/${conventionId}/avoirs`)
  if (agree(gesture, answer, slips.withheld(book).length > 0)) slips.giveBack(book)
}

export const onAccount = async ({ world, responsable }: Scene, book: Book, gesture: Of<'propose' | 'accept'>) => {
  const { asked } = book.account
  if (gesture.kind === 'propose') {
    const body = {
      titulaire: 'Association du modèle',
      iban: 'FR7630006000011234567890189',
      bic: null,
      contact: 'tresorerie@exemple.invalid',
    }
    const answer = await responsable.post('/comptes-bancaires', body)
    if (!agree(gesture, answer, asked === null)) return
    const { id } = answer.json<{ id: string }>()
    const checked = { verification: 'conforme' }
    agree(gesture, await world.as('operateur.finance_preparateur').post(`/comptes-bancaires/${id}/verification`, checked), true)
    book.account.asked = { id, day: book.day }
    return
  }
  if (!asked) return
  const answer = await world.as('operateur.finance_approbateur').post(`/comptes-bancaires/${asked.id}/acceptation`)
  if (agree(gesture, answer, slips.mayAccept(book))) slips.accept(book)
}

export const onClaim = async ({ world }: Scene, book: Book, gesture: Of<'claim' | 'decide'>) => {
  if (gesture.kind === 'claim') {
    const use = book.uses[gesture.use]
    if (!use) return
    const body = { redemptionId: use.id, montantCentimes: gesture.centimes, motif: 'Atelier plus court que payé' }
    const answer = await world.as('operateur.finance_preparateur').post('/incidents', body)
    if (agree(gesture, answer, slips.mayClaim(book, use, gesture.centimes)))
      slips.ask(book, answer.json<{ id: string }>().id, gesture.use, gesture.centimes)
    return
  }
  const claim = book.claims[gesture.claim]
  if (!claim) return
  const answer = await world.as('operateur.finance_approbateur').post(`/incidents/${claim.id}/decision`, { accord: gesture.accord })
  if (agree(gesture, answer, slips.mayDecide(claim))) slips.decide(book, claim, gesture.accord)
}
