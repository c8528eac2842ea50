import { type ImpressionFormat, whyNotAskImpression } from '@pass/domain/impressions.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import { reach } from '../../platform/reach.ts'
import { getProduction } from './production-queries.ts'
import { lockCommande } from './queries.ts'

/** A print file to make, once a format, by a job of the same transaction. */
export const askImpression = async (ctx: Ctx, { commandeId, format }: { commandeId: string; format: ImpressionFormat }) => {
  const commande = await lockCommande(ctx, { commandeId })
  const made = await ctx.db.impression.findMany({ where: { commandeId, ...reach(ctx, 'impression') }, select: { format: true } })
  const key = commande.lot && (await ctx.db.lotCle.findFirst({ where: { lotId: commande.lot.id, ...reach(ctx, 'lot_cle') } }))
  enforce(
    whyNotAskImpression({
      lot: commande.lot,
      cle: commande.lot === null || Boolean(key),
      faites: made.map((one) => one.format as ImpressionFormat),
      format,
    }),
  )
  const { id } = await ctx.db.impression.create({
    data: {
      collectiviteId: commande.collectivite.id,
      lotId: commande.lot!.id,
      commandeId,
      operateurId: commande.operateur.id,
      format,
      demandeePar: ctx.actor.utilisateurId,
      demandeeAt: ctx.now,
    },
  })
  await enqueue(ctx, 'make-impression', { impressionId: id }, `impression:${id}`)
  return getProduction(ctx, { commandeId })
}
