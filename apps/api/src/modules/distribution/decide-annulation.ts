import { type AnnulationStatut, annulationMachine, whyNotDecideAnnulation } from '@pass/domain/oppositions.ts'
import type { Plage } from '@pass/domain/plages.ts'
import type { Ctx } from '../../platform/context.ts'
import { sql } from '../../platform/db.ts'
import { enforce, found, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { reach } from '../../platform/reach.ts'
import { creditPass } from '../comptabilite/public.ts'
import { getAnnulation, worthOf } from './annulations.ts'
import { checkCancellable } from './ask-annulation.ts'
import { ANNULABLES, inPlages, moveCarnets, plagesOf } from './plages.ts'

/** The carnets end for good, and what they were worth leaves the circulation. Answers that worth. */
const cancel = async (
  ctx: Ctx,
  plages: readonly Plage[],
  { annulationId, motif }: { annulationId: string; motif: string },
): Promise<number> => {
  const worth = await worthOf(ctx, plages)
  await moveCarnets(
    ctx,
    'annule',
    motif,
    sql`update carnet c set statut = 'annule', statut_avant_blocage = null, motif_blocage = null, destination_id = null
         where ${inPlages(ctx, plages)} and c.statut = any (${[...ANNULABLES]}::text[]) and c.utilises = 0`,
  )
  let total = 0
  for (const { convention_id: conventionId, operateur_id: operateurId, centimes } of worth) {
    if (centimes === 0n) continue
    await creditPass(ctx, { conventionId, operateurId, montantCentimes: Number(centimes), objetId: annulationId })
    total += Number(centimes)
  }
  return total
}

/** The second person: the request of somebody else is confirmed, all or nothing, or refused. */
export const decideAnnulation = async (ctx: Ctx, { annulationId, accord }: { annulationId: string; accord: boolean }) => {
  const asked = found(await ctx.db.annulation.findFirst({ where: { id: annulationId, ...reach(ctx, 'annulation') } }))
  const { collectiviteId, seriesDe, seriesA, carnets, motif, demandePar } = asked
  const statut = asked.statut as AnnulationStatut
  enforce(whyNotDecideAnnulation({ statut, demandePar, par: ctx.actor.utilisateurId }))
  const plages = plagesOf(seriesDe, seriesA)
  if (accord) await checkCancellable(ctx, plages, carnets)
  const { count } = await ctx.db.annulation.updateMany({
    where: { collectiviteId, id: annulationId, statut },
    data: {
      statut: annulationMachine[accord ? 'confirm' : 'refuse'].to,
      decidePar: ctx.actor.utilisateurId,
      decideAt: ctx.now,
      montantCentimes: accord ? await cancel(ctx, plages, { annulationId, motif }) : null,
    },
  })
  won(count)
  await fact(ctx, { sujet: accord ? 'annulation.confirmee' : 'annulation.refusee', collectiviteId, objet: { annulationId, carnets } })
  return getAnnulation(ctx, { annulationId })
}
