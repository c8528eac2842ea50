import type { Atelier } from '@pass/contracts/ateliers.ts'
import { whyNotCancel } from '@pass/domain/ateliers.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { getAtelier, lockAtelier } from './queries.ts'
import { tellCancelled } from './tell-prescripteurs.ts'

/** Everyone who was to come, or waited, no longer is; answers who enrolled them. Those who were marked present stay so. */
const releasePeople = async (ctx: Ctx, atelierId: string) => {
  const freed = await ctx.db.$queryRaw<{ prescripteurId: string | null; utilisateurId: string | null; assise: boolean }[]>`
    with avant as (
      select id, statut = 'inscrit' assise from inscription
       where organisation_id = ${ctx.actor.organisationId}::uuid and atelier_id = ${atelierId}::uuid and statut in ('inscrit', 'liste_attente'))
    update inscription i set statut = 'annule' from avant
     where i.organisation_id = ${ctx.actor.organisationId}::uuid and i.id = avant.id
    returning i.prescripteur_id "prescripteurId", i.inscrit_par "utilisateurId", avant.assise`
  const enrollers = freed.flatMap(({ prescripteurId, utilisateurId }) =>
    prescripteurId && utilisateurId ? [{ prescripteurId, utilisateurId }] : [],
  )
  return { enrollers, seats: freed.filter(({ assise }) => assise).length }
}

/** Cancels an atelier in which no pass is used, or no longer; whoever enrolled people for it is told, with the reason. */
export const cancelAtelier = async (ctx: Ctx, { atelierId, motif }: { atelierId: string; motif: string }): Promise<Atelier> => {
  const { statut, pass, ...slot } = await lockAtelier(ctx, atelierId)
  enforce(whyNotCancel({ statut, passUtilises: pass, motif }))
  const { enrollers, seats } = await releasePeople(ctx, atelierId)
  won(
    await ctx.db
      .$executeRaw`update atelier set statut = 'annule', motif_annulation = ${motif}, places_prises = places_prises - ${seats}::int
      where organisation_id = ${ctx.actor.organisationId}::uuid and id = ${atelierId}::uuid and statut = ${statut}`,
  )
  await tellCancelled(ctx, slot, motif, enrollers)
  await fact(ctx, { sujet: 'atelier.annule', objet: { atelierId } })
  return getAtelier(ctx, { atelierId })
}
