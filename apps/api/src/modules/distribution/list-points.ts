import type { Ctx } from '../../platform/context.ts'
import { reachSql } from '../../platform/reach.ts'
import { exchangers } from '../conventions/public.ts'

type Named = { id: string; nom: string }

/** Where a prescripteur may send what it holds: back to each collectivité it holds carnets of, and to the points it may exchange with. */
export const listPoints = async (ctx: Ctx) => {
  const collectivites = await ctx.db.$queryRaw<Named[]>`
    select o.id, o.nom from organisation o
     where o.id in (select c.collectivite_id from carnet c where ${reachSql(ctx, 'carnet', 'c')} and c.statut = 'attribue' and c.destination_id is null)
     order by o.nom, o.id`
  return { collectivites, points: await exchangers(ctx) }
}
