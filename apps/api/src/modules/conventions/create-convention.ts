import type { conventionRoutes } from '@pass/contracts/conventions.ts'
import type { Input } from '@pass/contracts/route.ts'
import { conventionReference, whyNotSaveFinanceurs, whyNotSavePeriode } from '@pass/domain/conventions.ts'
import type { Ctx } from '../../platform/context.ts'
import { dbDate } from '../../platform/db.ts'
import { enforce } from '../../platform/errors.ts'
import { nextNumber } from '../../platform/numbers.ts'
import { keepEtape } from './etapes.ts'
import { accountsOf, requireOperateur } from './financeurs.ts'
import { getConvention } from './queries.ts'

type Body = Input<typeof conventionRoutes.createConvention>['body']

/** Prepares a convention of the actor's collectivité, as a brouillon: its key is complete from the start. */
export const createConvention = async (ctx: Ctx, { financeurs, dateDebut, dateFin, ...terms }: Body) => {
  enforce(whyNotSavePeriode({ dateDebut, dateFin }), 400)
  enforce(whyNotSaveFinanceurs(financeurs), 400)
  await requireOperateur(ctx, terms.operateurId)
  const collectiviteId = ctx.actor.organisationId
  const accounts = await accountsOf(ctx, financeurs)
  const annee = Number(ctx.today.slice(0, 4))
  const { id } = await ctx.db.convention.create({
    data: {
      collectiviteId,
      reference: conventionReference(annee, await nextNumber(ctx, 'convention', annee)),
      dateDebut: dbDate(dateDebut),
      dateFin: dbDate(dateFin),
      ...terms,
      financeurIds: [...new Set(accounts.values())],
    },
  })
  await ctx.db.conventionFinanceur.createMany({
    data: financeurs.map((financeur, i) => ({
      collectiviteId,
      conventionId: id,
      rang: i + 1,
      ...financeur,
      financeurId: accounts.get(financeur.nom) ?? null,
    })),
  })
  const made = await getConvention(ctx, { conventionId: id })
  await keepEtape(ctx, made, 'preparation')
  return made
}
