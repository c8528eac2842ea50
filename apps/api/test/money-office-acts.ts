import { formatSerie } from '@pass/domain/references.ts'
import { agree } from './model-run.ts'
import { type Book, KEY, monthBefore, monthOf } from './money-book.ts'
import * as carnets from './money-carnets.ts'
import * as financing from './money-financing.ts'
import type { Gesture } from './money-gestures.ts'
import * as lots from './money-lots.ts'
import type { Scene } from './money-scene.ts'

type Of<K extends Gesture['kind']> = Gesture & { kind: K }

const CALL_ACTS = { send: 'envoi', receive: 'recette', refuse: 'refus' } as const
let references = 0

/** What a payer paid in advance, and the calls for the rest. */
export const onFinancing = async ({ world, conventionId }: Scene, book: Book, gesture: Of<'advance' | 'prepare' | financing.CallKind>) => {
  const admin = world.as('collectivite.administrateur')
  if (gesture.kind === 'advance') {
    const { cle } = KEY[gesture.payer]!
    const paid = { montantCentimes: gesture.centimes, dateVersement: book.day, reference: `AVANCE-${(references += 1)}` }
    agree(gesture, await admin.post(`/conventions/${conventionId}/avances`, { cle: `${cle}:${cle}`, ...paid }), true)
    book.advances[gesture.payer]! += gesture.centimes
    return
  }
  if (gesture.kind === 'prepare') {
    const { cle } = KEY[gesture.payer]!
    const until = gesture.back ? monthBefore(`${monthBefore(book.day)}-01`) : monthOf(book.day)
    const answer = await admin.post('/appels-de-fonds', { conventionId, cle: `${cle}:${cle}`, jusqua: until })
    if (agree(gesture, answer, financing.freeParts(book, gesture.payer, until).length > 0))
      financing.prepareCall(book, gesture.payer, until, answer.json<{ id: string }>().id)
    return
  }
  const call = book.calls[gesture.call]
  if (!call) return
  const bodies = {
    send: undefined,
    receive: { dateReception: book.day, referenceVirement: `RECU-${(references += 1)}` },
    refuse: { motif: 'Pièce manquante.' },
  }
  const answer = await admin.post(`/appels-de-fonds/${call.id}/${CALL_ACTS[gesture.kind]}`, bodies[gesture.kind])
  if (agree(gesture, answer, financing.mayCall(gesture.kind, call))) financing.moveCall(book, gesture.kind, gesture.call)
}

/** The written word of the collectivité for one carnet, after the stop. */
export const spare = async ({ world, lots: ids, serie }: Scene, book: Book, gesture: Of<'spare'>) => {
  const { carnet } = gesture
  const body = { premier: formatSerie(serie + carnet), dernier: null, motif: 'Rendez-vous déjà pris' }
  const answer = await world.as('collectivite.administrateur').post(`/echeances/${ids[book.carnets[carnet]!.lot]!}/derogations`, body)
  if (agree(gesture, answer, carnets.maySpare(book, carnet))) carnets.spare(book, carnet)
}

const STEPS = {
  stop: { etape: 'arret_distribution', may: lots.mayStop, done: lots.stop },
  agree: { etape: 'constat', may: lots.mayAgree, done: lots.agree },
  sign: { etape: 'releve', may: lots.maySign, done: lots.sign },
} as const

/** The end of a lot: what each side agrees to, the joint statement, the avoir. */
export const onLot = async ({ world, lots: ids }: Scene, book: Book, gesture: Of<'stop' | 'agree' | 'sign' | 'state' | 'settle'>) => {
  const path = `/echeances/${ids[gesture.lot]!}`
  const maker = world.as('operateur.gestionnaire')
  switch (gesture.kind) {
    case 'state':
      if (agree(gesture, await maker.post(`${path}/releve`), lots.isDue(book, gesture.lot))) lots.state(book, gesture.lot)
      return
    case 'settle':
      if (agree(gesture, await maker.post(`${path}/cloture`), lots.maySettle(book, gesture.lot))) lots.settle(book, gesture.lot)
      return
    default: {
      const { etape, may, done } = STEPS[gesture.kind]
      const who = gesture.party === 'operateur' ? maker : world.as('collectivite.administrateur')
      if (agree(gesture, await who.post(`${path}/accords`, { etape }), may(book, gesture.lot, gesture.party)))
        done(book, gesture.lot, gesture.party)
    }
  }
}
