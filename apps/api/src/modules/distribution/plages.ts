import type { MouvementType } from '@pass/domain/carnet-moves.ts'
import { type CarnetStatut, carnetMachine } from '@pass/domain/carnets.ts'
import { OPPOSITION_MAX } from '@pass/domain/oppositions.ts'
import { type Plage, type PlageSaisie, readPlages } from '@pass/domain/plages.ts'
import type { Ctx } from '../../platform/context.ts'
import { join, type Sql, sql } from '../../platform/db.ts'
import { enforce } from '../../platform/errors.ts'
import type { JobCtx } from '../../platform/jobs/job.ts'
import { reachSql } from '../../platform/reach.ts'

export const BLOQUABLES: readonly CarnetStatut[] = carnetMachine.block.from
export const ANNULABLES: readonly CarnetStatut[] = carnetMachine.cancel.from

/** Ranges as typed, or 400 on the field in fault. */
export const plagesFrom = (saisies: readonly PlageSaisie[]): { plages: Plage[]; carnets: number } => {
  const read = readPlages(saisies, OPPOSITION_MAX)
  if (!read.ok) enforce(read.refusal, 400)
  return read.ok ? read : { plages: [], carnets: 0 }
}

export const endsOf = (plages: readonly Plage[]) => ({
  de: plages.map(({ premiere }) => premiere),
  a: plages.map(({ derniere }) => derniere),
})
export const plagesOf = (de: readonly bigint[], a: readonly bigint[]): Plage[] =>
  de.map((first, i) => ({ premiere: Number(first), derniere: Number(a[i]) }))

/** The carnets `c` of these ranges that the actor reaches. Ends as plain bounds: the index of serials is read range by range. */
export const inPlages = (ctx: Ctx, plages: readonly Plage[]): Sql => {
  if (plages.length === 0) return sql`false`
  const bounds = plages.map(({ premiere, derniere }) => sql`c.serie between ${premiere}::bigint and ${derniere}::bigint`)
  return sql`(${join(bounds, ' or ')}) and ${reachSql(ctx, 'carnet', 'c')}`
}

/**
 * Locks the carnets of these ranges until the end, in the order of their ids (whoever uses a pass takes them in that order too).
 * Ids and statuts as they are from now on.
 */
export const lockPlages = async (ctx: Ctx, plages: readonly Plage[]) =>
  ctx.db.$queryRaw<{ statut: CarnetStatut; carnets: number; entames: number }[]>`
    with tenu as materialized (select c.statut, c.utilises from carnet c where ${inPlages(ctx, plages)} order by c.id for no key update of c)
    select statut, count(*)::int as carnets, (count(*) filter (where utilises > 0))::int as entames from tenu group by statut order by statut`

export const sumOf = (rows: readonly { statut: CarnetStatut; carnets: number }[], statuts?: readonly CarnetStatut[]): number =>
  rows.reduce((sum, { statut, carnets }) => sum + (!statuts || statuts.includes(statut) ? carnets : 0), 0)

type Moved = { collectivite_id: string; carnets: number }

/**
 * One set-based change of carnets (`change` ends before RETURNING) and its history: a line for each run of serials of a lot and a
 * point. How many carnets, by collectivité.
 */
export const moveCarnets = ({ db, actor, now }: JobCtx, type: MouvementType, motif: string | null, change: Sql) =>
  db.$queryRaw<Moved[]>`
    with fait as (${change} returning c.collectivite_id, c.convention_id, c.lot_id, c.operateur_id, coalesce(c.prescripteur_id, c.destination_id) as point, c.serie),
    ilots as (select f.*, f.serie - row_number() over (partition by f.collectivite_id, f.lot_id, f.point order by f.serie) as ilot from fait f),
    histoire as (
      insert into mouvement (collectivite_id, id, type, convention_id, lot_id, operateur_id, prescripteur_id, serie_premiere, serie_derniere, carnets, motif, utilisateur_id, at)
      select i.collectivite_id, uuidv7(), ${type}, i.convention_id, i.lot_id, i.operateur_id, (select o.id from organisation o where o.id = i.point and o.type = 'prescripteur'),
             min(i.serie), max(i.serie), count(*), ${motif}, ${actor.utilisateurId}::uuid, ${now}
        from ilots i group by i.collectivite_id, i.convention_id, i.lot_id, i.operateur_id, i.point, i.ilot)
    select collectivite_id, count(*)::int as carnets from fait group by collectivite_id`

/** What these numbers are, before anything is done to them. */
export const viewPlages = async (ctx: Ctx, saisies: readonly PlageSaisie[]) => {
  const { plages, carnets } = plagesFrom(saisies)
  const parStatut = await ctx.db.$queryRaw<{ statut: CarnetStatut; carnets: number }[]>`
    select c.statut, count(*)::int as carnets from carnet c where ${inPlages(ctx, plages)} group by c.statut order by c.statut`
  return { demandes: carnets, trouves: sumOf(parStatut), parStatut }
}
