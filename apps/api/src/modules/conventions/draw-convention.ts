import type { FileAnswer } from '@pass/contracts/route.ts'
import type { Ctx } from '../../platform/context.ts'
import { found } from '../../platform/errors.ts'
import { pdf } from '../../platform/pdf/document.ts'
import { listDevoirs } from './calendrier.ts'
import { drawConvention as draw } from './convention.pdf.ts'
import { getConvention } from './queries.ts'
import { getVersion, termesOf } from './versions.ts'

const partieOf = async (ctx: Ctx, id: string) =>
  found(await ctx.db.organisation.findUnique({ where: { id }, select: { nom: true, siret: true } }))

/** The convention, or one of its avenants, as its parties print it. Each reader finds the shares that it reads on its screen. */
export const drawConvention = async (
  ctx: Ctx,
  { conventionId, version: numero }: { conventionId: string; version: number },
): Promise<FileAnswer> => {
  const convention = await getConvention(ctx, { conventionId })
  const version = await getVersion(ctx, { conventionId, version: numero })
  const data = {
    version,
    termes: termesOf(version.termes, version.financeurs),
    reference: convention.reference,
    nom: convention.nom,
    dateDebut: convention.dateDebut,
    collectivite: await partieOf(ctx, convention.collectivite.id),
    operateur: await partieOf(ctx, convention.operateur.id),
    // an avenant says what it changes, the convention says everything
    devoirs: numero === 1 ? (await listDevoirs(ctx, { conventionId })).items.filter(({ cle }) => !cle.startsWith('lot-')) : [],
  }
  const titre = `${version.titre} ${convention.reference}`
  const nom = numero === 1 ? `convention-${convention.reference}.pdf` : `avenant-${numero - 1}-${convention.reference}.pdf`
  return { nom, type: 'application/pdf', contenu: () => pdf(draw, data, { titre, now: new Date(version.createdAt) }) }
}
