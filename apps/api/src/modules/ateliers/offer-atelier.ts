import type { Atelier } from '@pass/contracts/ateliers.ts'
import { whyNotOffer } from '@pass/domain/ateliers.ts'
import { localDay } from '@pass/domain/days.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { getAtelier, lockAtelier } from './queries.ts'

/** Shows the free seats to the prescripteurs of the territory, or no longer; whoever is enrolled stays. */
export const offerAtelier = async (ctx: Ctx, { atelierId, offert }: { atelierId: string; offert: boolean }): Promise<Atelier> => {
  const atelier = await lockAtelier(ctx, atelierId)
  enforce(offert ? whyNotOffer(atelier, localDay(ctx.now, atelier.fuseau)) : null)
  await ctx.db
    .$executeRaw`update atelier set offert = ${offert} where organisation_id = ${ctx.actor.organisationId}::uuid and id = ${atelierId}::uuid`
  await fact(ctx, { sujet: offert ? 'atelier.offert' : 'atelier.retire', objet: { atelierId } })
  return getAtelier(ctx, { atelierId })
}
