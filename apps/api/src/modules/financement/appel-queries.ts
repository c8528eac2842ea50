import type { Appel, AppelSummary } from '@pass/contracts/financement.ts'
import type { FinanceurNature } from '@pass/domain/conventions.ts'
import type { AppelStatut } from '@pass/domain/financement.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { dayOf } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import type { Prisma } from '../../platform/prisma/client.ts'
import { reach } from '../../platform/reach.ts'

const named = {
  convention: { select: { id: true, reference: true, nom: true, collectivite: { select: { id: true, nom: true } } } },
} as const satisfies Prisma.AppelFondsInclude
const whole = {
  ...named,
  lignes: { include: { part: true }, orderBy: { partageId: 'asc' } },
} as const satisfies Prisma.AppelFondsInclude
type Row = Prisma.AppelFondsGetPayload<{ include: typeof named }>
export type AppelRow = Prisma.AppelFondsGetPayload<{ include: typeof whole }>

const toSummary = ({ convention: { collectivite, ...convention }, ...row }: Row): AppelSummary => ({
  id: row.id,
  numero: row.numero,
  statut: row.statut as AppelStatut,
  convention,
  collectivite,
  cle: row.cle,
  nom: row.nom,
  nature: row.nature as FinanceurNature,
  periodeDebut: row.periodeDebut,
  periodeFin: row.periodeFin,
  pass: row.pass,
  partCentimes: Number(row.partCentimes),
  avanceCentimes: Number(row.avanceCentimes),
  montantCentimes: Number(row.montantCentimes),
  appeleAt: row.appeleAt?.toISOString() ?? null,
  dateReception: row.dateReception && dayOf(row.dateReception),
})

const toAppel = (row: AppelRow): Appel => ({
  ...toSummary(row),
  prepareAt: row.prepareAt.toISOString(),
  referenceVirement: row.referenceVirement,
  motifRefus: row.motifRefus,
  lignes: row.lignes.map(({ montantCentimes, part }) => ({
    mois: part.mois,
    at: part.at.toISOString(),
    pass: part.pass,
    cleBp: part.cleBp,
    montantCentimes: Number(montantCentimes),
    derogationCentimes: Number(part.derogationCentimes),
  })),
})

type Query = {
  statut?: AppelStatut | undefined
  conventionId?: string | undefined
  apres?: string | undefined
  taille?: number | undefined
}

/** Calls for funds in reach, the last prepared first. A financeur meets those sent to it. */
export const listAppels = async (ctx: Ctx, { statut, conventionId, apres, taille = TAILLE }: Query) => {
  const last = cursorOf(apres, z.uuid())
  const where = { ...(statut && { statut }), ...(conventionId && { conventionId }), ...reach(ctx, 'appel_fonds') }
  const rows = await ctx.db.appelFonds.findMany({
    where: { ...where, ...(last && { id: { lt: last } }) },
    include: named,
    orderBy: { id: 'desc' },
    take: taille + 1,
  })
  const page = pageOf(rows, taille, ({ id }) => id, await ctx.db.appelFonds.count({ where }))
  return { ...page, items: page.items.map(toSummary) }
}

/** The row as kept, for its documents and its moves. */
export const readAppel = async (ctx: Ctx, appelId: string): Promise<AppelRow> =>
  found(await ctx.db.appelFonds.findFirst({ where: { id: appelId, ...reach(ctx, 'appel_fonds') }, include: whole }))

export const getAppel = async (ctx: Ctx, { appelId }: { appelId: string }): Promise<Appel> => toAppel(await readAppel(ctx, appelId))
