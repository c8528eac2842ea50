import type { conventionVersionRoutes } from '@pass/contracts/conventions-versions.ts'
import type { Input } from '@pass/contracts/route.ts'
import { whyNotEditSigned, whyNotSaveTermes } from '@pass/domain/convention-termes.ts'
import { whyNotEdit, whyNotSavePeriode } from '@pass/domain/conventions.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, won } from '../../platform/errors.ts'
import { keepEtape } from './etapes.ts'
import { partsOf, requireOperateur } from './financeurs.ts'
import { lieuIdsOf, requireLieux } from './lieux.ts'
import { getConvention, lockConvention } from './queries.ts'

type Body = Input<typeof conventionVersionRoutes.updateConvention>['body']

/** Writes a brouillon again, whole. Signatures recorded already are begun again, when the person says so. */
export const updateConvention = async (
  ctx: Ctx,
  { conventionId, nom, operateurId, dateDebut, recommencer = false, financeurs, ...regles }: Body & { conventionId: string },
) => {
  enforce(whyNotSavePeriode({ dateDebut, dateFin: regles.dateFin }), 400)
  enforce(whyNotSaveTermes({ ...regles, financeurs }), 400)
  const convention = await lockConvention(ctx, { conventionId })
  enforce(whyNotEdit(convention))
  const signees = convention.financeurs.filter(({ signataire }) => signataire !== null).length
  enforce(whyNotEditSigned({ signees, recommencer }))
  await requireOperateur(ctx, operateurId)
  await requireLieux(ctx, regles.lieux, await lieuIdsOf(ctx, conventionId))
  const parts = await partsOf(ctx, financeurs)
  const [done] = await ctx.db.$queryRaw<{ fait: boolean }[]>`
    select convention_edit(${conventionId}::uuid, ${nom}, ${operateurId}::uuid, ${dateDebut}::date, ${JSON.stringify(regles)}::jsonb, ${parts.rows}::jsonb,
      ${parts.ids}::uuid[]) as fait`
  won(done?.fait ? 1 : 0)
  const made = await getConvention(ctx, { conventionId })
  await keepEtape(ctx, made, 'modification', { detail: signees > 0 ? 'Les signatures sont à recommencer.' : null })
  return made
}
