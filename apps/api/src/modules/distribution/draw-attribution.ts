import type { FileAnswer } from '@pass/contracts/route.ts'
import { parisDay } from '@pass/domain/days.ts'
import type { Ctx } from '../../platform/context.ts'
import { found } from '../../platform/errors.ts'
import { pdf } from '../../platform/pdf/document.ts'
import { reachSql } from '../../platform/reach.ts'
import { drawSlip, titleOf } from './attribution-bordereau.pdf.ts'
import { getWholeAttribution } from './attribution-queries.ts'

const partieOf = async (ctx: Ctx, id: string) =>
  found(await ctx.db.organisation.findUnique({ where: { id }, select: { nom: true, siret: true } }))

const conventionOf = async (ctx: Ctx, attributionId: string): Promise<string> => {
  const [row] = await ctx.db.$queryRaw<{ nom: string }[]>`
    select v.nom from attribution a join convention v on v.collectivite_id = a.collectivite_id and v.id = a.convention_id
     where a.id = ${attributionId}::uuid and ${reachSql(ctx, 'attribution', 'a')}`
  return found(row).nom
}

/** The slip of a parcel, for its two parties and the collectivité. The same parcel in the same state gives the same bytes. */
export const drawAttribution = async (ctx: Ctx, { attributionId }: { attributionId: string }): Promise<FileAnswer> => {
  const attribution = await getWholeAttribution(ctx, attributionId)
  const { reference, sens, statut, plages, nombrePlages, carnets, envoyeeAt, accuseeAt } = attribution
  const bordereau = {
    reference,
    sens,
    date: parisDay(new Date(envoyeeAt)),
    dateReception: accuseeAt && parisDay(new Date(accuseeAt)),
    annulee: statut === 'annulee',
    expediteur: await partieOf(ctx, attribution.expediteur.id),
    destinataire: await partieOf(ctx, attribution.destinataire.id),
    collectivite: attribution.collectivite.nom,
    convention: await conventionOf(ctx, attributionId),
    plages,
    autresPlages: nombrePlages - plages.length,
    carnets,
  }
  return {
    nom: `bordereau-${reference}.pdf`,
    type: 'application/pdf',
    contenu: () => pdf(drawSlip, bordereau, { titre: titleOf(bordereau), now: new Date(accuseeAt ?? envoyeeAt) }),
  }
}
