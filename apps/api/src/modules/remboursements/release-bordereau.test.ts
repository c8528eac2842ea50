import { createHash } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { BORDEREAU, CONVENTION, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const F1 = world.as('operateur.finance_preparateur')
const F2 = world.as('operateur.finance_approbateur')
const F3 = world.as('operateur.finance_emetteur')
const structure = world.as('structure.responsable')
const path = `/bordereaux/${BORDEREAU.fevrier}`
const act = (caller: typeof F1, what: string, body?: unknown) => caller.post(`${path}/${what}`, body)
const said = async (call: ReturnType<typeof act>) => {
  const response = await call
  return [response.statusCode, response.json().code ?? response.json().statut]
}
const soldes = async () => {
  const { rows } = await world.sql.query(
    `select nature, solde_centimes::int solde from account where convention_id = $1 and structure_id = $2`,
    [CONVENTION.cv1, ORG.s1],
  )
  return Object.fromEntries(rows.map(({ nature, solde }) => [nature, solde]))
}
const redemptions = async () => {
  const { rows } = await world.sql.query(`select statut, count(*)::int n from redemption where structure_id = $1 group by 1 order by 1`, [
    ORG.s1,
  ])
  return Object.fromEntries(rows.map(({ statut, n }) => [statut, n]))
}
const RETOUR = { dateBanque: '2026-03-10' }

test('each of the three people is refused the other two acts (D46)', async () => {
  const crossings = [
    act(F1, 'approbation'),
    act(F1, 'transmission'),
    act(F1, 'paiement', RETOUR),
    act(F2, 'controle'),
    act(F2, 'transmission'),
    act(F3, 'controle'),
    act(F3, 'approbation'),
  ]
  expect((await Promise.all(crossings)).map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 403, 403, 403, 403])
  expect((await F2.post('/clotures/2026-02')).statusCode).toBe(403)
})

test('nothing is skipped: approve, release and pay wait for their turn', async () => {
  expect(await said(act(F2, 'approbation'))).toEqual([409, 'bordereau_statut'])
  expect(await said(act(F3, 'transmission'))).toEqual([409, 'bordereau_statut'])
  expect(await said(act(F3, 'paiement', RETOUR))).toEqual([409, 'bordereau_statut'])
  expect((await F3.get(`${path}/virement.xml`)).statusCode).toBe(404)
})

test('the preparer closes and checks; a release before the approval says that it is missing', async () => {
  expect(await said(act(F1, 'controle'))).toEqual([200, 'controle'])
  expect(await said(act(F1, 'controle'))).toEqual([409, 'bordereau_statut'])
  expect(await said(act(F3, 'transmission'))).toEqual([409, 'approbation_manquante'])
})

test('the same person never acts twice, whatever the roles they hold', async () => {
  await world.sql.query(
    `update bordereau set controle_par = (select utilisateur_id from adhesion where role = 'operateur.finance_approbateur' and organisation_id = $1) where id = $2`,
    [ORG.o1, BORDEREAU.fevrier],
  )
  expect(await said(act(F2, 'approbation'))).toEqual([409, 'meme_personne'])
  await world.sql.query(`update bordereau set controle_par = arrete_par where id = $1`, [BORDEREAU.fevrier])
  expect(await said(act(F2, 'approbation'))).toEqual([200, 'approuve'])
  // the database refuses it by itself
  await expect(world.sql.query(`update bordereau set transmis_par = approuve_par where id = $1`, [BORDEREAU.fevrier])).rejects.toThrow(
    /who approved does not release|check constraint/,
  )
})

test('a release whose account is no longer accepted is refused and moves nothing', async () => {
  await world.sql.query(`update compte_bancaire set statut = 'refuse', fin_at = '2026-03-10' where organisation_id = $1`, [ORG.s1])
  expect(await said(act(F3, 'transmission'))).toEqual([409, 'compte_absent'])
  await world.sql.query(`update compte_bancaire set statut = 'accepte', fin_at = null where organisation_id = $1`, [ORG.s1])
  expect(await soldes()).toEqual({ du: 3000 })
})

test('what is due is told to the structure with the date it leaves', async () => {
  expect((await structure.get('/mon-du')).json()).toEqual({
    aPayerCentimes: 3000,
    aPayerPass: 3,
    enCoursCentimes: 0,
    payeCentimes: 0,
    prochainVirement: '2026-03-10',
    raison: null,
  })
})

test('two releases at once: one leaves, one file, one transfer a convention', async () => {
  const both = await Promise.all([act(F3, 'transmission'), act(F3, 'transmission')])
  expect(both.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409])
  expect(await soldes()).toEqual({ du: 1000, en_paiement: 2000 })
  const { rows } = await world.sql.query(
    `select c.montant_centimes::int, t.montant_centimes::int transfere, t.motif from bordereau_convention c join transfer t on t.collectivite_id = c.collectivite_id and t.id = c.transfer_id
    where c.bordereau_id = $1`,
    [BORDEREAU.fevrier],
  )
  expect(rows).toEqual([{ montant_centimes: 2000, transfere: 2000, motif: 'bordereau' }])
  expect((await world.sql.query('select reference from remise')).rows).toEqual([{ reference: 'R26-0001' }])
})

test('the file given is the file kept, and nobody changes it', async () => {
  const { remise, etapes } = (await F3.get(path)).json()
  const file = await F3.get(`${path}/virement.xml`)
  expect(file.headers['content-type']).toContain('xml')
  expect(createHash('sha256').update(file.rawPayload).digest('hex')).toBe(remise.sha256)
  expect(file.body).toContain('<InstdAmt Ccy="EUR">20.00</InstdAmt>')
  expect(etapes.map(({ acteur }: { acteur: string }) => acteur)).toEqual([
    'Fanny Prépare',
    'Fanny Prépare',
    'Farid Approuve',
    'Fleur Transmet',
  ])
  expect((await F1.get(`${path}/virement.xml`)).statusCode).toBe(403)
  for (const change of [`update remise set xml = ''`, 'delete from remise'])
    await expect(world.sql.query(change)).rejects.toThrow('remise only grows')
})

test('the bank date is neither before the release nor tomorrow', async () => {
  expect(await said(act(F3, 'paiement', { dateBanque: '2026-03-09' }))).toEqual([400, 'demande_malformee'])
  expect(await said(act(F3, 'paiement', { dateBanque: '2026-03-11' }))).toEqual([400, 'demande_malformee'])
})

test('executed: paid to the centime, uses paid, bank date kept (D20)', async () => {
  expect(await said(act(F3, 'paiement', RETOUR))).toEqual([200, 'paye'])
  expect(await said(act(F3, 'paiement', RETOUR))).toEqual([409, 'bordereau_statut'])
  expect(await soldes()).toEqual({ du: 1000, en_paiement: 0, paye: 2000 })
  expect(await redemptions()).toEqual({ a_payer: 1, payee: 2 })
  const seen = (await structure.get(path)).json()
  expect(seen).toMatchObject({
    statut: 'paye',
    datePaiement: '2026-03-10',
    remise: null,
    compte: { ibanMasque: expect.stringContaining('••••') },
  })
  // a structure reads the operator's name, not its people's
  expect(new Set(seen.etapes.map(({ acteur }: { acteur: string }) => acteur))).toEqual(new Set(['Opérateur Modèle']))
  expect((await structure.get('/mon-du')).json()).toMatchObject({
    aPayerCentimes: 1000,
    aPayerPass: 1,
    payeCentimes: 2000,
    prochainVirement: '2026-04-10',
  })
})

test('released and paid, the ledger and the pass agree', async () => {
  expect(await assertLedger(world.sql)).toBeUndefined()
})

test('strangers: another operator and another structure get 404 everywhere, and empty lists', async () => {
  for (const who of ['autre:operateur.finance_emetteur', 's2:structure.mediateur'] as const) {
    const stranger = world.as(who)
    expect((await stranger.get(path)).statusCode).toBe(404)
    expect((await stranger.get(`${path}/releve.pdf`)).statusCode).toBe(404)
    expect((await stranger.get('/bordereaux?mois=2026-02')).body).not.toContain(BORDEREAU.fevrier)
  }
  expect((await world.as('autre:operateur.finance_emetteur').post(`${path}/paiement`, RETOUR)).statusCode).toBe(404)
  expect((await world.as('s2:structure.mediateur').get('/mon-du')).json()).toMatchObject({
    aPayerCentimes: 0,
    prochainVirement: null,
    raison: 'compte_absent',
  })
})

test('the statement is a PDF, the same bytes each time', async () => {
  const [one, two] = [await structure.get(`${path}/releve.pdf`), await structure.get(`${path}/releve.pdf`)]
  expect([one.statusCode, one.headers['content-type']]).toEqual([200, 'application/pdf'])
  expect(one.rawPayload.equals(two.rawPayload)).toBe(true)
})

test('lists page by identifier, each row once', async () => {
  await world.sql.query(
    `insert into bordereau (organisation_id, id, operateur_id, reference, mois, pass, montant_centimes, compte_id, arrete_par, arrete_at)
    select organisation_id, uuidv7(), operateur_id, 'B25-' || lpad(n::text, 4, '0'), '20' || (10 + n / 12) || '-' || lpad((n % 12 + 1)::text, 2, '0'), 1, 1000, compte_id, arrete_par, arrete_at
      from bordereau cross join generate_series(1, 30) n where id = $1`,
    [BORDEREAU.fevrier],
  )
  const seen: string[] = []
  let apres: string | null = null
  do {
    const page: { items: { id: string }[]; total: number; suivant: string | null } = (
      await F1.get(`/bordereaux?taille=10${apres ? `&apres=${encodeURIComponent(apres)}` : ''}`)
    ).json()
    seen.push(...page.items.map(({ id }) => id))
    expect(page.total).toBe(31)
    apres = page.suivant
  } while (apres)
  expect([seen.length, new Set(seen).size]).toEqual([31, 31])
  expect((await F1.get('/bordereaux?apres=nimporte')).statusCode).toBe(400)
})
