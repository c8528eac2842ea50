import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { LIEU, ORG, PEOPLE } from './ids.ts'

/** Whose pass are used, at most one lot a convention. */
type BusyConvention = {
  collectivite: string
  convention: string
  operateur: string
  prescripteur: string
  seriePremiere: number
  /** Pass used by each structure: tens, a carnet each. */
  parStructure: number
}
type Busy = {
  conventions: readonly BusyConvention[]
  structures: number
  /** When they were used, an ISO instant; the atelier is of that day. */
  at: string
}

const STRUCTURES = `
  create temp table chargee as select uuidv7() structure, uuidv7() lieu, uuidv7() compte, uuidv7() atelier, n::int from generate_series(1, $1::int) n`
const PLACES: readonly string[] = [
  `insert into organisation (id, type, nom, territoire, departement) select structure, 'structure', 'Structure ' || lpad(n::text, 5, '0'), m.territoire, m.departement
     from chargee cross join (select * from organisation where id = $1) m`,
  `insert into labellisation (organisation_id, operateur_id, statut, date_debut, date_fin) select structure, m.operateur_id, m.statut, m.date_debut, m.date_fin
     from chargee cross join (select * from labellisation where organisation_id = $1) m`,
  `insert into compte_bancaire (organisation_id, id, iban, iban_masque, titulaire, statut, accepte_at)
   select structure, compte, m.iban, m.iban_masque, 'Structure ' || lpad(n::text, 5, '0'), 'accepte', m.accepte_at from chargee
    cross join (select * from compte_bancaire where organisation_id = $1 and statut = 'accepte') m`,
]
const LIEUX = `insert into lieu (organisation_id, id, nom, adresse, code_postal, commune, nom_commune, departement, territoires, publie)
  select structure, lieu, 'Lieu ' || n, m.adresse, m.code_postal, m.commune, m.nom_commune, m.departement, m.territoires, m.publie from chargee cross join (select * from lieu where id = $1) m`
const ATELIERS = `insert into atelier (organisation_id, id, lieu_id, mediateur_id, theme, niveau, date, debut, duree_minutes, capacite, places_prises, statut)
  select structure, atelier, lieu, $1::uuid, 'demarches_administratives', 'debutant', ($2::timestamptz at time zone 'Europe/Paris')::date, '09:00', 120, 100, $3::int, 'tenu' from chargee`

const LOT = `with commande_ as (
    insert into commande (collectivite_id, id, convention_id, operateur_id, reference, statut, quantite, carnet_taille, valeur_faciale_centimes, montant_centimes, signataire, numero_mandat, recus)
    values ($1::uuid, $2::uuid, $3::uuid, $4::uuid, 'G' || $5::bigint, 'livree', $6::int, 10, 1000, $6::int::bigint * 10000, 'Ada Exemple', '2026-000099', $6::int) returning id),
  lot_ as (
    insert into lot (collectivite_id, id, commande_id, convention_id, operateur_id, quantite, carnet_taille, valeur_faciale_centimes, serie_premiere, serie_derniere, date_fin, produits, imprime_at)
    values ($1::uuid, $7::uuid, $2::uuid, $3::uuid, $4::uuid, $6::int, 10, 1000, $5::bigint, $5::bigint + $6::int - 1, '2026-12-31', $6::int, '2026-01-05T10:00:00+01:00') returning id),
  activation_ as (
    insert into activation (collectivite_id, id, lot_id, commande_id, convention_id, operateur_id, serie_premiere, serie_derniere, carnets, montant_centimes, numero_mandat, at, utilisateur_id)
    values ($1::uuid, $8::uuid, $7::uuid, $2::uuid, $3::uuid, $4::uuid, $5::bigint, $5::bigint + $6::int - 1, $6::int, $6::int::bigint * 10000, '2026-000099', '2026-01-15T10:00:00+01:00', $8::uuid))
  insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, objet_id, at)
  select $1::uuid, account_of($1::uuid, $3::uuid, $4::uuid, m.de, null), account_of($1::uuid, $3::uuid, $4::uuid, m.vers, null), $6::int::bigint * 10000, m.motif, $3::uuid, $4::uuid, $8::uuid, m.at::timestamptz
    from (values ('payeur', 'fonds', 'encaissement', '2026-01-14T10:00:00+01:00'), ('fonds', 'circulation', 'activation', '2026-01-15T10:00:00+01:00')) m(de, vers, motif, at)`

const CARNETS = `create temp table charge_carnet as
  with fait as (
    insert into carnet (collectivite_id, serie, lot_id, convention_id, operateur_id, prescripteur_id, statut, taille, date_fin, activation_id, utilises, livre_at, attribue_at, remis_at)
    select $1::uuid, $2::bigint + i, $3::uuid, $4::uuid, $5::uuid, $6::uuid, 'remis', 10, '2026-12-31', $7::uuid, 10, '2026-01-10T10:00:00+01:00', '2026-01-20T10:00:00+01:00', '2026-02-01T10:00:00+01:00'
      from generate_series(0, $8::int - 1) i returning id, serie)
  select f.id, c.structure, c.lieu, c.atelier, uuidv7() personne from fait f join chargee c on c.n = (f.serie - $2::bigint)::int / $9::int + 1`
const PASS = `insert into pass (collectivite_id, id, carnet_id, lookup, statut) select $1::uuid, c.id * 10 + r, c.id, sha256(int8send(c.id * 10 + r)), 'utilise' from charge_carnet c cross join generate_series(0, 9) r`
const PEOPLE_OF = `insert into inscription (organisation_id, atelier_id, collectivite_id, carnet_id, personne_id, statut, par_pass, pass_utilises)
  select structure, atelier, $1::uuid, id, personne, 'present', true, 10 from charge_carnet`
const USES = `with acte as (select structure, uuidv7() id, count(*) * 10 n from charge_carnet group by structure),
  verse as (
    insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, structure_id, objet_id, at)
    select $1::uuid, account_of($1::uuid, $2::uuid, $3::uuid, 'circulation', null), account_of($1::uuid, $2::uuid, $3::uuid, 'du', structure), n * 1000, 'utilisation', $2::uuid, $3::uuid, structure, id, $5::timestamptz
      from acte returning id, structure_id, objet_id)
  insert into redemption (collectivite_id, acte_id, pass_id, carnet_id, convention_id, operateur_id, structure_id, prescripteur_id, lieu_id, atelier_id, personne_id, date_atelier, demi_journee,
    montant_centimes, statut, transfer_id, utilisateur_id, at)
  select $1::uuid, v.objet_id, c.id * 10 + r, c.id, $2::uuid, $3::uuid, c.structure, $4::uuid, c.lieu, c.atelier, c.personne, ($5::timestamptz at time zone 'Europe/Paris')::date, 'matin',
         1000, 'a_payer', v.id, $6::uuid, $5::timestamptz
    from charge_carnet c join verse v on v.structure_id = c.structure cross join generate_series(0, 9) r`

const useConvention = async (
  sql: pg.ClientBase,
  { collectivite, convention, operateur, prescripteur, seriePremiere, parStructure }: BusyConvention,
  busy: Busy,
) => {
  const [commande, lot, activation] = [randomUUID(), randomUUID(), randomUUID()]
  const perStructure = parStructure / 10
  const carnets = busy.structures * perStructure
  await sql.query(LOT, [collectivite, commande, convention, operateur, seriePremiere, carnets, lot, activation])
  await sql.query(CARNETS, [collectivite, seriePremiere, lot, convention, operateur, prescripteur, activation, carnets, perStructure])
  await sql.query(PASS, [collectivite])
  await sql.query(PEOPLE_OF, [collectivite])
  await sql.query(USES, [collectivite, convention, operateur, prescripteur, busy.at, PEOPLE['structure.mediateur'].utilisateurId])
  await sql.query('drop table charge_carnet')
}

/**
 * A month of many structures, each with its accepted account and its used pass, written as redeem would have: what a large closing is
 * tested and measured on. Runs as `migrator`, in a transaction of its own.
 */
export const seedBusyMonth = async (sql: pg.ClientBase, busy: Busy): Promise<void> => {
  await sql.query('begin')
  await sql.query(STRUCTURES, [busy.structures])
  for (const text of PLACES) await sql.query(text, [ORG.s1])
  await sql.query(LIEUX, [LIEU.l1])
  const seats = busy.conventions.reduce((sum, { parStructure }) => sum + parStructure / 10, 0)
  await sql.query(ATELIERS, [PEOPLE['structure.mediateur'].utilisateurId, busy.at, seats])
  for (const convention of busy.conventions) await useConvention(sql, convention, busy)
  await sql.query('drop table chargee')
  await sql.query('commit')
}
