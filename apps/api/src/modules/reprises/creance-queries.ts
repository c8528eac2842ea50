import type { Creance, CreanceSummary } from '@pass/contracts/creances.ts'
import type { Avis, CreanceConstat, CreanceStatut } from '@pass/domain/creances.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { dayOf, empty, type Sql, sql } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reachSql } from '../../platform/reach.ts'
import { fondsOf } from '../comptabilite/public.ts'
import { listPieces } from '../fichiers/public.ts'

export const OBJET_CREANCE = 'creance'

type Row = {
  organisation_id: string
  id: string
  collectivite_id: string
  convention_id: string
  operateur_id: string
  reprise_id: string
  reference: string
  statut: CreanceStatut
  pass: number
  montant_centimes: bigint
  retenus: number
  montant_retenu_centimes: bigint
  commentaire: string | null
  declaree_at: Date
  avis: Avis | null
  motif: string | null
  examinee_par: string | null
  examinee_at: Date | null
  decision_motif: string | null
  decidee_par: string | null
  decidee_at: Date | null
  reference_virement: string | null
  date_banque: Date | null
  payee_par: string | null
  payee_at: Date | null
  structure: string
}

const rowsOf = (ctx: Ctx, rest: Sql) => ctx.db.$queryRaw<Row[]>`
  select k.*, o.nom as structure from creance k join organisation o on o.id = k.organisation_id where ${reachSql(ctx, 'creance', 'k')} ${rest}`

/** A claim as it is now; `lock` keeps it until the end of the transaction. */
export const readCreance = async (ctx: Ctx, creanceId: string, { lock = false } = {}): Promise<Row> => {
  const rows = await rowsOf(ctx, sql`and k.id = ${creanceId}::uuid ${lock ? sql`for no key update of k` : empty}`)
  return found(rows[0])
}

/** The former operators by take-over: an operator reads its own, a structure those that are done. */
const anciensOf = async (ctx: Ctx): Promise<ReadonlyMap<string, string>> => {
  const rows =
    ctx.actor.organisationType === 'structure'
      ? await ctx.db.$queryRaw<{ id: string; nom: string }[]>`select id, ancien_operateur as nom from reprises_faites()`
      : await ctx.db.$queryRaw<{ id: string; nom: string }[]>`
          select r.id, r.ancien_operateur as nom from reprise r where ${reachSql(ctx, 'reprise', 'r')}`
  return new Map(rows.map(({ id, nom }) => [id, nom]))
}

const isDecided = ({ statut }: Pick<Row, 'statut'>) => statut !== 'declaree' && statut !== 'examinee'

const toSummary = (row: Row, anciens: ReadonlyMap<string, string>): CreanceSummary => ({
  id: row.id,
  reference: row.reference,
  statut: row.statut,
  structure: { id: row.organisation_id, nom: row.structure },
  ancienOperateur: anciens.get(row.reprise_id) ?? '',
  pass: row.pass,
  montantCentimes: Number(row.montant_centimes),
  retenuCentimes: isDecided(row) ? Number(row.montant_retenu_centimes) : null,
  declareeAt: row.declaree_at.toISOString(),
})

type Page = { apres?: string | undefined; taille?: number | undefined }

/** Claims, the last one first. */
export const listCreances = async (ctx: Ctx, { apres, taille = TAILLE, statut }: Page & { statut?: CreanceStatut | undefined }) => {
  const after = cursorOf(apres, z.tuple([z.uuid()]))
  const ofStatut = statut ? sql`and k.statut = ${statut}` : empty
  const rows = await rowsOf(
    ctx,
    sql`${ofStatut} ${after ? sql`and k.id < ${after[0]}::uuid` : empty} order by k.id desc limit ${taille + 1}`,
  )
  const [counted] = await ctx.db.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from creance k where ${reachSql(ctx, 'creance', 'k')} ${ofStatut}`
  const anciens = await anciensOf(ctx)
  const page = pageOf(rows, taille, ({ id }) => [id], counted!.n)
  return { ...page, items: page.items.map((row) => toSummary(row, anciens)) }
}

export const listCreanceReprises = async ({ db }: Ctx) => ({
  items: await db.$queryRaw<{ id: string; ancienOperateur: string; collectivite: string }[]>`
    select id, ancien_operateur as "ancienOperateur", collectivite from reprises_faites()`,
})

type Line = { rang: number; date_utilisation: string; retenu: boolean; constat: CreanceConstat | null }

/** What the take-overs of the operator say of each pass that is claimed, and whether another claim was granted for it. */
export const constatsOf = (ctx: Ctx, { organisation_id, id, collectivite_id }: Pick<Row, 'organisation_id' | 'id' | 'collectivite_id'>) =>
  ctx.db.$queryRaw<Line[]>`
    select p.rang, p.date_utilisation::text, p.retenu,
           case when not p.retenu and exists (select 1 from creance_pass a where ${reachSql(ctx, 'creance_pass', 'a')} and a.lookup = p.lookup and a.retenu) then 'deja_retenu'
                else coalesce(l.etat, 'inconnu') end as constat
      from creance_pass p
      left join lateral (
        select l.etat from reprise_ligne l join reprise r on r.collectivite_id = l.collectivite_id and r.id = l.reprise_id and r.statut = 'appliquee'
         where ${reachSql(ctx, 'reprise_ligne', 'l')} and l.collectivite_id = ${collectivite_id}::uuid and l.lookup = p.lookup order by r.appliquee_at limit 1) l on true
     where ${reachSql(ctx, 'creance_pass', 'p')} and p.organisation_id = ${organisation_id}::uuid and p.creance_id = ${id}::uuid order by p.rang`

/** The structure learns of its pass only what was decided: a list of codes tells nobody which of them exist. */
const ownLines = async (ctx: Ctx, row: Row): Promise<Line[]> => {
  const lines = await ctx.db.$queryRaw<Omit<Line, 'constat'>[]>`
    select p.rang, p.date_utilisation::text, p.retenu from creance_pass p
     where ${reachSql(ctx, 'creance_pass', 'p')} and p.creance_id = ${row.id}::uuid order by p.rang`
  return lines.map((line) => ({ ...line, constat: line.retenu ? 'impaye' : null }))
}

/** Pass that may be accepted, and what they are worth. */
export const retainable = (lines: readonly Line[], { pass, montant_centimes }: Pick<Row, 'pass' | 'montant_centimes'>) => {
  const retenus = lines.filter(({ constat }) => constat === 'impaye').length
  return { pass: retenus, montantCentimes: (Number(montant_centimes) / pass) * retenus }
}

const stepsOf = async (ctx: Ctx, row: Row): Promise<Pick<Creance, 'examen' | 'decision' | 'paiement'>> => {
  const known = [row.examinee_par, row.decidee_par, row.payee_par].filter((id): id is string => id !== null)
  const rows =
    known.length > 0 ? await ctx.db.$queryRaw<{ id: string; nom: string }[]>`select id, nom from colleague_names(${known}::uuid[])` : []
  const names = new Map(rows.map(({ id, nom }) => [id, nom]))
  const step = (par: string | null, at: Date | null, texte: string | null) =>
    par && at ? { par: names.has(par) ? { id: par, nom: names.get(par)! } : null, at: at.toISOString(), texte } : null
  const paid = step(row.payee_par, row.payee_at, null)
  // what the examiner advised is the operator's own until it is decided
  const isOperateur = ctx.actor.organisationType === 'operateur'
  return {
    examen: isOperateur ? step(row.examinee_par, row.examinee_at, row.motif) : null,
    decision: step(row.decidee_par, row.decidee_at, row.decision_motif ?? row.motif),
    paiement: paid && { ...paid, reference: row.reference_virement!, dateBanque: dayOf(row.date_banque!) },
  }
}

export const getCreance = async (ctx: Ctx, { creanceId }: { creanceId: string }): Promise<Creance> => {
  const row = await readCreance(ctx, creanceId)
  const isOperateur = ctx.actor.organisationType === 'operateur'
  const lines = isOperateur ? await constatsOf(ctx, row) : await ownLines(ctx, row)
  const fondsCentimes = isOperateur ? ((await fondsOf(ctx, row.convention_id)) ?? 0) : 0
  return {
    ...toSummary(row, await anciensOf(ctx)),
    commentaire: row.commentaire,
    lignes: lines.map(({ rang, date_utilisation: dateUtilisation, constat }) => ({ rang, dateUtilisation, constat })),
    retenables: isOperateur ? { ...retainable(lines, row), fondsCentimes } : null,
    pieces: await listPieces(ctx, { objet: OBJET_CREANCE, objetId: creanceId }),
    avis: isOperateur ? row.avis : null,
    ...(await stepsOf(ctx, row)),
  }
}
