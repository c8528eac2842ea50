import type { Financement, financementRoutes } from '@pass/contracts/financement.ts'
import type { Input } from '@pass/contracts/route.ts'
import { financeurCle } from '@pass/domain/financement.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { dbDate } from '../../platform/db.ts'
import { enforce, found } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { reach } from '../../platform/reach.ts'
import { listFinancements } from './situations.ts'

type Avance = Input<typeof financementRoutes.recordAvance>['body'] & { conventionId: string }

const dateRefusal = (message: string) => refuse('appel_date', message, [{ chemin: 'dateVersement', message }])

/** What a financeur of the convention paid before any use: the next calls deduct it. */
export const recordAvance = async (
  ctx: Ctx,
  { conventionId, cle, montantCentimes, dateVersement, reference }: Avance,
): Promise<Financement> => {
  const convention = found(
    await ctx.db.convention.findFirst({ where: { id: conventionId, ...reach(ctx, 'convention') }, include: { financeurs: true } }),
  )
  const financeur = found(convention.financeurs.find((one) => financeurCle(one) === cle))
  if (dateVersement > ctx.today) enforce(dateRefusal('La date du versement ne peut pas être à venir.'))
  const owners = { collectiviteId: convention.collectiviteId, conventionId, operateurId: convention.operateurId, cle }
  const known = await ctx.db.avance.count({ where: { collectiviteId: convention.collectiviteId, conventionId, cle, reference } })
  if (known > 0) enforce(refuse('avance_existante'))
  const { id } = await ctx.db.avance.create({
    data: {
      ...owners,
      financeurId: financeur.financeurId,
      nature: financeur.nature,
      nom: financeur.nom,
      montantCentimes,
      dateVersement: dbDate(dateVersement),
      reference,
      par: ctx.actor.utilisateurId,
      at: ctx.now,
    },
    select: { id: true },
  })
  await fact(ctx, { sujet: 'avance.enregistree', collectiviteId: convention.collectiviteId, objet: { avanceId: id } })
  const { items } = await listFinancements(ctx, { conventionId })
  return found(items[0])
}
