import { addDays } from '@pass/domain/days.ts'
import { type AlerteEtape, alertesDues, type EcheanceStatut, PARTIES } from '@pass/domain/echeance-suivi.ts'
import { ECHEANCE_JOURS } from '@pass/domain/echeances.ts'
import { dayOf, dbDate } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import { fact } from '../../platform/facts.ts'
import { type JobCtx, openJob, type SystemTask, type Work } from '../../platform/jobs/job.ts'
import { reachSql } from '../../platform/reach.ts'
import { forgetDerogations } from '../distribution/public.ts'
import { comptesOf } from './comptes.ts'
import { writeReleve } from './establish-releve.ts'
import { type LotSuivi, readSuivi } from './queries.ts'
import { ensureEcheance, lockEcheances } from './rows.ts'
import { comptesInWords, tellParties } from './tell.ts'

type DueRow = { lot_id: string; date_fin: Date; tolerance_jours: number; deja: AlerteEtape[]; depassees: number; statut: EcheanceStatut }

/** Lots of the operator with something to announce this day, or whose date was moved. */
const lotsDue = async (ctx: JobCtx, today: string): Promise<string[]> => {
  const rows = await ctx.db.$queryRaw<DueRow[]>`
    select l.id as lot_id, l.date_fin, v.tolerance_jours, coalesce(e.statut, 'en_cours') as statut,
           array(select a.etape from echeance_alerte a where a.collectivite_id = e.collectivite_id and a.echeance_id = e.id) as deja,
           (select count(*)::int from echeance x where x.collectivite_id = l.collectivite_id and x.lot_id = l.id and x.date_fin <> l.date_fin and x.statut in ('en_cours', 'releve')) as depassees
      from lot l join convention v on v.collectivite_id = l.collectivite_id and v.id = l.convention_id
      left join echeance e on e.collectivite_id = l.collectivite_id and e.lot_id = l.id and e.date_fin = l.date_fin
     where ${reachSql(ctx, 'lot', 'l')} and l.produits > 0
       and not exists (select 1 from echeance x where x.collectivite_id = l.collectivite_id and x.lot_id = l.id and x.statut in ('cloture', 'close'))
       and exists (select 1 from carnet c where c.collectivite_id = l.collectivite_id and c.lot_id = l.id and c.statut not in ('annule', 'expire'))
     order by l.date_fin, l.id`
  return rows
    .filter(({ date_fin, tolerance_jours, deja, depassees }) => {
      const dues = alertesDues({ dateFin: dayOf(date_fin), toleranceJours: tolerance_jours }, today)
      return depassees > 0 || dues.some((etape) => !deja.includes(etape))
    })
    .map(({ lot_id }) => lot_id)
}

const SAID: Record<AlerteEtape, { titre: string; suite: string }> = {
  alerte: { titre: 'fin de validité dans 30 jours', suite: 'Faites utiliser les carnets remis, reprenez ceux qui dorment.' },
  arret_distribution: {
    titre: 'arrêt de la distribution',
    suite: 'Après l’accord de la collectivité, une remise demande sa dérogation écrite.',
  },
  constat: { titre: 'comptes à reconnaître', suite: 'Chaque partie relit ces comptes et les reconnaît.' },
  releve: { titre: 'relevé commun à signer', suite: 'Relisez le relevé, puis signez-le.' },
}

/** An avenant moved the date: what was said for the old one no longer holds. */
const startAgain = async (ctx: JobCtx, lot: LotSuivi): Promise<boolean> => {
  const { count } = await ctx.db.echeance.updateMany({
    where: {
      collectiviteId: lot.collectiviteId,
      lotId: lot.lotId,
      dateFin: { not: dbDate(lot.dateFin) },
      statut: { in: ['en_cours', 'releve'] },
    },
    data: { statut: 'prolongee' },
  })
  if (count === 0) return false
  await forgetDerogations(ctx, lot)
  await fact(ctx, { sujet: 'echeance.prolongee', collectiviteId: lot.collectiviteId, objet: { lotId: lot.lotId, dateFin: lot.dateFin } })
  return true
}

/** What the day asks for a lot, once: two runs at the same time wait for each other on its row. Answers what was announced. */
const tendLot = async (ctx: JobCtx, lotId: string): Promise<AlerteEtape[]> => {
  await lockEcheances(ctx, lotId)
  const lot = await readSuivi(ctx, lotId)
  if (lot.statut === 'close' || lot.statut === 'cloture') return []
  await startAgain(ctx, lot)
  const dues = alertesDues(lot, ctx.today)
  if (dues.length === 0) return []
  const echeanceId = await ensureEcheance(ctx, lot)
  await lockEcheances(ctx, lotId)
  const { comptes } = await comptesOf(ctx, lot)
  const { emis, remis, jamaisRemis, entames } = comptes
  const announced = await ctx.db.$queryRaw<{ etape: AlerteEtape }[]>`
    insert into echeance_alerte (collectivite_id, echeance_id, etape, operateur_id, jour, emis, remis, jamais_remis, entames, at)
    select ${lot.collectiviteId}::uuid, ${echeanceId}::uuid, d.etape, ${lot.operateurId}::uuid, ${dbDate(ctx.today)}::date, ${emis}, ${remis}, ${jamaisRemis}, ${entames}, ${ctx.now}
      from unnest(${dues}::text[]) d(etape) on conflict do nothing returning etape`
  // a lot found late is told its last step only
  const etape = dues.findLast((one) => announced.some((row) => row.etape === one))
  if (!etape) return []
  if (etape === 'releve' && lot.statut === 'en_cours') await writeReleve(ctx, lot, echeanceId)
  const { titre, suite } = SAID[etape]
  await tellParties(ctx, lot, PARTIES, { code: `echeance_${etape}`, titre, texte: `${comptesInWords(comptes)} ${suite}` })
  return [etape]
}

export type Tended = { lotId: string; etape: AlerteEtape | null }

/** The day of every lot of every operator. Run twice, the second finds nothing to do. `dryRun`: says the lots, touches nothing. */
export const tendAll = async (
  deps: Deps,
  { id, today, dryRun = false }: Pick<Work, 'id' | 'today'> & { dryRun?: boolean },
): Promise<Tended[]> => {
  const { rows } = await deps.pool.query<{ operateur_id: string }>('select operateur_id from echeances_operateurs($1)', [
    addDays(today, -ECHEANCE_JOURS.alerte),
  ])
  const told: Tended[] = []
  for (const { operateur_id: organisationId } of rows) {
    const acteur = { organisationId, utilisateurId: null }
    const job = openJob(deps, { name: 'tend-echeances', id, payload: {}, acteur })
    const lots = await job.read((ctx) => lotsDue(ctx, today))
    for (const lotId of lots) {
      if (dryRun) told.push({ lotId, etape: null })
      else {
        const etapes = await job.write({ lotId }, (ctx) => tendLot({ ...ctx, today }, lotId))
        told.push(...etapes.map((etape) => ({ lotId, etape })))
      }
    }
  }
  return told
}

/** Every morning: what each lot near its end has to be told. */
export const tendEcheances: SystemTask = {
  cron: '30 3 * * *',
  run: async (work, deps) => void (await tendAll(deps, work)),
}
