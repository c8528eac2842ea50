import type { Atelier } from '@pass/contracts/ateliers.ts'
import type { Ctx } from '../../platform/context.ts'
import { getAtelier } from './queries.ts'
import { scheduleAtelier } from './schedule-atelier.ts'

type Asked = { atelierId: string; date: string; debut: string | null }

/** The same atelier another day, at the same hour unless said otherwise; its people do not come along. */
export const copyAtelier = async (ctx: Ctx, { atelierId, date, debut }: Asked): Promise<Atelier> => {
  const { lieu, theme, niveau, dureeMinutes, capacite, offert, ...before } = await getAtelier(ctx, { atelierId })
  return scheduleAtelier(ctx, { lieuId: lieu.id, theme, niveau, dureeMinutes, capacite, offert, date, debut: debut ?? before.debut })
}
