import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { COMMANDE, COMPTE_BANCAIRE, CONVENTION, LIEU, ORG, PEOPLE } from '../../../prisma/seed/base/ids.ts'
import { seedStock, type StockCarnet } from '../../../prisma/seed/base/stock.ts'
import * as model from './money-book.ts'
import type { Caller, World } from './world.ts'

/** A convention and a structure that nobody else uses, with carnets in people's hands and others that no funds cover yet. */
export type Scene = {
  world: World
  conventionId: string
  structureId: string
  lieuId: string
  /** In the order of LOTS, and of ORDERS. */
  lots: string[]
  commandes: string[]
  billed: Set<number>
  /** Serial of the first carnet: those of LOTS follow. */
  serie: number
  stock: StockCarnet[]
  /** Codes of the pass in people's hands, not taken yet: those of `hands` in the notebook, in the same order. */
  codes: string[]
  mediateur: Caller
  responsable: Caller
}

const columns = new Map<string, string>()
/** The columns of a table that can be written, asked once. */
const columnsOf = async (sql: pg.ClientBase, table: string): Promise<string> => {
  const known = columns.get(table)
  if (known) return known
  const { rows } = await sql.query<{ columns: string }>(
    `select string_agg(quote_ident(column_name), ', ') columns from information_schema.columns
      where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' and is_identity = 'NO'`,
    [table],
  )
  columns.set(table, rows[0]!.columns)
  return rows[0]!.columns
}

/** Copies a row of the base seed under other values; its id is among them. */
const copy = async (sql: pg.ClientBase, table: string, where: Record<string, unknown>, values: Record<string, unknown>) => {
  const names = await columnsOf(sql, table)
  const { rowCount } = await sql.query(
    `insert into ${table} (${names}) select ${names} from (
       select (jsonb_populate_record(null::${table}, to_jsonb(t) || $1::jsonb)).* from ${table} t where to_jsonb(t) @> $2::jsonb) x`,
    [JSON.stringify(values), JSON.stringify(where)],
  )
  if (!rowCount) throw new Error(`no ${table} like ${JSON.stringify(where)}`)
}

const newStructure = async (sql: pg.ClientBase) => {
  const [structureId, lieuId, one, other] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  await copy(sql, 'organisation', { id: ORG.s1 }, { id: structureId, nom: `Modèle ${structureId}`, siret: null })
  await copy(sql, 'labellisation', { organisation_id: ORG.s1 }, { organisation_id: structureId, id: randomUUID(), date_fin: '2029-12-31' })
  await copy(sql, 'lieu', { id: LIEU.l1 }, { id: lieuId, organisation_id: structureId, coop_id: null, cle_export: null, source_id: null })
  await copy(sql, 'lieu_service', { lieu_id: LIEU.l1 }, { organisation_id: structureId, lieu_id: lieuId })
  await copy(sql, 'compte_bancaire', { id: COMPTE_BANCAIRE.s1 }, { organisation_id: structureId, id: randomUUID() })
  const { 'structure.mediateur': marie, 'structure.responsable': chief } = PEOPLE
  await copy(sql, 'adhesion', { id: marie.adhesionId }, { id: one, organisation_id: structureId })
  await copy(sql, 'adhesion', { id: chief.adhesionId }, { id: other, organisation_id: structureId })
  return {
    structureId,
    lieuId,
    mediateur: { utilisateurId: marie.utilisateurId, adhesionId: one, organisationId: structureId },
    responsable: { utilisateurId: chief.utilisateurId, adhesionId: other, organisationId: structureId },
  }
}

/** Three who pay, one with a cap; as many pass as one likes for a person. */
const newConvention = async (sql: pg.ClientBase) => {
  const id = randomUUID()
  await sql.query('begin')
  await copy(
    sql,
    'convention',
    { id: CONVENTION.cv1 },
    {
      id,
      reference: `M-${id.slice(0, 8)}`,
      date_fin: '2029-12-31',
      pass_par_atelier: model.TAILLE,
      pass_par_demi_journee: model.TAILLE,
      tolerance_jours: model.TOLERANCE,
      identite: 'anonyme',
      lieux_admis: 'tous',
      territoire: [],
    },
  )
  for (const [rank, { cle, bp, cap }] of model.KEY.entries())
    await sql.query(
      `insert into convention_financeur (collectivite_id, convention_id, rang, nature, nom, cle_bp, plafond_centimes, est_repli) values ($1, $2, $3, $4, $4, $5, $6, $7)`,
      [ORG.t1, id, rank + 1, cle, bp, cap, rank === model.KEY.length - 1],
    )
  await sql.query('commit')
  for (const [rank, montant] of model.ADVANCES.entries()) {
    const { cle } = model.KEY[rank]!
    if (montant > 0)
      await sql.query(
        `insert into avance (collectivite_id, id, convention_id, operateur_id, cle, nature, nom, montant_centimes, reference, date_versement, par, at)
         values ($1, $2, $3, $4, $5, $6, $6, $7, 'AVANCE', '2026-01-05', $8, '2026-01-05')`,
        [ORG.t1, randomUUID(), id, ORG.o1, `${cle}:${cle}`, cle, montant, PEOPLE['collectivite.administrateur'].utilisateurId],
      )
  }
  return id
}

/** Carnets received that nobody paid for yet, with their commande. */
const deliver = async (sql: pg.ClientBase, conventionId: string, order: (typeof model.ORDERS)[number], serie: number) => {
  const [commandeId, lotId] = [randomUUID(), randomUUID()]
  const { carnets: n, end } = model.LOTS[order.lot]
  await copy(
    sql,
    'commande',
    { id: COMMANDE.c1 },
    {
      id: commandeId,
      convention_id: conventionId,
      reference: `L${serie}`,
      statut: 'livree',
      quantite: n,
      carnet_taille: model.TAILLE,
      montant_centimes: order.face,
      frais_centimes: order.fees,
      tva_centimes: 0,
      recus: n,
      numero_mandat: '2026-000001',
    },
  )
  await sql.query(
    `insert into lot (collectivite_id, id, commande_id, convention_id, operateur_id, quantite, carnet_taille, valeur_faciale_centimes, serie_premiere, serie_derniere, date_fin, produits, imprime_at)
     values ($1, $2, $3, $4, $5, $6::int, $7, $8, $9::bigint, $9::bigint + $6::int - 1, $10, $6::int, '2026-01-05')`,
    [ORG.t1, lotId, commandeId, conventionId, ORG.o1, n, model.TAILLE, model.FACE, serie, end],
  )
  await sql.query(
    `with fait as (
       insert into carnet (collectivite_id, serie, lot_id, convention_id, operateur_id, statut, taille, date_fin, livre_at)
       select $1, $4::bigint + i, $2, $3, $5, 'livre', $6::int, $9, '2026-01-10' from generate_series(0, $7::int - 1) i returning id)
     insert into pass (collectivite_id, id, carnet_id, lookup)
     select $1, f.id * 10 + r.rang - 1, f.id, sha256((f.id || $8 || r.rang)::bytea) from fait f cross join generate_series(1, $6::int) r(rang)`,
    [ORG.t1, lotId, conventionId, serie, ORG.o1, model.TAILLE, n, randomBytes(8).toString('hex'), end],
  )
  return { commandeId, lotId }
}

/** The carnets of the first lot, active: in people's hands but for the last, which wait at a prescripteur. */
const handOut = async ({ sql, deps }: World, conventionId: string, serie: number) => {
  const [{ carnets, end }] = model.LOTS
  const of = { collectivite: ORG.t1, operateur: ORG.o1, convention: conventionId, prescripteur: ORG.p1 }
  const stock = await seedStock(sql, deps.secrets, of, { quantite: carnets, seriePremiere: serie })
  await sql.query(
    `update carnet set date_fin = $2, statut = case when serie < $3 then 'remis' else 'attribue' end, remis_at = case when serie < $3 then remis_at end
      where convention_id = $1`,
    [conventionId, end, serie + model.HANDED],
  )
  const { rows } = await sql.query<{ id: string }>(`update lot set date_fin = $2 where convention_id = $1 returning id`, [
    conventionId,
    end,
  ])
  return { stock, lotId: rows[0]!.id }
}

const CARNETS = model.sum(model.LOTS.map(({ carnets }) => carnets))
let nextSerie = 261_000_001

export const prepare = async (world: World): Promise<Scene> => {
  const { sql } = world
  const { structureId, lieuId, mediateur, responsable } = await newStructure(sql)
  const conventionId = await newConvention(sql)
  const serie = nextSerie
  nextSerie += CARNETS
  const { stock, lotId } = await handOut(world, conventionId, serie)
  const orders = []
  let first = serie + model.LOTS[0].carnets
  for (const order of model.ORDERS) {
    orders.push(await deliver(sql, conventionId, order, first))
    first += model.LOTS[order.lot].carnets
  }
  return {
    world,
    conventionId,
    structureId,
    lieuId,
    lots: [lotId, ...orders.map((order) => order.lotId)],
    commandes: orders.map(({ commandeId }) => commandeId),
    billed: new Set(),
    serie,
    stock,
    codes: stock
      .slice(0, model.HANDED)
      .flatMap(({ codes }) => codes)
      .toReversed(),
    mediateur: world.as(mediateur),
    responsable: world.as(responsable),
  }
}

/** An atelier of the day, of that structure. */
export const openAtelier = async ({ world: { sql }, structureId, lieuId }: Scene, date: string): Promise<string> => {
  const id = randomUUID()
  await sql.query(
    `insert into atelier (organisation_id, id, lieu_id, mediateur_id, theme, niveau, date, debut, duree_minutes, capacite, statut)
     values ($1, $2, $3, $4, 'demarches_administratives', 'debutant', $5, '08:30', 120, 30, 'ouvert')`,
    [structureId, id, lieuId, PEOPLE['structure.mediateur'].utilisateurId, date],
  )
  return id
}

/** Leaves nothing for the closings of the scenes that follow, which only look at their own. */
export const leave = ({ world: { sql }, structureId }: Scene) =>
  sql.query(`update redemption set a_examiner = true where structure_id = $1 and statut = 'a_payer'`, [structureId])
