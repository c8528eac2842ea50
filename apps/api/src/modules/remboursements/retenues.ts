import type { Ctx } from '../../platform/context.ts'
import { won } from '../../platform/errors.ts'
import { reachSql } from '../../platform/reach.ts'
import { A_CREDITER } from '../comptabilite/public.ts'

/** An incident whose amount an avoir is about to give back. */
export type Held = { id: string; montant: bigint }

/** What waits for an avoir on a convention, its rows held: of two people at once, the second finds nothing left. */
export const holdRetenues = (ctx: Ctx, conventionId: string): Promise<Held[]> => ctx.db.$queryRaw<Held[]>`
  select i.id, i.montant_centimes montant from incident i
   where ${reachSql(ctx, 'incident', 'i')} and i.convention_id = ${conventionId}::uuid and ${A_CREDITER} order by i.id for no key update of i`

/** Each of them is given back by this avoir, once. */
export const creditHeld = async (ctx: Ctx, { avoirId, held }: { avoirId: string; held: readonly Held[] }): Promise<void> => {
  const credited = await ctx.db.$executeRaw`
    update incident i set avoir_id = ${avoirId}::uuid
     where ${reachSql(ctx, 'incident', 'i')} and i.id = any (${held.map(({ id }) => id)}::uuid[]) and i.avoir_id is null`
  won(Number(credited === held.length))
}
