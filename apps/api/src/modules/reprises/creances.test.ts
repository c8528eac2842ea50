import { randomUUID } from 'node:crypto'
import { creanceRoutes } from '@pass/contracts/creances.ts'
import { repriseRoutes } from '@pass/contracts/reprises.ts'
import { afterAll, expect, test } from 'vitest'
import { CONVENTION, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { balances } from '../../../test/counter.ts'
import { createWorld } from '../../../test/world.ts'
import { csv } from '../../platform/tableur/write-table.ts'
import { creances, reprises } from './routes.ts'

const world = await createWorld({
  modules: [
    { routes: repriseRoutes, bind: reprises },
    { routes: creanceRoutes, bind: creances },
  ],
})
afterAll(() => world.close())

const operateur = world.as('operateur.gestionnaire')
const preparateur = world.as('operateur.finance_preparateur')
const approbateur = world.as('operateur.finance_approbateur')
const emetteur = world.as('operateur.finance_emetteur')
const structure = world.as('structure.responsable')
const other = world.as('autre:structure.responsable')

const PDF = { 'content-type': 'application/pdf', 'x-nom-fichier': 'preuve.pdf' }
const pdf = () => Buffer.from(`%PDF-1.7\n${randomUUID()}\n%%EOF\n`)
const refusalOf = (answer: { statusCode: number; json: () => { code: string } }) => [answer.statusCode, answer.json().code]
const said = (text: string) => text.replaceAll('\u00a0', ' ')

/** A take-over of one honoured pass, its unpaid pass beside it. */
const takeOver = async (...unpaid: string[]): Promise<string> => {
  const { id } = (await operateur.post('/reprises', { conventionId: CONVENTION.cv1, ancienOperateur: 'Ancien opérateur' })).json()
  const neuf = `NEUF${randomUUID().slice(0, 6)}`
  const line = (code: string, etat: string) => ['X1', code, etat, '30/06/2026', 'Page 1']
  const octets = csv([
    ['Numéro du carnet', 'Code du pass', 'État', 'Fin de validité', 'Preuve'],
    line(neuf, 'Non utilisé'),
    ...unpaid.map((code) => line(code, 'Impayé')),
    line(`PAYE${neuf.slice(4)}0`, 'Utilisé'),
  ])
  const headers = { 'content-type': 'text/csv', 'x-nom-fichier': 'x.csv' }
  expect((await operateur.post(`/reprises/${id}/fichier`, Buffer.from(octets), { headers })).json()).toMatchObject({
    statut: 'a_confirmer',
  })
  await operateur.post(`/reprises/${id}/pieces`, pdf(), { headers: PDF })
  expect((await operateur.post(`/reprises/${id}/application`, { numeroMandat: 'M1' })).json()).toMatchObject({ statut: 'appliquee' })
  return id
}
let n = 0
const codes = (k: number) => Array.from({ length: k }, () => `IMP${String(++n).padStart(8, '0')}`)
const declare = (repriseId: string, list: readonly string[], who = structure) =>
  who.post('/creances', { repriseId, pass: list.map((code) => ({ code, dateUtilisation: '2025-11-04' })), commentaire: null })
const prove = (id: string, who = structure) => who.post(`/creances/${id}/pieces`, pdf(), { headers: PDF })
const examine = (id: string, avis = 'accepter', who = operateur) =>
  who.post(`/creances/${id}/examen`, { avis, motif: 'Feuilles conformes.' })
const decide = (id: string, avis = 'accepter', who = approbateur) => who.post(`/creances/${id}/decision`, { avis, motif: null })
const pay = (id: string, who = emetteur) => who.post(`/creances/${id}/paiement`, { reference: 'VIR-42', dateBanque: '2026-03-09' })

test('declared with its proof, examined by one, decided by another, paid by a third: each euro in the ledger', async () => {
  const [a, b] = codes(2) as [string, string]
  const reprise = await takeOver(a, b)
  expect((await structure.get('/creances/reprises')).json().items).toContainEqual({
    id: reprise,
    ancienOperateur: 'Ancien opérateur',
    collectivite: expect.any(String),
  })
  const made = await declare(reprise, [a, b, 'INCONNU999'])
  expect([made.statusCode, made.json()]).toMatchObject([
    201,
    { statut: 'declaree', pass: 3, montantCentimes: 3000, retenuCentimes: null, retenables: null },
  ])
  const { id, reference } = made.json()
  expect(reference).toMatch(/^CR26-\d{4}$/)
  // the structure is not told which of its codes exist
  expect(made.json().lignes.map(({ constat }: { constat: string | null }) => constat)).toEqual([null, null, null])
  expect(refusalOf(await examine(id))).toEqual([409, 'preuve_absente'])
  expect((await prove(id)).statusCode).toBe(201)
  const seen = (await operateur.get(`/creances/${id}`)).json()
  expect(seen.lignes.map(({ constat }: { constat: string }) => constat)).toEqual(['impaye', 'impaye', 'inconnu'])
  expect(seen).toMatchObject({ retenables: { pass: 2, montantCentimes: 2000 }, pieces: [{ nom: 'preuve.pdf' }] })
  expect(refusalOf(await decide(id))).toEqual([409, 'creance_statut'])
  expect((await examine(id)).json()).toMatchObject({ statut: 'examinee', avis: 'accepter', examen: { texte: 'Feuilles conformes.' } })
  expect((await structure.get(`/creances/${id}`)).json()).toMatchObject({ statut: 'examinee', avis: null, examen: null })
  const before = await balances(world)
  expect((await decide(id)).json()).toMatchObject({ statut: 'acceptee', retenuCentimes: 2000 })
  const owed = await balances(world)
  expect([owed.fonds! - before.fonds!, owed.du! - (before.du ?? 0)]).toEqual([-2000, 2000])
  expect(refusalOf(await decide(id, 'refuser'))).toEqual([409, 'creance_statut'])
  expect((await pay(id)).json()).toMatchObject({ statut: 'payee', paiement: { reference: 'VIR-42', dateBanque: '2026-03-09' } })
  const paid = await balances(world)
  expect([paid.du! - owed.du!, (paid.paye ?? 0) - (owed.paye ?? 0)]).toEqual([-2000, 2000])
  expect(refusalOf(await pay(id))).toEqual([409, 'creance_statut'])
  expect((await structure.get(`/creances/${id}`)).json()).toMatchObject({
    statut: 'payee',
    retenuCentimes: 2000,
    lignes: [{ constat: 'impaye' }, { constat: 'impaye' }, { constat: null }],
  })
})

test('who examined does not decide, who decided does not pay: the same person under another role neither', async () => {
  const [a] = codes(1) as [string]
  const { id } = (await declare(await takeOver(a), [a])).json()
  await prove(id)
  await examine(id, 'accepter', preparateur)
  // the examiner, written as the approver: the same person by two roles
  await world.sql.query('update creance set examinee_par = $1 where id = $2', [
    (
      await world.sql.query(`select utilisateur_id from adhesion where role = 'operateur.finance_approbateur' and organisation_id = $1`, [
        ORG.o1,
      ])
    ).rows[0].utilisateur_id,
    id,
  ])
  expect(refusalOf(await decide(id))).toEqual([409, 'meme_personne'])
  expect((await decide(id, 'accepter', operateur)).statusCode).toBe(403)
  await examine(id, 'accepter', preparateur)
  expect((await decide(id)).statusCode).toBe(200)
  await world.sql.query(
    'update creance set examinee_par = decidee_par, decidee_par = (select utilisateur_id from adhesion where role = $1 and organisation_id = $2) where id = $3',
    ['operateur.finance_emetteur', ORG.o1, id],
  )
  expect(refusalOf(await pay(id))).toEqual([409, 'meme_personne'])
})

test('a pass is retained once, whoever claims it; two decisions at once pay once', async () => {
  const [a] = codes(1) as [string]
  const reprise = await takeOver(a)
  const first = (await declare(reprise, [a])).json().id
  const second = (await declare(reprise, [a])).json().id
  for (const id of [first, second]) {
    await prove(id)
    expect((await examine(id)).statusCode).toBe(200)
  }
  const before = (await balances(world)).fonds!
  const answers = await Promise.all([decide(first), decide(second)])
  expect(answers.map(({ statusCode }) => statusCode).toSorted((low, high) => low - high)).toEqual([200, 409])
  expect(before - (await balances(world)).fonds!).toBe(1000)
  const loser = answers[0].statusCode === 200 ? second : first
  expect((await operateur.get(`/creances/${loser}`)).json().lignes[0].constat).toBe('deja_retenu')
  expect((await decide(loser, 'refuser')).json()).toMatchObject({ statut: 'refusee', retenuCentimes: 0 })
})

test('what was paid, never used or unknown is not owed; the funds must hold what is granted', async () => {
  const [a] = codes(1) as [string]
  const reprise = await takeOver(a)
  const { id: none } = (await declare(reprise, ['RIEN000001'])).json()
  await prove(none)
  expect(refusalOf(await examine(none))).toEqual([409, 'creance_statut'])
  expect((await examine(none, 'refuser')).statusCode).toBe(200)
  const { id } = (await declare(reprise, [a])).json()
  await prove(id)
  await examine(id)
  const { rows } = await world.sql.query(`select id, solde_centimes solde from account where convention_id = $1 and nature = 'fonds'`, [
    CONVENTION.cv1,
  ])
  await world.sql.query('update account set solde_centimes = 400 where id = $1', [rows[0].id])
  const answer = await decide(id)
  expect([...refusalOf(answer), said(answer.json().message)]).toEqual([409, 'couverture_insuffisante', expect.stringContaining('6,00 €')])
  await world.sql.query('update account set solde_centimes = $2 where id = $1', [rows[0].id, rows[0].solde])
  expect((await decide(id, 'refuser')).statusCode).toBe(200)
})

test('forms that say nothing good: a code of ours, twice the same, a day to come, another’s take-over', async () => {
  const [a] = codes(1) as [string]
  const reprise = await takeOver(a)
  expect(refusalOf(await declare(reprise, ['K7M2-QX9T-B4RS']))).toEqual([400, 'code_malforme'])
  expect(refusalOf(await declare(reprise, [a, a.toLowerCase()]))).toEqual([400, 'doublon_dans_la_demande'])
  const later = await structure.post('/creances', {
    repriseId: reprise,
    pass: [{ code: a, dateUtilisation: '2026-03-11' }],
    commentaire: null,
  })
  expect([later.statusCode, later.json().erreurs[0].chemin]).toEqual([400, 'pass.0.dateUtilisation'])
  expect((await declare(randomUUID(), [a])).statusCode).toBe(404)
  // a structure claims where it has a lieu, and learns of nothing else
  const offered = (await other.get('/creances/reprises')).json().items.map(({ id }: { id: string }) => id)
  expect(offered).not.toContain(reprise)
  expect((await declare(reprise, [a], other)).statusCode).toBe(404)
  const { id } = (await declare(reprise, [a])).json()
  expect((await other.get(`/creances/${id}`)).statusCode).toBe(404)
  expect((await prove(id, other)).statusCode).toBe(404)
  expect((await world.as('autre:operateur.gestionnaire').get(`/creances/${id}`)).statusCode).toBe(404)
  const { rows } = await world.sql.query(`select count(*)::int n from audit_event t where t::text ilike '%' || $1 || '%'`, [a])
  expect(rows[0].n).toBe(0)
})
