import type { FileAnswer } from '@pass/contracts/route.ts'
import type { Utilisation } from '@pass/contracts/du.ts'
import { RAISON_NON_PAYE_LABELS, type RaisonNonPaye } from '@pass/domain/bordereaux.ts'
import { formatDay, formatTime, localTime, PARIS, parisDay } from '@pass/domain/days.ts'
import { attenteOf, type Situation, SITUATION_LABELS, situationsOf } from '@pass/domain/du.ts'
import { euros } from '@pass/domain/money.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { empty, type Sql, sql } from '../../platform/db.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reachSql } from '../../platform/reach.ts'
import { csv } from '../../platform/tableur/write-table.ts'
import { type Structure, structureOf } from './compte-etat.ts'
import { datesSql, situationSql, suiteOf, usesSql } from './du-sql.ts'

type Row = {
  id: string
  at: Date
  montant: number
  situation: Situation
  mois: string
  semaine: number | null
  arrete_le: string | null
  transmis_le: string | null
  collectivite: string
  lieu: string
  atelier_id: string
  atelier_date: string
  theme: string
  bordereau_id: string | null
  bordereau: string | null
  final_id: string | null
  final: string | null
  virement: string | null
  paye_le: string | null
}

type Filters = {
  etat?: 'impaye' | 'paye' | undefined
  raison?: RaisonNonPaye | undefined
  mois?: string | undefined
  lieu?: string | undefined
  atelier?: string | undefined
  bordereau?: string | undefined
}

const whereOf = ({ etat, raison, mois, lieu, atelier, bordereau }: Filters, structure: Structure): Sql => sql`where true
  ${etat ? sql`and (u.situation = 'payee') = ${etat === 'paye'}` : empty}
  ${raison ? sql`and u.situation = any (${situationsOf(raison, structure)}::text[])` : empty}
  ${mois ? sql`and to_char(u.at at time zone 'Europe/Paris', 'YYYY-MM') = ${mois}` : empty}
  ${lieu ? sql`and u.lieu_id = ${lieu}::uuid` : empty} ${atelier ? sql`and u.atelier_id = ${atelier}::uuid` : empty}
  ${bordereau ? sql`and ${bordereau}::uuid in (u.bordereau_id, u.final_id)` : empty}`

const usagesOf = (ctx: Ctx): Sql => sql`with recursive ${suiteOf(ctx)},
  usages as (
    select r.public_id id, date_trunc('milliseconds', r.at) at, r.montant_centimes montant, ${situationSql(ctx)} situation, ${datesSql}, r.collectivite_id, r.lieu_id, r.atelier_id, r.date_atelier,
           r.bordereau_id, f.id final_id, f.reference final, f.virement, f.date_banque::text paye_le ${usesSql(ctx)})`

/** What each row names, only for those that are shown. */
const shown = (
  ctx: Ctx,
  page: Sql,
): Sql => sql`select p.*, o.nom collectivite, l.nom lieu, a.theme, a.date::text atelier_date, b.reference bordereau
  from (select * from usages u ${page}) p join organisation o on o.id = p.collectivite_id
  join lieu l on ${reachSql(ctx, 'lieu', 'l')} and l.id = p.lieu_id join atelier a on ${reachSql(ctx, 'atelier', 'a')} and a.id = p.atelier_id
  left join bordereau b on ${reachSql(ctx, 'bordereau', 'b')} and b.id = p.bordereau_id order by p.at desc, p.id desc`

const toUtilisation = (row: Row, structure: Structure, today: string): Utilisation => ({
  id: row.id,
  at: row.at.toISOString(),
  montantCentimes: row.montant,
  situation: row.situation,
  ...attenteOf(
    { situation: row.situation, mois: row.mois, semaine: row.semaine, arreteLe: row.arrete_le, transmisLe: row.transmis_le },
    structure,
    today,
  ),
  collectivite: row.collectivite,
  lieu: row.lieu,
  atelier: { id: row.atelier_id, date: row.atelier_date, theme: row.theme },
  bordereau: row.bordereau_id && row.bordereau ? { id: row.bordereau_id, reference: row.bordereau } : null,
  report: row.final_id && row.final && row.final_id !== row.bordereau_id ? { id: row.final_id, reference: row.final } : null,
  virement: row.virement ? { reference: row.virement, payeLe: row.situation === 'payee' ? row.paye_le : null } : null,
})

const AFTER = z.tuple([z.iso.datetime(), z.uuid()])

/** The used pass of the structure, the latest first, each with its one reason, its date or its transfer. */
export const listUtilisations = async (
  ctx: Ctx,
  { apres, taille = TAILLE, ...filters }: Filters & { apres?: string | undefined; taille?: number | undefined },
) => {
  const structure = await structureOf(ctx)
  const after = cursorOf(apres, AFTER)
  const where = whereOf(filters, structure)
  const next = after ? sql`and (u.at, u.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : empty
  const rows = await ctx.db.$queryRaw<
    Row[]
  >`${usagesOf(ctx)} ${shown(ctx, sql`${where} ${next} order by u.at desc, u.id desc limit ${taille + 1}::int`)}`
  const [counted] = await ctx.db.$queryRaw<[{ n: number; montant: bigint }]>`
    ${usagesOf(ctx)} select count(*)::int n, coalesce(sum(u.montant), 0)::bigint montant from usages u ${where}`
  const lieux = await ctx.db.$queryRaw<{ id: string; nom: string }[]>`select id, nom from lieu l where ${reachSql(ctx, 'lieu', 'l')}
    and l.organisation_id = ${ctx.actor.organisationId}::uuid order by nom, id`
  const page = pageOf(rows, taille, ({ at, id }) => [at.toISOString(), id], counted.n)
  return {
    ...page,
    items: page.items.map((row) => toUtilisation(row, structure, ctx.today)),
    montantCentimes: Number(counted.montant),
    lieux,
  }
}

const HEADER = [
  'Organisation',
  'Utilisé le',
  'Heure',
  'Lieu',
  'Atelier du',
  'Collectivité',
  'Montant',
  'État',
  'Virement prévu le',
  'Raison',
  'Bordereau',
  'Reporté sur',
  'Virement',
  'Payé le',
]

const day = (text: string | null | undefined) => (text ? formatDay(text) : '')

/** The list as a file: the same filters, the same rows. */
export const exportUtilisations = async (ctx: Ctx, filters: Filters): Promise<FileAnswer> => {
  const structure = await structureOf(ctx)
  const rows = await ctx.db.$queryRaw<Row[]>`${usagesOf(ctx)} ${shown(ctx, whereOf(filters, structure))}`
  const lines = rows.map((row) => {
    const one = toUtilisation(row, structure, ctx.today)
    return [
      ctx.actor.organisationNom,
      formatDay(parisDay(row.at)),
      formatTime(localTime(row.at, PARIS)),
      one.lieu,
      formatDay(one.atelier.date),
      one.collectivite,
      euros(one.montantCentimes),
      SITUATION_LABELS[one.situation],
      day(one.date),
      one.raison ? RAISON_NON_PAYE_LABELS[one.raison] : '',
      one.bordereau?.reference ?? '',
      one.report?.reference ?? '',
      one.virement?.reference ?? '',
      day(one.virement?.payeLe),
    ]
  })
  return { nom: `pass-utilises-${ctx.today}.csv`, type: 'text/csv; charset=utf-8', contenu: csv([HEADER, ...lines]) }
}
