import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { deriveCode, lookupOf, wrapLotKey } from '../../../apps/api/src/platform/codes.ts'
import type { Secrets } from '../../../apps/api/src/platform/secrets.ts'

/** Whose carnets: a convention in force, its two parties, who handed them over. */
export type StockOf = { collectivite: string; operateur: string; convention: string; prescripteur: string }
export type StockCarnet = {
  id: bigint
  publicId: string
  serie: number
  /** The ten codes, typed as printed without dashes. */
  codes: string[]
}

const TAILLE = 10
const FACE = 1000
const CHUNK = 2000

const sqlLot = `with commande_ as (
    insert into commande (collectivite_id, id, convention_id, operateur_id, reference, statut, quantite, carnet_taille, valeur_faciale_centimes, montant_centimes, signataire, numero_mandat, recus)
    values ($1::uuid, $2::uuid, $3::uuid, $4::uuid, 'S' || $5::bigint, 'livree', $6::int, 10, 1000, $6::int::bigint * 10000, 'Ada Exemple', '2026-000099', $6::int) returning id),
  lot_ as (
    insert into lot (collectivite_id, id, commande_id, convention_id, operateur_id, quantite, carnet_taille, valeur_faciale_centimes, serie_premiere, serie_derniere, date_fin, produits, imprime_at)
    values ($1::uuid, $7::uuid, $2::uuid, $3::uuid, $4::uuid, $6::int, 10, 1000, $5::bigint, $5::bigint + $6::int - 1, '2026-06-30', $6::int, '2026-01-05T10:00:00+01:00') returning id),
  cle_ as (insert into lot_cle (collectivite_id, lot_id, operateur_id, cle_chiffree) values ($1::uuid, $7::uuid, $4::uuid, $8::bytea)),
  activation_ as (
    insert into activation (collectivite_id, id, lot_id, commande_id, convention_id, operateur_id, serie_premiere, serie_derniere, carnets, montant_centimes, numero_mandat, at, utilisateur_id)
    values ($1::uuid, $9::uuid, $7::uuid, $2::uuid, $3::uuid, $4::uuid, $5::bigint, $5::bigint + $6::int - 1, $6::int, $6::int::bigint * 10000, '2026-000099', '2026-01-15T10:00:00+01:00', $9::uuid)),
  argent_ as (
    insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, objet_id, at)
    select $1::uuid, account_of($1::uuid, $3::uuid, $4::uuid, m.de, null), account_of($1::uuid, $3::uuid, $4::uuid, m.vers, null), $6::int::bigint * 10000, m.motif, $3::uuid, $4::uuid, $9::uuid, m.at::timestamptz
      from (values ('payeur', 'fonds', 'encaissement', '2026-01-14T10:00:00+01:00'), ('fonds', 'circulation', 'activation', '2026-01-15T10:00:00+01:00')) m(de, vers, motif, at))
  select 1`

const sqlCarnets = `with fait as (
    insert into carnet (collectivite_id, serie, lot_id, convention_id, operateur_id, prescripteur_id, statut, taille, date_fin, activation_id, livre_at, attribue_at, remis_at)
    select $1::uuid, $2::bigint + i, $3::uuid, $4::uuid, $5::uuid, $6::uuid, 'remis', 10, '2026-06-30', $7::uuid, '2026-01-10T10:00:00+01:00', '2026-01-20T10:00:00+01:00', '2026-02-01T10:00:00+01:00'
      from generate_series(0, $8::int - 1) i
    returning id, public_id, serie),
  pass_ as (
    insert into pass (collectivite_id, id, carnet_id, lookup)
    select $1::uuid, f.id * 10 + r.rang - 1, f.id, ($9::bytea[])[(f.serie - $2::bigint)::int * 10 + r.rang] from fait f cross join generate_series(1, 10) r(rang))
  select id, public_id, serie from fait order by serie`

/**
 * Carnets handed over to anonymous people, active until 2026-06-30, with their commande, lot and money: what tests and benches
 * spend. `seriePremiere` must be free. Runs as `migrator`, inside the caller's transaction if there is one.
 */
export const seedStock = async (
  client: pg.ClientBase,
  secrets: Secrets,
  of: StockOf,
  { quantite, seriePremiere }: { quantite: number; seriePremiere: number },
): Promise<StockCarnet[]> => {
  const [commande, lot, activation] = [randomUUID(), randomUUID(), randomUUID()]
  const lotKey = randomBytes(32)
  await client.query(sqlLot, [
    of.collectivite,
    commande,
    of.convention,
    of.operateur,
    seriePremiere,
    quantite,
    lot,
    wrapLotKey(secrets, lot, lotKey),
    activation,
  ])
  const stock: StockCarnet[] = []
  for (let de = 0; de < quantite; de += CHUNK) {
    const n = Math.min(CHUNK, quantite - de)
    const codes = Array.from({ length: n }, (_, i) =>
      Array.from({ length: TAILLE }, (__, rang) => deriveCode(lotKey, seriePremiere + de + i, rang + 1)),
    )
    const lookups = codes.flat().map((code) => lookupOf(secrets, code))
    const { rows } = await client.query<{ id: string; public_id: string; serie: string }>(sqlCarnets, [
      of.collectivite,
      seriePremiere + de,
      lot,
      of.convention,
      of.operateur,
      of.prescripteur,
      activation,
      n,
      lookups,
    ])
    stock.push(...rows.map((row, i) => ({ id: BigInt(row.id), publicId: row.public_id, serie: Number(row.serie), codes: codes[i]! })))
  }
  return stock
}

/** Face value of a pass of the stock, in centimes. */
export const STOCK_FACE = FACE
