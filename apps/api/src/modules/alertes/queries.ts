import type { AFaire } from '@pass/contracts/accueil.ts'
import { isAllowed } from '@pass/domain/droits.ts'
import { CARDS } from './cards.ts'
import { COUNTS, type Reader } from './counts.ts'

/** More than this on a first page and nothing stands out. */
const MAX_CARDS = 5

/** What waits for this person: what their role may do, where something is to be done, the first five. */
export const getAccueil = async (ctx: Reader): Promise<{ aFaire: AFaire[] }> => {
  const { organisationType, role } = ctx.actor
  const cards = CARDS[organisationType].filter(({ droit }) => isAllowed(role, droit))
  if (cards.length === 0) return { aFaire: [] }
  const rows = await ctx.db.$queryRaw<
    { code: string; nombre: number; id: string | null }[]
  >`select code, nombre, id from (${COUNTS[organisationType](ctx)}) c where nombre > 0`
  const byCode = new Map(rows.map((row) => [row.code, row]))
  const aFaire = cards.flatMap(({ code, mots }) => {
    const counted = byCode.get(code)
    return counted ? [{ code, nombre: counted.nombre, ...mots(counted) }] : []
  })
  return { aFaire: aFaire.slice(0, MAX_CARDS) }
}
