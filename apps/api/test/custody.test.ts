import { formatSerie } from '@pass/domain/references.ts'
import { CONVENTION, ORG } from '../../../prisma/seed/base/ids.ts'
import type { StockCarnet } from '../../../prisma/seed/base/stock.ts'
import { MODULES } from '../src/registry.ts'
import { handOut, openAtelier } from './counter.ts'
import * as model from './custody-model.ts'
import { type Book, CARDS, type Gesture, type Point } from './custody-model.ts'
import { agree, testModel } from './model-run.ts'
import { type Caller, createWorld, type World } from './world.ts'

/**
 * Any sequence of custody gestures on eight carnets, sent through HTTP, leaves them as a plain notebook says, compared after every
 * gesture, and is refused where the notebook refuses. A planted fault must be found.
 */
const PLACES: Record<Point, string | null> = { reserve: null, p1: ORG.p1, p2: ORG.p2 }

type Scene = { world: World; stock: StockCarnet[]; atelierId: string }

let people = 0
const personne = () => {
  const letters = [...String((people += 1))].map((digit) => 'abcdefghij'[Number(digit)]).join('')
  return { prenom: 'Alix', nom: `Modele ${letters}`, trancheAge: '40_59', statutEmploi: 'sans_emploi', commune: '23025', contact: null }
}

/** Eight active carnets back in the reserve, as a delivery leaves them. */
const prepare = async (world: World): Promise<Scene> => {
  const stock = await handOut(world, CARDS)
  await world.sql.query(
    `update carnet set statut = 'livre', prescripteur_id = null, attribue_at = null, remis_at = null where serie between $1 and $2`,
    [stock[0]!.serie, stock.at(-1)!.serie],
  )
  return { world, stock, atelierId: await openAtelier(world, { capacite: 50 }) }
}

const actorOf = ({ world }: Scene, point: Point): Caller =>
  world.as(point === 'reserve' ? 'collectivite.gestionnaire' : point === 'p1' ? 'prescripteur.agent' : 'p2:prescripteur.agent')
const serie = ({ stock }: Scene, rank: number) => formatSerie(stock[rank]!.serie)
const plages = (scene: Scene, ranks: number[]) => [{ premier: serie(scene, ranks[0]!), dernier: serie(scene, ranks.at(-1)!) }]

const sendParcel = async (scene: Scene, book: Book, gesture: Gesture & { kind: 'send' }) => {
  const { from, to, by } = gesture
  const ranks = model.ranksOf(gesture)
  const owner = actorOf(scene, 'reserve')
  const holder = from !== 'reserve' && by === 'holder'
  const answer = await (from === 'reserve'
    ? owner.post('/attributions/plages', { prescripteurId: PLACES[to], plages: plages(scene, ranks) })
    : (holder ? actorOf(scene, from) : owner).post('/transferts', {
        expediteurId: holder ? null : PLACES[from],
        destinataireId: PLACES[to],
        plages: plages(scene, ranks),
      }))
  if (!agree(gesture, answer, from !== to && model.maySend(book, ranks, from, to))) return
  const [{ id }] = answer.json().items
  model.send(book, { id, from, to, ranks, open: true })
}

const onParcel = async (scene: Scene, book: Book, gesture: Gesture & { kind: 'acknowledge' | 'recall' }) => {
  const parcel = book.parcels[gesture.parcel]
  if (!parcel) return
  const received = gesture.kind === 'acknowledge'
  const who = actorOf(scene, received ? parcel.to : parcel.from)
  const answer = await who.post(`/attributions/${parcel.id}/${received ? 'accuse' : 'rappel'}`)
  if (agree(gesture, answer, parcel.open)) (received ? model.acknowledge : model.recall)(book, parcel)
}

const handOver = async (scene: Scene, book: Book, gesture: Gesture & { kind: 'handOver' }) => {
  const answer = await actorOf(scene, gesture.by).post('/prescriptions', {
    numero: serie(scene, gesture.card),
    reponses: { usage: 'parfois', demarches: 'quelquun_fait', courriel: 'non' },
    besoin: 'demarches',
    public: 'demandeurs_emploi',
    consentement: true,
    personne: personne(),
    motifDerogation: null,
  })
  if (agree(gesture, answer, model.mayHandOver(book, gesture.card, gesture.by))) model.handOver(book, gesture.card)
}

const use = async (scene: Scene, book: Book, gesture: Gesture & { kind: 'use' }) => {
  const { world, stock, atelierId } = scene
  // a rank that no other use takes: it is the person that is served once, and the pass kept are the first ones
  const code = stock[gesture.card]!.codes[book.cards[gesture.card]!.used]!
  const answer = await world.as('structure.mediateur').post(`/ateliers/${atelierId}/utilisations`, { pass: [code] })
  if (agree(gesture, answer, model.mayUse(book, gesture.card))) model.use(book, gesture.card)
}

const onCard = async (scene: Scene, book: Book, gesture: Gesture & { kind: 'takeBack' | 'block' | 'unblock' | 'replace' }) => {
  const owner = actorOf(scene, 'reserve')
  const path = `/carnets/${scene.stock[gesture.card]!.publicId}`
  switch (gesture.kind) {
    case 'takeBack':
      return (
        agree(gesture, await owner.post(`${path}/reprise`, { motif: 'Remis par erreur' }), model.mayTakeBack(book, gesture.card)) &&
        model.takeBack(book, gesture.card)
      )
    case 'block':
      return (
        agree(gesture, await owner.post(`${path}/blocage`, { motif: 'perdu', reference: null }), model.mayBlock(book, gesture.card)) &&
        model.block(book, gesture.card)
      )
    case 'unblock':
      return (
        agree(gesture, await owner.post(`${path}/deblocage`), model.mayUnblock(book, gesture.card)) && model.unblock(book, gesture.card)
      )
    case 'replace':
      return (
        agree(
          gesture,
          await owner.post(`${path}/remplacement`, { numero: serie(scene, gesture.by) }),
          model.mayReplace(book, gesture.card, gesture.by),
        ) && model.replace(book, gesture.card, gesture.by)
      )
  }
}

const ask = async (scene: Scene, book: Book, gesture: Gesture & { kind: 'ask' }) => {
  const ranks = model.ranksOf(gesture)
  const answer = await actorOf(scene, 'reserve').post('/annulations', { plages: plages(scene, ranks), motif: 'Carnets abîmés' })
  if (agree(gesture, answer, model.mayCancel(book, ranks))) book.requests.push({ id: answer.json().id, ranks, open: true })
}

const decide = async (scene: Scene, book: Book, gesture: Gesture & { kind: 'decide' }) => {
  const request = book.requests[gesture.request]
  if (!request) return
  const who = scene.world.as(gesture.by === 'self' ? 'collectivite.gestionnaire' : 'collectivite.administrateur')
  const answer = await who.post(`/annulations/${request.id}/decision`, { accord: gesture.accord })
  const allowed = request.open && gesture.by === 'other' && (!gesture.accord || model.mayCancel(book, request.ranks))
  if (!agree(gesture, answer, allowed)) return
  request.open = false
  if (gesture.accord) model.cancel(book, request.ranks)
}

const play = (scene: Scene, book: Book, gesture: Gesture): Promise<unknown> => {
  switch (gesture.kind) {
    case 'send':
      return sendParcel(scene, book, gesture)
    case 'acknowledge':
    case 'recall':
      return onParcel(scene, book, gesture)
    case 'handOver':
      return handOver(scene, book, gesture)
    case 'use':
      return use(scene, book, gesture)
    case 'ask':
      return ask(scene, book, gesture)
    case 'decide':
      return decide(scene, book, gesture)
    default:
      return onCard(scene, book, gesture)
  }
}

type Row = { statut: string; at: string | null; vers: string | null; used: number; voided: number }
const holderOf = (id: string | null): Point => (id === null ? 'reserve' : id === ORG.p1 ? 'p1' : 'p2')
const towards = (id: string | null): Point | null => (id === null ? null : id === ORG.t1 ? 'reserve' : holderOf(id))

const readCards = async ({ world, stock }: Scene) => {
  const { rows } = await world.sql.query<Row>(
    `select statut, prescripteur_id as at, destination_id as vers, utilises as used, annules as voided from carnet where serie between $1 and $2 order by serie`,
    [stock[0]!.serie, stock.at(-1)!.serie],
  )
  // a carnet blocked on the way keeps its destination until it is found: nobody sees it travel
  return rows.map(({ statut, at, vers, used, voided }) => ({
    statut,
    at: holderOf(at),
    to: statut === 'bloque' ? null : towards(vers),
    used,
    voided,
  }))
}
const told = ({ cards }: Book) =>
  cards.map(({ statut, at, to, used, voided }) => ({ statut, at, to: statut === 'bloque' ? null : to, used, voided }))

testModel({
  name: 'custody',
  gestures: model.GESTURES,
  aimed: 7,
  least: 5,
  aim: model.aim,
  newBook: model.newBook,
  open: async () => {
    const opened = await createWorld({ modules: MODULES })
    await opened.sql.query(`update convention set transferts_entre_points = true where id = $1`, [CONVENTION.cv1])
    return opened
  },
  prepare,
  play,
  read: readCards,
  told,
  faults: {
    'a carnet that is blocked forgets where it was': `create function planted() returns trigger language plpgsql as $$ begin new.statut_avant_blocage := 'livre'; return new; end $$;
    create trigger planted before update on carnet for each row when (new.statut = 'bloque' and old.statut = 'attribue') execute function planted()`,
    'a return leaves the carnet with the prescripteur': `create function planted() returns trigger language plpgsql as $$ begin new.prescripteur_id := old.prescripteur_id; return new; end $$;
    create trigger planted before update on carnet for each row when (new.statut = 'livre' and old.statut = 'attribue') execute function planted()`,
    'a carnet on the way can be handed over': `create function planted() returns trigger language plpgsql as $$ begin new.destination_id := null; return new; end $$;
    create trigger planted before update on carnet for each row when (new.destination_id is not null and old.destination_id is null and old.statut = 'attribue') execute function planted()`,
  },
})
