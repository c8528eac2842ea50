import type { Comptage, Inventaire } from '@pass/contracts/inventaires.ts'
import type { ComptageStatut, InventaireStatut } from '@pass/domain/inventaires.ts'
import { countOf, writePlages } from '@pass/domain/plages.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { dayOf, empty, type Sql, sql } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reachSql } from '../../platform/reach.ts'
import { namesOf } from './names.ts'
import { plagesOf } from './plages.ts'

/** The carnets that the books put on the shelf of a point: in its hands, neither blocked nor on the way. */
export const onShelf = (prescripteurId: string | null): Sql =>
  prescripteurId === null
    ? sql`c.statut = 'livre' and c.prescripteur_id is null and c.destination_id is null`
    : sql`c.statut = 'attribue' and c.prescripteur_id = ${prescripteurId}::uuid and c.destination_id is null`

type ComptageRow = {
  id: string
  inventaire_id: string
  collectivite_id: string
  collectivite: string
  prescripteur_id: string | null
  prescripteur: string | null
  statut: ComptageStatut
  echeance: Date
  attendus: number | null
  comptes: number | null
  manquants_de: bigint[]
  manquants_a: bigint[]
  en_trop_de: bigint[]
  en_trop_a: bigint[]
  bloques: number
  annules: number
  demandee: boolean
  compte_at: Date | null
  en_stock: number
}

const toComptage = (row: ComptageRow): Comptage => {
  const [manquants, enTrop] = [plagesOf(row.manquants_de, row.manquants_a), plagesOf(row.en_trop_de, row.en_trop_a)]
  return {
    id: row.id,
    inventaireId: row.inventaire_id,
    collectivite: { id: row.collectivite_id, nom: row.collectivite },
    prescripteur: row.prescripteur_id !== null && row.prescripteur !== null ? { id: row.prescripteur_id, nom: row.prescripteur } : null,
    statut: row.statut,
    echeance: dayOf(row.echeance),
    attendus: row.attendus ?? row.en_stock,
    comptes: row.comptes,
    manquants: countOf(manquants),
    enTrop: countOf(enTrop),
    plagesManquantes: writePlages(manquants),
    plagesEnTrop: writePlages(enTrop),
    bloques: row.bloques,
    annules: row.annules,
    annulationDemandee: row.demandee,
    compteAt: row.compte_at && row.compte_at.toISOString(),
  }
}

/** Requests of cancellation are the collectivité's alone: a prescripteur reads its own counts without them. */
const askedFor = (ctx: Ctx): Sql =>
  ctx.actor.organisationType === 'collectivite'
    ? sql`exists (select 1 from annulation n where n.collectivite_id = k.collectivite_id and n.comptage_id = k.id and n.statut = 'demandee')`
    : sql`false`

export const comptageRows = (ctx: Ctx, rest: Sql) => ctx.db.$queryRaw<ComptageRow[]>`
  select k.id, k.inventaire_id, k.collectivite_id, o.nom as collectivite, k.prescripteur_id, p.nom as prescripteur, k.statut, k.echeance, k.attendus, k.comptes,
         k.manquants_de, k.manquants_a, k.en_trop_de, k.en_trop_a, k.compte_at, ${askedFor(ctx)} as demandee, coalesce(m.bloques, 0) as bloques, coalesce(m.annules, 0) as annules,
         case when k.attendus is null then (select count(*)::int from carnet c where c.collectivite_id = k.collectivite_id and c.destination_id is null and ${reachSql(ctx, 'carnet', 'c')}
           and (k.prescripteur_id is null and c.statut = 'livre' and c.prescripteur_id is null or c.prescripteur_id = k.prescripteur_id and c.statut = 'attribue')) else 0 end as en_stock
    from comptage k join organisation o on o.id = k.collectivite_id left join organisation p on p.id = k.prescripteur_id
    left join lateral (
      select (count(*) filter (where c.statut = 'bloque'))::int as bloques, (count(*) filter (where c.statut = 'annule'))::int as annules
        from unnest(k.manquants_de, k.manquants_a) r(de, a) join carnet c on c.collectivite_id = k.collectivite_id and c.serie between r.de and r.a and ${reachSql(ctx, 'carnet', 'c')}) m on true
   where ${reachSql(ctx, 'comptage', 'k')} ${rest}`

export const getComptage = async (ctx: Ctx, comptageId: string): Promise<Comptage> => {
  const rows = await comptageRows(ctx, sql`and k.id = ${comptageId}::uuid`)
  return toComptage(found(rows[0]))
}

/** What this point of stock has counted and has to count: what is to do first, then the last ones. */
export const listComptages = async (ctx: Ctx) => {
  const reserve = ctx.actor.organisationType === 'collectivite' ? sql`and k.prescripteur_id is null` : empty
  const rows = await comptageRows(ctx, sql`${reserve} order by k.statut = 'a_faire' desc, k.id desc limit 50`)
  return { items: rows.map(toComptage) }
}

type InventaireRow = {
  id: string
  statut: InventaireStatut
  echeance: Date
  ouvert_par: string
  ouvert_at: Date
  clos_at: Date | null
  points: number
  faits: number
  manquants: number
}

const inventaireRows = (ctx: Ctx, rest: Sql) => ctx.db.$queryRaw<InventaireRow[]>`
  select i.id, i.statut, i.echeance, i.ouvert_par, i.ouvert_at, i.clos_at, k.points, k.faits, k.manquants
    from inventaire i cross join lateral (
      select count(*)::int as points, (count(*) filter (where c.statut in ('juste', 'ecart')))::int as faits,
             coalesce(sum((select sum(r.a - r.de + 1) from unnest(c.manquants_de, c.manquants_a) r(de, a))), 0)::int as manquants
        from comptage c where c.collectivite_id = i.collectivite_id and c.inventaire_id = i.id) k
   where ${reachSql(ctx, 'inventaire', 'i')} ${rest}`

const toEntetes = async (ctx: Ctx, rows: readonly InventaireRow[]) => {
  const nameOf = await namesOf(
    ctx,
    rows.map(({ ouvert_par }) => ouvert_par),
  )
  return rows.map(({ id, statut, echeance, ouvert_par, ouvert_at, clos_at, points, faits, manquants }) => ({
    id,
    statut,
    echeance: dayOf(echeance),
    ouvertPar: nameOf(ouvert_par),
    ouvertAt: ouvert_at.toISOString(),
    closAt: clos_at && clos_at.toISOString(),
    points,
    faits,
    manquants,
  }))
}

/** Campaigns, the last one first (ids follow time). */
export const listInventaires = async (
  ctx: Ctx,
  { apres, taille = TAILLE }: { apres?: string | undefined; taille?: number | undefined },
) => {
  const after = cursorOf(apres, z.tuple([z.uuid()]))
  const rows = await inventaireRows(ctx, sql`${after ? sql`and i.id < ${after[0]}::uuid` : empty} order by i.id desc limit ${taille + 1}`)
  const [counted] = await ctx.db.$queryRaw<
    { n: bigint }[]
  >`select count(*) as n from inventaire i where ${reachSql(ctx, 'inventaire', 'i')}`
  const page = pageOf(rows, taille, ({ id }) => [id], Number(counted!.n))
  return { ...page, items: await toEntetes(ctx, page.items) }
}

/** A campaign: what is left to count first, then those that differ, then the right ones. */
export const getInventaire = async (ctx: Ctx, { inventaireId }: { inventaireId: string }): Promise<Inventaire> => {
  const rows = await inventaireRows(ctx, sql`and i.id = ${inventaireId}::uuid`)
  const [entete] = await toEntetes(ctx, [found(rows[0])])
  const comptages = await comptageRows(
    ctx,
    sql`and k.inventaire_id = ${inventaireId}::uuid order by k.prescripteur_id is not null, array_position(array['ecart', 'a_faire', 'absent', 'juste'], k.statut), p.nom, k.id`,
  )
  return { ...entete!, comptages: comptages.map(toComptage) }
}
