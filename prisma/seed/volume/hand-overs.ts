import type pg from 'pg'

const PRENOMS = [
  'Alix',
  'Basile',
  'Céleste',
  'Désiré',
  'Églantine',
  'Firmin',
  'Gaëlle',
  'Honoré',
  'Iris',
  'Jonas',
  'Kenza',
  'Lubin',
  'Maëlle',
  'Nino',
  'Ondine',
  'Philéas',
  'Quitterie',
  'Rose',
  'Sacha',
  'Tancrède',
]
const NOMS = ['Inventé', 'Imaginaire', 'Démo', 'Fictif', 'Factice', 'Supposé', 'Prétexte', 'Scénario', 'Figurant', 'Romanesque']

/**
 * Attributions by contiguous ranges, hand-overs spread over seven months with the dips of August and Christmas, people
 * (45 % over 60, 60 % women in the first names), a few carnets lost (1 %) or stolen (0.2 %).
 */
export const seedHandOvers = async (client: pg.ClientBase) => {
  await client.query(`
    create temp table demo_range as
      select t.code, t.collectivite_id, t.convention_id, t.lot_id, t.operateur_id, p.id prescripteur_id, p.rang, t.serie + floor(t.carnets * t.attribues * (p.rang - 1) / t.prescripteurs)::int premiere,
             t.serie + floor(t.carnets * t.attribues * p.rang / t.prescripteurs)::int - 1 derniere, p.rang = t.prescripteurs en_route, now() - (215 - p.rang) * interval '1 day' envoyee_at, t.remis / t.attribues part_remis
        from demo_tenant t join demo_prescripteur p using (code);
    insert into attribution (collectivite_id, id, reference, convention_id, lot_id, prescripteur_id, serie_premiere, serie_derniere, carnets, statut, envoyee_at, accusee_at)
      select collectivite_id, uuidv7(), 'A' || to_char(current_date, 'YY') || '-' || lpad(rang::text, 4, '0'), convention_id, lot_id, prescripteur_id, premiere, derniere, derniere - premiere + 1, case when en_route then 'envoyee' else 'accusee' end,
             case when en_route then now() - interval '9 days' else envoyee_at end, case when not en_route then envoyee_at + interval '2 days' end
        from demo_range;
    insert into mouvement (collectivite_id, id, type, convention_id, lot_id, operateur_id, prescripteur_id, serie_premiere, serie_derniere, carnets, at)
      select collectivite_id, uuidv7(), 'recu', convention_id, lot_id, operateur_id, null, serie, serie + carnets - 1, carnets, now() - interval '231 days' from demo_tenant
      union all select collectivite_id, uuidv7(), 'attribue', convention_id, lot_id, operateur_id, prescripteur_id, premiere, derniere, derniere - premiere + 1, envoyee_at from demo_range
      union all select collectivite_id, uuidv7(), 'accuse', convention_id, lot_id, operateur_id, prescripteur_id, premiere, derniere, derniere - premiere + 1, envoyee_at + interval '2 days' from demo_range where not en_route;
    update carnet c set destination_id = r.prescripteur_id from demo_range r where r.en_route and c.collectivite_id = r.collectivite_id and c.serie between r.premiere and r.derniere;

    analyze carnet; analyze demo_range;
    create temp table demo_remise as
      select c.collectivite_id, c.id, c.serie, c.convention_id, r.prescripteur_id, r.envoyee_at + interval '2 days' attribue_at, pg_temp.hasard('b' || c.serie) perte, c.activation_id is not null
             and (c.serie - r.premiere)::float8 / (r.derniere - r.premiere + 1) < r.part_remis remis,
             r.envoyee_at + interval '4 days' + (now() - interval '20 days' - r.envoyee_at) * least(1, (c.serie - r.premiere)::float8 / (r.derniere - r.premiere + 1) / r.part_remis) remis_at
        from demo_range r join carnet c on c.collectivite_id = r.collectivite_id and c.serie between r.premiere and r.derniere where not r.en_route;
    -- office hours on a working day; August and the turn of the year are quiet
    update demo_remise set remis_at = date_trunc('day', remis_at) + interval '9 hours' + floor(pg_temp.hasard('h' || serie) * 480) * interval '1 minute';
    update demo_remise set remis_at = remis_at + case when extract(isodow from remis_at) = 6 then interval '2 days' when extract(isodow from remis_at) = 7 then interval '1 day' else interval '0' end;
    update demo_remise set remis_at = remis_at + interval '28 days' where extract(month from remis_at) = 8 and pg_temp.hasard('a' || serie) < 0.6 and remis_at + interval '28 days' < now() - interval '2 days';
    update demo_remise set remis_at = remis_at + interval '14 days' where to_char(remis_at, 'MMDD') between '1220' and '1231' and remis_at + interval '14 days' < now() - interval '2 days'`)
  await client.query(
    `create temp table demo_personne as
       select collectivite_id, id carnet_id, serie, convention_id, prescripteur_id, remis_at, uuidv7() id_personne, ($1::text[])[1 + floor(pg_temp.hasard('p' || serie) * cardinality($1))::int] prenom,
              ($2::text[])[1 + floor(pg_temp.hasard('n' || serie) * cardinality($2))::int] nom, pg_temp.hasard('g' || serie) age from demo_remise where remis`,
    [PRENOMS, NOMS],
  )
  await client.query(`
    analyze demo_remise; analyze demo_personne;
    insert into beneficiaire (collectivite_id, id, prescripteur_id, prenom, nom, tranche_age, statut_emploi, commune, created_at)
      select collectivite_id, id_personne, prescripteur_id, prenom, nom, case when age < 0.2 then '18_24' when age < 0.35 then '25_39' when age < 0.55 then '40_59' when age < 0.8 then '60_69' else '70_plus' end,
             case when age >= 0.55 then 'retraite' when age < 0.3 then 'sans_emploi' else 'en_emploi' end, null, remis_at from demo_personne;
    insert into prescription (collectivite_id, id, prescripteur_id, convention_id, carnet_id, beneficiaire_id, reponses, niveau, besoin, public, consentement, utilisateur_id, remis_at)
      select p.collectivite_id, uuidv7(), p.prescripteur_id, p.convention_id, p.carnet_id, p.id_personne, '{"usage": "parfois", "demarches": "quelquun_fait", "courriel": "non"}', 'debutant',
             (array['demarches', 'bases', 'communiquer', 'emploi', 'securite'])[1 + floor(pg_temp.hasard('q' || serie) * 5)::int], v.publics[1 + floor(pg_temp.hasard('u' || serie) * cardinality(v.publics))::int], true,
             (select id from utilisateur order by id limit 1), p.remis_at from demo_personne p join convention v on v.collectivite_id = p.collectivite_id and v.id = p.convention_id;
    update carnet c set prescripteur_id = r.prescripteur_id, attribue_at = r.attribue_at, statut = case when r.remis then 'remis' else 'attribue' end, remis_at = case when r.remis then r.remis_at end,
           beneficiaire_id = p.id_personne
      from demo_remise r left join demo_personne p on p.carnet_id = r.id where c.collectivite_id = r.collectivite_id and c.id = r.id;
    insert into mouvement (collectivite_id, id, type, convention_id, lot_id, operateur_id, prescripteur_id, serie_premiere, serie_derniere, carnets, at)
      select c.collectivite_id, uuidv7(), 'remis', c.convention_id, c.lot_id, c.operateur_id, c.prescripteur_id, c.serie, c.serie, 1, c.remis_at from carnet c where c.statut = 'remis';
    insert into mouvement (collectivite_id, id, type, convention_id, lot_id, operateur_id, prescripteur_id, serie_premiere, serie_derniere, carnets, at)
      select c.collectivite_id, uuidv7(), 'bloque', c.convention_id, c.lot_id, c.operateur_id, c.prescripteur_id, c.serie, c.serie, 1, coalesce(c.remis_at, c.attribue_at) + interval '12 days'
        from carnet c join demo_remise r on r.collectivite_id = c.collectivite_id and r.id = c.id where r.perte < 0.012;
    update carnet c set statut_avant_blocage = c.statut, statut = 'bloque', motif_blocage = case when r.perte < 0.01 then 'perdu' else 'vole' end
      from demo_remise r where c.collectivite_id = r.collectivite_id and c.id = r.id and r.perte < 0.012`)
}
