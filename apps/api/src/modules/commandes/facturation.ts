import type { Facturation, factureRoutes } from '@pass/contracts/factures.ts'
import type { Input } from '@pass/contracts/route.ts'
import { keptSiret, whyNotSiret } from '@pass/domain/facturation.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { reach } from '../../platform/reach.ts'

const NOTHING: Facturation = {
  exigeMarche: false,
  exigeEngagement: false,
  exigeCodeService: false,
  numeroMarche: null,
  codeService: null,
  siret: null,
}

/** What the actor's body demands on its invoices; nothing until it says so. */
export const getFacturation = async (ctx: Ctx): Promise<Facturation> => {
  const row = await ctx.db.facturation.findFirst({ where: reach(ctx, 'facturation') })
  if (!row) return NOTHING
  const { organisationId: _, ...settings } = row
  return settings
}

/** Says it, for the orders to come. */
export const setFacturation = async (ctx: Ctx, body: Input<typeof factureRoutes.setFacturation>['body']): Promise<Facturation> => {
  enforce(whyNotSiret(body.siret, 'siret'), 400)
  const { organisationId } = ctx.actor
  const settings = { ...body, siret: keptSiret(body.siret) }
  await ctx.db.facturation.upsert({ where: { organisationId }, create: { organisationId, ...settings }, update: settings })
  return getFacturation(ctx)
}
