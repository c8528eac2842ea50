import type { Carnet } from '@pass/contracts/carnets.ts'
import type { CarnetStatut, MotifBlocage } from '@pass/domain/carnets.ts'
import type { IdentiteMode, PublicCode } from '@pass/domain/conventions.ts'
import { arretOf } from '@pass/domain/echeance-suivi.ts'
import { formatSerie, parseSerie } from '@pass/domain/references.ts'
import { DORMANT_JOURS, seriesLike } from '@pass/domain/stock.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { dayOf, empty, join, type Sql, sql } from '../../platform/db.ts'
import { enforce, found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reaches, reachSql } from '../../platform/reach.ts'

type Etape = 'livres' | 'actives' | 'attribues' | 'remis' | 'entames' | 'disponibles' | 'en_transit' | 'dormants'
type Page = { apres?: string | undefined; taille?: number | undefined }
type Filters = Page & {
  statut?: CarnetStatut | undefined
  commandeId?: string | undefined
  conventionId?: string | undefined
  prescripteurId?: string | undefined
  etape?: Etape | undefined
  recherche?: string | undefined
}

type CarnetRow = {
  collectivite_id: string
  lot_id: string
  public_id: string
  serie: bigint
  statut: CarnetStatut
  motif_blocage: MotifBlocage | null
  activation_id: string | null
  destination_id: string | null
  taille: number
  utilises: number
  annules: number
  valeur: number
  date_fin: Date
  prescripteur_id: string | null
  prescripteur: string | null
  remis_at: Date | null
}

/** Whoever keeps the carnet, or is about to: the public word for both is the prescripteur. */
const CARNETS = sql`c.collectivite_id, c.lot_id, c.public_id, c.serie, c.statut, c.motif_blocage, c.activation_id, c.destination_id, c.taille, c.utilises, c.annules,
  v.valeur_faciale_centimes as valeur, c.date_fin, p.id as prescripteur_id, p.nom as prescripteur, c.remis_at`
const JOINED = sql`join convention v on v.collectivite_id = c.collectivite_id and v.id = c.convention_id
  left join organisation p on p.id = coalesce(c.prescripteur_id, c.destination_id)`

const organisme = (id: string | null, nom: string | null) => (id !== null && nom !== null ? { id, nom } : null)

const toCarnet = (row: CarnetRow): Carnet => ({
  id: row.public_id,
  serie: formatSerie(Number(row.serie)),
  statut: row.statut,
  motifBlocage: row.motif_blocage,
  actif: row.activation_id !== null,
  enTransit: row.destination_id !== null && row.statut !== 'bloque',
  taille: row.taille,
  utilises: row.utilises,
  annules: row.annules,
  valeurFacialeCentimes: row.valeur,
  dateFin: dayOf(row.date_fin),
  prescripteur: organisme(row.prescripteur_id, row.prescripteur),
  remisAt: row.remis_at && row.remis_at.toISOString(),
})

/** What a number of the dashboard counts: one stage each, on the carnets' own row. */
const ETAPES: Record<Exclude<Etape, 'dormants'>, Sql> = {
  livres: sql`c.livre_at is not null`,
  actives: sql`c.activation_id is not null`,
  attribues: sql`c.attribue_at is not null`,
  remis: sql`c.remis_at is not null`,
  entames: sql`c.utilises > 0`,
  disponibles: sql`c.statut = 'livre' and c.destination_id is null`,
  en_transit: sql`c.destination_id is not null and c.statut <> 'bloque'`,
}

/** In stock for so long without hand-over that somebody should ask why: the same words as the stock's own count. */
const sleepingAt = (now: Date): Sql =>
  sql`c.statut = 'attribue' and c.attribue_at < ${now}::timestamptz - make_interval(days => ${DORMANT_JOURS})`

const searched = (recherche: string): Sql => {
  const series = seriesLike(recherche)
  if (!series) return sql`false`
  return sql`(c.serie between ${series.de}::bigint and ${series.a}::bigint or c.serie = any(${series.rangs}::bigint[]))`
}

/** A prescripteur knows no commande: nothing is its. */
const ofCommande = (ctx: Ctx, commandeId: string): Sql =>
  reaches(ctx, 'lot')
    ? sql`c.lot_id in (select l.id from lot l where l.commande_id = ${commandeId}::uuid and ${reachSql(ctx, 'lot', 'l')})`
    : sql`false`

const conditionsOf = (ctx: Ctx, { statut, commandeId, conventionId, prescripteurId, etape, recherche }: Filters): Sql[] => [
  reachSql(ctx, 'carnet', 'c'),
  ...(statut ? [sql`c.statut = ${statut}`] : []),
  ...(commandeId ? [ofCommande(ctx, commandeId)] : []),
  ...(prescripteurId ? [sql`(c.prescripteur_id = ${prescripteurId}::uuid or c.destination_id = ${prescripteurId}::uuid)`] : []),
  ...(conventionId ? [sql`c.convention_id = ${conventionId}::uuid`] : []),
  ...(etape ? [etape === 'dormants' ? sleepingAt(ctx.now) : ETAPES[etape]] : []),
  ...(recherche ? [searched(recherche)] : []),
]

const SerieCursor = z.tuple([z.int()])

/** Carnets in the order of their numbers. An operator's whole production is not counted, a filtered or a territory's own one is. */
export const listCarnets = async (ctx: Ctx, filters: Filters) => {
  const { taille = TAILLE } = filters
  const after = cursorOf(filters.apres, SerieCursor)
  const where = conditionsOf(ctx, filters)
  const rows = await ctx.db.$queryRaw<CarnetRow[]>`
    select ${CARNETS} from carnet c ${JOINED}
     where ${join(where, ' and ')} ${after ? sql`and c.serie > ${after[0]}::bigint` : empty} order by c.serie limit ${taille + 1}`
  const isCounted = ctx.actor.organisationType !== 'operateur' || filters.commandeId !== undefined
  const counted = isCounted ? await ctx.db.$queryRaw<{ n: bigint }[]>`select count(*) as n from carnet c where ${join(where, ' and ')}` : []
  const page = pageOf(rows, taille, ({ serie }) => [Number(serie)], counted[0] ? Number(counted[0].n) : null)
  return { ...page, items: page.items.map(toCarnet) }
}

type DetailRow = CarnetRow & {
  nom: string
  identite: IdentiteMode
  publics: PublicCode[]
  tolerance_jours: number
  collectivite: string
  remplace_id: string | null
  remplace_serie: bigint | null
  remplacant_id: string | null
  remplacant_serie: bigint | null
  accord_arret: Date | null
}
type MouvementRow = {
  id: string
  type: string
  serie_premiere: bigint
  serie_derniere: bigint
  carnets: number
  prescripteur_id: string | null
  prescripteur: string | null
  motif: string | null
  at: Date
}

const toMouvement = ({ serie_premiere, serie_derniere, prescripteur_id, prescripteur, at, ...row }: MouvementRow) => ({
  ...row,
  seriePremiere: formatSerie(Number(serie_premiere)),
  serieDerniere: formatSerie(Number(serie_derniere)),
  prescripteur: organisme(prescripteur_id, prescripteur),
  at: at.toISOString(),
})

const linked = (id: string | null, serie: bigint | null) =>
  id !== null && serie !== null ? { id, serie: formatSerie(Number(serie)) } : null

const detail = async (ctx: Ctx, which: Sql) => {
  const rows = await ctx.db.$queryRaw<DetailRow[]>`
    select ${CARNETS}, v.nom, v.identite, v.publics, v.tolerance_jours, o.nom as collectivite,
           x.public_id as remplace_id, x.serie as remplace_serie, y.public_id as remplacant_id, y.serie as remplacant_serie,
           case when c.derogation_id is null then lot_accord_arret(c.collectivite_id, c.lot_id) end as accord_arret
      from carnet c ${JOINED} join organisation o on o.id = c.collectivite_id
      left join carnet x on x.collectivite_id = c.collectivite_id and x.id = c.remplace_id and ${reachSql(ctx, 'carnet', 'x')}
      left join carnet y on y.collectivite_id = c.collectivite_id and y.id = c.remplacant_id and ${reachSql(ctx, 'carnet', 'y')}
     where ${which} and ${reachSql(ctx, 'carnet', 'c')}`
  const row = found(rows[0])
  const mouvements = await ctx.db.$queryRaw<MouvementRow[]>`
    select m.id, m.type, m.serie_premiere, m.serie_derniere, m.carnets, p.id as prescripteur_id, p.nom as prescripteur, m.motif, m.at
      from mouvement m left join organisation p on p.id = m.prescripteur_id
     where m.collectivite_id = ${row.collectivite_id}::uuid and m.lot_id = ${row.lot_id}::uuid
       and m.serie_premiere <= ${row.serie} and m.serie_derniere >= ${row.serie} and ${reachSql(ctx, 'mouvement', 'm')}
     order by m.at, m.id`
  return {
    ...toCarnet(row),
    convention: { nom: row.nom, identite: row.identite, publics: row.publics, toleranceJours: row.tolerance_jours },
    collectivite: { id: row.collectivite_id, nom: row.collectivite },
    arretDistribution: arretOf(dayOf(row.date_fin), row.accord_arret && dayOf(row.accord_arret)),
    remplace: linked(row.remplace_id, row.remplace_serie),
    remplacant: linked(row.remplacant_id, row.remplacant_serie),
    mouvements: mouvements.map(toMouvement),
  }
}

export const getCarnet = (ctx: Ctx, { carnetId }: { carnetId: string }) => detail(ctx, sql`c.public_id = ${carnetId}::uuid`)

/** The number as scanned or typed; 400 when it is not one, 404 when it is nobody's or somebody else's. */
export const serieFrom = (numero: string): number => {
  const parsed = parseSerie(numero)
  if (!parsed.ok) enforce(parsed.refusal, 400)
  return parsed.ok ? parsed.serie : 0
}

export const findCarnet = (ctx: Ctx, { numero }: { numero: string }) => detail(ctx, sql`c.serie = ${serieFrom(numero)}::bigint`)
