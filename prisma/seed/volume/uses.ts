import type pg from 'pg'

/**
 * Ateliers and used pass. A started carnet is used once a week or so at one place, 2 pass to all of them; the people of a
 * place and week share ateliers of 12 seats; about one enrolled person in five does not come.
 */
export const seedUses = async (client: pg.ClientBase) => {
  await client.query(`
    create temp table demo_usage as
      with entame as (
        select r.collectivite_id, r.id carnet_id, r.serie, r.convention_id, r.prescripteur_id, c.beneficiaire_id personne_id, c.taille, t.code, t.operateur_id, t.entames, date_trunc('week', r.remis_at)::date semaine,
               l.structure_id, l.lieu_id, l.fuseau, l.rang, case when c.taille > 5 then 3 + floor(pg_temp.hasard('k' || r.serie) * (c.taille - 2))::int else 2 + floor(pg_temp.hasard('k' || r.serie) * (c.taille - 1))::int end n
          from demo_remise r join carnet c on c.collectivite_id = r.collectivite_id and c.id = r.id join demo_tenant t on t.collectivite_id = r.collectivite_id
          join demo_lieu l on l.code = t.code and l.rang = 1 + floor(pg_temp.hasard('l' || r.serie) * (select count(*) from demo_lieu x where x.code = t.code))::int
         where r.remis and c.statut <> 'bloque' and pg_temp.hasard('e' || r.serie) < t.entames),
      fois as (select e.*, i, e.semaine + 7 * floor(i * 1.25)::int + (e.rang % 5)::int jour from entame e cross join lateral generate_series(1, e.n) i),
      place as (select f.*, (row_number() over (partition by lieu_id, jour order by serie) - 1) / 12 groupe from fois f where jour < current_date)
      select p.*, dense_rank() over (order by lieu_id, jour, groupe) atelier_rang from place p;
    create temp table demo_atelier as
      select atelier_rang, min(structure_id::text)::uuid structure_id, min(lieu_id::text)::uuid lieu_id, min(fuseau) fuseau, min(jour) jour, min(groupe) groupe, count(distinct personne_id) personnes, uuidv7() id,
             (array['09:30', '14:00', '11:00', '16:00'])[1 + (min(groupe) % 4)::int] debut from demo_usage group by atelier_rang;
    -- one person, one médiateur: the demonstration signs in as the first structure's; the others share a technical one
    insert into utilisateur (id, courriel, prenom, nom) values (uuidv7(), 'mediateurs@exemple.fr', 'Médiation', 'Exemple');
    insert into atelier (organisation_id, id, lieu_id, mediateur_id, theme, niveau, date, debut, duree_minutes, capacite, places_prises, statut)
      select structure_id, id, lieu_id, (select u.id from utilisateur u where u.courriel = 'mediateurs@exemple.fr'), (array['demarches_administratives', 'outils_quotidien', 'utilisation_securisee'])[1 + (atelier_rang % 3)::int],
             (array['debutant', 'debutant', 'intermediaire'])[1 + (atelier_rang % 3)::int], jour, debut, 120, 12, personnes, case when jour < current_date - 30 then 'valide' else 'tenu' end from demo_atelier;
    insert into inscription (organisation_id, id, atelier_id, collectivite_id, carnet_id, personne_id, statut, par_pass, pass_utilises, created_at)
      select u.structure_id, uuidv7(), a.id, u.collectivite_id, u.carnet_id, u.personne_id, 'present', false, 1, u.jour from demo_usage u join demo_atelier a using (atelier_rang);
    -- absences: somebody who usually comes, enrolled and not there
    insert into inscription (organisation_id, id, atelier_id, collectivite_id, carnet_id, personne_id, statut, created_at)
      select distinct on (a.id, u.personne_id) a.structure_id, uuidv7(), a.id, u.collectivite_id, u.carnet_id, u.personne_id, case when pg_temp.hasard('x' || u.serie || a.jour) < 0.3 then 'absent_excuse' else 'absent' end, a.jour
        from demo_usage u join demo_atelier a on a.structure_id = u.structure_id and a.jour = u.jour + 7 where pg_temp.hasard('z' || u.serie || u.i) < 0.22
      on conflict do nothing;
    -- seats of the days to come, today included
    insert into atelier (organisation_id, id, lieu_id, mediateur_id, theme, niveau, date, debut, duree_minutes, capacite)
      select structure_id, uuidv7(), lieu_id, (select u.id from utilisateur u where u.courriel = 'mediateurs@exemple.fr'), 'demarches_administratives', 'debutant', current_date + j, case when j % 2 = 0 then '09:00' else '14:00' end, 120, 12
        from demo_lieu cross join unnest(array[0, 2, 5, 7]) j;
    update carnet c set utilises = u.n from (select collectivite_id, carnet_id, count(*) n from demo_usage group by 1, 2) u where c.collectivite_id = u.collectivite_id and c.id = u.carnet_id;
    update pass p set statut = 'utilise' from (select collectivite_id, carnet_id, count(*) n from demo_usage group by 1, 2) u
      where p.collectivite_id = u.collectivite_id and p.carnet_id = u.carnet_id and p.id % 10 < u.n`)
}
