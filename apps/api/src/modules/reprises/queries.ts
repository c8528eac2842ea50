import type { Reprise, RepriseLigne, RepriseSummary } from '@pass/contracts/reprises.ts'
import { formatSerie } from '@pass/domain/references.ts'
import type { EtatAncien, RepriseMotif, RepriseStatut } from '@pass/domain/reprises.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { empty, type Sql, sql } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { progressOf } from '../../platform/jobs/enqueue.ts'
import type { JobCtx } from '../../platform/jobs/job.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reachSql } from '../../platform/reach.ts'
import { fondsOf } from '../comptabilite/public.ts'
import { listPieces } from '../fichiers/public.ts'

export const OBJET = 'reprise'
/** The key of the jobs of a take-over: one at a time. */
export const jobKey = (repriseId: string): string => `reprise:${repriseId}`

type Row = {
  id: string
  collectivite_id: string
  convention_id: string
  operateur_id: string
  reference: string
  ancien_operateur: string
  statut: RepriseStatut
  nom: string | null
  message: string | null
  lignes: number
  fautes: number
  carnets: number
  honores: number
  refuses: number
  montant_centimes: bigint
  numero_mandat: string | null
  created_at: Date
  appliquee_at: Date | null
  collectivite: string
  convention: string
  convention_nom: string
}

const rowsOf = (ctx: Ctx | JobCtx, rest: Sql) => ctx.db.$queryRaw<Row[]>`
  select r.id, r.collectivite_id, r.convention_id, r.operateur_id, r.reference, r.ancien_operateur, r.statut, r.nom, r.message, r.lignes, r.fautes, r.carnets,
         r.honores, r.refuses, r.montant_centimes, r.numero_mandat, r.created_at, r.appliquee_at, o.nom as collectivite, v.reference as convention, v.nom as convention_nom
    from reprise r join organisation o on o.id = r.collectivite_id join convention v on v.collectivite_id = r.collectivite_id and v.id = r.convention_id
   where ${reachSql(ctx, 'reprise', 'r')} ${rest}`

/** A take-over as it is now; `lock` keeps it until the end of the transaction. */
export const readReprise = async (ctx: Ctx | JobCtx, repriseId: string, { lock = false } = {}): Promise<Row> => {
  const rows = await rowsOf(ctx, sql`and r.id = ${repriseId}::uuid ${lock ? sql`for no key update of r` : empty}`)
  return found(rows[0])
}

const toSummary = (row: Row): RepriseSummary => ({
  id: row.id,
  reference: row.reference,
  ancienOperateur: row.ancien_operateur,
  statut: row.statut,
  collectivite: { id: row.collectivite_id, nom: row.collectivite },
  convention: { id: row.convention_id, reference: row.convention, nom: row.convention_nom },
  carnets: row.carnets,
  honores: row.honores,
  refuses: row.refuses,
  montantCentimes: Number(row.montant_centimes),
  createdAt: row.created_at.toISOString(),
})

const commandesOf = (ctx: Ctx, repriseId: string) => ctx.db.$queryRaw<Reprise['commandes']>`
  select c.id, c.reference, c.quantite as carnets, c.carnet_taille as "carnetTaille" from commande c
   where ${reachSql(ctx, 'commande', 'c')} and c.reprise_id = ${repriseId}::uuid order by c.reference`

export const getReprise = async (ctx: Ctx, { repriseId }: { repriseId: string }): Promise<Reprise> => {
  const row = await readReprise(ctx, repriseId)
  const waits = row.statut === 'a_lire' || row.statut === 'en_cours'
  return {
    ...toSummary(row),
    nom: row.nom,
    message: row.message,
    lignes: row.lignes,
    fautes: row.fautes,
    numeroMandat: row.numero_mandat,
    fondsCentimes: (await fondsOf(ctx, row.convention_id)) ?? 0,
    pieces: await listPieces(ctx, { objet: OBJET, objetId: repriseId }),
    commandes: await commandesOf(ctx, repriseId),
    avancement: waits ? await progressOf(ctx, jobKey(repriseId)) : null,
    appliqueeAt: row.appliquee_at && row.appliquee_at.toISOString(),
  }
}

type Page = { apres?: string | undefined; taille?: number | undefined }

/** Take-overs, the last one first. */
export const listReprises = async (ctx: Ctx, { apres, taille = TAILLE, statut }: Page & { statut?: RepriseStatut | undefined }) => {
  const after = cursorOf(apres, z.tuple([z.uuid()]))
  const ofStatut = statut ? sql`and r.statut = ${statut}` : empty
  const rows = await rowsOf(
    ctx,
    sql`${ofStatut} ${after ? sql`and r.id < ${after[0]}::uuid` : empty} order by r.id desc limit ${taille + 1}`,
  )
  const [counted] = await ctx.db.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from reprise r where ${reachSql(ctx, 'reprise', 'r')} ${ofStatut}`
  const page = pageOf(rows, taille, ({ id }) => [id], counted!.n)
  return { ...page, items: page.items.map(toSummary) }
}

type LineRow = {
  numero: number
  serie: string | null
  etat: EtatAncien | null
  date_fin: string | null
  remis_le: string | null
  preuve: string | null
  probleme: string | null
  motif: RepriseMotif | null
  carnet_serie: bigint | null
}

const toLine = ({ date_fin: dateFin, remis_le: remisLe, carnet_serie, ...row }: LineRow): RepriseLigne => ({
  ...row,
  dateFin,
  remisLe,
  // a refused pass of a carnet that was taken over is in that carnet too
  carnet: carnet_serie === null ? null : formatSerie(Number(carnet_serie)),
})

const DECISION = {
  honore: sql`and l.probleme is null and l.motif is null`,
  refuse: sql`and l.motif is not null`,
  probleme: sql`and l.probleme is not null`,
} as const

/** The lines of a take-over, in the order of its file. */
export const linesOf = (ctx: Ctx, repriseId: string, rest: Sql) => ctx.db.$queryRaw<LineRow[]>`
  select l.numero, l.serie, l.etat, l.date_fin::text, l.remis_le::text, l.preuve, l.probleme, l.motif, l.carnet_serie
    from reprise_ligne l where ${reachSql(ctx, 'reprise_ligne', 'l')} and l.reprise_id = ${repriseId}::uuid ${rest}`

type LinesInput = Page & { repriseId: string; decision?: keyof typeof DECISION | undefined; serie?: string | undefined }

export const listRepriseLignes = async (ctx: Ctx, { repriseId, apres, taille = TAILLE, decision, serie }: LinesInput) => {
  const after = cursorOf(apres, z.tuple([z.int()]))
  const { lignes, honores, refuses, fautes } = await readReprise(ctx, repriseId)
  const bySerie = serie ? sql`and l.serie = ${serie.toUpperCase()}` : empty
  const rows = await linesOf(
    ctx,
    repriseId,
    sql`${decision ? DECISION[decision] : empty} ${bySerie} ${after ? sql`and l.numero > ${after[0]}` : empty} order by l.numero limit ${taille + 1}`,
  )
  const counts = { honore: honores, refuse: refuses, probleme: fautes }
  const page = pageOf(rows, taille, ({ numero }) => [numero], serie ? null : decision ? counts[decision] : lignes)
  return { ...page, items: page.items.map(toLine) }
}
