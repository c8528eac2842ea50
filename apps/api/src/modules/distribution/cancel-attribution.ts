import { whyNotCancelAttribution } from '@pass/domain/attributions.ts'
import { rolesWith } from '@pass/domain/droits.ts'
import { plural } from '@pass/domain/money.ts'
import { homePath } from '@pass/domain/organisations.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { notify } from '../../platform/notify.ts'
import { getAttribution } from './attribution-queries.ts'

/** The carnets stay where they were; a blocked one forgets where it was going too. */
const callBack = async ({ db, actor, now }: Ctx, collectiviteId: string, attributionId: string) => {
  await db.$executeRaw`
    with back as (
      update carnet c set destination_id = null from attribution a cross join lateral unnest(a.plages) r cross join lateral generate_series(lower(r), upper(r) - 1) s(serie)
       where a.collectivite_id = ${collectiviteId}::uuid and a.id = ${attributionId}::uuid and c.collectivite_id = a.collectivite_id and c.serie = s.serie and c.destination_id = coalesce(a.prescripteur_id, a.collectivite_id)
      returning c.serie, c.operateur_id, a.convention_id, a.lot_id, coalesce(a.expediteur_id, a.prescripteur_id) as prescripteur_id),
    runs as (
      select convention_id, lot_id, operateur_id, prescripteur_id, range_agg(int8range(serie, serie, '[]')) as plages
        from back group by convention_id, lot_id, operateur_id, prescripteur_id)
    insert into mouvement (collectivite_id, id, type, convention_id, lot_id, operateur_id, prescripteur_id, serie_premiere, serie_derniere, carnets, utilisateur_id, at)
    select ${collectiviteId}::uuid, uuidv7(), 'rappele', convention_id, lot_id, operateur_id, prescripteur_id, lower(r), upper(r) - 1, upper(r) - lower(r),
           ${actor.utilisateurId}::uuid, ${now}
      from runs cross join lateral unnest(plages) r`
}

/** Before its receipt is confirmed a parcel can be called back: the carnets never left the hands of who sent them. */
export const cancelAttribution = async (ctx: Ctx, { attributionId }: { attributionId: string }) => {
  const attribution = await getAttribution(ctx, { attributionId })
  enforce(whyNotCancelAttribution(attribution))
  const { collectivite, destinataire, carnets, reference } = attribution
  const { count } = await ctx.db.attribution.updateMany({
    where: { collectiviteId: collectivite.id, id: attributionId, statut: attribution.statut },
    data: { statut: 'annulee' },
  })
  won(count)
  await callBack(ctx, collectivite.id, attributionId)
  await fact(ctx, { sujet: 'attribution.annulee', collectiviteId: collectivite.id, objet: { attributionId } })
  await notify(ctx, {
    organisationId: destinataire.id,
    roles: rolesWith('carnet:acknowledge'),
    categorie: 'suivi',
    code: 'attribution_annulee',
    titre: `Envoi ${reference} rappelé`,
    texte: `${ctx.actor.organisationNom} a rappelé cet envoi de ${plural(carnets, 'carnet')}. Il n’y a plus rien à confirmer.`,
    lien: `${homePath(destinataire.id === collectivite.id ? 'collectivite' : 'prescripteur')}attributions`,
  })
  return getAttribution(ctx, { attributionId })
}
