import type { Convention, ConventionSummary } from '@pass/contracts/conventions.ts'
import type { Critere } from '@pass/domain/convention-termes.ts'
import type { ConventionStatut, FinanceurNature, IdentiteMode, LieuxAdmis, PublicCode } from '@pass/domain/conventions.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { dayOf } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import type { Prisma } from '../../platform/prisma/client.ts'
import { reach, reaches } from '../../platform/reach.ts'
import { conventionsACrediter, fondsOf } from '../comptabilite/public.ts'

const organisme = { select: { id: true, nom: true } } as const
const parties = { collectivite: organisme, operateur: organisme } as const
type Row = Prisma.ConventionGetPayload<{ include: typeof parties }>
type FinanceurRow = Omit<Prisma.ConventionFinanceurGetPayload<object>, 'collectiviteId' | 'conventionId' | 'financeurId'>

const toSummary = (row: Row): ConventionSummary => ({
  id: row.id,
  reference: row.reference,
  nom: row.nom,
  statut: row.statut as ConventionStatut,
  collectivite: row.collectivite,
  dateDebut: dayOf(row.dateDebut),
  dateFin: dayOf(row.dateFin),
  montantCentimes: Number(row.montantCentimes),
})

export const toFinanceur = (row: FinanceurRow): Convention['financeurs'][number] => ({
  rang: row.rang,
  nature: row.nature as FinanceurNature,
  nom: row.nom,
  cleBp: row.cleBp,
  plafondCentimes: row.plafondCentimes === null ? null : Number(row.plafondCentimes),
  estRepli: row.estRepli,
  signataire: row.signataire,
  dateSignature: row.dateSignature && dayOf(row.dateSignature),
  pieceId: row.pieceId,
})

const toConvention = (row: Row, money: Pick<Convention, 'financeurs' | 'commandeCentimes' | 'fondsCentimes'>): Convention => ({
  ...toSummary(row),
  operateur: row.operateur,
  carnetTaille: row.carnetTaille,
  valeurFacialeCentimes: row.valeurFacialeCentimes,
  validiteMois: row.validiteMois,
  toleranceJours: row.toleranceJours,
  reclamationJours: row.reclamationJours,
  passParAtelier: row.passParAtelier,
  passParAtelierLong: row.passParAtelierLong,
  passParDemiJournee: row.passParDemiJournee,
  quotaPicBp: row.quotaPicBp,
  fraisAmontBp: row.fraisAmontBp,
  fse: row.fse,
  identite: row.identite as IdentiteMode,
  lieuxAdmis: row.lieuxAdmis as LieuxAdmis,
  territoire: row.territoire,
  publics: row.publics as PublicCode[],
  criteres: row.criteres as Critere[],
  version: row.version,
  dateSignature: row.dateSignature && dayOf(row.dateSignature),
  ...money,
})

/** Everyone to whom the money is shared: all for the collectivité and the ANCT, itself for a financeur, none for the operator. */
const financeursOf = async (ctx: Ctx, conventionId: string) => {
  if (!reaches(ctx, 'convention_financeur')) return []
  const rows = await ctx.db.conventionFinanceur.findMany({
    where: { conventionId, ...reach(ctx, 'convention_financeur') },
    orderBy: { rang: 'asc' },
  })
  return rows.map(toFinanceur)
}

/** Face value of the commandes not cancelled, in centimes; null for who reads none. */
export const commandeCentimesOf = async (ctx: Ctx, conventionId: string): Promise<number | null> => {
  if (!reaches(ctx, 'commande')) return null
  const { _sum } = await ctx.db.commande.aggregate({
    where: { conventionId, statut: { not: 'annulee' }, ...reach(ctx, 'commande') },
    _sum: { montantCentimes: true },
  })
  return Number(_sum.montantCentimes ?? 0)
}

type ListQuery = {
  statut?: ConventionStatut | undefined
  aCrediter?: boolean | undefined
  apres?: string | undefined
  taille?: number | undefined
}

/** Nobody but those who read incidents has conventions to credit. */
const toCredit = async (ctx: Ctx) => ({ id: { in: reaches(ctx, 'incident') ? await conventionsACrediter(ctx) : [] } })

/** Conventions in reach, the last made first. */
export const listConventions = async (ctx: Ctx, { statut, aCrediter, apres, taille = TAILLE }: ListQuery) => {
  const last = cursorOf(apres, z.uuid())
  const { AND } = reach(ctx, 'convention')
  const where = { ...(statut && { statut }), AND: aCrediter ? [...AND, await toCredit(ctx)] : AND }
  const rows = await ctx.db.convention.findMany({
    where: { ...where, ...(last && { id: { lt: last } }) },
    include: parties,
    orderBy: { id: 'desc' },
    take: taille + 1,
  })
  const page = pageOf(rows, taille, ({ id }) => id, await ctx.db.convention.count({ where }))
  return { ...page, items: page.items.map(toSummary) }
}

export const getConvention = async (ctx: Ctx, { conventionId }: { conventionId: string }): Promise<Convention> => {
  const row = found(await ctx.db.convention.findFirst({ where: { id: conventionId, ...reach(ctx, 'convention') }, include: parties }))
  return toConvention(row, {
    financeurs: await financeursOf(ctx, conventionId),
    commandeCentimes: await commandeCentimesOf(ctx, conventionId),
    fondsCentimes: await fondsOf(ctx, conventionId),
  })
}

/** The same, its row locked until the end: for what must not happen twice at once on a convention. */
export const lockConvention = async (ctx: Ctx, { conventionId }: { conventionId: string }): Promise<Convention> => {
  await ctx.db.$queryRaw`select 1 from convention where id = ${conventionId}::uuid for no key update`
  return getConvention(ctx, { conventionId })
}
