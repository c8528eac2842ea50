import type { Conflit } from '@pass/contracts/guichet.ts'
import { CONFLIT_MESSAGES } from '@pass/domain/differes.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reach } from '../../platform/reach.ts'

const Key = z.uuid()

/** The pass accepted here and elsewhere, the last one first; neither place is named to the other. */
export const listConflits = async (ctx: Ctx, { apres, taille = TAILLE }: { apres?: string | undefined; taille?: number | undefined }) => {
  const after = cursorOf(apres, Key)
  const rows = await ctx.db.conflit.findMany({
    where: { ...(after && { id: { lt: after } }), ...reach(ctx, 'conflit') },
    orderBy: { id: 'desc' },
    take: taille + 1,
  })
  const { items, ...page } = pageOf(rows, taille, ({ id }) => id)
  return {
    ...page,
    items: items.map(({ id, role, serie, rangPass, atelierId, at }): Conflit => {
      const side = role as Conflit['role']
      return { id, role: side, serie: formatSerie(Number(serie)), rangPass, atelierId, at: at.toISOString(), ...CONFLIT_MESSAGES[side] }
    }),
  }
}
