import { type AttributionSens } from '@pass/domain/attributions.ts'
import type { MouvementType } from '@pass/domain/carnet-moves.ts'
import { ENVOI_CARNETS_MAX } from '@pass/domain/plages.ts'
import { formatReference } from '@pass/domain/references.ts'
import type { Actor, PublicCtx } from '../../platform/context.ts'
import { empty, sql } from '../../platform/db.ts'
import { LOST_RACE, Refused } from '../../platform/errors.ts'

/** Somebody at a screen, or the job that goes on for their organisation. */
export type Sender = PublicCtx & { actor: Pick<Actor, 'organisationId' | 'organisationType'> & { utilisateurId: string | null } }

/** One line of what leaves: a range and where it goes; null is the collectivité's reserve. */
export type Line = { premiere: number; derniere: number; destinataireId: string | null }
/** What leaves, and from where; null is the reserve. */
export type Shipment = { collectiviteId: string; expediteurId: string | null; lignes: readonly Line[] }
/** A line that cannot leave whole: how many of its carnets can, and the first that cannot. */
export type Short = { rang: number; disponibles: number; lots: number; absent: number | null }

export type Parcel = {
  attributionId: string
  sens: AttributionSens
  destinataireId: string | null
  conventionId: string
  carnets: number
}

type ShortRow = { rang: number; disponibles: number; lots: number; absent: bigint | null }

/** In the hands of the sender: neither blocked, nor handed over, nor on the way already. */
const inHand = (expediteurId: string | null) =>
  expediteurId === null
    ? sql`c.statut = 'livre' and c.destination_id is null`
    : sql`c.statut = 'attribue' and c.destination_id is null and c.prescripteur_id = ${expediteurId}::uuid`

const linesOf = (
  lignes: readonly Line[],
) => sql`unnest(${lignes.map(({ premiere }) => premiere)}::bigint[], ${lignes.map(({ derniere }) => derniere)}::bigint[],
    ${lignes.map(({ destinataireId }) => destinataireId ?? '')}::text[]) with ordinality l(de, a, vers, rang)`
/** Every carnet of the lines: joined by its number, so that a hundred thousand lines cost no more than as many carnets. */
const serialsOf = (lignes: readonly Line[]) => sql`${linesOf(lignes)} cross join lateral generate_series(l.de, l.a) s(serie)`

/**
 * The lines whose carnets are not all in the sender's hands or not all of one lot, in one statement. With `lock`, the others wait
 * until the end of the transaction: rows are taken in the order of their numbers, so that two shipments never wait for each other.
 */
export const shortLines = async ({ db }: Sender, { collectiviteId, expediteurId, lignes }: Shipment, lock: boolean): Promise<Short[]> => {
  const rows = await db.$queryRaw<ShortRow[]>`
    with serials as (select l.rang::int as rang, l.de, s.serie from ${serialsOf(lignes)}),
    held as materialized (
      select s.rang, s.de, c.serie, c.lot_id from serials s join carnet c on c.collectivite_id = ${collectiviteId}::uuid and c.serie = s.serie
       where ${inHand(expediteurId)} order by c.serie ${lock ? sql`for no key update of c` : empty}),
    ranked as (select rang, lot_id, serie = de + row_number() over (partition by rang order by serie) - 1 as follows from held),
    counted as (
      select rang, count(*)::int as n, count(distinct lot_id)::int as lots, count(*) filter (where follows) as follow, null::bigint as de, null::bigint as a
        from ranked group by rang
      -- every line, those of which nothing is held too; put together rather than joined, whatever their number
      union all select rang::int, 0, 0, 0, de, a from ${linesOf(lignes)}),
    weighed as (
      select rang, sum(n)::int as n, sum(lots)::int as lots, sum(follow)::bigint as follow, max(de) as de, max(a) as a from counted group by rang)
    select rang, n as disponibles, lots, case when n <= a - de then de + follow end as absent
      from weighed where n <= a - de or lots > 1 order by rang`
  return rows.map(({ absent, ...row }) => ({ ...row, rang: row.rang - 1, absent: absent === null ? null : Number(absent) }))
}

type Left = { vers: string; lot_id: string; convention_id: string; premiere: bigint; derniere: bigint; carnets: number; plages: string }

const sensOf = (expediteurId: string | null, destinataireId: string | null): AttributionSens =>
  expediteurId === null ? 'attribution' : destinataireId === null ? 'retour' : 'transfert'
const MOVES: Record<AttributionSens, MouvementType> = { attribution: 'attribue', transfert: 'transfere', retour: 'retourne' }

/** The carnets of the lines get their destination, and the history one line a range: one parcel a receiver and lot. */
const leave = ({ db, actor, now }: Sender, { collectiviteId, expediteurId, lignes }: Shipment) => {
  const [{ destinataireId }] = lignes as [Line]
  return db.$queryRaw<Left[]>`
    with serials as (select l.vers, s.serie from ${serialsOf(lignes)}),
    left_ as (
      update carnet c set destination_id = coalesce(nullif(s.vers, '')::uuid, ${collectiviteId}::uuid) from serials s
       where c.collectivite_id = ${collectiviteId}::uuid and c.serie = s.serie and ${inHand(expediteurId)}
      returning c.serie, c.lot_id, c.convention_id, c.operateur_id, s.vers),
    -- a parcel is confirmed in one gesture: a larger one would never be
    cut as (select *, (row_number() over (partition by vers, lot_id order by serie) - 1) / ${ENVOI_CARNETS_MAX} as part from left_),
    parcels as (
      select vers, lot_id, convention_id, operateur_id, min(serie) as premiere, max(serie) as derniere, count(*)::int as carnets,
             range_agg(int8range(serie, serie, '[]')) as plages
        from cut group by vers, lot_id, convention_id, operateur_id, part),
    noted as (
      insert into mouvement (collectivite_id, id, type, convention_id, lot_id, operateur_id, prescripteur_id, serie_premiere, serie_derniere, carnets, motif, utilisateur_id, at)
      select ${collectiviteId}::uuid, uuidv7(), ${MOVES[sensOf(expediteurId, destinataireId)]}, p.convention_id, p.lot_id, p.operateur_id,
             coalesce(${expediteurId}::uuid, nullif(p.vers, '')::uuid), lower(r), upper(r) - 1, upper(r) - lower(r),
             case when ${expediteurId}::uuid is not null then 'Vers ' || o.nom end, ${actor.utilisateurId}::uuid, ${now}
        from parcels p cross join lateral unnest(p.plages) r left join organisation o on o.id = coalesce(nullif(p.vers, '')::uuid, ${collectiviteId}::uuid))
    select vers, lot_id, convention_id, premiere, derniere, carnets, plages::text as plages from parcels order by premiere`
}

const numbersFor = async ({ db, today }: Sender, collectiviteId: string, combien: number): Promise<string[]> => {
  const annee = Number(today.slice(0, 4))
  const [row] = await db.$queryRaw<{ numero: bigint }[]>`
    select next_parcels(${collectiviteId}::uuid, ${annee}::int, ${combien}::bigint) as numero`
  return Array.from({ length: combien }, (_, i) => formatReference('A', annee, Number(row!.numero) + i))
}

const write = ({ db, now }: Sender, { collectiviteId, expediteurId }: Shipment, left: readonly Left[], references: readonly string[]) =>
  db.$queryRaw<{ id: string; reference: string }[]>`
    insert into attribution (collectivite_id, id, reference, convention_id, lot_id, expediteur_id, prescripteur_id, serie_premiere, serie_derniere, plages, carnets, envoyee_at)
    select ${collectiviteId}::uuid, uuidv7(), p.reference, p.convention_id, p.lot_id, ${expediteurId}::uuid, nullif(p.vers, '')::uuid, p.premiere, p.derniere,
           p.plages::int8multirange, p.carnets, ${now}
      from unnest(${[...references]}::text[], ${left.map((row) => row.convention_id)}::uuid[], ${left.map((row) => row.lot_id)}::uuid[],
           ${left.map((row) => row.vers)}::text[], ${left.map((row) => Number(row.premiere))}::bigint[], ${left.map((row) => Number(row.derniere))}::bigint[],
           ${left.map((row) => row.plages)}::text[], ${left.map((row) => row.carnets)}::int[]) p(reference, convention_id, lot_id, vers, premiere, derniere, plages, carnets)
    returning id, reference`

/**
 * Sends what `shortLines` found whole and locked: one parcel a receiver and lot (several when it is large), each with its number, in the order of the serials.
 * @throws 409 `modifie_entre_temps` when fewer carnets left than the lines hold
 */
export const sendParcels = async (ctx: Sender, shipment: Shipment): Promise<Parcel[]> => {
  const due = shipment.lignes.reduce((sum, { premiere, derniere }) => sum + derniere - premiere + 1, 0)
  const left = await leave(ctx, shipment)
  if (left.reduce((sum, { carnets }) => sum + carnets, 0) !== due) throw new Refused(LOST_RACE)
  const references = await numbersFor(ctx, shipment.collectiviteId, left.length)
  const written = new Map((await write(ctx, shipment, left, references)).map(({ id, reference }) => [reference, id]))
  return left.map(({ vers, convention_id: conventionId, carnets }, i) => ({
    attributionId: written.get(references[i]!)!,
    sens: sensOf(shipment.expediteurId, vers || null),
    destinataireId: vers || null,
    conventionId,
    carnets,
  }))
}
