import type { Convention } from '@pass/contracts/conventions.ts'
import type { conventionVersionRoutes, Version } from '@pass/contracts/conventions-versions.ts'
import type { Input } from '@pass/contracts/route.ts'
import { versionTitle, whyNotDateSignature, whyNotSignAvenant } from '@pass/domain/convention-termes.ts'
import { whyNotSignFor } from '@pass/domain/conventions.ts'
import { rolesWith } from '@pass/domain/droits.ts'
import { homePath } from '@pass/domain/organisations.ts'
import type { Ctx } from '../../platform/context.ts'
import { dbDate } from '../../platform/db.ts'
import { enforce, found, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { Job } from '../../platform/jobs/job.ts'
import { notify } from '../../platform/notify.ts'
import { keepEtape } from './etapes.ts'
import { requirePiece } from './pieces.ts'
import { lockConvention } from './queries.ts'
import { getVersion } from './versions.ts'

type Signature = Input<typeof conventionVersionRoutes.signAvenant>['body'] & { conventionId: string; version: number }

const tellOperateur = (ctx: Ctx, { id, reference, operateur }: Convention, { numero, objet }: Version) =>
  notify(ctx, {
    organisationId: operateur.id,
    roles: rolesWith('commande:produce'),
    categorie: 'suivi',
    code: 'avenant_en_vigueur',
    titre: `Convention ${reference} : ${versionTitle(numero)} en vigueur`,
    texte: objet,
    lien: `${homePath('operateur')}conventions/${id}/versions/${numero}`,
  })

/** Every financeur has signed: from now on the convention has these rules, for redeem as for everything else. */
const apply = async (ctx: Ctx, convention: Convention, version: Version) => {
  const { id: conventionId, collectivite } = convention
  const { numero } = version
  const [row] = await ctx.db.$queryRaw<{ fait: boolean }[]>`
    select avenant_apply(${collectivite.id}::uuid, ${conventionId}::uuid, ${numero}::int, ${ctx.today}::date) as fait`
  won(row?.fait ? 1 : 0)
  // carnets by the ten thousand may follow: the job moves them
  if (version.prolongations.length > 0) await enqueue(ctx, 'prolong-lots', { conventionId, numero })
  await keepEtape(ctx, convention, 'avenant_effet', { detail: `${versionTitle(numero)} : ${version.objet}` })
  await fact(ctx, { sujet: 'convention.amendee', collectiviteId: collectivite.id, objet: { conventionId, numero } })
  await tellOperateur(ctx, convention, version)
}

/** Records the signature of a financeur on an avenant; the last one missing puts it in force. */
export const signAvenant = async (
  ctx: Ctx,
  { conventionId, version: numero, rang, signataire, dateSignature = ctx.today, pieceId = null }: Signature,
): Promise<Version> => {
  enforce(whyNotDateSignature(dateSignature, ctx.today), 400)
  // two financeurs may sign at the same second: under the lock, the second one knows that it is the last
  const convention = await lockConvention(ctx, { conventionId })
  const version = await getVersion(ctx, { conventionId, version: numero })
  const financeur = found(version.financeurs.find((one) => one.rang === rang))
  enforce(whyNotSignAvenant({ ...version, dejaSigne: financeur.signataire !== null }, convention))
  enforce(whyNotSignFor(financeur.nature, ctx.actor.organisationType))
  await requirePiece(ctx, conventionId, pieceId)
  const signed = await ctx.db.conventionVersionFinanceur.updateMany({
    where: { conventionId, numero, rang, signataire: null },
    data: { signataire, dateSignature: dbDate(dateSignature), pieceId },
  })
  won(signed.count)
  await keepEtape(ctx, convention, 'avenant_signature', { detail: `${versionTitle(numero)} : ${financeur.nom}` })
  const last = version.financeurs.every((one) => one.rang === rang || one.signataire !== null)
  if (last) await apply(ctx, convention, version)
  return getVersion(ctx, { conventionId, version: numero })
}

/** Job: the lots that an avenant in force prolongs, and their carnets. Run twice, it finds nothing left to move. */
export const prolongLots = async ({ payload, write }: Job): Promise<void> => {
  const { conventionId, numero } = payload as { conventionId: string; numero: number }
  await write({ conventionId, numero }, async ({ db }) => {
    await db.$queryRaw`select lots_prolong(${conventionId}::uuid, ${numero}::int)`
  })
}
