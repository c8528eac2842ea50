import { whyNotPack } from '@pass/domain/lots.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { getProduction } from './production-queries.ts'
import { lockCommande } from './queries.ts'

type Sizes = { parCarton: number; parPaquet: number }

/** Cuts a lot in cartons, in place of those of before; answers how many. */
export const pack = async (
  ctx: Ctx,
  { collectiviteId, lotId, parCarton, parPaquet }: Sizes & { collectiviteId: string; lotId: string },
) => {
  const [row] = await ctx.db.$queryRaw<
    { n: number }[]
  >`select pack_lot(${collectiviteId}::uuid, ${lotId}::uuid, ${parCarton}::int, ${parPaquet}::int) n`
  return row!.n
}

/** The cartons of a commande and their labels, before they leave. */
export const packLot = async (ctx: Ctx, { commandeId, ...sizes }: Sizes & { commandeId: string }) => {
  const commande = await lockCommande(ctx, { commandeId })
  enforce(whyNotPack(commande, sizes))
  await pack(ctx, { collectiviteId: commande.collectivite.id, lotId: commande.lot!.id, ...sizes })
  return getProduction(ctx, { commandeId })
}
