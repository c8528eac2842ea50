import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isNightly, seedOfRun } from '../../../tools/nightly.mjs'
import { assertLedger } from './ledger.ts'
import * as model from './money-model.ts'
import { type Book, type Gesture, type Step } from './money-model.ts'
import { leave, openAtelier, prepare, readBooks, type Scene } from './money-scene.ts'
import { type Caller, createWorld, type World } from './world.ts'

/**
 * Any sequence of money gestures, sent through HTTP, leaves the accounts, the uses and the bordereaux as a plain notebook says, compared
 * after every gesture; what the notebook refuses is refused. A planted fault must be found.
 */
const [RUNS, LENGTH] = isNightly() ? [1000, 80] : [100, 40]
const SEED = seedOfRun()

type Answer = Awaited<ReturnType<Caller['post']>>

/** The server's answer must be the notebook's. */
const agree = (gesture: Gesture, answer: Answer, expected: boolean): boolean => {
  const done = answer.statusCode < 300
  if (answer.statusCode >= 500 || answer.statusCode === 401 || answer.statusCode === 403)
    throw new Error(`${JSON.stringify(gesture)}: ${answer.body}`)
  if (done !== expected)
    throw new Error(`${JSON.stringify(gesture)}: ${expected ? 'refused' : 'accepted'} ${answer.statusCode} ${answer.body}`)
  return done
}

const setDay = ({ world }: Scene, book: Book, day: string) => {
  book.day = day
  // nine in the morning in Paris, winter or summer
  world.setClock(`${day}T08:00:00.000Z`)
}

const redeem = async (scene: Scene, book: Book, gesture: Gesture & { kind: 'use' }) => {
  const codes = scene.codes.slice(-gesture.pass)
  if (codes.length === 0) return
  const answer = await scene.mediateur.post(`/ateliers/${await openAtelier(scene, book.day)}/utilisations`, { pass: codes })
  agree(gesture, answer, true)
  scene.codes.length -= codes.length
  const { acteId, pass } = answer.json<{ acteId: string; pass: { redemptionId: string }[] }>()
  model.use(
    book,
    acteId,
    pass.map(({ redemptionId }) => redemptionId),
  )
}

const undo = async (scene: Scene, book: Book, gesture: Gesture & { kind: 'undo' }) => {
  const use = book.uses[gesture.use]
  if (!use) return
  const answer = await scene.mediateur.post(`/utilisations/${use.acte}/annulation`, { motif: 'Erreur de scan', redemptionId: use.id })
  if (agree(gesture, answer, model.mayUndo(book, use))) model.undo(book, use)
}

let transfers = 0
const onFunds = async ({ world, commandeId }: Scene, book: Book, gesture: Gesture & { kind: 'fund' | 'activate' }) => {
  if (gesture.kind === 'activate') {
    const answer = await world.as('operateur.gestionnaire').post(`/commandes/${commandeId}/activations`, { carnets: gesture.carnets })
    if (agree(gesture, answer, model.mayActivate(book, gesture.carnets))) model.activate(book, gesture.carnets)
    return
  }
  const body = { montantCentimes: gesture.centimes, referenceVirement: `VIR-M-${(transfers += 1)}`, dateReception: book.day }
  const answer = await world.as('operateur.finance_preparateur').post(`/commandes/${commandeId}/encaissements`, body)
  if (agree(gesture, answer, model.mayFund(book, gesture.centimes))) model.fund(book, gesture.centimes)
}

const close = async ({ world, structureId }: Scene, book: Book, gesture: Gesture & { kind: 'close' }) => {
  const mois = gesture.previous ? model.monthBefore(book.day) : model.monthOf(book.day)
  const answer = await world.as('operateur.finance_preparateur').post(`/clotures/${mois}`)
  if (!agree(gesture, answer, model.mayClose(book, mois))) return
  const { rows } = await world.sql.query<{ id: string }>(
    `select id from bordereau where organisation_id = $1 and not id = any ($2::uuid[])`,
    [structureId, book.slips.map(({ id }) => id)],
  )
  expect(rows.length).toBe(model.wouldClose(book, mois) ? 1 : 0)
  if (rows[0]) model.close(book, mois, rows[0].id)
}

const SLIP_ACTS = {
  check: { by: 'operateur.finance_preparateur', path: 'controle' },
  approve: { by: 'operateur.finance_approbateur', path: 'approbation' },
  release: { by: 'operateur.finance_emetteur', path: 'transmission' },
  pay: { by: 'operateur.finance_emetteur', path: 'paiement' },
  reject: { by: 'operateur.finance_emetteur', path: 'rejet' },
} as const

const onSlip = async ({ world }: Scene, book: Book, gesture: Gesture & { kind: model.SlipKind }) => {
  const slip = book.slips[gesture.slip]
  if (!slip) return
  const { by, path } = SLIP_ACTS[gesture.kind]
  const bank = { dateBanque: book.day }
  const body = gesture.kind === 'pay' ? bank : gesture.kind === 'reject' ? { ...bank, motif: 'Compte clos (AC04)' } : undefined
  const answer = await world.as(by).post(`/bordereaux/${slip.id}/${path}`, body)
  if (agree(gesture, answer, model.maySlip(book, gesture.kind, slip))) model.moveSlip(book, gesture.kind, gesture.slip)
}

const onAccount = async ({ world, responsable }: Scene, book: Book, gesture: Gesture & { kind: 'propose' | 'accept' }) => {
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
    agree(
      gesture,
      await world.as('operateur.finance_preparateur').post(`/comptes-bancaires/${id}/verification`, { verification: 'conforme' }),
      true,
    )
    book.account.asked = { id, day: book.day }
    return
  }
  if (!asked) return
  const answer = await world.as('operateur.finance_approbateur').post(`/comptes-bancaires/${asked.id}/acceptation`)
  if (agree(gesture, answer, model.mayAccept(book))) model.accept(book)
}

const onClaim = async ({ world }: Scene, book: Book, gesture: Gesture & { kind: 'claim' | 'decide' }) => {
  if (gesture.kind === 'claim') {
    const use = book.uses[gesture.use]
    if (!use) return
    const body = { redemptionId: use.id, montantCentimes: gesture.centimes, motif: 'Atelier plus court que payé' }
    const answer = await world.as('operateur.finance_preparateur').post('/incidents', body)
    if (!agree(gesture, answer, model.mayClaim(book, use, gesture.centimes))) return
    use.claimed = true
    book.claims.push({ id: answer.json<{ id: string }>().id, use: gesture.use, centimes: gesture.centimes, statut: 'demande', decided: '' })
    return
  }
  const claim = book.claims[gesture.claim]
  // who asked may not decide: the droit already says so to the preparer, hence the other one's answer is what is compared
  if (!claim || gesture.same) return
  const answer = await world.as('operateur.finance_approbateur').post(`/incidents/${claim.id}/decision`, { accord: gesture.accord })
  if (!agree(gesture, answer, model.mayDecide(claim, gesture.same))) return
  Object.assign(claim, { statut: gesture.accord ? 'approuve' : 'refuse', decided: book.day })
  if (!gesture.accord) book.uses[claim.use]!.claimed = false
}

const play = (scene: Scene, book: Book, gesture: Gesture): Promise<unknown> | void => {
  switch (gesture.kind) {
    case 'sleep':
      return setDay(scene, book, model.addDays(book.day, gesture.days))
    case 'nextMonth':
      return setDay(scene, book, model.nextMonth(book.day))
    case 'fund':
    case 'activate':
      return onFunds(scene, book, gesture)
    case 'use':
      return redeem(scene, book, gesture)
    case 'undo':
      return undo(scene, book, gesture)
    case 'close':
      return close(scene, book, gesture)
    case 'propose':
    case 'accept':
      return onAccount(scene, book, gesture)
    case 'claim':
    case 'decide':
      return onClaim(scene, book, gesture)
    default:
      return onSlip(scene, book, gesture)
  }
}

const told = ({ balances, charged, uses, slips }: Book) => ({
  balances,
  charged,
  uses: Object.fromEntries(uses.map(({ id, statut }) => [id, statut])),
  slips: Object.fromEntries(slips.map(({ id, statut, net }) => [id, `${statut} ${net}`])),
})

const sameAsTheBook = async (world: World, sequence: Step[], seen: Map<string, number>) => {
  const [scene, book] = [await prepare(world), model.newBook()]
  setDay(scene, book, model.FIRST_DAY)
  for (const { aimed, gesture: drawn } of sequence) {
    const gesture = aimed ? model.aim(book, drawn) : drawn
    const before = JSON.stringify(book)
    await play(scene, book, gesture)
    if (JSON.stringify(book) === before) continue
    seen.set(gesture.kind, (seen.get(gesture.kind) ?? 0) + 1)
    expect(await readBooks(scene)).toEqual(told(book))
  }
  expect(await readBooks(scene)).toEqual(told(book))
  await leave(scene)
}

const check = (world: World, runs: number, seen = new Map<string, number>()) =>
  fc.check(
    fc.asyncProperty(model.steps(LENGTH), (sequence) => sameAsTheBook(world, sequence, seen)),
    { numRuns: runs, seed: SEED, endOnFailure: true },
  )

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

test(`${RUNS} sequences of ${LENGTH} gestures leave the books as the notebook says`, { timeout: RUNS * 4_000 }, async () => {
  const seen = new Map<string, number>()
  const details = await check(world, RUNS, seen)
  console.log(`money seed=${SEED} gestures accepted ${JSON.stringify(Object.fromEntries(seen))}`)
  expect(details.failed ? `${String(details.errorInstance)} ${JSON.stringify(details.counterexample)}` : '').toBe('')
  await assertLedger(world.sql)
  const { rows } = await world.sql.query<{ sum: string }>('select sum(solde_centimes) sum from account')
  expect(Number(rows[0]!.sum)).toBe(0)
  // every gesture was accepted often enough to mean something
  const kinds = [
    'fund',
    'activate',
    'use',
    'undo',
    'close',
    'check',
    'approve',
    'release',
    'pay',
    'reject',
    'propose',
    'accept',
    'claim',
    'decide',
  ]
  for (const kind of kinds) expect([kind, (seen.get(kind) ?? 0) > 2]).toEqual([kind, true])
})

const FAULTS: Record<string, string> = {
  'a rejected transfer gives back one centime less': `create function planted() returns trigger language plpgsql as $$ begin new.montant_centimes := new.montant_centimes - 1; return new; end $$;
    create trigger planted before insert on transfer for each row when (new.motif = 'rejet') execute function planted()`,
  'an undone use stays due': `create function planted() returns trigger language plpgsql as $$ begin return null; end $$;
    create trigger planted before insert on transfer for each row when (new.motif = 'annulation') execute function planted()`,
  'an approved incident is never withheld': `create function planted() returns trigger language plpgsql as $$ begin new.statut := 'refuse'; return new; end $$;
    create trigger planted before update on incident for each row when (new.statut = 'approuve') execute function planted()`,
}

test.each(Object.keys(FAULTS))('planted: %s; it is found', { timeout: 240_000 }, async (fault) => {
  const faulty = await createWorld()
  try {
    await faulty.sql.query(FAULTS[fault]!)
    expect((await check(faulty, 30)).failed).toBe(true)
  } finally {
    await faulty.close()
  }
})
