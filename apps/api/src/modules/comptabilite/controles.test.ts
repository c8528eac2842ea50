import { afterAll, expect, test } from 'vitest'
import { ACTE, BORDEREAU, CONVENTION, ORG, PEOPLE } from '../../../../../prisma/seed/base/ids.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

/** The checks that find something once this is done, to rows that are then put back. */
const found = async (...spoils: string[]): Promise<string[]> => {
  await world.sql.query('begin')
  try {
    await world.sql.query('set constraints all deferred')
    for (const spoil of spoils) await world.sql.query(spoil)
    return (await world.sql.query<{ name: string }>('select name from reconciliation')).rows.map(({ name }) => name)
  } finally {
    await world.sql.query('rollback')
  }
}

const B = `organisation_id = '${ORG.s1}' and id = '${BORDEREAU.fevrier}'`
const post = (motif: string, de: string, vers: string, centimes: number, objet: string, structure: string = `'${ORG.s1}'`, cle = 'null') =>
  `insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, structure_id, objet_id, at)
   select '${ORG.t1}', account_of('${ORG.t1}', '${CONVENTION.cv1}', '${ORG.o1}', '${de}', ${['du', 'en_paiement', 'paye'].includes(de) ? structure : 'null'}, ${['a_appeler', 'appele', 'recu'].includes(de) ? cle : 'null'}),
     account_of('${ORG.t1}', '${CONVENTION.cv1}', '${ORG.o1}', '${vers}', ${['du', 'en_paiement', 'paye'].includes(vers) ? structure : 'null'}, ${['a_appeler', 'appele', 'recu'].includes(vers) ? cle : 'null'}),
     ${centimes}, '${motif}', '${CONVENTION.cv1}', '${ORG.o1}', ${structure}, ${objet}, now()`
const ligne = (nature: string, centimes: number, objet: string) =>
  `insert into bordereau_ligne (organisation_id, id, bordereau_id, collectivite_id, convention_id, operateur_id, nature, montant_centimes, objet_id)
   select organisation_id, uuidv7(), bordereau_id, collectivite_id, convention_id, operateur_id, '${nature}', ${centimes}, ${objet} from bordereau_convention
    where organisation_id = '${ORG.s1}' and bordereau_id = '${BORDEREAU.fevrier}'`
const remise = `insert into remise (operateur_id, id, reference, virements, montant_centimes, xml, sha256, at)
   select '${ORG.o1}', '0192d1c0-0000-7000-8000-820000000001', 'R26-0900', 1, montant_centimes, '<x/>', repeat('0', 64), now() from bordereau where ${B}`
const released = (statut: string) =>
  `update bordereau set statut = '${statut}', remise_id = '0192d1c0-0000-7000-8000-820000000001', transmis_at = now(), transmis_par = '${PEOPLE['operateur.finance_emetteur'].utilisateurId}',
     paye_at = ${statut === 'paye' ? 'now()' : 'null'}, date_banque = ${statut === 'paye' ? "'2026-03-12'" : 'null'} where ${B}`
const virement = (statut: string) =>
  `insert into virement (organisation_id, id, bordereau_id, operateur_id, remise_id, compte_id, reference, montant_centimes, statut, date_banque, motif_rejet, at)
   select organisation_id, uuidv7(), id, operateur_id, '0192d1c0-0000-7000-8000-820000000001', compte_id, 'V-900', montant_centimes, '${statut}',
     ${statut === 'emis' ? 'null' : "'2026-03-12'"}, ${statut === 'rejete' ? "'AC01'" : 'null'}, now() from bordereau where ${B}`
const montant = `(select montant_centimes from bordereau where ${B})`
const release = [
  remise,
  released('transmis'),
  virement('emis'),
  post('bordereau', 'du', 'en_paiement', 0, `'${BORDEREAU.fevrier}'`).replace(/\n {5}0, /, `\n     ${montant}, `),
  `update bordereau_convention set transfer_id = (select max(id) from transfer where motif = 'bordereau') where organisation_id = '${ORG.s1}' and bordereau_id = '${BORDEREAU.fevrier}'`,
]
const pay = (motif: 'paiement' | 'rejet' | 'retour', vers: string, de = 'en_paiement') =>
  post(motif, de, vers, 0, `'${BORDEREAU.fevrier}'`).replace(/\n {5}0, /, `\n     ${montant}, `)

test('a bordereau released, then paid or rejected as it should be: nothing is found', async () => {
  expect(await found()).toEqual([])
  expect(await found(...release)).toEqual([])
  expect(
    await found(
      ...release,
      released('paye'),
      `update virement set statut = 'execute', date_banque = '2026-03-12'`,
      pay('paiement', 'paye'),
      `update redemption set statut = 'payee' where bordereau_id = '${BORDEREAU.fevrier}'`,
    ),
  ).toEqual([])
  expect(
    await found(
      ...release,
      released('rejete'),
      `update virement set statut = 'rejete', date_banque = '2026-03-12', motif_rejet = 'AC01'`,
      pay('rejet', 'du'),
    ),
  ).toEqual([])
})

test('money of a released bordereau that went elsewhere, or not at all, is found', async () => {
  expect(await found(...release.slice(0, 3))).toEqual(['I6 released bordereau without the transfer of a convention, or another amount'])
  expect(await found(...release.filter((one) => !one.includes('insert into virement')))).toEqual([
    'I6 transfer at the bank is not its bordereau',
    'I6 file sent to the bank is not the sum of its transfers',
  ])
  expect(await found(...release, `update virement set statut = 'execute', date_banque = '2026-03-12'`)).toEqual([
    'I6 transfer at the bank is not its bordereau',
  ])
  expect(await found(...release, released('paye'), `update virement set statut = 'execute', date_banque = '2026-03-12'`)).toEqual([
    'I6 paid or rejected bordereau without its transfers, or others',
    'I6 use paid before its bordereau, or not paid with it',
  ])
  expect(await found(...release, pay('rejet', 'du'))).toEqual(['I6 paid or rejected bordereau without its transfers, or others'])
  expect(await found(`update redemption set statut = 'payee' where bordereau_id = '${BORDEREAU.fevrier}'`)).toEqual([
    'I6 use paid before its bordereau, or not paid with it',
  ])
})

test('a payment that came back is written twice, and leaves no use paid', async () => {
  const came = [
    ...release,
    released('paye'),
    `update virement set statut = 'execute', date_banque = '2026-03-12'`,
    pay('paiement', 'paye'),
    `update bordereau set statut = 'rejete' where ${B}`,
    `update virement set statut = 'rejete', revenu_le = '2026-03-14', motif_rejet = 'AC04'`,
    pay('retour', 'du', 'paye'),
  ]
  expect(await found(...came)).toEqual([])
  expect(await found(...came.slice(0, -1))).toEqual(['I6 paid or rejected bordereau without its transfers, or others'])
  // sent back as if it had never been paid
  expect(await found(...came.slice(0, -1), pay('rejet', 'du', 'paye'))).toEqual([
    'I1 transfer between accounts that its motif does not move',
    'I6 paid or rejected bordereau without its transfers, or others',
  ])
  expect(await found(...came, `update redemption set statut = 'payee' where bordereau_id = '${BORDEREAU.fevrier}'`)).toEqual([
    'I6 use paid before its bordereau, or not paid with it',
  ])
})

test('a line of a bordereau that nothing carries, or that its subtotal does not count, is found', async () => {
  const report = await found(ligne('report', 500, 'uuidv7()'))
  expect(report).toEqual(
    expect.arrayContaining(['I6 subtotal of a bordereau is not its redemptions', 'I6 rejected amount carried twice, or another']),
  )
  expect(await found(ligne('incident', -500, 'uuidv7()'))).toEqual([
    'I6 subtotal of a bordereau is not its redemptions',
    'I6 incident withheld twice, or another amount',
  ])
  expect(await found(post('incident', 'du', 'a_crediter', 100, 'uuidv7()'))).toEqual([
    'I6 line of a released bordereau without its transfer, or another amount',
  ])
  expect(
    await found(
      post('incident', 'du', 'a_crediter', 100, 'uuidv7()'),
      `update redemption set montant_centimes = 900 where id = (select min(id) from redemption where acte_id = '${ACTE.mars}')`,
    ),
  ).toEqual([
    'I4 redeem transfer is not the sum of its redemptions',
    'I5 owed, being paid and paid is not the live redemptions',
    'I6 line of a released bordereau without its transfer, or another amount',
  ])
  const use = `select r.structure_id, uuidv7(), r.operateur_id, r.collectivite_id, r.convention_id, r.id, 1001, 'trop', 'demande', '${PEOPLE['operateur.finance_preparateur'].utilisateurId}', now() from redemption r where acte_id = '${ACTE.mars}' limit 1`
  expect(
    await found(
      `insert into incident (organisation_id, id, operateur_id, collectivite_id, convention_id, redemption_id, montant_centimes, motif, statut, demande_par, demande_at) ${use}`,
    ),
  ).toEqual(['I6 incident of another use, or worth more than it'])
})

test('a transfer from one structure to another, or from one financeur to another, is found', async () => {
  expect(await found(`update account set structure_id = '${ORG.s2}' where nature = 'du' and structure_id = '${ORG.s1}'`)).toContain(
    'I1 transfer from a structure or a financeur to another',
  )
  const swap = post('appel', 'a_appeler', 'appele', 60, 'uuidv7()', 'null', "'prive:a'").replace(
    "'appele', null, 'prive:a'",
    "'appele', null, 'prive:b'",
  )
  expect(swap).toContain('prive:b')
  expect(await found(post('charge', 'charge', 'a_appeler', 60, 'uuidv7()', 'null', "'prive:a'"), swap)).toEqual([
    'I1 transfer from a structure or a financeur to another',
    'I7 share of a financeur without its transfer, or another amount',
    'I7 called or received is not the calls for funds',
  ])
})

test('a share of a financeur that is not what was closed, what was charged, or within its cap, is found', async () => {
  const free = [
    'alter table partage disable trigger user',
    'alter table partage_part disable trigger user',
    'alter table appel_fonds disable trigger user',
  ]
  const t1 = `collectivite_id = '${ORG.t1}' and convention_id = '${CONVENTION.cv1}'`
  const oneOf = (table: string, key: string) => `${t1} and ${key} = (select min(${key}) from ${table} where ${t1})`
  expect(await found(...free)).toEqual([])
  expect(await found(...free, `update partage set montant_centimes = montant_centimes + 1 where ${t1}`)).toEqual([
    'I7 amount shared is not the used pass of its closings',
    'I7 shares of the financeurs do not add up to the whole',
  ])
  expect(
    await found(...free, `update partage_part set montant_centimes = montant_centimes + 1 where ${oneOf('partage_part', 'rang')}`),
  ).toEqual(['I7 shares of the financeurs do not add up to the whole', 'I7 share of a financeur without its transfer, or another amount'])
  const capped = `update partage_part set plafond_centimes = 1 where ${t1} and montant_centimes > 1`
  expect(await found(...free, capped)).toEqual(['I7 share of a financeur beyond its cap'])
  // the one that takes what the others no longer can has no cap
  expect(
    await found(
      ...free,
      `update partage_part p set plafond_centimes = 1 from convention_financeur f where f.est_repli and f.convention_id = p.convention_id and f.rang = p.rang`,
    ),
  ).toEqual([])
  expect(await found(post('charge', 'charge', 'a_appeler', 1, 'uuidv7()', 'null', "'prive:a'"))).toEqual([
    'I7 share of a financeur without its transfer, or another amount',
  ])
})
