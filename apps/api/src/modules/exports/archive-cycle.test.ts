import { BORDEREAU, ORG, PEOPLE } from '../../../../../prisma/seed/base/ids.ts'
import { afterAll, expect, test } from 'vitest'
import { use } from '../../../test/uses.ts'
import { createWorld } from '../../../test/world.ts'
import { openJob } from '../../platform/jobs/job.ts'
import { openDeps } from '../../platform/process.ts'
import { verifyArchive } from './verifier-archive.ts'
import { writeArchive } from './write-archive.ts'

const world = await createWorld()
const worker = await openDeps(world.deps.config, { url: world.urls.workerUrl, name: 'worker', statementTimeout: 60_000, max: 2 })
afterAll(async () => {
  await worker.close()
  await world.close()
})

const F1 = world.as('operateur.finance_preparateur')
const F2 = world.as('operateur.finance_approbateur')
const F3 = world.as('operateur.finance_emetteur')

/** What the archive of this instant says is owed, once every check of it holds. */
const owed = async (): Promise<number> => {
  const job = openJob(worker, { name: 'archive', id: '0', payload: {}, acteur: { organisationId: ORG.t1, utilisateurId: null } })
  const chunks: Uint8Array[] = []
  await job.snapshot((ctx) => writeArchive(ctx, { write: async (chunk) => void chunks.push(chunk) }, async () => undefined))
  const { ok, lines, json } = verifyArchive(Buffer.concat(chunks))
  expect([lines.filter((line) => line.includes('FAUX')), ok]).toEqual([[], true])
  return (json as { dus: { duCentimes: number }[] }).dus.reduce((sum, { duCentimes }) => sum + duCentimes, 0)
}
const release = async (bordereauId: string) => {
  const steps = [await F1.post(`/bordereaux/${bordereauId}/controle`), await F2.post(`/bordereaux/${bordereauId}/approbation`)]
  const last = await F3.post(`/bordereaux/${bordereauId}/transmission`)
  expect([...steps, last].map(({ statusCode }) => statusCode)).toEqual([200, 200, 200])
}

test('through a month that the bank refuses, a retention, a fee and a payment that comes back, the archive finds at each step what is owed', async () => {
  await world.sql.query('delete from incident')
  await world.sql.query(`insert into parametre_frais values ('2026-02-01', 400, 400, 0, 2000)`)
  expect(await owed()).toBe(3000)
  await release(BORDEREAU.fevrier)
  expect(await owed()).toBe(3000)
  const refused = await F3.post(`/bordereaux/${BORDEREAU.fevrier}/rejet`, { dateBanque: '2026-03-10', motif: 'Compte clos (AC04)' })
  expect([refused.statusCode, await owed()]).toEqual([200, 3000])
  await use(world, '2026-03-20T10:00:00+01:00', { rangs: [1, 2] })
  expect(await owed()).toBe(5000)
  await world.sql.query(
    `insert into incident (organisation_id, id, operateur_id, collectivite_id, convention_id, redemption_id, montant_centimes, motif, statut, demande_par, demande_at, decide_par, decide_at)
     select structure_id, uuidv7(), operateur_id, collectivite_id, convention_id, id, 400, 'Pass compté deux fois', 'approuve', $1, $3, $2, $3 from redemption where bordereau_id = $4 order by id limit 1`,
    [
      PEOPLE['operateur.finance_preparateur'].utilisateurId,
      PEOPLE['operateur.finance_approbateur'].utilisateurId,
      '2026-03-12T10:00:00+01:00',
      BORDEREAU.fevrier,
    ],
  )
  // the account serves again
  await world.sql.query(
    `update compte_bancaire set statut = 'accepte', fin_at = null, refuse_at = null, refuse_par = null, motif_refus = null where organisation_id = $1`,
    [ORG.s1],
  )
  world.setClock('2026-04-02T07:00:00.000Z')
  expect((await F1.post('/clotures/2026-03')).json()).toMatchObject({ montantCentimes: 4480 })
  expect(await owed()).toBe(5000)
  const { rows } = await world.sql.query(`select id from bordereau where organisation_id = $1 and mois = '2026-03'`, [ORG.s1])
  await release(rows[0].id)
  // withheld when it leaves: 4 € and 1,20 € of fees
  expect(await owed()).toBe(4480)
  expect((await F3.post(`/bordereaux/${rows[0].id}/paiement`, { dateBanque: '2026-04-02' })).statusCode).toBe(200)
  expect(await owed()).toBe(0)
  // paid, then sent back: owed again, what was withheld aside
  const [{ reference }] = (await world.sql.query('select reference from bordereau where id = $1', [rows[0].id])).rows
  world.setClock('2026-04-07T07:00:00.000Z')
  const back = await F3.post(
    '/retours-bancaires',
    Buffer.from(`Référence;Montant;Résultat;Date;Motif\n${reference};44,80;revenu;07/04/2026;AC04\n`),
    { headers: { 'content-type': 'application/octet-stream', 'x-nom-fichier': 'retour.csv' } },
  )
  expect([back.statusCode, back.json().revenus, await owed()]).toEqual([201, 1, 4480])
})
