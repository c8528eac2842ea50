import { maskIban } from '@pass/domain/iban.ts'
import { afterAll, expect, test } from 'vitest'
import { COMPTE_BANCAIRE, ORG, type PersonKey } from '../../../../../prisma/seed/base/ids.ts'
import { openMailbox } from '../../../test/mailbox.ts'
import { createWorld } from '../../../test/world.ts'

const mailbox = await openMailbox()
const world = await createWorld({ config: mailbox.config })
afterAll(async () => {
  await world.close()
  await mailbox.close()
})

const structure = world.as('structure.responsable')
const F1 = world.as('operateur.finance_preparateur')
const F2 = world.as('operateur.finance_approbateur')
const IBAN = 'FR7630006000011234567890189'
const COMPTE = { titulaire: 'Tiers-lieu Le Chai', iban: IBAN, bic: null, contact: 'nouveau@exemple.fr' }
type Answer = Awaited<ReturnType<typeof structure.get>>
const said = async (call: Promise<Answer>) => {
  const response = await call
  return [response.statusCode, response.json().code ?? response.json().statut]
}
const propose = async (): Promise<string> => (await structure.post('/comptes-bancaires', COMPTE)).json().id
const withdraw = (id: string, who: PersonKey = 'structure.responsable') => said(world.as(who).post(`/comptes-bancaires/${id}/retrait`))

let first: string

test('the request of a structure is its responsable’s alone to withdraw', async () => {
  await world.sql.query(`update compte_bancaire set contact = 'ancien@exemple.fr' where id = $1`, [COMPTE_BANCAIRE.s1])
  first = await propose()
  expect(await said(F1.post(`/comptes-bancaires/${first}/verification`, { verification: 'conforme' }))).toEqual([200, 'propose'])
  expect(await withdraw(first, 'autre:structure.responsable')).toEqual([404, 'introuvable'])
  expect(await withdraw(first, 'structure.mediateur')).toEqual([403, 'droit_absent'])
  expect(await withdraw(first, 'operateur.finance_preparateur')).toEqual([403, 'droit_absent'])
})

test('checked or not, it is withdrawn once; the two addresses, the structure and the operator are told, the journal says who', async () => {
  const both = await Promise.all([withdraw(first), withdraw(first)])
  expect(both.toSorted(([one], [other]) => Number(one) - Number(other))).toEqual([
    [200, 'retire'],
    [409, 'compte_bancaire_statut'],
  ])
  await world.runJobs()
  for (const adresse of ['ancien@exemple.fr', 'nouveau@exemple.fr']) {
    const { objet, texte } = await mailbox.last(adresse, 'compte_bancaire')
    expect(objet.replaceAll('\u00a0', ' ')).toBe('Compte bancaire : le compte proposé est retiré')
    expect(texte).toContain(maskIban(IBAN))
    expect(texte).not.toContain('30006000')
  }
  const { rows } = await world.sql.query(
    `select distinct organisation_id from notification where code = 'compte_bancaire_retire' order by 1`,
  )
  expect(new Set(rows.map((row) => row.organisation_id))).toEqual(new Set([ORG.s1, ORG.o1]))
  const journal = await world.sql.query(
    `select statut from audit_event where action = 'withdrawCompteBancaire' and objet ->> 'compteId' = $1 order by statut`,
    [first],
  )
  expect(journal.rows.map(({ statut }) => statut)).toEqual(expect.arrayContaining([200, 403, 404, 409]))
})

test('withdrawn, nobody checks, accepts nor refuses it any more; the present account still serves', async () => {
  world.setClock('2026-03-14T09:00:00+01:00')
  const acts = [
    F1.post(`/comptes-bancaires/${first}/verification`, { verification: 'conforme' }),
    F2.post(`/comptes-bancaires/${first}/acceptation`),
    F1.post(`/comptes-bancaires/${first}/refus`, { motif: 'Trop tard.' }),
  ]
  for (const act of acts) expect(await said(act)).toEqual([409, 'compte_bancaire_statut'])
  const { items } = (await structure.get('/comptes-bancaires')).json()
  expect(items.map(({ id, statut, retireAt }: Record<string, string | null>) => [id, statut, retireAt])).toEqual([
    [first, 'retire', '2026-03-10T08:00:00.000Z'],
    [COMPTE_BANCAIRE.s1, 'accepte', null],
  ])
  const cards = (await F1.get('/accueil')).json().aFaire.map(({ code }: { code: string }) => code)
  expect(cards).not.toContain('comptes_a_verifier')
})

test('another account may be asked for at once, and its 72 hours begin with it', async () => {
  const second = await structure.post('/comptes-bancaires', COMPTE)
  expect([second.statusCode, second.json().acceptableAt]).toEqual([201, '2026-03-17T08:00:00.000Z'])
  expect(await withdraw(second.json().id)).toEqual([200, 'retire'])
})

test('accepted, refused or replaced, an account is not withdrawn', async () => {
  expect(await withdraw(COMPTE_BANCAIRE.s1)).toEqual([409, 'compte_bancaire_statut'])
  const refused = await propose()
  await F1.post(`/comptes-bancaires/${refused}/refus`, { motif: 'Relevé illisible.' })
  expect(await withdraw(refused)).toEqual([409, 'compte_bancaire_statut'])
  expect(await withdraw(COMPTE_BANCAIRE.s9)).toEqual([404, 'introuvable'])
})

test('the database lets a structure withdraw a request, and nothing else: no statut, no other account, not twice', async () => {
  const id = await propose()
  const change = (set: string, compte: string) => world.sql.query(`update compte_bancaire set ${set} where id = $1`, [compte])
  const retrait = `retire_at = now(), retire_par = propose_par`
  await expect(change(retrait, COMPTE_BANCAIRE.s1)).rejects.toMatchObject({ constraint: 'compte_bancaire_retrait' })
  await expect(change(retrait, first)).rejects.toMatchObject({ constraint: 'compte_bancaire_retrait' })
  await expect(change(`statut = 'retire'`, id)).rejects.toMatchObject({ constraint: 'compte_bancaire_retrait' })
  const { rows } = await world.sql.query<{ column_name: string }>(
    `select column_name from information_schema.column_privileges where table_name = 'compte_bancaire' and grantee = 'as_structure' and privilege_type = 'UPDATE' order by 1`,
  )
  expect(rows.map(({ column_name }) => column_name)).toEqual(['retire_at', 'retire_par'])
})
