import type { Commande, CommandeSummary } from '@pass/contracts/commandes.ts'
import type { CommandeActe } from '@pass/domain/commande-actes.ts'
import { COMMANDE_STATUTS, type CommandeStatut, statutsOfTour } from '@pass/domain/commandes.ts'
import type { FactureStatut } from '@pass/domain/factures.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { dayOf } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import type { Prisma } from '../../platform/prisma/client.ts'
import { reach, reaches } from '../../platform/reach.ts'
import { fondsOf } from '../comptabilite/public.ts'

const organisme = { select: { id: true, nom: true } } as const
const parties = {
  collectivite: organisme,
  operateur: organisme,
  convention: { select: { id: true, reference: true, nom: true } },
} as const
type Row = Prisma.CommandeGetPayload<{ include: typeof parties }>

const toSummary = (row: Row): CommandeSummary => ({
  id: row.id,
  reference: row.reference,
  statut: row.statut as CommandeStatut,
  collectivite: row.collectivite,
  convention: row.convention,
  quantite: row.quantite,
  carnetTaille: row.carnetTaille,
  montantCentimes: Number(row.montantCentimes),
  createdAt: row.createdAt.toISOString(),
  echeance: row.echeance && dayOf(row.echeance),
})

type Sheet = Pick<Commande, 'facture' | 'lot' | 'etapes' | 'encaissements' | 'activations' | 'carnetsActivables' | 'fondsCentimes'>
/** What is told of a commande to who reads the order and nothing around it. */
const BARE: Sheet = { facture: null, lot: null, etapes: [], encaissements: [], activations: [], carnetsActivables: 0, fondsCentimes: null }

const toCommande = (row: Row, sheet: Sheet): Commande => ({
  ...toSummary(row),
  operateur: row.operateur,
  valeurFacialeCentimes: row.valeurFacialeCentimes,
  fraisCentimes: Number(row.fraisCentimes),
  tvaCentimes: Number(row.tvaCentimes),
  totalCentimes: Number(row.montantCentimes + row.fraisCentimes + row.tvaCentimes),
  numeroEngagement: row.numeroEngagement,
  codeService: row.codeService,
  numeroMarche: row.numeroMarche,
  siretFacturation: row.siretFacturation,
  fraisBp: row.fraisBp,
  tvaBp: row.tvaBp,
  signataire: row.signataire,
  maquetteTexte: row.maquetteTexte,
  maquetteCommentaire: row.maquetteCommentaire,
  numeroMandat: row.numeroMandat,
  colis: row.colis,
  recus: row.recus,
  ...sheet,
})

const lotOf = async (ctx: Ctx, commandeId: string): Promise<Commande['lot']> => {
  const lot = await ctx.db.lot.findFirst({ where: { commandeId, ...reach(ctx, 'lot') } })
  return (
    lot && {
      id: lot.id,
      seriePremiere: formatSerie(Number(lot.seriePremiere)),
      serieDerniere: formatSerie(Number(lot.serieDerniere)),
      quantite: lot.quantite,
      produits: lot.produits,
      dateFin: dayOf(lot.dateFin),
    }
  )
}

const etapesOf = async (ctx: Ctx, commandeId: string): Promise<Commande['etapes']> => {
  const rows = await ctx.db.commandeEtape.findMany({
    where: { commandeId, ...reach(ctx, 'commande_etape') },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })
  return rows.map(({ id, action, statut, organisation, acteur, commentaire, at }) => ({
    id,
    action: action as CommandeActe,
    statut: statut as CommandeStatut,
    organisation,
    acteur,
    commentaire,
    at: at.toISOString(),
  }))
}

const encaissementsOf = async (ctx: Ctx, commandeId: string): Promise<Commande['encaissements']> => {
  const rows = await ctx.db.encaissement.findMany({ where: { commandeId, ...reach(ctx, 'encaissement') }, orderBy: { id: 'asc' } })
  return rows.map(({ id, montantCentimes, fraisCentimes, referenceVirement, dateReception }) => ({
    id,
    montantCentimes: Number(montantCentimes),
    fraisCentimes: Number(fraisCentimes),
    referenceVirement,
    dateReception: dayOf(dateReception),
  }))
}

const activationsOf = async (ctx: Ctx, commandeId: string): Promise<Commande['activations']> => {
  const rows = await ctx.db.activation.findMany({ where: { commandeId, ...reach(ctx, 'activation') }, orderBy: { seriePremiere: 'asc' } })
  return rows.map(({ id, seriePremiere, serieDerniere, carnets, montantCentimes, numeroMandat, at }) => ({
    id,
    seriePremiere: formatSerie(Number(seriePremiere)),
    serieDerniere: formatSerie(Number(serieDerniere)),
    carnets,
    montantCentimes: Number(montantCentimes),
    numeroMandat,
    at: at.toISOString(),
  }))
}

/** The invoice of a commande that was not rejected. */
const factureOf = async (ctx: Ctx, commandeId: string): Promise<Commande['facture']> => {
  const row = await ctx.db.facture.findFirst({
    where: { commandeId, nature: 'facture', statut: { not: 'rejetee' }, ...reach(ctx, 'facture') },
    select: { id: true, numero: true, statut: true },
  })
  return row && { ...row, statut: row.statut as FactureStatut }
}

const sheetOf = async (ctx: Ctx, { id, conventionId }: Row): Promise<Sheet> => {
  if (!reaches(ctx, 'lot')) return BARE
  const lot = await lotOf(ctx, id)
  return {
    facture: await factureOf(ctx, id),
    lot,
    etapes: await etapesOf(ctx, id),
    encaissements: await encaissementsOf(ctx, id),
    activations: await activationsOf(ctx, id),
    carnetsActivables: lot
      ? await ctx.db.carnet.count({
          where: { lotId: lot.id, activationId: null, statut: { in: ['livre', 'attribue', 'remis'] }, ...reach(ctx, 'carnet') },
        })
      : 0,
    fondsCentimes: await fondsOf(ctx, conventionId),
  }
}

export type CommandeFilter = {
  statut?: CommandeStatut | undefined
  conventionId?: string | undefined
  tour?: 'collectivite' | 'operateur' | undefined
}
type ListQuery = CommandeFilter & { apres?: string | undefined; taille?: number | undefined }

/** The commandes in reach that a filter keeps, for the list and for its export. */
export const commandesWhere = (ctx: Ctx, { statut, conventionId, tour }: CommandeFilter) => {
  const statuts = (tour ? statutsOfTour(tour) : COMMANDE_STATUTS).filter((one) => !statut || one === statut)
  return { statut: { in: statuts }, ...(conventionId && { conventionId }), ...reach(ctx, 'commande') }
}

/** Commandes in reach, the last made first. */
export const listCommandes = async (ctx: Ctx, { apres, taille = TAILLE, ...filter }: ListQuery) => {
  const last = cursorOf(apres, z.uuid())
  const where = commandesWhere(ctx, filter)
  const rows = await ctx.db.commande.findMany({
    where: { ...where, ...(last && { id: { lt: last } }) },
    include: parties,
    orderBy: { id: 'desc' },
    take: taille + 1,
  })
  const page = pageOf(rows, taille, ({ id }) => id, await ctx.db.commande.count({ where }))
  return { ...page, items: page.items.map(toSummary) }
}

export const getCommande = async (ctx: Ctx, { commandeId }: { commandeId: string }): Promise<Commande> => {
  const row = found(await ctx.db.commande.findFirst({ where: { id: commandeId, ...reach(ctx, 'commande') }, include: parties }))
  return toCommande(row, await sheetOf(ctx, row))
}

/** The same, its row locked until the end: for acts that add up what others may be writing. */
export const lockCommande = async (ctx: Ctx, { commandeId }: { commandeId: string }): Promise<Commande> => {
  await ctx.db.$queryRaw`select 1 from commande where id = ${commandeId}::uuid for no key update`
  return getCommande(ctx, { commandeId })
}
