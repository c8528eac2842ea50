import type pg from 'pg'
import type { Secrets } from '../../../apps/api/src/platform/secrets.ts'
import { deriveCode, lookupOf, wrapLotKey } from '../../../apps/api/src/platform/codes.ts'
import { lotKey } from './ids.ts'
import { insert } from './insert.ts'

/** What differs between T1 and T2; the rest of a tenant is written the same way. */
export type Tenant = {
  lot: 'l1' | 'l9'
  collectivite: string
  operateur: string
  convention: string
  commande: string
  lotId: string
  activation: string
  serie: number
  quantite: number
  /** The first `actifs` carnets are active. */
  actifs: number
  recuCentimes: number
}

const FACE = 1000
const TAILLE = 10

/** A transfer of the ledger, accounts made on the way. */
export const post = async (
  client: pg.ClientBase,
  t: Pick<Tenant, 'collectivite' | 'operateur' | 'convention'>,
  row: { de: string; vers: string; structure?: string; centimes: number; motif: string; objet: string; at: string },
) => {
  const { rows } = await client.query(
    `insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, structure_id, objet_id, at)
     select $1, account_of($1, $2, $3, $4, case when $4 in ('du', 'en_paiement', 'paye') then $6::uuid end),
            account_of($1, $2, $3, $5, case when $5 in ('du', 'en_paiement', 'paye') then $6::uuid end), $7, $8, $2, $3, $6::uuid, $9, $10 returning id`,
    [t.collectivite, t.convention, t.operateur, row.de, row.vers, row.structure ?? null, row.centimes, row.motif, row.objet, row.at],
  )
  return rows[0].id as string
}

/** Funds received, then the activation of the first carnets. */
const seedFunds = async (client: pg.ClientBase, t: Tenant) => {
  await insert(client, 'encaissement', [
    {
      collectivite_id: t.collectivite,
      id: t.commande.replace('-8000-', '-9300-'),
      convention_id: t.convention,
      commande_id: t.commande,
      operateur_id: t.operateur,
      montant_centimes: t.recuCentimes,
      reference_virement: `VIR-${t.serie}`,
      date_reception: '2026-01-14',
    },
  ])
  const montant = t.actifs * TAILLE * FACE
  await insert(client, 'activation', [
    {
      collectivite_id: t.collectivite,
      id: t.activation,
      lot_id: t.lotId,
      commande_id: t.commande,
      convention_id: t.convention,
      operateur_id: t.operateur,
      serie_premiere: t.serie,
      serie_derniere: t.serie + t.actifs - 1,
      carnets: t.actifs,
      montant_centimes: montant,
      numero_mandat: '2026-000017',
      at: '2026-01-15T10:00:00+01:00',
      utilisateur_id: t.activation,
    },
  ])
  await post(client, t, {
    de: 'payeur',
    vers: 'fonds',
    centimes: t.recuCentimes,
    motif: 'encaissement',
    objet: t.commande,
    at: '2026-01-14T10:00:00+01:00',
  })
  await post(client, t, {
    de: 'fonds',
    vers: 'circulation',
    centimes: montant,
    motif: 'activation',
    objet: t.activation,
    at: '2026-01-15T10:00:00+01:00',
  })
}

/** Lot, carnets and pass of a received commande, its money and its activation. */
export const seedLot = async (client: pg.ClientBase, secrets: Secrets, t: Tenant) => {
  const serieDerniere = t.serie + t.quantite - 1
  await insert(client, 'lot', [
    {
      collectivite_id: t.collectivite,
      id: t.lotId,
      commande_id: t.commande,
      convention_id: t.convention,
      operateur_id: t.operateur,
      quantite: t.quantite,
      carnet_taille: TAILLE,
      valeur_faciale_centimes: FACE,
      serie_premiere: t.serie,
      serie_derniere: serieDerniere,
      date_fin: '2026-06-30',
      produits: t.quantite,
      imprime_at: '2025-12-20T10:00:00+01:00',
    },
  ])
  await insert(client, 'lot_cle', [
    {
      collectivite_id: t.collectivite,
      lot_id: t.lotId,
      operateur_id: t.operateur,
      cle_chiffree: wrapLotKey(secrets, t.lotId, lotKey(t.lot)),
    },
  ])
  await seedFunds(client, t)
}

/** The n-th carnet (from 1), its custody given; inserts its ten pass with their lookups. */
export const seedCarnet = async (
  client: pg.ClientBase,
  secrets: Secrets,
  t: Tenant,
  n: number,
  custody: Record<string, string | number | null>,
) => {
  const serie = t.serie + n - 1
  const remis = custody.statut === 'remis'
  const { rows } = await client.query(
    `insert into carnet (collectivite_id, public_id, serie, lot_id, convention_id, operateur_id, prescripteur_id, destination_id, statut, statut_avant_blocage, motif_blocage, taille, date_fin,
       activation_id, beneficiaire_id, livre_at, attribue_at, remis_at)
     values ($1, coalesce($2::uuid, uuidv7()), $3, $4, $5, $6, $7, $8, $9, $10, $11, 10, '2026-06-30', $12, $13, $14, $15, $16) returning id`,
    [
      t.collectivite,
      custody.publicId ?? null,
      serie,
      t.lotId,
      t.convention,
      t.operateur,
      custody.prescripteur ?? null,
      custody.destination ?? null,
      custody.statut,
      custody.avant ?? null,
      custody.motif ?? null,
      n <= t.actifs ? t.activation : null,
      custody.beneficiaire ?? null,
      custody.livreAt === null ? null : '2026-01-10T10:00:00+01:00',
      custody.prescripteur ? '2026-01-20T10:00:00+01:00' : null,
      remis ? '2026-02-01T10:00:00+01:00' : null,
    ],
  )
  const id = BigInt(rows[0].id)
  await insert(
    client,
    'pass',
    Array.from({ length: TAILLE }, (_, i) => ({
      collectivite_id: t.collectivite,
      id: id * 10n + BigInt(i),
      carnet_id: id,
      lookup: lookupOf(secrets, deriveCode(lotKey(t.lot), serie, i + 1)),
    })),
  )
  return id
}
