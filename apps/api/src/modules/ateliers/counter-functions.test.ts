import { REDEMPTION_CHECKS } from '@pass/domain/redemptions.ts'
import { ROLES } from '@pass/domain/organisations.ts'
import { REFUSAL_CODES } from '@pass/domain/refusal-codes.ts'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { ACTE, ATELIER, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const bodies = async () => {
  const { rows } = await world.sql.query<{ name: string; body: string }>(
    `select proname name, prosrc body from pg_proc where pronamespace = 'public'::regnamespace and prolang <> 13`,
  )
  return new Map(rows.map(({ name, body }) => [name, body]))
}

test('the refusals of pass_decide are those of the domain, no more, no less', async () => {
  const body = (await bodies()).get('pass_decide')!
  const literals = [...body.matchAll(/then '([a-z_]+)'/g)].map((match) => match[1]!).filter((literal) => literal !== 'matin')
  expect(new Set(literals)).toEqual(new Set(REDEMPTION_CHECKS.filter((code) => code !== 'code_malforme')))
})

test('the codes of redeem, verify and undo are the domain’s', async () => {
  const all = await bodies()
  for (const name of ['redeem', 'verify', 'undo', 'counter_enter']) {
    const codes = [...all.get(name)!.matchAll(/(?:v_code := |"code": "|then )'?([a-z_]{4,})['"]/g)].map((match) => match[1]!)
    expect(codes.length).toBeGreaterThan(1)
    for (const code of codes.filter((one) => !['tenu', 'complet', 'annule', 'ouvert', 'matin'].includes(one)))
      expect(REFUSAL_CODES).toContain(code)
  }
})

test('no function names a role: who may is the domain’s', async () => {
  for (const [name, body] of await bodies())
    for (const role of ROLES) expect(body.includes(`'${role}'`), `${name} names ${role}`).toBe(false)
})

test('the functions of the counter belong to fn_redeem, and only the login role and structures may run what they need', async () => {
  const { rows } = await world.sql.query(
    `select proname name, proowner::regrole::text owner, prosecdef definer, array(select grantee::regrole::text from aclexplode(proacl) where grantee <> proowner order by 1) who
       from pg_proc where proname in ('redeem', 'verify', 'undo', 'pass_decide', 'pass_resolve', 'counter_enter', 'counter_guesses', 'count_unknown', 'atelier_people', 'atelier_uses') order by 1`,
  )
  expect(rows.filter(({ owner, definer }) => owner !== 'fn_redeem' || !definer)).toEqual([])
  expect(Object.fromEntries(rows.map(({ name, who }) => [name, who]))).toEqual({
    atelier_people: ['as_structure'],
    atelier_uses: ['as_structure'],
    count_unknown: [],
    counter_enter: [],
    counter_guesses: [],
    pass_decide: [],
    pass_resolve: [],
    redeem: ['app'],
    undo: ['app'],
    verify: ['app'],
  })
})

test('a connection opened while the tables are nearly empty never learns to read a whole one', async () => {
  const { rows: pass } = await world.sql.query(
    `select array_agg(collectivite_id) a, array_agg(id) b, array_agg(lookup) c from pass where collectivite_id = $1`,
    [ORG.t1],
  )
  const early = new pg.Client({ connectionString: world.urls.superuserUrl })
  await early.connect()
  try {
    await early.query('begin')
    await early.query(
      `select counter_alerts_used($1, $2, $7, array_agg(jsonb_populate_record(d, '{"ailleurs": true}')), '2026-03-10T07:30Z', '2026-03-10T09:30Z', false, $6, $7)
         from pass_decide($1, $2, $3, $4, $5, $6, $7, $7) d`,
      [ORG.s1, ATELIER.a1, pass[0].a, pass[0].b, pass[0].c, '2026-03-10T08:00:00Z', '2026-03-10'],
    )
    // not said before the end of the transaction otherwise
    const { rows } = await early.query('select relname name from pg_stat_xact_user_tables where seq_scan > 0 order by 1')
    expect(rows).toEqual([])
  } finally {
    await early.end()
  }
})

test('a second live redemption of a pass cannot be written, whoever writes it', async () => {
  const columns = `collectivite_id, acte_id, pass_id, carnet_id, convention_id, operateur_id, structure_id, prescripteur_id, lieu_id, atelier_id, personne_id, date_atelier, demi_journee,
    montant_centimes, transfer_id, utilisateur_id, at`
  await expect(
    world.sql.query(`insert into redemption (${columns}) select ${columns} from redemption where acte_id = $1`, [ACTE.mars]),
  ).rejects.toMatchObject({
    code: '23505',
    constraint: 'redemption_vivante',
  })
})

test('uneven or empty arrays are a fault, never a success', async () => {
  for (const [collectivites, pass, lookups] of [
    [[], [], []],
    [[null], [], [Buffer.alloc(32)]],
    [[], [null], [Buffer.alloc(32)]],
    [null, null, null],
  ]) {
    const call = world.sql.query('select redeem($1, $2, null, $3, uuidv7(), $1, $4, now(), uuidv7(), $5, $6, $7)', [
      Buffer.alloc(32),
      '2026-03-10',
      ['x'],
      'r',
      collectivites,
      pass,
      lookups,
    ])
    // migrator may not run it at all: the login role alone
    await expect(call).rejects.toMatchObject({ code: '42501' })
  }
  const { rows } = await world.deps.pool.query(
    'select statut, reponse from redeem($1, $2, null, $3, uuidv7(), $1, $4, now(), uuidv7(), $5, $6, $7)',
    [Buffer.alloc(32), '2026-03-10', ['x'], 'r', [], [], []],
  )
  expect(rows[0].statut).toBe(401)
})

test('each check of the reconciliation finds what it is for', async () => {
  const found = async (spoil: string, ...values: unknown[]) => {
    await world.sql.query('begin')
    await world.sql.query('set constraints all deferred')
    await world.sql.query(spoil, values)
    const { rows } = await world.sql.query<{ name: string; count: string }>('select name, count from reconciliation')
    await world.sql.query('rollback')
    return rows.map(({ name }) => name)
  }
  await assertLedger(world.sql)
  expect(await found('update account set solde_centimes = solde_centimes + 1 where nature = $1', 'fonds')).toEqual([
    'I2 balance is not the sum of its transfers',
    'I2 balances of a convention do not add up to zero',
  ])
  expect(await found('update pass set statut = $1 where id = (select min(id) from pass)', 'utilise')).toContain(
    'I4 used pass without a live redemption, or the reverse',
  )
  expect(await found('update redemption set montant_centimes = 900 where acte_id = $1', ACTE.mars)).toEqual([
    'I4 redeem transfer is not the sum of its redemptions',
    'I5 owed, being paid and paid is not the live redemptions',
  ])
  expect(await found('update redemption set montant_centimes = 900 where acte_id = $1', ACTE.fevrier)).toContain(
    'I6 subtotal of a bordereau is not its redemptions',
  )
  expect(await found('update bordereau set pass = 7 where organisation_id = $1', ORG.s1)).toEqual([
    'I6 bordereau is not the sum of its subtotals',
  ])
  expect(await found('update carnet set activation_id = null where id = (select min(id) from carnet)')).toEqual([
    'I5 circulation is not the value of the pass that can still be used',
  ])
  expect(await found('update carnet set utilises = utilises + 1 where id = (select min(id) from carnet)')).toEqual([
    'I4 carnet counts other than its used pass',
  ])
  expect(await found('update atelier set places_prises = places_prises + 1 where capacite > 1 and organisation_id = $1', ORG.s1)).toEqual([
    'atelier counts other seats than its people',
  ])
  expect(await found('update inscription set pass_utilises = 9')).toEqual(['person of an atelier counts other pass than they used'])
})
