import type { Ctx } from './context.ts'

/** Takes `combien` numbers of a yearly numbering without gap of the actor's organisation, and answers the first. A refusal gives them back. */
export const nextNumber = async (
  ctx: Pick<Ctx, 'db'>,
  nom:
    | 'convention'
    | 'commande'
    | 'attribution'
    | 'bordereau'
    | 'remise'
    | 'serie'
    | 'facture'
    | 'avoir'
    | 'reprise'
    | 'avoir_lot'
    | 'appel',
  annee: number,
  combien = 1,
): Promise<number> => {
  const [row] = await ctx.db.$queryRaw<{ numero: bigint }[]>`select next_number(${nom}, ${annee}::int, ${combien}::bigint) as numero`
  return Number(row!.numero)
}
