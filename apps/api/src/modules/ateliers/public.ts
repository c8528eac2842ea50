import type { Ctx } from '../../platform/context.ts'
import { sql } from '../../platform/db.ts'
import type { JobCtx } from '../../platform/jobs/job.ts'

/** The uses due by the actor's operator, made before an instant, in no bordereau yet, whose time nobody has to look at first. */
const dueBefore = (ctx: Pick<JobCtx, 'actor'>, avant: Date) =>
  sql`r.operateur_id = ${ctx.actor.organisationId}::uuid and r.statut = 'a_payer' and not r.a_examiner and r.at < ${avant}::timestamptz`

/** Puts the uses of these structures into these bordereaux (same rank), in one statement; answers what it took. */
export const takeRedemptions = async (
  ctx: Pick<JobCtx, 'db' | 'actor'>,
  { avant, structureIds, bordereauIds }: { avant: Date; structureIds: string[]; bordereauIds: string[] },
) => {
  const [row] = await ctx.db.$queryRaw<[{ pass: number; montant: bigint }]>`
    with prises as (
      update redemption r set statut = 'en_bordereau', bordereau_id = b.id from unnest(${structureIds}::uuid[], ${bordereauIds}::uuid[]) b(structure, id)
       where r.structure_id = b.structure and ${dueBefore(ctx, avant)} returning r.montant_centimes)
    select count(*)::int pass, coalesce(sum(montant_centimes), 0)::bigint montant from prises`
  return { pass: row.pass, montantCentimes: Number(row.montant) }
}

/** The uses of these bordereaux (a structure and a bordereau a rank) are paid; answers how many. */
export const payRedemptions = (
  { db }: Pick<Ctx, 'db'>,
  { structureIds, bordereauIds }: { structureIds: string[]; bordereauIds: string[] },
): Promise<number> => db.$executeRaw`
  update redemption r set statut = 'payee' from unnest(${structureIds}::uuid[], ${bordereauIds}::uuid[]) b(structure, id)
   where r.structure_id = b.structure and r.bordereau_id = b.id and r.statut = 'en_bordereau'`

/** The money of these bordereaux came back: their uses wait again, where they are; answers how many. */
export const unpayRedemptions = (
  { db }: Pick<Ctx, 'db'>,
  { structureIds, bordereauIds }: { structureIds: string[]; bordereauIds: string[] },
): Promise<number> => db.$executeRaw`
  update redemption r set statut = 'en_bordereau' from unnest(${structureIds}::uuid[], ${bordereauIds}::uuid[]) b(structure, id)
   where r.structure_id = b.structure and r.bordereau_id = b.id and r.statut = 'payee'`
