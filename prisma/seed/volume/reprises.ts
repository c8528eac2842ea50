import type pg from 'pg'
import { ANCIEN } from '../../../packages/domain/src/codes-anciens.ts'
import { lookupOf } from '../../../apps/api/src/platform/codes.ts'
import type { Secrets } from '../../../apps/api/src/platform/secrets.ts'

/** Carnets taken over, and pass of each: two honoured, one used, one that its place was never paid for. */
const CARNETS = 12
const ETATS = ['neuf', 'neuf', 'utilise', 'impaye'] as const
const FACE = 1000
const HONORES = ETATS.filter((etat) => etat === 'neuf').length

/** The code of a pass of the former operator of the demonstration: `DEMO-0001-1` is played at the counter. */
const demoForeignCode = (carnet: number, rang: number): string => `DEMO${String(carnet).padStart(4, '0')}${rang}`

const temp = async (client: pg.ClientBase, secrets: Secrets) => {
  const lines = Array.from({ length: CARNETS * ETATS.length }, (_, i) => ({
    carnet: Math.floor(i / ETATS.length) + 1,
    rang: (i % ETATS.length) + 1,
  }))
  await client.query(
    `create temp table demo_ancien as
       select x.carnet, x.rang, x.etat, x.lookup from unnest($1::int[], $2::int[], $3::text[], $4::bytea[]) x(carnet, rang, etat, lookup)`,
    [
      lines.map(({ carnet }) => carnet),
      lines.map(({ rang }) => rang),
      lines.map(({ rang }) => ETATS[rang - 1]),
      lines.map(({ carnet, rang }) => lookupOf(secrets, ANCIEN + demoForeignCode(carnet, rang))),
    ],
  )
}

const MOTIF = `case x.etat when 'utilise' then 'deja_utilise' when 'impaye' then 'impaye' end`

/** A take-over of the Creuse in each statut that lasts; the one that is done has its carnets, half of them in people's hands. */
const seedFiles = async (client: pg.ClientBase) => {
  const pass = CARNETS * ETATS.length
  await client.query(`
    create temp table demo_reprise as
      select t.collectivite_id, t.convention_id, t.operateur_id, uuidv7() id, uuidv7() commande_id, uuidv7() lot_id, uuidv7() activation_id, s.statut, s.n,
             (date_trunc('month', current_date + 150) + interval '1 month - 1 day')::date date_fin, (select min(id::text)::uuid from utilisateur where demo) par
        from demo_tenant t cross join (values (1, 'appliquee'), (2, 'a_confirmer'), (3, 'en_erreur'), (4, 'ouverte')) s(n, statut) where t.code = 'creuse';
    insert into reprise (collectivite_id, id, convention_id, operateur_id, reference, ancien_operateur, statut, nom, lignes, fautes, carnets, honores, refuses, montant_centimes, numero_mandat, ouverte_par, created_at, appliquee_par, appliquee_at)
      select collectivite_id, id, convention_id, operateur_id, 'RP' || to_char(current_date, 'YY') || '-000' || n, 'Ancien opérateur (liquidé en 2024)', statut,
             case when statut <> 'ouverte' then 'carnets-' || n || '.csv' end,
             case statut when 'appliquee' then ${pass} when 'ouverte' then 0 else 2 end, case statut when 'en_erreur' then 1 else 0 end,
             case statut when 'appliquee' then ${CARNETS} when 'a_confirmer' then 1 else 0 end, case statut when 'appliquee' then ${CARNETS * HONORES} when 'a_confirmer' then 1 else 0 end,
             case statut when 'appliquee' then ${pass - CARNETS * HONORES} when 'a_confirmer' then 1 else 0 end, case statut when 'appliquee' then ${CARNETS * HONORES * FACE} when 'a_confirmer' then ${FACE} else 0 end,
             case statut when 'appliquee' then 'M-REPRISE-1' end, par, now() - interval '40 days', case statut when 'appliquee' then par end, case statut when 'appliquee' then now() - interval '38 days' end
        from demo_reprise;
    insert into compteur (organisation_id, nom, annee, valeur) select operateur_id, 'reprise', extract(year from current_date)::int, 4 from demo_reprise where n = 1
      union all select collectivite_id, 'reprise', extract(year from current_date)::int, 1 from demo_reprise where n = 1
      union all select operateur_id, 'creance', extract(year from current_date)::int, 5 from demo_reprise where n = 1;
    create temp table demo_reprise_serie as
      select (extract(year from current_date)::int % 100) * 10000000::bigint + 1 + valeur premiere from compteur where nom = 'serie' and annee = extract(year from current_date)::int;
    update compteur set valeur = valeur + ${CARNETS} where nom = 'serie' and annee = extract(year from current_date)::int;
    insert into reprise_ligne (collectivite_id, reprise_id, numero, operateur_id, serie, lookup, etat, date_fin, preuve, motif, carnet_serie)
      select r.collectivite_id, r.id, (x.carnet - 1) * ${ETATS.length} + x.rang + 1, r.operateur_id, 'DEMO-' || lpad(x.carnet::text, 4, '0'), x.lookup, x.etat, r.date_fin, 'État du stock, page 1', ${MOTIF},
             s.premiere + x.carnet - 1
        from demo_ancien x cross join demo_reprise_serie s join demo_reprise r on r.statut = 'appliquee';
    insert into reprise_ligne (collectivite_id, reprise_id, numero, operateur_id, serie, lookup, etat, date_fin, preuve, probleme, motif)
      select r.collectivite_id, r.id, l.n + 1, r.operateur_id, 'DEMO-9' || r.n || l.n, sha256(convert_to('demo ' || r.n || l.n, 'utf8')), case l.n when 1 then 'neuf' else 'utilise' end, r.date_fin, 'Page 2',
             case when r.statut = 'en_erreur' and l.n = 2 then 'Colonne « État » : indiquez « Non utilisé », « Utilisé » ou « Impayé ».' end,
             case when r.statut = 'a_confirmer' and l.n = 2 then 'deja_utilise' end
        from demo_reprise r cross join generate_series(1, 2) l(n) where r.statut in ('a_confirmer', 'en_erreur')`)
}

/** The carnets of the one that is done, and the money received for them. */
const seedTaken = (client: pg.ClientBase) =>
  client.query(`
    insert into commande (collectivite_id, id, convention_id, operateur_id, reference, statut, quantite, carnet_taille, valeur_faciale_centimes, montant_centimes, numero_mandat, recus, created_at, reprise_id)
      select collectivite_id, commande_id, convention_id, operateur_id, 'R' || to_char(current_date, 'YY') || '-0001', 'livree', ${CARNETS}, ${HONORES}, ${FACE}, ${CARNETS * HONORES * FACE}, 'M-REPRISE-1', ${CARNETS}, now() - interval '38 days', id
        from demo_reprise where statut = 'appliquee';
    insert into lot (collectivite_id, id, commande_id, convention_id, operateur_id, quantite, carnet_taille, valeur_faciale_centimes, serie_premiere, serie_derniere, date_fin, produits, created_at, reprise_id)
      select collectivite_id, lot_id, commande_id, convention_id, operateur_id, ${CARNETS}, ${HONORES}, ${FACE}, premiere, premiere + ${CARNETS - 1}, date_fin, ${CARNETS}, now() - interval '38 days', id
        from demo_reprise cross join demo_reprise_serie where statut = 'appliquee';
    insert into activation (collectivite_id, id, lot_id, commande_id, convention_id, operateur_id, serie_premiere, serie_derniere, carnets, montant_centimes, numero_mandat, at, utilisateur_id)
      select collectivite_id, activation_id, lot_id, commande_id, convention_id, operateur_id, premiere, premiere + ${CARNETS - 1}, ${CARNETS}, ${CARNETS * HONORES * FACE}, 'M-REPRISE-1', now() - interval '38 days', par
        from demo_reprise cross join demo_reprise_serie where statut = 'appliquee';
    insert into carnet (collectivite_id, serie, lot_id, convention_id, operateur_id, taille, date_fin, statut, prescripteur_id, activation_id, livre_at, attribue_at, remis_at)
      select r.collectivite_id, s.premiere + k, r.lot_id, r.convention_id, r.operateur_id, ${HONORES}, r.date_fin, case when k < 6 then 'remis' else 'livre' end, case when k < 6 then p.id end, r.activation_id,
             now() - interval '38 days', case when k < 6 then now() - interval '38 days' end, case when k < 6 then now() - interval '60 days' end
        from demo_reprise r cross join demo_reprise_serie s cross join generate_series(0, ${CARNETS - 1}) k
        cross join lateral (select a.prescripteur_id id from carnet a where a.collectivite_id = r.collectivite_id and a.prescripteur_id is not null order by a.serie limit 1) p
       where r.statut = 'appliquee' order by k;
    insert into pass (collectivite_id, id, carnet_id, lookup, statut)
      select c.collectivite_id, c.id * 10 + row_number() over (partition by c.id order by x.etat <> 'neuf', x.rang) - 1, c.id, x.lookup, case x.etat when 'neuf' then 'neuf' else 'annule' end
        from demo_ancien x cross join demo_reprise_serie s join carnet c on c.serie = s.premiere + x.carnet - 1;
    insert into encaissement (collectivite_id, id, convention_id, commande_id, operateur_id, montant_centimes, reference_virement, date_reception)
      select collectivite_id, uuidv7(), convention_id, commande_id, operateur_id, ${CARNETS * HONORES * FACE + 20 * FACE}, 'VIR-REPRISE', current_date - 39 from demo_reprise where statut = 'appliquee';
    insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, objet_id, utilisateur_id, at)
      select collectivite_id, account_of(collectivite_id, convention_id, operateur_id, 'payeur', null), account_of(collectivite_id, convention_id, operateur_id, 'fonds', null), ${CARNETS * HONORES * FACE + 20 * FACE}, 'encaissement', convention_id,
             operateur_id, commande_id, par, now() - interval '39 days' from demo_reprise where statut = 'appliquee';
    insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, objet_id, utilisateur_id, at)
      select collectivite_id, account_of(collectivite_id, convention_id, operateur_id, 'fonds', null), account_of(collectivite_id, convention_id, operateur_id, 'circulation', null), ${CARNETS * HONORES * FACE}, 'activation', convention_id,
             operateur_id, activation_id, par, now() - interval '38 days' from demo_reprise where statut = 'appliquee'`)

/** Claims of the first place of the Creuse, one in each statut, about unpaid pass of the take-over; what is granted is in the ledger. */
const seedClaims = (client: pg.ClientBase) =>
  client.query(`
    create temp table demo_creance as
      select r.collectivite_id, r.convention_id, r.operateur_id, r.id reprise_id, l.structure_id, uuidv7() id, s.n, s.statut, q.ids
        from demo_reprise r join demo_lieu l on l.code = 'creuse' and l.rang = 1 cross join unnest(array['declaree', 'examinee', 'acceptee', 'refusee', 'payee']) with ordinality s(statut, n)
        cross join lateral (select array_agg(u.id order by u.id::text) ids from (select id from utilisateur where demo order by id::text limit 4) u) q where r.statut = 'appliquee';
    insert into creance (organisation_id, id, collectivite_id, convention_id, operateur_id, reprise_id, reference, statut, pass, montant_centimes, retenus, montant_retenu_centimes, commentaire, declaree_par, declaree_at, avis, motif,
        examinee_par, examinee_at, decision_motif, decidee_par, decidee_at, reference_virement, date_banque, payee_par, payee_at)
      select structure_id, id, collectivite_id, convention_id, operateur_id, reprise_id, 'CR' || to_char(current_date, 'YY') || '-000' || n, statut, 2, ${2 * FACE}, case when n in (3, 5) then 2 else 0 end, case when n in (3, 5) then ${2 * FACE} else 0 end,
             'Ateliers tenus avant la liquidation, feuilles d’émargement jointes.', ids[1], now() - interval '30 days' + n * interval '1 day',
             case when n > 1 then case n when 4 then 'refuser' else 'accepter' end end, case when n > 1 then case n when 4 then 'La feuille ne porte aucune signature.' else 'Feuilles conformes.' end end,
             case when n > 1 then ids[2] end, case when n > 1 then now() - interval '20 days' end, null, case when n > 2 then ids[3] end, case when n > 2 then now() - interval '15 days' end,
             case when n = 5 then 'VIR-CREANCE-1' end, case when n = 5 then current_date - 10 end, case when n = 5 then ids[4] end, case when n = 5 then now() - interval '10 days' end
        from demo_creance;
    insert into creance_pass (organisation_id, creance_id, rang, operateur_id, lookup, date_utilisation, retenu)
      select c.structure_id, c.id, x.rang, c.operateur_id, x.lookup, current_date - 700, c.n in (3, 5)
        from demo_creance c cross join lateral (select row_number() over (order by a.carnet)::int rang, a.lookup from demo_ancien a where a.etat = 'impaye' and a.carnet in (2 * c.n - 1, 2 * c.n)) x;
    insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, structure_id, objet_id, utilisateur_id, at)
      select collectivite_id, account_of(collectivite_id, convention_id, operateur_id, 'fonds', null), account_of(collectivite_id, convention_id, operateur_id, 'du', structure_id), ${2 * FACE}, 'creance', convention_id, operateur_id, structure_id,
             id, ids[3], now() - interval '15 days' from demo_creance where n in (3, 5);
    insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, structure_id, objet_id, utilisateur_id, at)
      select collectivite_id, account_of(collectivite_id, convention_id, operateur_id, 'du', structure_id), account_of(collectivite_id, convention_id, operateur_id, 'paye', structure_id), ${2 * FACE}, 'creance_payee', convention_id, operateur_id, structure_id,
             id, ids[4], now() - interval '10 days' from demo_creance where n = 5`)

/** The carnets of a former operator in the Creuse, and what it left unpaid there. */
export const seedReprises = async (client: pg.ClientBase, secrets: Secrets) => {
  await temp(client, secrets)
  await seedFiles(client)
  await seedTaken(client)
  await seedClaims(client)
}
