import type { JobCtx } from '../../platform/jobs/job.ts'
import { dbDate } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { reachSql } from '../../platform/reach.ts'
import type { LotSuivi } from './queries.ts'

/** The row of a lot and its date, made at its first act: two people at once find the same one. */
export const ensureEcheance = async (
  ctx: JobCtx,
  { collectiviteId, lotId, conventionId, operateurId, dateFin }: LotSuivi,
): Promise<string> => {
  await ctx.db.$executeRaw`
    insert into echeance (collectivite_id, id, lot_id, convention_id, operateur_id, date_fin)
    values (${collectiviteId}::uuid, uuidv7(), ${lotId}::uuid, ${conventionId}::uuid, ${operateurId}::uuid, ${dbDate(dateFin)}::date)
    on conflict (collectivite_id, lot_id, date_fin) do nothing`
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    select id from echeance e where e.lot_id = ${lotId}::uuid and e.date_fin = ${dbDate(dateFin)}::date and ${reachSql(ctx, 'echeance', 'e')}`
  return found(row).id
}

/** Locks the rows of a lot until the end, for its operator: one closing, one statement at a time. */
export const lockEcheances = async (ctx: JobCtx, lotId: string): Promise<void> => {
  await ctx.db
    .$queryRaw`select e.id from echeance e where e.lot_id = ${lotId}::uuid and ${reachSql(ctx, 'echeance', 'e')} order by e.id for no key update`
}
