import type { Convention } from '@pass/contracts/conventions.ts'
import type { conventionVersionRoutes, Version } from '@pass/contracts/conventions-versions.ts'
import type { Input } from '@pass/contracts/route.ts'
import {
  type Prolongation,
  versionTitle,
  whyNotDraftAvenant,
  whyNotEditSigned,
  whyNotSaveTermes,
  whyNotTouchVersion,
} from '@pass/domain/convention-termes.ts'
import { whyNotAmend } from '@pass/domain/conventions.ts'
import { rolesWith } from '@pass/domain/droits.ts'
import { homePath } from '@pass/domain/organisations.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { dayOf } from '../../platform/db.ts'
import { enforce, won } from '../../platform/errors.ts'
import { notify } from '../../platform/notify.ts'
import { reach } from '../../platform/reach.ts'
import { keepEtape } from './etapes.ts'
import { partsOf } from './financeurs.ts'
import { requireLieux } from './lieux.ts'
import { lockConvention } from './queries.ts'
import { getVersion, OBJET_INITIAL, type ProlongationLue, reglesOf, termesOf } from './versions.ts'

type Body = Input<typeof conventionVersionRoutes.prepareAvenant>['body']
type Draft = Body & { convention: Convention; numero: number | null }

/** The lots of a convention with what names them: their commande. `ouverts`: those whose end is not settled yet, that an avenant may still prolong. */
export const lotsOf = async (ctx: Ctx, conventionId: string, { ouverts = false } = {}) => {
  const rows = await ctx.db.lot.findMany({
    where: {
      conventionId,
      ...(ouverts && { echeances: { none: { statut: { in: ['cloture', 'close'] } } } }),
      ...reach(ctx, 'lot'),
    },
    select: { id: true, dateFin: true, quantite: true, commande: { select: { reference: true } } },
    orderBy: [{ dateFin: 'asc' }, { id: 'asc' }],
  })
  return rows.map(({ id, dateFin, quantite, commande }) => ({
    id,
    dateFin: dayOf(dateFin),
    carnets: quantite,
    nom: `commande ${commande.reference}`,
  }))
}

const named = (prolongations: readonly Prolongation[], lots: Awaited<ReturnType<typeof lotsOf>>): ProlongationLue[] =>
  prolongations.map((one) => {
    const { nom, dateFin } = lots.find(({ id }) => id === one.lotId)!
    return { ...one, lot: nom, avant: dateFin }
  })

/** Weighs the draft against the version in force, then writes it; answers its number. */
const writeAvenant = async (ctx: Ctx, { convention, numero, objet, prolongations, financeurs, ...regles }: Draft): Promise<number> => {
  const courant = await reglesOf(ctx, convention)
  const lots = await lotsOf(ctx, convention.id, { ouverts: true })
  enforce(
    whyNotDraftAvenant(
      { avant: termesOf(courant, convention.financeurs), apres: { ...regles, financeurs }, prolongations, lots },
      { dateDebut: convention.dateDebut, commandeCentimes: convention.commandeCentimes ?? 0 },
      ctx.today,
    ),
  )
  await requireLieux(ctx, regles.lieux, courant.lieux)
  const parts = await partsOf(ctx, financeurs)
  const [row] = await ctx.db.$queryRaw<{ numero: number | null }[]>`
    select avenant_write(${convention.id}::uuid, ${numero}::int, ${objet}, ${JSON.stringify(regles)}::jsonb, ${JSON.stringify(named(prolongations, lots))}::jsonb,
      ${parts.rows}::jsonb, ${parts.ids}::uuid[], ${JSON.stringify(courant)}::jsonb, ${OBJET_INITIAL}, ${`${ctx.actor.prenom} ${ctx.actor.nom}`}, ${ctx.now}) as numero`
  won(row?.numero ? 1 : 0)
  return row!.numero!
}

/** The ANCT hears of an avenant that it has to sign for the State. */
const tellState = async (ctx: Ctx, convention: Convention, version: Version) => {
  if (!version.financeurs.some(({ nature }) => nature === 'etat')) return
  const anct = await ctx.db.organisation.findMany({ where: { type: 'anct' }, select: { id: true } })
  for (const { id: organisationId } of anct)
    await notify(ctx, {
      organisationId,
      roles: rolesWith('convention:sign'),
      categorie: 'suivi',
      code: 'avenant_a_signer',
      titre: `Convention ${convention.reference} : avenant à signer`,
      texte: `${convention.collectivite.nom} a préparé un avenant. L’ANCT signe pour l’État.`,
      lien: `${homePath('anct')}conventions/${convention.id}/versions/${version.numero}`,
    })
}

/** Prepares the next version of a convention, whole: the one in force goes on until the last signature of this one. */
export const prepareAvenant = async (ctx: Ctx, { conventionId, ...body }: Body & { conventionId: string }): Promise<Version> => {
  enforce(whyNotSaveTermes(body), 400)
  const convention = await lockConvention(ctx, { conventionId })
  enforce(whyNotAmend(convention))
  const pending = await ctx.db.conventionVersion.count({
    where: { conventionId, statut: 'brouillon', ...reach(ctx, 'convention_version') },
  })
  enforce(pending > 0 ? refuse('avenant_en_cours') : null)
  const numero = await writeAvenant(ctx, { ...body, convention, numero: null })
  await keepEtape(ctx, convention, 'avenant', { detail: `${versionTitle(numero)} : ${body.objet}` })
  const version = await getVersion(ctx, { conventionId, version: numero })
  await tellState(ctx, convention, version)
  return version
}

/** Writes a prepared avenant again. Its signatures, if any, are begun again when the person says so. */
export const updateAvenant = async (
  ctx: Ctx,
  {
    conventionId,
    version: numero,
    recommencer = false,
    ...body
  }: Body & { conventionId: string; version: number; recommencer?: boolean | undefined },
): Promise<Version> => {
  enforce(whyNotSaveTermes(body), 400)
  const convention = await lockConvention(ctx, { conventionId })
  const version = await getVersion(ctx, { conventionId, version: numero })
  enforce(whyNotTouchVersion(version))
  enforce(whyNotAmend(convention))
  const signees = version.financeurs.filter(({ signataire }) => signataire !== null).length
  enforce(whyNotEditSigned({ signees, recommencer }))
  await writeAvenant(ctx, { ...body, convention, numero })
  const detail = signees > 0 ? `${versionTitle(numero)} : les signatures sont à recommencer.` : versionTitle(numero)
  await keepEtape(ctx, convention, 'avenant_modifie', { detail })
  return getVersion(ctx, { conventionId, version: numero })
}

/** Gives a prepared avenant up: it stays readable, with why. */
export const abandonAvenant = async (
  ctx: Ctx,
  { conventionId, version: numero, motif }: { conventionId: string; version: number; motif: string },
): Promise<Version> => {
  const convention = await lockConvention(ctx, { conventionId })
  enforce(whyNotTouchVersion(await getVersion(ctx, { conventionId, version: numero })))
  const left = await ctx.db.conventionVersion.updateMany({
    where: { conventionId, numero, statut: 'brouillon' },
    data: { statut: 'abandonnee', motifAbandon: motif },
  })
  won(left.count)
  await keepEtape(ctx, convention, 'avenant_abandon', { detail: versionTitle(numero), motif })
  return getVersion(ctx, { conventionId, version: numero })
}
