import type { Frais, fraisRoutes } from '@pass/contracts/frais.ts'
import type { Input } from '@pass/contracts/route.ts'
import { fraisAt, type Frais as Rates, whyNotSetFrais } from '@pass/domain/frais.ts'
import type { Ctx } from '../../platform/context.ts'
import { dayOf, dbDate } from '../../platform/db.ts'
import { enforce } from '../../platform/errors.ts'

const rowsOf = async (ctx: Pick<Ctx, 'db'>): Promise<Rates[]> => {
  const rows = await ctx.db.parametreFrais.findMany({ orderBy: { dateEffet: 'desc' } })
  return rows.map((row) => ({ ...row, dateEffet: dayOf(row.dateEffet) }))
}

/** The rates in force today. */
export const fraisOn = async (ctx: Pick<Ctx, 'db' | 'today'>): Promise<Rates> => fraisAt(await rowsOf(ctx), ctx.today)

/** Every rate, the last one first, and which is in force. */
export const listFrais = async (ctx: Ctx): Promise<{ items: Frais[] }> => {
  const rows = await rowsOf(ctx)
  const now = fraisAt(rows, ctx.today).dateEffet
  return { items: rows.map((row) => ({ ...row, enVigueur: row.dateEffet === now })) }
}

/** New rates from a day to come; those of the past stay, and the quotes made with them. */
export const setFrais = async (ctx: Ctx, { dateEffet, ...rates }: Input<typeof fraisRoutes.setFrais>['body']) => {
  enforce(whyNotSetFrais({ dateEffet }, await rowsOf(ctx), ctx.today))
  await ctx.db.parametreFrais.create({ data: { dateEffet: dbDate(dateEffet), ...rates } })
  return listFrais(ctx)
}
