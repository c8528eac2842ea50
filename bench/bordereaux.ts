import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { readConfig } from '../apps/api/src/config.ts'
import { closePeriodeTask } from '../apps/api/src/modules/remboursements/close-periode-task.ts'
import { exportPeriode } from '../apps/api/src/modules/remboursements/releve.ts'
import { sepaFile } from '../apps/api/src/modules/remboursements/sepa-file.ts'
import type { Ctx } from '../apps/api/src/platform/context.ts'
import { installJobs } from '../apps/api/src/platform/jobs/install.ts'
import { type Job, openJob } from '../apps/api/src/platform/jobs/job.ts'
import { openDeps } from '../apps/api/src/platform/process.ts'
import { seedBusyMonth } from '../prisma/seed/base/busy-month.ts'
import { CONVENTION, ORG, PEOPLE } from '../prisma/seed/base/ids.ts'
import { spread } from './figures.ts'
import type { Bench } from './setting.ts'

const STRUCTURES = 2_000
/** Two conventions, 60/20/20 and 50/50 with a cap: each structure used 30 pass of the one and 20 of the other. */
const USES = [30, 20] as const
const ROUNDS = 7
const MEMORY_AIM_MB = 100
const MB = 2 ** 20
const MOIS = '2026-03'

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

/** The second convention, its State capped in the middle of what it is charged with. */
const addCapped = async (sql: pg.Client, capCentimes: number): Promise<string> => {
  const id = randomUUID()
  await sql.query(
    `insert into convention (collectivite_id, id, operateur_id, reference, nom, statut, date_debut, date_fin, montant_centimes, prescripteur_ids)
     select collectivite_id, $1, operateur_id, 'MESURE', 'Mesure', statut, date_debut, date_fin, montant_centimes, prescripteur_ids from convention where id = $2`,
    [id, CONVENTION.cv1],
  )
  await sql.query(
    `insert into convention_financeur (collectivite_id, convention_id, rang, nature, nom, cle_bp, plafond_centimes, est_repli, signataire, date_signature)
     values ($1, $2, 1, 'etat', 'État', 5000, $3, false, 'Ada Exemple', '2026-01-02'), ($1, $2, 2, 'collectivite', 'Département de la Creuse', 5000, null, true, 'Ada Exemple', '2026-01-02')`,
    [ORG.t1, id, capCentimes],
  )
  return id
}

const fill = async (sql: pg.Client, structures: number) => {
  const capped = await addCapped(sql, (structures * USES[1] * 1000) / 4)
  const of = { collectivite: ORG.t1, operateur: ORG.o1, prescripteur: ORG.p1 }
  await seedBusyMonth(sql, {
    conventions: [CONVENTION.cv1, capped].map((convention, rank) => ({
      ...of,
      convention,
      seriePremiere: 266_000_001 + rank * 1_000_000,
      parStructure: USES[rank]!,
    })),
    structures,
    at: '2026-03-05T10:00:00+01:00',
  })
  await sql.query(`insert into controle (passage, nom, ecarts, at, duree_ms) select uuidv7(), 'mesure', 0, now(), 1`)
  await sql.query('vacuum analyze')
}

/** The run, as the operator's act leaves it. */
const openRun = async (sql: pg.Client, structures: number): Promise<string> => {
  const id = randomUUID()
  await sql.query(
    `insert into cloture (operateur_id, id, mois, avant, structures, par, at) values ($1, $2, $3, '2026-04-01', $4, $5, '2026-04-02T08:00:00+02:00')`,
    [ORG.o1, id, MOIS, structures, PEOPLE['operateur.finance_preparateur'].utilisateurId],
  )
  return id
}

/** Every transfer of the month in one file, as the bank takes it. */
const writeSepa = async (job: Job): Promise<string> => {
  const rows = await job.read(
    ({ db }) => db.$queryRaw<{ reference: string; titulaire: string; iban: string; montant: bigint }[]>`
      select b.reference, c.titulaire, c.iban, b.montant_centimes montant from bordereau b join compte_bancaire c on c.organisation_id = b.organisation_id and c.id = b.compte_id
       where b.operateur_id = ${ORG.o1}::uuid and b.mois = ${MOIS} order by b.reference`,
  )
  return sepaFile({
    reference: 'R26-0001',
    now: job.now,
    dateExecution: job.today,
    debiteur: { nom: 'Mesure', iban: 'FR7630001007941234567890185' },
    virements: rows.map(({ montant, ...row }) => ({ ...row, montantCentimes: Number(montant), libelle: `Bordereau ${row.reference}` })),
  })
}

const GROUP_BY = `select structure_id, convention_id, count(*), sum(montant_centimes) from redemption
  where operateur_id = $1 and at < '2026-04-01T00:00:00+02:00' group by structure_id, convention_id`

const faultAfter = async (sql: pg.Client, structures: number, uses: number): Promise<string | null> => {
  const { rows } = await sql.query<{ n: number; pass: number; numeros: number; ecarts: number }>(
    `select count(*)::int n, sum(pass)::int pass, count(distinct reference)::int numeros, (select count(*)::int from reconciliation) ecarts from bordereau where operateur_id = $1 and mois = $2`,
    [ORG.o1, MOIS],
  )
  const { n, pass, numeros, ecarts } = rows[0]!
  // one more structure and use: the base seed's own
  return n === structures + 1 && numeros === n && pass === uses + 1 && ecarts === 0
    ? null
    : `${n} bordereaux, ${pass} pass, ${ecarts} écarts`
}

/** A month of 100 000 uses of 2 000 structures closed by its job, split between financeurs, written as lines and as a SEPA file, beside the bare GROUP BY. */
export const bordereaux: Bench = async ({ ownerUrl, env, scale }) => {
  const structures = Math.max(20, Math.round((STRUCTURES * scale) / 20) * 20)
  const uses = structures * (USES[0] + USES[1])
  const config = { ...readConfig(env), clock: '2026-04-02T09:00:00+02:00' }
  const sql = new pg.Client({ connectionString: ownerUrl })
  await sql.connect()
  await sql.query(`do $$ begin execute format('grant create on database %I to worker', current_database()); end $$`)
  await installJobs(config.workerUrl!)
  const deps = await openDeps(config, { url: config.workerUrl!, name: 'worker', statementTimeout: 60_000, max: 4 })
  await fill(sql, structures)
  const clotureId = await openRun(sql, structures)
  const acteur = { organisationId: ORG.o1, utilisateurId: PEOPLE['operateur.finance_preparateur'].utilisateurId }
  const job = openJob(deps, { name: 'close-period', id: '0', payload: { clotureId }, acteur })
  const start = process.memoryUsage.rss()
  let peak = start
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20)
  const bare: number[] = []
  for (let round = 0; round < ROUNDS; round++) bare.push(await seconds(() => sql.query(GROUP_BY, [ORG.o1])))
  const times: number[] = []
  const write: Job['write'] = async (objet, handle) => {
    const begun = performance.now()
    return job.write(objet, handle).finally(() => times.push((performance.now() - begun) / 1000))
  }
  const closing = await seconds(() => closePeriodeTask({ ...job, write }, deps))
  let [csv, xml] = [0, 0]
  const statements = await seconds(async () => {
    const { contenu } = await job.read((ctx) => exportPeriode(ctx as unknown as Ctx, { periode: MOIS }))
    csv = (contenu as Uint8Array).length
  })
  const sepa = await seconds(async () => void (xml = Buffer.byteLength(await writeSepa(job))))
  clearInterval(watch)
  peak = Math.max(peak, process.memoryUsage.rss())
  const fault = await faultAfter(sql, structures, uses)
  await deps.close()
  await sql.end()
  const whole = closing + statements + sepa
  const aboveMb = (peak - start) / MB
  const median = bare.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]!
  console.log(
    `  ${uses.toLocaleString('fr-FR')} utilisations de ${structures.toLocaleString('fr-FR')} structures\u00a0: arrêté, partage compris ${closing.toFixed(2)} s · relevés ${statements.toFixed(2)} s (${(csv / MB).toFixed(1)} Mo) · fichier SEPA ${sepa.toFixed(2)} s (${(xml / MB).toFixed(1)} Mo)`,
  )
  const parts = times.slice(1, -1)
  console.log(
    `  dont contrôles du grand livre ${times[0]!.toFixed(2)} s · ${parts.length} parties de ${Math.max(...parts).toFixed(2)} s au plus · partage entre financeurs ${times.at(-1)!.toFixed(2)} s`,
  )
  console.log(
    `  ${Math.round(uses / whole).toLocaleString('fr-FR')} lignes/s · GROUP BY nu ${spread(bare, 3)} s, ${Math.round(uses / median).toLocaleString('fr-FR')} lignes/s`,
  )
  console.log(
    `  mémoire au-dessus du départ\u00a0: ${aboveMb.toFixed(0)} Mo (aim < ${MEMORY_AIM_MB})\u00a0; ${fault ?? 'chaque bordereau une fois, numéros sans trou, aucun écart'}`,
  )
  const isMet = fault === null && aboveMb < MEMORY_AIM_MB
  console.log(
    `bordereaux lines/s=${Math.round(uses / whole)} ratio=${(whole / median).toFixed(1)} memory=${aboveMb.toFixed(0)}MB aim<${MEMORY_AIM_MB}MB ${isMet ? 'PASS' : 'FAIL'}`,
  )
  return isMet
}
