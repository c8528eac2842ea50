import type pg from 'pg'
import { COMMANDE, CONVENTION, LIEU, LOT, ORG, PEOPLE } from '../prisma/seed/base/ids.ts'

const TAILLE = 10
const PAR_ATELIER = 10
const CONVENTIONS = 4
const STRUCTURES = 200

const at = (kind: string, n: string) => `('0192d1c0-0000-7000-9${kind}-' || lpad(to_hex((${n})::bigint), 12, '0'))::uuid`
const CONV = (n: string) => at('001', n)
const CMD = (n: string) => at('002', n)
const LOT_ID = (n: string) => at('003', n)
const ACT = (n: string) => at('004', n)
const STRUCT = (n: string) => at('005', n)
const LIEU_ID = (n: string) => at('006', n)
const ATELIER = (n: string) => at('007', n)
const ACTE = (n: string) => at('008', n)
const CARNET = (n: string) => at('009', n)
const BORDEREAU = (n: string) => at('00a', n)
const COMPTE = (n: string) => at('00b', n)

const USER = PEOPLE['operateur.finance_preparateur'].utilisateurId
const PREMIERE = 270_000_001
const CREE = `'2026-01-20T10:00:00Z'`

/** Conventions, their lots paid and active, and the structures that work for them. */
const frame = (parConvention: number) => [
  `insert into organisation (id, type, nom, territoire, departement) select ${STRUCT('n')}, type, 'Mesure ' || n, territoire, departement from organisation, generate_series(0, ${STRUCTURES - 1}) n where id = '${ORG.s1}'`,
  `insert into lieu (organisation_id, id, nom, adresse, code_postal, commune, nom_commune, departement, territoires, publie)
   select ${STRUCT('n')}, ${LIEU_ID('n')}, nom, adresse, code_postal, commune, nom_commune, departement, territoires, publie from lieu, generate_series(0, ${STRUCTURES - 1}) n where id = '${LIEU.l1}'`,
  `insert into compte_bancaire (organisation_id, id, iban, iban_masque, titulaire, statut, accepte_at)
   select ${STRUCT('n')}, ${COMPTE('n')}, 'FR7630006000011234567890189', 'FR76 …189', 'Mesure', 'accepte', ${CREE} from generate_series(0, ${STRUCTURES - 1}) n`,
  `insert into convention (collectivite_id, id, operateur_id, reference, nom, statut, date_debut, date_fin, montant_centimes, prescripteur_ids)
   select collectivite_id, ${CONV('n')}, operateur_id, 'MESURE-' || n, nom, statut, date_debut, date_fin, montant_centimes, prescripteur_ids from convention, generate_series(0, ${CONVENTIONS - 1}) n where id = '${CONVENTION.cv1}'`,
  `insert into commande (collectivite_id, id, convention_id, operateur_id, reference, statut, quantite, carnet_taille, valeur_faciale_centimes, montant_centimes)
   select collectivite_id, ${CMD('n')}, ${CONV('n')}, operateur_id, 'MESURE-' || n, 'en_production', ${parConvention}, ${TAILLE}, 1000, ${parConvention}::bigint * ${TAILLE} * 1000 from commande, generate_series(0, ${CONVENTIONS - 1}) n where id = '${COMMANDE.c1}'`,
  `insert into lot (collectivite_id, id, commande_id, convention_id, operateur_id, quantite, carnet_taille, valeur_faciale_centimes, serie_premiere, serie_derniere, date_fin, produits)
   select collectivite_id, ${LOT_ID('n')}, ${CMD('n')}, ${CONV('n')}, operateur_id, ${parConvention}, ${TAILLE}, 1000, ${PREMIERE} + n * ${parConvention}, ${PREMIERE} + (n + 1) * ${parConvention} - 1, '2026-12-31', ${parConvention}
     from lot, generate_series(0, ${CONVENTIONS - 1}) n where id = '${LOT.l1}'`,
  `insert into activation (collectivite_id, id, lot_id, commande_id, convention_id, operateur_id, serie_premiere, serie_derniere, carnets, montant_centimes, numero_mandat, at, utilisateur_id)
   select collectivite_id, ${ACT('n')}, id, commande_id, convention_id, operateur_id, serie_premiere, serie_derniere, quantite, quantite::bigint * ${TAILLE} * 1000, 'MESURE', ${CREE}, '${USER}'
     from lot, generate_series(0, ${CONVENTIONS - 1}) n where id = ${LOT_ID('n')}`,
  ...[
    ['encaissement', 'payeur', 'fonds'],
    ['activation', 'fonds', 'circulation'],
  ].map(
    ([motif, de, vers]) =>
      `insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, objet_id, at)
       select '${ORG.t1}', account_of('${ORG.t1}', ${CONV('n')}, '${ORG.o1}', '${de}', null), account_of('${ORG.t1}', ${CONV('n')}, '${ORG.o1}', '${vers}', null),
         ${parConvention}::bigint * ${TAILLE} * 1000, '${motif}', ${CONV('n')}, '${ORG.o1}', ${ACT('n')}, ${CREE} from generate_series(0, ${CONVENTIONS - 1}) n`,
  ),
]

/** The carnets, all active, half of their pass used: five ateliers of ten people for ten carnets. */
const stock = (carnets: number, parConvention: number) => [
  `insert into carnet (collectivite_id, public_id, serie, lot_id, convention_id, operateur_id, activation_id, statut, taille, date_fin, utilises, prescripteur_id, attribue_at, livre_at, remis_at)
   select '${ORG.t1}', ${CARNET('i')}, ${PREMIERE} + i, ${LOT_ID(`i / ${parConvention}`)}, ${CONV(`i / ${parConvention}`)}, '${ORG.o1}', ${ACT(`i / ${parConvention}`)}, 'remis', ${TAILLE}, '2026-12-31', ${TAILLE / 2},
     '${ORG.p1}', ${CREE}, ${CREE}, ${CREE} from generate_series(0, ${carnets - 1}) i`,
  `insert into pass (collectivite_id, id, carnet_id, lookup, statut)
   select c.collectivite_id, c.id * 10 + r, c.id, sha256(int8send(c.id * 10 + r)), case when r < ${TAILLE / 2} then 'utilise' else 'neuf' end
     from carnet c cross join generate_series(0, ${TAILLE - 1}) r where c.serie >= ${PREMIERE}`,
]

const uses = (carnets: number, parConvention: number) => {
  const ateliers = (carnets / PAR_ATELIER) * (TAILLE / 2)
  const convention = (a: string) => CONV(`(${a}) / ${TAILLE / 2} * ${PAR_ATELIER} / ${parConvention}`)
  const structure = (a: string) => STRUCT(`(${a}) % ${STRUCTURES}`)
  return [
    `create temp table carnet_mesure as select id, serie - ${PREMIERE} i, public_id from carnet where serie >= ${PREMIERE}; alter table carnet_mesure add primary key (i); analyze carnet_mesure`,
    `insert into atelier (organisation_id, id, lieu_id, mediateur_id, theme, niveau, date, debut, duree_minutes, capacite, places_prises, statut)
     select ${structure('a')}, ${ATELIER('a')}, ${LIEU_ID(`a % ${STRUCTURES}`)}, '${USER}', 'demarches_administratives', 'debutant', date '2026-02-01' + (a / ${STRUCTURES} % 28)::int, '09:00', 120, 12, ${PAR_ATELIER}, 'tenu'
       from generate_series(0, ${ateliers - 1}) a`,
    // the accounts first, once each: looking for the account of each line is what the product does, not what is measured here
    `create temp table compte_mesure as select c, s, account_of('${ORG.t1}', ${CONV('c')}, '${ORG.o1}', 'du', ${STRUCT('s')}) id from generate_series(0, ${CONVENTIONS - 1}) c, generate_series(0, ${STRUCTURES - 1}) s`,
    `create temp table source_mesure as select c, account_of('${ORG.t1}', ${CONV('c')}, '${ORG.o1}', 'circulation', null) id from generate_series(0, ${CONVENTIONS - 1}) c`,
    `insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, structure_id, objet_id, utilisateur_id, at)
     select '${ORG.t1}', o.id, k.id, ${PAR_ATELIER} * 1000, 'utilisation', ${convention('a')}, '${ORG.o1}', ${structure('a')}, ${ACTE('a')}, '${USER}', timestamptz '2026-02-01T09:00:00Z' + (a / ${STRUCTURES} % 28) * interval '1 day'
       from generate_series(0, ${ateliers - 1}) a join compte_mesure k on k.s = a % ${STRUCTURES} and k.c = a / ${TAILLE / 2} * ${PAR_ATELIER} / ${parConvention}
       join source_mesure o on o.c = k.c order by a`,
    `create temp table verse_mesure as select objet_id, id from transfer where motif = 'utilisation'; alter table verse_mesure add primary key (objet_id); analyze verse_mesure`,
    `insert into inscription (organisation_id, atelier_id, collectivite_id, carnet_id, personne_id, statut, par_pass, pass_utilises)
     select ${structure('a')}, ${ATELIER('a')}, '${ORG.t1}', c.id, c.public_id, 'present', true, 1
       from carnet_mesure c cross join generate_series(0, ${TAILLE / 2 - 1}) r cross join lateral (select c.i / ${PAR_ATELIER} * ${TAILLE / 2} + r a) x`,
    `insert into redemption (collectivite_id, acte_id, pass_id, carnet_id, convention_id, operateur_id, structure_id, prescripteur_id, lieu_id, atelier_id, personne_id, date_atelier, demi_journee,
       montant_centimes, statut, transfer_id, utilisateur_id, at)
     select '${ORG.t1}', ${ACTE('a')}, c.id * 10 + r, c.id, ${convention('a')}, '${ORG.o1}', ${structure('a')}, '${ORG.p1}', ${LIEU_ID(`a % ${STRUCTURES}`)}, ${ATELIER('a')}, c.public_id,
       date '2026-02-01' + (a / ${STRUCTURES} % 28)::int, 'matin', 1000, 'a_payer', v.id, '${USER}', timestamptz '2026-02-01T09:00:00Z' + (a / ${STRUCTURES} % 28) * interval '1 day'
       from carnet_mesure c cross join generate_series(0, ${TAILLE / 2 - 1}) r cross join lateral (select c.i / ${PAR_ATELIER} * ${TAILLE / 2} + r a) x join verse_mesure v on v.objet_id = ${ACTE('a')}`,
  ]
}

/** The uses of half of the month are in bordereaux, one a structure. */
const closing = [
  `create temp table pris as select structure_id, convention_id, count(*) pass, sum(montant_centimes) montant from redemption where lieu_id in (select ${LIEU_ID('n')} from generate_series(0, ${STRUCTURES - 1}) n) and date_atelier < '2026-02-15' group by 1, 2`,
  `insert into bordereau (organisation_id, id, operateur_id, reference, mois, pass, montant_centimes, compte_id, arrete_par, arrete_at)
   select s.structure_id, ${BORDEREAU('s.n')}, '${ORG.o1}', 'MESURE-' || s.n, '2026-02', s.pass, s.montant, ${COMPTE('s.n')}, '${USER}', '2026-03-03T10:00:00Z'
     from (select n, p.structure_id, sum(p.pass) pass, sum(p.montant) montant from pris p join generate_series(0, ${STRUCTURES - 1}) n on ${STRUCT('n')} = p.structure_id group by 1, 2) s`,
  `insert into bordereau_convention (organisation_id, bordereau_id, collectivite_id, convention_id, operateur_id, libelle, pass, montant_centimes)
   select p.structure_id, b.id, '${ORG.t1}', p.convention_id, '${ORG.o1}', 'Mesure', p.pass, p.montant from pris p join bordereau b on b.organisation_id = p.structure_id and b.reference like 'MESURE-%'`,
  `update redemption r set statut = 'en_bordereau', bordereau_id = b.id from bordereau b where b.organisation_id = r.structure_id and b.reference like 'MESURE-%' and r.date_atelier < '2026-02-15'`,
]

/** A base in which the books agree: `carnets` of ten pass, half of them used. A multiple of 40, so that no atelier has two conventions. */
export const fillBooks = async (sql: pg.Client, carnets: number): Promise<void> => {
  const parConvention = carnets / CONVENTIONS
  for (const text of [...frame(parConvention), ...stock(carnets, parConvention), ...uses(carnets, parConvention), ...closing])
    for (const one of text.split('; ')) await sql.query(one)
  await sql.query('vacuum analyze')
}
