import { randomUUID } from 'node:crypto'
import { Echeance } from '@pass/contracts/echeances.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { afterAll, afterEach, expect, test } from 'vitest'
import { COMMANDE, CONVENTION, LOT, ORG, PEOPLE, serieK } from '../../../../../prisma/seed/base/ids.ts'
import { onDay, signReleve, tend } from '../../../test/echeances.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { readPdf } from '../../../test/read-pdf.ts'
import { createWorld } from '../../../test/world.ts'
import { openJob } from '../../platform/jobs/job.ts'
import { openDeps } from '../../platform/process.ts'
import { closeLotTask } from './close-lot.ts'

const world = await createWorld()
afterAll(() => world.close())
afterEach(() => assertLedger(world.sql))

const admin = world.as('collectivite.administrateur')
const operateur = world.as('operateur.gestionnaire')
const read = async (lotId: string = LOT.l1) => Echeance.parse((await operateur.get(`/echeances/${lotId}`)).json())
const close = (lotId: string = LOT.l1) => operateur.post(`/echeances/${lotId}/cloture`)
const codeOf = (answer: { statusCode: number; json: () => { code: string; message: string } }) => [answer.statusCode, answer.json().code]
const solde = async (nature: string) =>
  Number(
    (
      await world.sql.query('select coalesce(sum(solde_centimes), 0) s from account where convention_id = $1 and nature = $2', [
        CONVENTION.cv1,
        nature,
      ])
    ).rows[0].s,
  )
/** Two people cancel one unused carnet of the reserve. */
const cancelCarnet = async (n: number) => {
  const plages = [{ premier: formatSerie(serieK(n)), dernier: formatSerie(serieK(n)) }]
  const asked = await admin.post('/annulations', { plages, motif: 'Carnet détruit' })
  return world.as('collectivite.gestionnaire').post(`/annulations/${asked.json().id}/decision`, { accord: true })
}

// run in order: the end of the lot of T1

test('before D+37 there is no statement, and nothing to close', async () => {
  onDay(world, '2026-08-05')
  expect(codeOf(await operateur.post(`/echeances/${LOT.l1}/releve`))).toEqual([409, 'echeance_statut'])
  expect(codeOf(await close())).toEqual([409, 'echeance_statut'])
  expect((await operateur.get(`/echeances/${LOT.l1}/releve.pdf`)).statusCode).toBe(404)
})

test('D+37: the daily job writes the joint statement; without both signatures the lot does not close', async () => {
  await cancelCarnet(8)
  expect((await tend(world, '2026-08-06', { twice: true })).filter(({ lotId }) => lotId === LOT.l1)).toEqual([
    { lotId: LOT.l1, etape: 'releve' },
  ])
  const { statut, releve, prochaine } = await read()
  expect([statut, releve?.version, releve?.jour]).toEqual(['releve', 1, '2026-08-06'])
  // 12 active carnets: 3 pass used, 10 cancelled with their carnet
  expect(releve?.pass).toEqual({ passUtilises: 3, passExpires: 107, passAnnules: 10 })
  expect([releve?.montantCentimes, prochaine?.acteurs]).toEqual([117_000, ['collectivite', 'operateur']])
  expect((await admin.post(`/echeances/${LOT.l1}/accords`, { etape: 'releve' })).statusCode).toBe(201)
  expect((await close()).json().message).toContain('l’opérateur n’a pas signé')
  expect(codeOf(await admin.post(`/echeances/${LOT.l1}/cloture`))).toEqual([403, 'droit_absent'])
})

test('counts that changed after the signatures ask for a new statement, and new signatures', async () => {
  expect((await operateur.post(`/echeances/${LOT.l1}/accords`, { etape: 'releve' })).statusCode).toBe(201)
  await cancelCarnet(9)
  const refused = await close()
  expect([...codeOf(refused), refused.json().message]).toEqual([409, 'echeance_statut', expect.stringContaining('ont changé')])
  const again = await operateur.post(`/echeances/${LOT.l1}/releve`)
  expect([again.statusCode, again.json().releve.version, again.json().prochaine.acteurs]).toEqual([201, 2, ['collectivite', 'operateur']])
  expect(codeOf(await close())).toEqual([409, 'echeance_statut'])
})

test('the statement as a file: a project until signed, then both names', async () => {
  const project = await operateur.get(`/echeances/${LOT.l1}/releve.pdf`)
  expect((await readPdf(project.rawPayload))[0]!.text).toContain('PROJET')
  expect(await signReleve(world)).toEqual([201, 201])
  const { text } = (await readPdf((await admin.get(`/echeances/${LOT.l1}/releve.pdf`)).rawPayload))[0]!
  expect(text).not.toContain('PROJET')
  expect(text).toContain('signé par Claire Essai le 06/08/2026')
  expect(text).toContain('signé par Odile Modèle le 06/08/2026')
  expect(text).toContain('1 170,00 €')
})

test('two closings at once: one; carnets expire, the avoir is the unused pass at face value, split by the key (E30)', async () => {
  const before = [await solde('circulation'), await solde('a_crediter'), await solde('du')]
  expect(before).toEqual([97_000, 20_000, 3000])
  const answers = await Promise.all([close(), close()])
  expect(answers.map(({ statusCode }) => statusCode).toSorted((one, other) => one - other)).toEqual([201, 409])
  const { statut, avoir, prochaine } = await read()
  expect([statut, prochaine]).toEqual(['close', null])
  expect(avoir).toEqual({
    numero: 'AL26-0001',
    dateEmission: '2026-08-06',
    passExpires: 97,
    passAnnules: 20,
    montantCentimes: 117_000,
    parts: [
      { nom: expect.any(String), cleBp: 6000, montantCentimes: 70_200 },
      { nom: expect.any(String), cleBp: 2000, montantCentimes: 23_400 },
      { nom: expect.any(String), cleBp: 2000, montantCentimes: 23_400 },
    ],
  })
  expect([await solde('circulation'), await solde('a_crediter'), await solde('credite'), await solde('du')]).toEqual([0, 0, 117_000, 3000])
  const { rows } = await world.sql.query('select statut, count(*)::int n from carnet where lot_id = $1 group by 1 order by 1', [LOT.l1])
  expect(rows).toEqual([
    { statut: 'annule', n: 3 },
    { statut: 'expire', n: 17 },
  ])
  const moves = await world.sql.query("select coalesce(sum(carnets), 0)::int n from mouvement where lot_id = $1 and type = 'expire'", [
    LOT.l1,
  ])
  expect(moves.rows[0].n).toBe(17)
  const { text } = (await readPdf((await admin.get(`/echeances/${LOT.l1}/avoir.pdf`)).rawPayload))[0]!
  for (const words of ['Avoir AL26-0001', '97 pass expirés', '970,00 €', '20 pass annulés', '1 170,00 €', '702,00 €'])
    expect(text).toContain(words)
})

test('a closed lot is over: no alert, no agreement, no second avoir, and its carnets are worth nothing', async () => {
  expect((await tend(world, '2026-09-01')).filter(({ lotId }) => lotId === LOT.l1)).toEqual([])
  expect(codeOf(await close())).toEqual([409, 'echeance_statut'])
  expect(codeOf(await admin.post(`/echeances/${LOT.l1}/accords`, { etape: 'constat' }))).toEqual([409, 'echeance_statut'])
  // an avenant no longer finds it
  expect((await admin.get(`/conventions/${CONVENTION.cv1}/lots`)).json()).toEqual({ items: [] })
  expect((await operateur.get('/echeances')).json().items).toEqual([])
  expect((await operateur.get('/echeances?statut=close')).json().items).toHaveLength(1)
  for (const person of ['autre:collectivite.gestionnaire', 'autre:operateur.gestionnaire'] as const)
    for (const path of ['avoir.pdf', 'releve.pdf', ''])
      expect((await world.as(person).get(`/echeances/${LOT.l1}${path && `/${path}`}`)).statusCode).toBe(404)
  const { rows } = await world.sql.query('select count(*)::int n from avoir')
  expect(rows).toEqual([{ n: 1 }])
})

/** A lot of one-pass carnets, all active and handed over to nobody: what a large closing has to go through. */
const largeLot = async (quantite: number): Promise<string> => {
  const [lot, activation, serie] = [randomUUID(), randomUUID(), 261_000_001]
  const of = [ORG.t1, CONVENTION.cv1, ORG.o1]
  await world.sql.query(
    `insert into lot (collectivite_id, id, commande_id, convention_id, operateur_id, quantite, carnet_taille, valeur_faciale_centimes, serie_premiere, serie_derniere, date_fin, produits)
     values ($1, $4, $5, $2, $3, $6::int, 1, 1000, $7::bigint, $7::bigint + $6::int - 1, '2026-08-31', $6::int)`,
    [...of, lot, COMMANDE.close, quantite, serie],
  )
  await world.sql.query(
    `insert into activation (collectivite_id, id, lot_id, commande_id, convention_id, operateur_id, serie_premiere, serie_derniere, carnets, montant_centimes, numero_mandat, at, utilisateur_id)
     values ($1, $8, $4, $5, $2, $3, $7::bigint, $7::bigint + $6::int - 1, $6::int, $6::int * 1000, 'M-1', '2026-08-01T10:00:00+02:00', $9)`,
    [...of, lot, COMMANDE.close, quantite, serie, activation, PEOPLE['operateur.gestionnaire'].utilisateurId],
  )
  await world.sql.query(
    `with fait as (
       insert into carnet (collectivite_id, serie, lot_id, convention_id, operateur_id, statut, taille, date_fin, activation_id, livre_at)
       select $1, $6::bigint + i, $4, $2, $3, 'livre', 1, '2026-08-31', $7, now() from generate_series(0, $5::int - 1) i returning id)
     insert into pass (collectivite_id, id, carnet_id, lookup) select $1, id * 10, id, sha256(convert_to('lot' || id, 'UTF8')) from fait`,
    [...of, lot, quantite, serie, activation],
  )
  await world.sql.query(
    `insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, objet_id, at)
     select $1, account_of($1, $2, $3, m.de, null), account_of($1, $2, $3, m.vers, null), $4::bigint * 1000, m.motif, $2, $3, $5, now()
       from (values ('payeur', 'fonds', 'encaissement'), ('fonds', 'circulation', 'activation')) m(de, vers, motif)`,
    [...of, quantite, activation],
  )
  return lot
}

test('a large lot closes in the background; killed after its first part it goes on, and every pass is credited once', async () => {
  const quantite = 5001
  const lotId = await largeLot(quantite)
  await tend(world, '2026-10-07')
  expect(await signReleve(world, lotId)).toEqual([201, 201])
  const asked = await close(lotId)
  expect([asked.statusCode, asked.json().statut]).toEqual([201, 'cloture'])
  expect(codeOf(await close(lotId))).toEqual([409, 'echeance_statut'])
  const worker = await openDeps(world.deps.config, { url: world.urls.workerUrl, name: 'worker', max: 4 })
  const deps = { ...worker, clock: world.deps.clock }
  const acteur = { organisationId: ORG.o1, utilisateurId: PEOPLE['operateur.gestionnaire'].utilisateurId }
  const job = openJob(deps, { name: 'close-lot', id: '0', payload: { lotId }, acteur })
  const killed = closeLotTask({ ...job, progress: () => Promise.reject(new Error('killed')) }, deps)
  await expect(killed).rejects.toThrow('killed')
  await worker.close()
  const left = async () =>
    (await world.sql.query("select count(*)::int n from carnet where lot_id = $1 and statut = 'livre'", [lotId])).rows[0].n
  expect([await left(), (await read(lotId)).statut]).toEqual([1, 'cloture'])
  await assertLedger(world.sql)
  await world.runJobs()
  const { statut, avoir } = await read(lotId)
  expect([await left(), statut, avoir?.numero, avoir?.montantCentimes]).toEqual([0, 'close', 'AL26-0002', quantite * 1000])
  expect(avoir?.parts.reduce((sum, { montantCentimes }) => sum + montantCentimes, 0)).toBe(quantite * 1000)
  const { rows } = await world.sql.query(
    "select count(*)::int n, sum(montant_centimes)::int centimes from transfer t join echeance e on e.id = t.objet_id where e.lot_id = $1 and t.motif = 'expiration'",
    [lotId],
  )
  expect(rows).toEqual([{ n: 2, centimes: quantite * 1000 }])
})
