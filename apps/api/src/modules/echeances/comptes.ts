import type { LotComptes, LotPass } from '@pass/domain/echeance-suivi.ts'
import type { JobCtx } from '../../platform/jobs/job.ts'
import { reachSql } from '../../platform/reach.ts'

type Row = {
  emis: number
  remis: number
  entames: number
  pass_utilises: number
  pass_expires: number
  pass_annules: number
}

/**
 * What a lot is at this moment. Carnets: made and not cancelled, handed over, never handed over, begun. Pass: used, still worth something
 * (they lapse with the lot, or did so), and cancelled before (their value waits to be given back too).
 */
export const comptesOf = async (
  ctx: JobCtx,
  { collectiviteId, lotId }: { collectiviteId: string; lotId: string },
): Promise<{ comptes: LotComptes; pass: LotPass }> => {
  const [row] = await ctx.db.$queryRaw<Row[]>`
    select (count(*) filter (where c.statut <> 'annule'))::int as emis,
           (count(*) filter (where c.statut <> 'annule' and c.remis_at is not null))::int as remis,
           (count(*) filter (where c.statut <> 'annule' and c.utilises > 0))::int as entames,
           coalesce(sum(c.utilises), 0)::int as pass_utilises,
           coalesce(sum(c.taille - c.utilises - c.annules) filter (where c.activation_id is not null and c.statut <> 'annule'), 0)::int as pass_expires,
           coalesce(sum(case when c.statut = 'annule' then c.taille - c.utilises else c.annules end) filter (where c.activation_id is not null), 0)::int as pass_annules
      from carnet c where c.collectivite_id = ${collectiviteId}::uuid and c.lot_id = ${lotId}::uuid and ${reachSql(ctx, 'carnet', 'c')}`
  const { emis, remis, entames, pass_utilises, pass_expires, pass_annules } = row!
  return {
    comptes: { emis, remis, jamaisRemis: emis - remis, entames },
    pass: { passUtilises: pass_utilises, passExpires: pass_expires, passAnnules: pass_annules },
  }
}
