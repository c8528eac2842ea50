import { testModel } from './model-run.ts'
import * as acts from './money-acts.ts'
import { aim } from './money-aim.ts'
import { addDays, type Book, FEE_BP, FIRST_DAY, newBook, nextMonth } from './money-book.ts'
import { type Gesture, GESTURES } from './money-gestures.ts'
import { onFinancing, onLot, spare } from './money-office-acts.ts'
import { MILESTONES } from './money-lots.ts'
import { readBooks, told } from './money-read.ts'
import { leave, prepare, type Scene } from './money-scene.ts'
import { createWorld } from './world.ts'

/**
 * Any sequence of money gestures, sent through HTTP, leaves the accounts, the carnets, the uses, the bordereaux, the calls for funds and
 * the avoirs as a plain notebook says, compared after every gesture; what the notebook refuses is refused. A planted fault must be found.
 */

const jump = (scene: Scene, book: Book, { lot, to }: Gesture & { kind: 'jump' }) => {
  const day = addDays(book.lots[lot]!.end, MILESTONES[to]!)
  if (day > book.day) acts.setDay(scene, book, day)
}

const play = (scene: Scene, book: Book, gesture: Gesture): Promise<unknown> | void => {
  switch (gesture.kind) {
    case 'sleep':
      return acts.setDay(scene, book, addDays(book.day, gesture.days))
    case 'nextMonth':
      return acts.setDay(scene, book, nextMonth(book.day))
    case 'jump':
      return jump(scene, book, gesture)
    case 'fund':
    case 'activate':
    case 'credit':
      return acts.onOrder(scene, book, gesture)
    case 'handOver':
    case 'cancel':
      return acts.onCarnet(scene, book, gesture)
    case 'spare':
      return spare(scene, book, gesture)
    case 'use':
      return acts.redeem(scene, book, gesture)
    case 'undo':
      return acts.undo(scene, book, gesture)
    case 'close':
      return acts.close(scene, book, gesture)
    case 'bounce':
      return acts.bounce(scene, book, gesture)
    case 'giveBack':
      return acts.giveBack(scene, book, gesture)
    case 'propose':
    case 'accept':
      return acts.onAccount(scene, book, gesture)
    case 'claim':
    case 'decide':
      return acts.onClaim(scene, book, gesture)
    case 'advance':
    case 'prepare':
    case 'send':
    case 'receive':
    case 'refuse':
      return onFinancing(scene, book, gesture)
    case 'stop':
    case 'agree':
    case 'sign':
    case 'state':
    case 'settle':
      return onLot(scene, book, gesture)
    default:
      return acts.onSlip(scene, book, gesture)
  }
}

/** A trigger that changes what is written, or keeps it from being. */
const trigger = (on: string, when: string, body: string) =>
  `create function planted() returns trigger language plpgsql as $$ begin ${body}; end $$;
   create trigger planted before ${on} for each row when (${when}) execute function planted()`

testModel({
  name: 'money',
  gestures: GESTURES,
  aimed: 8,
  // about twenty of the rarest; a run without any says nothing of it
  least: 5,
  aim,
  newBook,
  open: async () => {
    const world = await createWorld()
    await world.sql.query('update parametre_frais set frais_aval_bp = $1', [FEE_BP])
    return world
  },
  prepare: async (world, book) => {
    const scene = await prepare(world)
    acts.setDay(scene, book, FIRST_DAY)
    return scene
  },
  play: async (scene, book, gesture) => play(scene, book, gesture),
  read: readBooks,
  told,
  leave,
  faults: {
    'a rejected transfer gives back one centime less': trigger(
      'insert on transfer',
      `new.motif = 'rejet'`,
      'new.montant_centimes := new.montant_centimes - 1; return new',
    ),
    'an undone use gives back one centime less': trigger(
      'insert on transfer',
      `new.motif = 'annulation'`,
      'new.montant_centimes := new.montant_centimes - 1; return new',
    ),
    'an approved incident is never withheld': trigger(
      'update on incident',
      `new.statut = 'approuve'`,
      `new.statut := 'refuse'; return new`,
    ),
    'an advance is deducted twice': trigger(
      'insert or update on appel_fonds',
      `new.statut = 'brouillon'`,
      `new.avance_centimes := least(new.part_centimes, new.avance_centimes * 2);
       new.montant_centimes := new.part_centimes - new.avance_centimes; return new`,
    ),
    'a refused call keeps the advance it took': trigger(
      'insert or update on appel_fonds',
      `new.statut = 'brouillon'`,
      `new.avance_centimes := greatest(0, new.avance_centimes - coalesce((select sum(avance_centimes) from appel_fonds
         where convention_id = new.convention_id and cle = new.cle and statut = 'refuse'), 0));
       new.montant_centimes := new.part_centimes - new.avance_centimes; return new`,
    ),
    'a carnet is good for three days more than its lot': trigger(
      'insert or update of date_fin on carnet',
      'true',
      'new.date_fin := new.date_fin + 3; return new',
    ),
    'the avoir of a lot gives a centime of the second to the first': trigger(
      'insert on avoir_part',
      'new.rang < 3',
      'new.montant_centimes := new.montant_centimes + 3 - 2 * new.rang; return new',
    ),
  },
})
