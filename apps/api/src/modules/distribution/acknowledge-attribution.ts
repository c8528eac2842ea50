import { whyNotAcknowledgeAttribution } from '@pass/domain/attributions.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { getAttribution } from './attribution-queries.ts'

/**
 * Custody passes to the receiver, one line of history a range; a carnet blocked on the way stays with the sender. What is back in the
 * reserve is nobody's any more.
 */
const receive = async ({ db, actor, now }: Ctx, collectiviteId: string, attributionId: string) => {
  await db.$executeRaw`
    with received as (
      update carnet c set statut = case when a.prescripteur_id is null then 'livre' else 'attribue' end, prescripteur_id = a.prescripteur_id, destination_id = null,
             attribue_at = case when a.prescripteur_id is not null then ${now}::timestamptz end
        from attribution a cross join lateral unnest(a.plages) r cross join lateral generate_series(lower(r), upper(r) - 1) s(serie)
       where a.collectivite_id = ${collectiviteId}::uuid and a.id = ${attributionId}::uuid and c.collectivite_id = a.collectivite_id and c.serie = s.serie
         and c.destination_id = coalesce(a.prescripteur_id, a.collectivite_id) and c.statut in ('livre', 'attribue')
      returning c.serie, c.operateur_id, a.convention_id, a.lot_id, a.prescripteur_id, a.expediteur_id),
    runs as (
      select convention_id, lot_id, operateur_id, prescripteur_id, expediteur_id, range_agg(int8range(serie, serie, '[]')) as plages
        from received group by convention_id, lot_id, operateur_id, prescripteur_id, expediteur_id)
    insert into mouvement (collectivite_id, id, type, convention_id, lot_id, operateur_id, prescripteur_id, serie_premiere, serie_derniere, carnets, utilisateur_id, at)
    select ${collectiviteId}::uuid, uuidv7(), case when prescripteur_id is null then 'rendu' else 'accuse' end, convention_id, lot_id, operateur_id,
           coalesce(prescripteur_id, expediteur_id), lower(r), upper(r) - 1, upper(r) - lower(r), ${actor.utilisateurId}::uuid, ${now}
      from runs cross join lateral unnest(plages) r`
}

/** The receiver confirms that the carnets are there: from now on it answers for them and, a prescripteur, may hand them over. */
export const acknowledgeAttribution = async (ctx: Ctx, { attributionId }: { attributionId: string }) => {
  const attribution = await getAttribution(ctx, { attributionId })
  enforce(whyNotAcknowledgeAttribution(attribution))
  const collectiviteId = attribution.collectivite.id
  const { count } = await ctx.db.attribution.updateMany({
    where: { collectiviteId, id: attributionId, statut: attribution.statut },
    data: { statut: 'accusee', accuseeAt: ctx.now },
  })
  won(count)
  await receive(ctx, collectiviteId, attributionId)
  await fact(ctx, { sujet: 'attribution.accusee', collectiviteId, objet: { attributionId } })
  return getAttribution(ctx, { attributionId })
}
