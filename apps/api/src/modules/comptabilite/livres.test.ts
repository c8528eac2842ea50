import { compteRoutes } from '@pass/contracts/comptes.ts'
import { livreRoutes } from '@pass/contracts/livres.ts'
import { CONTROLES } from '@pass/domain/controles.ts'
import { afterAll, expect, test } from 'vitest'
import { CONVENTION, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const CV1 = `/conventions/${CONVENTION.cv1}`
const PREPARATEUR = 'operateur.finance_preparateur'
const APPROBATEUR = 'operateur.finance_approbateur'

const months = async (who: 'collectivite.lecteur' | typeof APPROBATEUR = APPROBATEUR) =>
  livreRoutes.listMoisComptables.response.parse((await world.as(who).get('/mois-comptables')).json())

test('a balance at a past date is the sum of what was posted until the end of that day in Paris', async () => {
  const caller = world.as('collectivite.lecteur')
  const at = async (au: string) => compteRoutes.getGrandLivre.response.parse((await caller.get(`${CV1}/comptes?au=${au}`)).json())
  expect((await at('2026-01-13')).comptes).toEqual([])
  const { comptes, sommeCentimes } = await at('2026-01-14')
  expect(comptes.map(({ nature, soldeCentimes }) => [nature, soldeCentimes])).toEqual([
    ['payeur', -150_000],
    ['fonds', 150_000],
  ])
  expect(sommeCentimes).toBe(0)
  const now = compteRoutes.getGrandLivre.response.parse((await caller.get(`${CV1}/comptes`)).json())
  expect((await at('2026-03-10')).comptes).toEqual(now.comptes)
  expect((await caller.get(`${CV1}/comptes?au=hier`)).statusCode).toBe(400)
})

test('filters keep the lines of an account, of a motif, of a period; the file holds the same, and the number of a line never changes', async () => {
  const caller = world.as('collectivite.lecteur')
  const list = async (query: string) =>
    compteRoutes.listTransfers.response.parse((await caller.get(`${CV1}/ecritures?taille=100&${query}`)).json())
  const whole = await list('')
  for (const query of ['nature=du', 'motif=utilisation', `structureId=${ORG.s1}`, 'du=2026-01-15&au=2026-01-15']) {
    const { items, total } = await list(query)
    expect(items.length).toBeGreaterThan(0)
    expect(items.length).toBeLessThan(whole.items.length)
    expect(total).toBe(items.length)
    for (const item of items) expect(whole.items).toContainEqual(item)
    const file = await caller.get(`${CV1}/ecritures.csv?${query}`)
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8')
    const lines = file.body.trim().split('\r\n').slice(1)
    expect(lines.map((line) => line.split(';')[0])).toEqual(items.map(({ cle }) => cle).toReversed())
  }
  expect((await list('du=2026-01-15&au=2026-01-15')).items.map(({ motif }) => motif)).toEqual(['Activation de carnets'])
})

test('every line opens the rows that add up to it', async () => {
  for (const who of ['collectivite.lecteur', 'operateur.support'] as const) {
    const caller = world.as(who)
    const { items } = compteRoutes.listTransfers.response.parse((await caller.get(`${CV1}/ecritures?taille=100`)).json())
    const opened = await Promise.all(
      items.map(async ({ cle }) => compteRoutes.getTransfer.response.parse((await caller.get(`${CV1}/ecritures/${cle}`)).json())),
    )
    const made = opened.filter(({ lignes }) => lignes.length > 0)
    expect(new Set(made.map(({ motif }) => motif))).toEqual(
      new Set(['Utilisation de pass', 'Activation de carnets', 'Part d’un financeur', 'Appel de fonds']),
    )
    for (const { lignes, montantCentimes, autres } of made) {
      expect(autres).toBe(0)
      expect(lignes.reduce((sum, ligne) => sum + ligne.montantCentimes, 0)).toBe(montantCentimes)
    }
    expect(opened.map(({ cle }) => cle)).toEqual(items.map(({ cle }) => cle))
    expect(opened.at(-1)?.source).toMatchObject({ type: 'commande' })
  }
  for (const cle of ['9999', '0', 'x'])
    expect([400, 404]).toContain((await world.as('collectivite.lecteur').get(`${CV1}/ecritures/${cle}`)).statusCode)
})

test('the coverage of a convention: every day, until today, and what remains is the balance of its funds and of its circulation', async () => {
  const caller = world.as('collectivite.gestionnaire')
  const read = async (query = '') => (await caller.get(`${CV1}/couverture-fonds${query}`)).json()
  const { du, au, jours } = livreRoutes.getCouvertureFonds.response.parse(await read())
  expect([du, au, jours.length]).toEqual(['2026-01-14', '2026-03-10', 56])
  expect(jours[0]).toMatchObject({ recu: 150_000, active: 0, reste: 150_000 })
  const { comptes } = compteRoutes.getGrandLivre.response.parse((await caller.get(`${CV1}/comptes`)).json())
  const soldeOf = (nature: string) => comptes.find((compte) => compte.nature === nature)?.soldeCentimes ?? 0
  expect(jours.at(-1)).toMatchObject({ reste: soldeOf('fonds') + soldeOf('circulation'), enCirculation: soldeOf('circulation') })
  expect((await read('?du=2026-02-01&au=2026-02-10')).jours).toEqual(
    jours.filter(({ jour }) => jour >= '2026-02-01' && jour <= '2026-02-10'),
  )
  expect((await caller.get(`${CV1}/couverture-fonds?du=2026-02-10&au=2026-02-01`)).statusCode).toBe(400)
  const file = await caller.get(`${CV1}/couverture-fonds.csv`)
  expect(file.body.trim().split('\r\n')).toHaveLength(57)
})

test('every check is told with its count, 0 included, with the date of the run, and has its words', async () => {
  for (const who of ['collectivite.lecteur', 'operateur.support'] as const) {
    const { passage, ecarts, controles } = livreRoutes.getControles.response.parse((await world.as(who).get('/controles')).json())
    expect(passage?.at).toBe('2026-03-10T02:30:00.000Z')
    expect(ecarts).toBe(0)
    expect(controles.map(({ code }) => code).toSorted()).toEqual(Object.keys(CONTROLES).toSorted())
    expect(controles.filter(({ libelle, code }) => libelle === code)).toEqual([])
  }
})

test('asked for, the checks run in background and are kept', async () => {
  const asked = await world.as('operateur.support').post('/controles')
  expect(asked.statusCode).toBe(202)
  expect(asked.json()).toMatchObject({ enCours: true })
  await world.runJobs()
  const { passage, enCours, passages } = livreRoutes.getControles.response.parse(
    (await world.as('operateur.support').get('/controles')).json(),
  )
  expect({ at: passage?.at, enCours }).toEqual({ at: '2026-03-10T08:00:00.000Z', enCours: false })
  expect(passages).toHaveLength(2)
  expect((await world.as('collectivite.administrateur').post('/controles')).statusCode).toBe(403)
})

test('a month is closed in its order, by the one who may, and nothing can be posted into it any more', async () => {
  expect((await months()).aClore).toEqual({ mois: '2026-01', refus: null })
  const close = (mois: string, who: typeof APPROBATEUR | typeof PREPARATEUR = APPROBATEUR) =>
    world.as(who).post(`/mois-comptables/${mois}/cloture`)
  expect((await close('2026-01', PREPARATEUR)).statusCode).toBe(403)
  for (const [mois, code] of [
    ['2026-02', 'mois_precedent_ouvert'],
    ['2025-12', 'mois_clos'],
    ['2026-03', 'mois_en_cours'],
  ] as const) {
    const refused = await close(mois)
    expect([refused.statusCode, refused.json().code]).toEqual([409, code])
  }
  const done = livreRoutes.closeBooks.response.parse((await close('2026-01')).json())
  expect(done.items.find(({ mois }) => mois === '2026-01')).toMatchObject({ closAt: '2026-03-10T08:00:00.000Z', ecritures: 2 })
  expect((await close('2026-01')).json().code).toBe('mois_clos')
  const post = (at: string) =>
    world.sql.query(
      `insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, objet_id, at)
       select $1, account_of($1, $2, $3, 'payeur', null), account_of($1, $2, $3, 'fonds', null), 100, 'encaissement', $2, $3, $2, $4::timestamptz + n * interval '1 month' from generate_series(0, 1) n`,
      [ORG.t1, CONVENTION.cv1, ORG.o1, at],
    )
  await expect(post('2026-01-31T22:59:59Z')).rejects.toMatchObject({ code: 'LC001', constraint: 'transfer_mois_clos' })
  await world.sql.query('begin')
  await post('2026-01-31T23:00:00Z')
  await world.sql.query('rollback')
})

test('a call whose clock is in a closed month is refused, and writes nothing', async () => {
  world.setClock('2026-01-31T12:00:00.000Z')
  const before = await world.sql.query('select count(*)::int n from transfer')
  const refused = await world
    .as('operateur.finance_preparateur')
    .post(`/commandes/${(await openCommande()).id}/encaissements`, ENCAISSEMENT)
  world.setClock('2026-03-10T08:00:00.000Z')
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'mois_clos'])
  expect((await world.sql.query('select count(*)::int n from transfer')).rows).toEqual(before.rows)
})

const ENCAISSEMENT = { montantCentimes: 1000, referenceVirement: 'VIR-CLOS', dateReception: '2026-01-30' }
const openCommande = async (): Promise<{ id: string }> =>
  (
    await world.sql.query<{ id: string }>(`select id from commande where operateur_id = $1 and statut = 'livree' order by id limit 1`, [
      ORG.o1,
    ])
  ).rows[0]!

test('a collectivité sees the months of its operator with its own lines, never those of another', async () => {
  const { items, aClore } = await months('collectivite.lecteur')
  expect(aClore).toBeNull()
  expect(items.map(({ mois, closAt, operateur }) => [mois, closAt !== null, operateur.id])).toEqual([
    ['2026-03', false, ORG.o1],
    ['2026-02', false, ORG.o1],
    ['2026-01', true, ORG.o1],
    ['2025-12', true, ORG.o1],
  ])
  const other = livreRoutes.listMoisComptables.response.parse(
    (await world.as('autre:collectivite.gestionnaire').get('/mois-comptables')).json(),
  )
  expect(new Set(other.items.map(({ operateur }) => operateur.id))).toEqual(new Set([ORG.o2]))
})

test('nothing closes on books that disagree; a line added to a closed month is found', async () => {
  await world.sql.query('alter table transfer disable trigger refuse_closed_month')
  await world.sql.query(
    `insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, objet_id, at)
     select $1, account_of($1, $2, $3, 'payeur', null), account_of($1, $2, $3, 'fonds', null), 100, 'encaissement', $2, $3, $2, '2026-01-20T10:00:00Z'`,
    [ORG.t1, CONVENTION.cv1, ORG.o1],
  )
  await world.sql.query('alter table transfer enable trigger refuse_closed_month')
  expect((await world.sql.query('select name, count::int from reconciliation')).rows).toEqual([
    { name: 'I8 closed month no longer holds what it was closed with', count: 1 },
  ])
  await world.as('operateur.support').post('/controles')
  await world.runJobs()
  const refused = await world.as(APPROBATEUR).post('/mois-comptables/2026-02/cloture')
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'ecart_comptable'])
})

test('another collectivité and another operator get 404 on a convention that is not theirs', async () => {
  for (const path of [`${CV1}/couverture-fonds`, `${CV1}/couverture-fonds.csv`, `${CV1}/ecritures.csv`, `${CV1}/ecritures/1`])
    for (const who of ['autre:collectivite.gestionnaire', 'autre:operateur.gestionnaire'] as const)
      expect((await world.as(who).get(path)).statusCode).toBe(404)
})

test('neither a run of the checks nor a closed month can be rewritten', async () => {
  for (const table of ['controle', 'livre_clos']) {
    await expect(world.sql.query(`delete from ${table}`)).rejects.toThrow(/only grows/)
    await expect(world.sql.query(`truncate ${table}`)).rejects.toThrow(/only grows/)
  }
})
