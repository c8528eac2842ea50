import { becomesLow, joursDeCouverture, RYTHME_JOURS } from '@pass/domain/couverture.ts'
import { rolesWith } from '@pass/domain/droits.ts'
import { plural } from '@pass/domain/money.ts'
import { homePath } from '@pass/domain/organisations.ts'
import type { Ctx } from '../../platform/context.ts'
import { notify } from '../../platform/notify.ts'

/** The collectivité hears of a counter that is about to run out, once: at the hand-over that makes its stock low. */
export const tellLowStock = async (ctx: Ctx, collectiviteId: string): Promise<void> => {
  const [row] = await ctx.db.$queryRaw<{ enStock: number; remis: number }[]>`
    select (count(*) filter (where c.statut = 'attribue' and c.destination_id is null))::int as "enStock",
           (count(*) filter (where c.remis_at >= ${ctx.now}::timestamptz - make_interval(days => ${RYTHME_JOURS})))::int as remis
      from carnet c where c.collectivite_id = ${collectiviteId}::uuid and c.prescripteur_id = ${ctx.actor.organisationId}::uuid`
  const rythme = row ?? { enStock: 0, remis: 0 }
  if (!becomesLow(rythme)) return
  const jours = joursDeCouverture(rythme)
  await notify(ctx, {
    organisationId: collectiviteId,
    roles: rolesWith('carnet:allocate'),
    categorie: 'suivi',
    code: 'stock_bas',
    titre: `Stock bas chez ${ctx.actor.organisationNom}`,
    texte: `Il lui reste ${plural(rythme.enStock, 'carnet')}${jours === null ? '' : `, soit ${plural(jours, 'jour')} au rythme du dernier mois`}. Attribuez-lui d’autres carnets.`,
    lien: `${homePath('collectivite')}stock/couverture?niveau=bas`,
  })
}
