import { createSecretKey } from 'node:crypto'
import type pg from 'pg'
import { deriveCode, lookupOf, newLotKey, wrapLotKey } from '../../../apps/api/src/platform/codes.ts'
import type { Secrets } from '../../../apps/api/src/platform/secrets.ts'

/** A number in [0, 1[ that depends on its text alone: the demonstration is the same at every start. */
export const HASARD = `create function pg_temp.hasard(text) returns float8 language sql immutable as $$ select ('x' || substr(md5($1), 1, 8))::bit(32)::bigint / 4294967296.0 $$`

/** Conventions, commandes, lots, activations: the one that lives in each collectivité, and one of every other statut in the Creuse. */
export const seedCommandes = async (client: pg.ClientBase, secrets: Secrets) => {
  await client.query(`
    update demo_tenant t set serie = (extract(year from current_date)::int % 100) * 10000000::bigint + 1 + coalesce((select sum(b.carnets) from demo_tenant b where b.rang < t.rang), 0);
    insert into convention (collectivite_id, id, operateur_id, reference, nom, statut, date_debut, date_fin, montant_centimes, carnet_taille, fse, identite, publics, financeur_ids, prescripteur_ids, date_signature)
      select collectivite_id, convention_id, operateur_id, 'C-' || extract(year from current_date) || '-001', convention || ' ' || extract(year from current_date - 240) || '–' || extract(year from current_date + 365), 'active', current_date - 280,
             current_date + 500, carnets::bigint * taille * 1500, taille, cle[1] > 0, identite, publics,
             case when cle[1] > 0 then array(select id from organisation where type = 'financeur') else '{}' end, array(select p.id from demo_prescripteur p where p.code = t.code), current_date - 290
        from demo_tenant t;
    insert into convention_financeur (collectivite_id, convention_id, rang, financeur_id, nature, nom, cle_bp, est_repli, signataire, date_signature)
      select collectivite_id, convention_id, f.rang, case nature when 'fse' then (select id from organisation where type = 'financeur') end, nature, case nature when 'fse' then 'Fonds social européen' when 'etat' then 'État' else nom end,
             cle[f.rang], nature = 'collectivite', 'Ada Exemple', current_date - 290
        from demo_tenant cross join unnest(array['fse', 'etat', 'collectivite']) with ordinality f(nature, rang) where cle[f.rang] > 0;
    insert into commande (collectivite_id, id, convention_id, operateur_id, reference, statut, quantite, carnet_taille, valeur_faciale_centimes, montant_centimes, frais_centimes, tva_centimes, numero_engagement, signataire,
      maquette_texte, numero_mandat, colis, recus, created_at)
      select collectivite_id, commande_id, convention_id, operateur_id, extract(year from current_date - 260) || '-0001', 'livree', carnets, taille, 1000, carnets::bigint * taille * 1000, carnets::bigint * taille * 40, carnets::bigint * taille * 8,
             'EJ-' || rang, 'Claire Essai', 'Renseignements au 05 55 00 00 00', 'M-' || extract(year from current_date - 220) || '-00' || rang, 8, carnets, now() - interval '262 days' from demo_tenant;
    insert into commande_etape (collectivite_id, commande_id, id, operateur_id, action, statut, organisation, acteur, at)
      select collectivite_id, commande_id, uuidv7(), operateur_id, e.action, e.statut, case when e.chez = 'o' then o.nom else t.nom end, case when e.chez = 'o' then 'Odile Modèle' else 'Claire Essai' end, now() - e.jours * interval '1 day'
        from demo_tenant t join demo_operateur o on o.code = t.operateur
        cross join (values ('demande', 'brouillon', 'c', 262), ('devis', 'devis', 'o', 260), ('signature', 'signee', 'c', 255), ('maquette', 'maquette_a_valider', 'o', 251), ('validation', 'maquette_validee', 'c', 247),
          ('production', 'en_production', 'o', 246), ('expedition', 'expediee', 'o', 236), ('reception', 'livree', 'c', 231)) e(action, statut, chez, jours);
    insert into encaissement (collectivite_id, id, convention_id, commande_id, operateur_id, montant_centimes, frais_centimes, reference_virement, date_reception)
      select collectivite_id, uuidv7(), convention_id, commande_id, operateur_id, carnets::bigint * taille * 1048, carnets::bigint * taille * 48, 'VIR-' || rang, current_date - 226 from demo_tenant;
    insert into compteur (organisation_id, nom, annee, valeur)
      select '00000000-0000-0000-0000-000000000000', 'serie', extract(year from current_date)::int, (select sum(carnets) from demo_tenant)
      union all select collectivite_id, n.nom, extract(year from current_date)::int, case n.nom when 'attribution' then prescripteurs else 1 end from demo_tenant cross join unnest(array['convention', 'commande', 'attribution']) n(nom)`)
  await seedOtherStatuts(client)
  await seedOtherLots(client)
  await seedLots(client, secrets)
}

/** What the Creuse also has: conventions and commandes in every other statut, so that each screen can be seen. */
const seedOtherStatuts = (client: pg.ClientBase) =>
  client.query(`
    with autres as (
      insert into convention (collectivite_id, id, operateur_id, reference, nom, statut, date_debut, date_fin, montant_centimes, carnet_taille, publics, date_signature)
      select t.collectivite_id, uuidv7(), t.operateur_id, 'C-' || extract(year from current_date) || '-00' || s.n + 1, s.nom, s.statut, current_date - s.depuis, current_date + s.encore, 4000000, 10, t.publics,
             case when s.statut <> 'brouillon' then current_date - s.depuis end
        from demo_tenant t cross join (values (1, 'Seniors du Limousin', 'brouillon', -30, 600), (2, 'Jeunes ruraux', 'signee', -10, 500), (3, 'Territoire d’action', 'en_bilan', 700, -20), (4, 'Expérimentation Tela', 'soldee', 1100, -300),
          (5, 'Réseau Aliso', 'close', 1500, -700), (6, 'Marché abandonné', 'resiliee', 900, -400)) s(n, nom, statut, depuis, encore)
       where t.code = 'creuse' returning collectivite_id, id, statut)
    insert into convention_financeur (collectivite_id, convention_id, rang, nature, nom, cle_bp, est_repli, signataire, date_signature)
    select collectivite_id, id, f.rang, f.nature, f.nom, f.cle, f.rang = 2, case when statut <> 'brouillon' then 'Ada Exemple' end, case when statut <> 'brouillon' then current_date - 100 end
      from autres cross join (values (1, 'etat', 'État', 5000), (2, 'collectivite', 'Département de la Creuse', 5000)) f(rang, nature, nom, cle);
    insert into commande (collectivite_id, id, convention_id, operateur_id, reference, statut, quantite, carnet_taille, valeur_faciale_centimes, montant_centimes, frais_centimes, tva_centimes, signataire, maquette_texte, recus, created_at)
      select t.collectivite_id, uuidv7(), t.convention_id, t.operateur_id, extract(year from current_date) || '-00' || lpad((s.n + 1)::text, 2, '0'), s.statut, 40, 5, 1000, 200000, case when s.n > 1 then 8000 else 0 end, case when s.n > 1 then 1600 else 0 end,
             case when s.n > 2 then 'Claire Essai' end, case when s.n > 3 then 'Renseignements au 05 55 00 00 00' end, case when s.statut = 'close' then 40 end, now() - interval '40 days' + s.n * interval '2 days'
        from demo_tenant t cross join unnest(array['brouillon', 'devis', 'signee', 'maquette_a_valider', 'maquette_refusee', 'maquette_validee', 'annulee', 'close']) with ordinality s(statut, n) where t.code = 'creuse';
    update compteur c set valeur = 9 from demo_tenant t where t.code = 'creuse' and c.organisation_id = t.collectivite_id and c.nom = 'commande';
    update compteur c set valeur = 7 from demo_tenant t where t.code = 'creuse' and c.organisation_id = t.collectivite_id and c.nom = 'convention';
    insert into commande_etape (collectivite_id, commande_id, id, operateur_id, action, statut, organisation, acteur, at)
      select collectivite_id, id, uuidv7(), operateur_id, 'demande', 'brouillon', 'Département de la Creuse', 'Camille Essai', created_at from commande c where not exists (select 1 from commande_etape e where e.collectivite_id = c.collectivite_id and e.commande_id = c.id)`)

/**
 * Lots that are not the main ones, in the Creuse: one being produced, one on its way, one whose carnets have expired without ever
 * being active. `demo_lot` lists every lot, with the custody in which its carnets start.
 */
const seedOtherLots = (client: pg.ClientBase) =>
  client.query(`
    insert into commande (collectivite_id, id, convention_id, operateur_id, reference, statut, quantite, carnet_taille, valeur_faciale_centimes, montant_centimes, frais_centimes, tva_centimes, signataire, maquette_texte, colis, created_at)
      select t.collectivite_id, uuidv7(), t.convention_id, t.operateur_id, extract(year from current_date) || '-00' || s.n + 9, s.statut, 40, 5, 1000, 200000, 8000, 1600, 'Claire Essai', 'Renseignements au 05 55 00 00 00',
             case when s.statut = 'expediee' then 1 end, now() - interval '20 days' + s.n * interval '2 days'
        from demo_tenant t cross join unnest(array['en_production', 'expediee']) with ordinality s(statut, n) where t.code = 'creuse';
    create temp table demo_lot as
      select rang, collectivite_id, lot_id, commande_id, convention_id, operateur_id, serie, carnets, taille, 'livre' statut, (date_trunc('month', current_date + 120) + interval '1 month - 1 day')::date date_fin from demo_tenant;
    insert into demo_lot
      select 100 + x.n, x.collectivite_id, uuidv7(), x.id, x.convention_id, x.operateur_id, (select max(serie + carnets) from demo_tenant) + 40 * (x.n - 1), x.quantite, x.carnet_taille,
             case x.statut when 'en_production' then 'cree' when 'expediee' then 'expedie' else 'expire' end, case when x.statut = 'close' then current_date - 60 else (date_trunc('month', current_date + 360))::date - 1 end
        from (select c.*, row_number() over (order by c.reference) n from commande c join demo_tenant t using (collectivite_id) where t.code = 'creuse' and c.statut in ('en_production', 'expediee', 'close')) x;
    insert into lot (collectivite_id, id, commande_id, convention_id, operateur_id, quantite, carnet_taille, valeur_faciale_centimes, serie_premiere, serie_derniere, date_fin, produits, imprime_at)
      select collectivite_id, lot_id, commande_id, convention_id, operateur_id, carnets, taille, 1000, serie, serie + carnets - 1, date_fin, carnets, case when statut <> 'cree' then now() - interval '240 days' end from demo_lot;
    insert into activation (collectivite_id, id, lot_id, commande_id, convention_id, operateur_id, serie_premiere, serie_derniere, carnets, montant_centimes, numero_mandat, at, utilisateur_id)
      select collectivite_id, activation_id, lot_id, commande_id, convention_id, operateur_id, serie, serie + floor(carnets * actives)::int - 1, floor(carnets * actives)::int, floor(carnets * actives)::bigint * taille * 1000,
             'M-' || extract(year from current_date - 220) || '-00' || rang, now() - interval '224 days', (select id from utilisateur order by id limit 1) from demo_tenant;
    update compteur set valeur = valeur + 120 where nom = 'serie';
    update compteur c set valeur = 11 from demo_tenant t where t.code = 'creuse' and c.organisation_id = t.collectivite_id and c.nom = 'commande'`)

type LotRow = { collectivite_id: string; lot_id: string; operateur_id: string; serie: string; carnets: number; taille: number }

/** Lot keys, carnets in their custody, and their pass with the keyed hash of each code. */
const seedLots = async (client: pg.ClientBase, secrets: Secrets) => {
  await client.query(`
    insert into carnet (collectivite_id, serie, lot_id, convention_id, operateur_id, taille, date_fin, activation_id, statut, livre_at)
    select l.collectivite_id, l.serie + n, l.lot_id, l.convention_id, l.operateur_id, l.taille, l.date_fin, a.id, l.statut, case when l.statut in ('livre', 'expire') then now() - interval '231 days' end
      from demo_lot l cross join lateral generate_series(0, l.carnets - 1) n
      left join activation a on a.collectivite_id = l.collectivite_id and a.lot_id = l.lot_id and l.serie + n between a.serie_premiere and a.serie_derniere
     order by l.rang, n;
    -- two carnets of Guyane that were never active are cancelled
    update carnet c set statut = 'annule' from demo_tenant t where t.code = 'guyane' and c.collectivite_id = t.collectivite_id and c.serie >= t.serie + t.carnets - 2`)
  await client.query('analyze carnet')
  const { rows } = await client.query<LotRow>(
    'select collectivite_id, lot_id, operateur_id, serie, carnets, taille from demo_lot order by rang',
  )
  for (const lot of rows) {
    const key = newLotKey()
    await client.query('insert into lot_cle values ($1, $2, $3, $4)', [
      lot.collectivite_id,
      lot.lot_id,
      lot.operateur_id,
      wrapLotKey(secrets, lot.lot_id, key),
    ])
    const secret = createSecretKey(key)
    const premiere = Number(lot.serie)
    for (let from = 0; from < lot.carnets; from += 1000) {
      const series = Array.from({ length: Math.min(1000, lot.carnets - from) }, (_, i) => premiere + from + i)
      const lookups = series.flatMap((serie) =>
        Array.from({ length: lot.taille }, (_, i) => lookupOf(secrets, deriveCode(secret, serie, i + 1))),
      )
      await client.query(
        `insert into pass (collectivite_id, id, carnet_id, lookup)
         select c.collectivite_id, c.id * 10 + (u.k - 1) % $4::int, c.id, u.lookup
           from unnest($3::bytea[]) with ordinality u(lookup, k) join carnet c on c.serie = $2::bigint + (u.k - 1) / $4::int and c.collectivite_id = $1`,
        [lot.collectivite_id, series[0], lookups, lot.taille],
      )
    }
  }
  await client.query(
    `update pass p set statut = 'annule' from carnet c where c.collectivite_id = p.collectivite_id and c.id = p.carnet_id and c.statut = 'annule'`,
  )
}
