import type { Attribution } from '@pass/contracts/carnets.ts'
import { type AttributionPosition, type AttributionSens, type AttributionStatut, isLate, lateBefore } from '@pass/domain/attributions.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { empty, join, type Sql, sql } from '../../platform/db.ts'
import { found, NotFound } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reaches, reachSql } from '../../platform/reach.ts'
import type { Parcel } from './parcels.ts'

export type AttributionFilters = {
  apres?: string | undefined
  taille?: number | undefined
  statut?: AttributionStatut | undefined
  sens?: AttributionSens | undefined
  enRetard?: boolean | undefined
  prescripteurId?: string | undefined
}

type Row = {
  id: string
  reference: string
  statut: AttributionStatut
  sens: AttributionSens
  collectivite_id: string
  collectivite: string
  prescripteur_id: string | null
  prescripteur: string | null
  expediteur_id: string | null
  expediteur: string | null
  serie_premiere: bigint
  serie_derniere: bigint
  plages: { premiere: number; derniere: number }[]
  nombre_plages: number
  carnets: number
  envoyee_at: Date
  accusee_at: Date | null
}

/** Ranges that an answer of the list holds; the slip holds them all. */
const RANGES = 10
const SENS = sql`case when a.expediteur_id is null then 'attribution' when a.prescripteur_id is null then 'retour' else 'transfert' end`

const positionOf = (ctx: Ctx, { expediteur_id, prescripteur_id, collectivite_id }: Row): AttributionPosition => {
  const me = ctx.actor.organisationId
  if ((prescripteur_id ?? collectivite_id) === me) return 'destinataire'
  return (expediteur_id ?? collectivite_id) === me ? 'expediteur' : 'tiers'
}

const toAttribution = (ctx: Ctx, row: Row): Attribution => {
  const collectivite = { id: row.collectivite_id, nom: row.collectivite }
  const receiver = row.prescripteur_id && row.prescripteur ? { id: row.prescripteur_id, nom: row.prescripteur } : null
  const sender = row.expediteur_id && row.expediteur ? { id: row.expediteur_id, nom: row.expediteur } : null
  return {
    id: row.id,
    reference: row.reference,
    statut: row.statut,
    sens: row.sens,
    position: positionOf(ctx, row),
    collectivite,
    prescripteur: receiver ?? sender ?? collectivite,
    expediteur: sender ?? collectivite,
    destinataire: receiver ?? collectivite,
    seriePremiere: formatSerie(Number(row.serie_premiere)),
    serieDerniere: formatSerie(Number(row.serie_derniere)),
    plages: row.plages.map(({ premiere, derniere }) => ({
      premiere: formatSerie(premiere),
      derniere: formatSerie(derniere),
      carnets: derniere - premiere + 1,
    })),
    nombrePlages: row.nombre_plages,
    carnets: row.carnets,
    envoyeeAt: row.envoyee_at.toISOString(),
    accuseeAt: row.accusee_at && row.accusee_at.toISOString(),
    enRetard: isLate({ statut: row.statut, envoyeeAt: row.envoyee_at }, ctx.now),
  }
}

const rowsOf = (ctx: Ctx, rest: Sql, ranges = RANGES) => ctx.db.$queryRaw<Row[]>`
  select a.id, a.reference, a.statut, ${SENS} as sens, a.collectivite_id, o.nom as collectivite, a.prescripteur_id, p.nom as prescripteur,
         a.expediteur_id, e.nom as expediteur, a.serie_premiere, a.serie_derniere, a.carnets, a.envoyee_at, a.accusee_at,
         (select count(*)::int from unnest(a.plages)) as nombre_plages,
         (select jsonb_agg(jsonb_build_object('premiere', lower(r), 'derniere', upper(r) - 1) order by r) from (select r from unnest(a.plages) r limit ${ranges}) few) as plages
    from attribution a join organisation o on o.id = a.collectivite_id left join organisation p on p.id = a.prescripteur_id
         left join organisation e on e.id = a.expediteur_id
   where ${reachSql(ctx, 'attribution', 'a')} ${rest}`

/** An operator, who reads carnets too, has no parcel: for it they are absent. */
const one = async (ctx: Ctx, attributionId: string, ranges?: number) => {
  if (!reaches(ctx, 'attribution')) throw new NotFound()
  const rows = await rowsOf(ctx, sql`and a.id = ${attributionId}::uuid`, ranges)
  return toAttribution(ctx, found(rows[0]))
}

export const getAttribution = (ctx: Ctx, { attributionId }: { attributionId: string }) => one(ctx, attributionId)

/** The most ranges that a slip prints: thirty pages. */
const SLIP_RANGES = 1000
/** With its ranges, for the slip. */
export const getWholeAttribution = (ctx: Ctx, attributionId: string) => one(ctx, attributionId, SLIP_RANGES)

/** What was just sent, in the order of its numbers. */
export const getAttributions = async (ctx: Ctx, parcels: readonly Pick<Parcel, 'attributionId'>[]) => {
  const rows = await rowsOf(ctx, sql`and a.id = any(${parcels.map(({ attributionId }) => attributionId)}::uuid[]) order by a.reference`)
  return { items: rows.map((row) => toAttribution(ctx, row)) }
}

const IdCursor = z.tuple([z.uuid()])

const filtersOf = (ctx: Ctx, { statut, sens, enRetard, prescripteurId }: AttributionFilters): Sql => {
  const conditions = [
    ...(statut ? [sql`a.statut = ${statut}`] : []),
    ...(sens ? [sql`${SENS} = ${sens}`] : []),
    ...(enRetard ? [sql`a.statut = 'envoyee' and a.envoyee_at < ${lateBefore(ctx.now)}::timestamptz`] : []),
    ...(prescripteurId ? [sql`${prescripteurId}::uuid in (a.prescripteur_id, a.expediteur_id)`] : []),
  ]
  return conditions.length === 0 ? empty : sql`and ${join(conditions, ' and ')}`
}

/** Parcels of carnets, the last one first (ids follow time). An operator, who reads carnets too, sends none: an empty list. */
export const listAttributions = async (ctx: Ctx, { apres, taille = TAILLE, ...filters }: AttributionFilters) => {
  const after = cursorOf(apres, IdCursor)
  if (!reaches(ctx, 'attribution')) return { items: [], suivant: null, total: 0 }
  const where = filtersOf(ctx, filters)
  const rows = await rowsOf(ctx, sql`${where} ${after ? sql`and a.id < ${after[0]}::uuid` : empty} order by a.id desc limit ${taille + 1}`)
  const [counted] = await ctx.db.$queryRaw<{ n: bigint }[]>`
    select count(*) as n from attribution a where ${reachSql(ctx, 'attribution', 'a')} ${where}`
  const page = pageOf(rows, taille, ({ id }) => [id], Number(counted!.n))
  return { ...page, items: page.items.map((row) => toAttribution(ctx, row)) }
}

/** The most lines of a file that a person opens in a spreadsheet. */
const MOST = 10_000
/** All of them under the same filters, the last one first. */
export const everyAttribution = async (ctx: Ctx, filters: AttributionFilters): Promise<Attribution[]> => {
  if (!reaches(ctx, 'attribution')) return []
  const rows = await rowsOf(ctx, sql`${filtersOf(ctx, filters)} order by a.id desc limit ${MOST}`)
  return rows.map((row) => toAttribution(ctx, row))
}
