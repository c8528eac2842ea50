import type { Facture, FactureSummary } from '@pass/contracts/factures.ts'
import type { FactureNature, FactureStatut } from '@pass/domain/factures.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { dayOf } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import type { Prisma } from '../../platform/prisma/client.ts'
import { reach } from '../../platform/reach.ts'

const organisme = { select: { id: true, nom: true } } as const
const numbered = { select: { id: true, numero: true } } as const
const parties = { collectivite: organisme, operateur: organisme, commande: { select: { id: true, reference: true } } } as const
const whole = {
  ...parties,
  origine: numbered,
  avoirs: { ...numbered, where: { statut: { not: 'rejetee' } } },
  factureEvenements: { orderBy: [{ at: 'asc' }, { id: 'asc' }] },
} as const satisfies Prisma.FactureInclude
type Row = Prisma.FactureGetPayload<{ include: typeof parties }>
type WholeRow = Prisma.FactureGetPayload<{ include: typeof whole }>

const toSummary = (row: Row): FactureSummary => ({
  id: row.id,
  numero: row.numero,
  nature: row.nature as FactureNature,
  statut: row.statut as FactureStatut,
  commande: row.commande,
  collectivite: row.collectivite,
  operateur: row.operateur,
  dateEmission: dayOf(row.dateEmission),
  dateEcheance: row.dateEcheance && dayOf(row.dateEcheance),
  totalCentimes: Number(row.totalCentimes),
})

const toEvenement = ({ id, statut, organisation, acteur, motif, at }: WholeRow['factureEvenements'][number]) => ({
  id,
  statut: statut as FactureStatut,
  organisation,
  acteur,
  motif,
  at: at.toISOString(),
})

const toFacture = (row: WholeRow): Facture => ({
  ...toSummary(row),
  quantite: row.quantite,
  carnetTaille: row.carnetTaille,
  valeurFacialeCentimes: row.valeurFacialeCentimes,
  montantCentimes: Number(row.montantCentimes),
  fraisCentimes: Number(row.fraisCentimes),
  fraisBp: row.fraisBp,
  tvaCentimes: Number(row.tvaCentimes),
  tvaBp: row.tvaBp,
  numeroMarche: row.numeroMarche,
  numeroEngagement: row.numeroEngagement,
  codeService: row.codeService,
  siretFacturation: row.siretFacturation,
  motif: row.motif,
  origine: row.origine,
  avoir: row.avoirs[0] ?? null,
  evenements: row.factureEvenements.map(toEvenement),
})

type ListQuery = {
  statut?: FactureStatut | undefined
  nature?: FactureNature | undefined
  commandeId?: string | undefined
  apres?: string | undefined
  taille?: number | undefined
}

/** Invoices and avoirs in reach, the last made first. */
export const listFactures = async (ctx: Ctx, { statut, nature, commandeId, apres, taille = TAILLE }: ListQuery) => {
  const last = cursorOf(apres, z.uuid())
  const where = { ...(statut && { statut }), ...(nature && { nature }), ...(commandeId && { commandeId }), ...reach(ctx, 'facture') }
  const rows = await ctx.db.facture.findMany({
    where: { ...where, ...(last && { id: { lt: last } }) },
    include: parties,
    orderBy: { id: 'desc' },
    take: taille + 1,
  })
  const page = pageOf(rows, taille, ({ id }) => id, await ctx.db.facture.count({ where }))
  return { ...page, items: page.items.map(toSummary) }
}

/** The row as kept, for its document. */
export const readFacture = async (ctx: Ctx, factureId: string): Promise<WholeRow> =>
  found(await ctx.db.facture.findFirst({ where: { id: factureId, ...reach(ctx, 'facture') }, include: whole }))

export const getFacture = async (ctx: Ctx, { factureId }: { factureId: string }): Promise<Facture> =>
  toFacture(await readFacture(ctx, factureId))
