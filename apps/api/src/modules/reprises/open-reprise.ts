import { CONVENTION_LABELS } from '@pass/domain/conventions.ts'
import { formatReference } from '@pass/domain/references.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { nextNumber } from '../../platform/numbers.ts'
import { getConvention } from '../conventions/public.ts'
import { getReprise } from './queries.ts'

/** Opens the take-over of a former operator's carnets in an active convention; its file and its proofs come next. */
export const openReprise = async (ctx: Ctx, { conventionId, ancienOperateur }: { conventionId: string; ancienOperateur: string }) => {
  const { statut, collectivite, operateur } = await getConvention(ctx, { conventionId })
  const message = `Convention «\u00a0${CONVENTION_LABELS[statut]}\u00a0»\u00a0: des carnets se reprennent dans une convention active.`
  enforce(statut === 'active' ? null : refuse('convention_statut', message))
  const annee = Number(ctx.today.slice(0, 4))
  const reference = formatReference('RP', annee, await nextNumber(ctx, 'reprise', annee))
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into reprise (collectivite_id, id, convention_id, operateur_id, reference, ancien_operateur, ouverte_par, created_at)
    values (${collectivite.id}::uuid, uuidv7(), ${conventionId}::uuid, ${operateur.id}::uuid, ${reference}, ${ancienOperateur}, ${ctx.actor.utilisateurId}::uuid, ${ctx.now})
    returning id`
  const repriseId = row!.id
  await fact(ctx, { sujet: 'reprise.ouverte', collectiviteId: collectivite.id, objet: { repriseId } })
  return getReprise(ctx, { repriseId })
}
