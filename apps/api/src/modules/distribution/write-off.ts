import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found } from '../../platform/errors.ts'
import { reach } from '../../platform/reach.ts'
import { checkCancellable, recordAnnulation } from './ask-annulation.ts'
import { getComptage } from './inventaires.ts'
import { inPlages, plagesOf } from './plages.ts'

/** The carnets of a count that are still missing, one range a run of numbers. */
const stillMissing = (ctx: Ctx, de: readonly bigint[], a: readonly bigint[]) =>
  ctx.db.$queryRaw<{ de: bigint; a: bigint; carnets: number }[]>`
    select min(serie) as de, max(serie) as a, count(*)::int as carnets
      from (select c.serie, c.serie - row_number() over (order by c.serie) as ilot from carnet c where ${inPlages(ctx, plagesOf(de, a))} and c.statut = 'bloque') i
     group by ilot order by 1`

/** First of the two people: what a count found missing, and nobody found since, is to be cancelled. */
export const writeOff = async (ctx: Ctx, { comptageId }: { comptageId: string }) => {
  const row = found(await ctx.db.comptage.findFirst({ where: { id: comptageId, ...reach(ctx, 'comptage') } }))
  const runs = await stillMissing(ctx, row.manquantsDe, row.manquantsA)
  enforce(runs.length === 0 ? refuse('comptage_statut', 'Plus aucun carnet de ce compte n’est bloqué : il n’y a rien à annuler.') : null)
  const { annulationDemandee } = await getComptage(ctx, comptageId)
  enforce(
    annulationDemandee
      ? refuse('comptage_statut', 'L’annulation de ces carnets est déjà demandée : une autre personne doit la confirmer.')
      : null,
  )
  const carnets = runs.reduce((sum, run) => sum + run.carnets, 0)
  const plages = runs.map((run) => ({ premiere: Number(run.de), derniere: Number(run.a) }))
  await checkCancellable(ctx, plages, carnets)
  await recordAnnulation(ctx, { plages, carnets, motif: 'Manquants à l’inventaire', comptageId })
  return getComptage(ctx, comptageId)
}
