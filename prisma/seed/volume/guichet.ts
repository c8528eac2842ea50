import type pg from 'pg'

/** Who signs in at the first place and the fourth prescripteur of each collectivité. */
const PEOPLE = `
  create temp table demo_mediateur as
    select l.code, l.structure_id, l.operateur_id, l.fuseau, a.utilisateur_id,
           (select o.utilisateur_id from adhesion o where o.organisation_id = l.operateur_id order by o.role <> 'operateur.gestionnaire', o.id limit 1) operateur
      from demo_lieu l cross join lateral (select x.utilisateur_id from adhesion x where x.organisation_id = l.structure_id order by x.role <> 'structure.mediateur', x.id limit 1) a
     where l.rang = 1;
  create temp table demo_agent as
    select p.code, p.id prescripteur_id, a.utilisateur_id
      from demo_prescripteur p cross join lateral (select x.utilisateur_id from adhesion x where x.organisation_id = p.id order by x.role <> 'prescripteur.agent', x.id limit 1) a
     where p.rang = 4`

/** A series of eight weeks at the twelve nearest places, offered; the first one has two seats only, and people who wait. */
const SLOTS = `
  insert into atelier (organisation_id, id, lieu_id, mediateur_id, theme, niveau, date, debut, duree_minutes, capacite, offert)
    select l.structure_id, uuidv7(), l.lieu_id, coalesce(m.utilisateur_id, (select id from utilisateur where courriel = 'mediateurs@exemple.fr')),
           (array['outils_quotidien', 'demarches_administratives', 'utilisation_securisee', 'insertion_professionnelle'])[1 + (l.rang + s) % 4], (array['debutant', 'intermediaire'])[1 + s % 2],
           current_date + 8 - extract(isodow from current_date)::int + 7 * s + (l.rang % 5)::int, (array['09:30', '14:00'])[1 + (l.rang % 2)::int], 120, case when l.rang = 1 and s = 0 then 2 else 8 end, true
      from demo_lieu l left join demo_mediateur m on m.structure_id = l.structure_id cross join generate_series(0, 7) s where l.rang <= 12;
  create temp table demo_creneau as
    select a.id atelier_id, a.organisation_id, a.capacite, l.code, row_number() over (partition by l.code order by a.date, l.rang) n
      from atelier a join demo_lieu l on l.lieu_id = a.lieu_id where a.offert and l.rang <= 3;
  create temp table demo_inscrit as
    select p.*, x.atelier_id, x.organisation_id, row_number() over (partition by x.atelier_id order by p.n) <= x.capacite assis
      from (
        select g.code, g.utilisateur_id, t.collectivite_id, t.id prescription_id, t.prescripteur_id, t.carnet_id, coalesce(t.beneficiaire_id, c.public_id) personne_id,
               row_number() over (partition by g.code order by t.remis_at desc, t.id) n
          from demo_agent g join prescription t on t.prescripteur_id = g.prescripteur_id join carnet c on c.collectivite_id = t.collectivite_id and c.id = t.carnet_id
         where c.statut = 'remis' and c.utilises = 0 and t.annulee_at is null) p
      join demo_creneau x on x.code = p.code and x.n = case when p.n <= 4 then 1 else p.n - 3 end where p.n <= 14;
  insert into inscription (organisation_id, id, atelier_id, collectivite_id, carnet_id, personne_id, statut, prescripteur_id, prescription_id, inscrit_par, inscrit_at)
    select organisation_id, uuidv7(), atelier_id, collectivite_id, carnet_id, personne_id, case when assis then 'inscrit' else 'liste_attente' end, prescripteur_id, prescription_id, utilisateur_id,
           now() - interval '3 days' + n * interval '1 hour' from demo_inscrit;
  update atelier a set places_prises = x.n, statut = case when x.n = a.capacite then 'complet' else a.statut end
    from (select atelier_id, count(*) filter (where assis) n from demo_inscrit group by 1) x where a.id = x.atelier_id`

/** What was signed on the screen at the first places, and people without a pass. */
const SIGNATURES = `
  insert into signature (organisation_id, inscription_id, traits, sha256, signee_at, recueillie_par)
    select i.organisation_id, i.id, s.traits, sha256(convert_to(i.id || s.traits::text, 'UTF8')), (a.date + a.debut::time + interval '100 minutes') at time zone m.fuseau, m.utilisateur_id
      from demo_mediateur m join atelier a on a.organisation_id = m.structure_id and a.date > current_date - 40 and a.statut in ('tenu', 'valide')
      join inscription i on i.organisation_id = a.organisation_id and i.atelier_id = a.id and i.statut = 'present'
      cross join lateral (
        select jsonb_build_array(jsonb_agg(case when k % 2 = 0 then 60 + 20 * k else 500 + (300 * sin(k * (0.3 + pg_temp.hasard(i.personne_id::text))))::int end order by k)) traits from generate_series(0, 41) k) s
     where pg_temp.hasard('signe' || i.personne_id) < 0.8;
  update atelier a set sans_pass = 1 + floor(pg_temp.hasard('sans' || a.id) * 3)::int
   where a.statut in ('tenu', 'valide') and a.organisation_id in (select structure_id from demo_mediateur) and pg_temp.hasard('avec' || a.id) < 0.4`

/** Phones of the counter, and what they kept while there was no network: accepted, refused, one with a doubtful clock. */
const DEVICES = `
  insert into appareil (organisation_id, id, nom, cree_par, cree_at, vu_at, revoque_at, revoque_par)
    select m.structure_id, uuidv7(), x.nom, m.utilisateur_id, now() - interval '90 days', now() - x.vu, case when x.perdu then now() - interval '12 days' end, case when x.perdu then m.utilisateur_id end
      from demo_mediateur m cross join (values ('Téléphone de l’accueil', interval '20 minutes', false), ('Tablette de la salle', interval '2 days', false),
        ('Ancien téléphone', interval '13 days', true)) x(nom, vu, perdu);
  create temp table demo_differe as
    select m.structure_id, m.operateur_id, m.utilisateur_id, q.id appareil_id, q.nom, r.* from demo_mediateur m
      join appareil q on q.organisation_id = m.structure_id and q.nom = 'Téléphone de l’accueil'
      cross join lateral (
        select x.acte_id, x.atelier_id, min(x.at) at, count(*)::int pass, row_number() over (order by min(x.at) desc) n, min(x.pass_id) pass_id, min(c.serie) serie
          from redemption x join carnet c on c.collectivite_id = x.collectivite_id and c.id = x.carnet_id
         where x.structure_id = m.structure_id and x.statut = 'a_payer' group by 1, 2 order by 3 desc limit 6) r;
  insert into acte_differe (organisation_id, id, atelier_id, appareil_id, appareil_nom, utilisateur_id, cle, scanne_at, ecart_secondes, recu_at, pass, acte_id, operateur_ids)
    select structure_id, uuidv7(), atelier_id, appareil_id, nom, utilisateur_id, uuidv7(), at - interval '25 minutes', case when n = 2 then 4200 else 2 end, at, pass, acte_id, case when n = 2 then array[operateur_id] else '{}' end
      from demo_differe where n <= 4 order by n desc;
  insert into acte_differe (organisation_id, id, atelier_id, appareil_id, appareil_nom, utilisateur_id, cle, scanne_at, ecart_secondes, recu_at, pass, code, refus, operateur_ids)
    select structure_id, uuidv7(), atelier_id, appareil_id, nom, utilisateur_id, uuidv7(), at - interval '25 minutes', 2, at, 1, x.code, jsonb_build_array(jsonb_build_object('rang', 0, 'code', x.code)), '{}'
      from demo_differe d join (values (5, 'deja_utilise'), (6, 'pas_remis')) x(n, code) on x.n = d.n;
  update redemption r set a_examiner = true from demo_differe d where d.n = 2 and r.structure_id = d.structure_id and r.acte_id = d.acte_id and r.statut = 'a_payer';
  insert into conflit (organisation_id, role, operateur_id, serie, rang_pass, atelier_id, at, releve_at)
    select structure_id, case n when 1 then 'gagnant' else 'perdant' end, operateur_id, serie, pass_id % 10 + 1, atelier_id, at - interval '25 minutes', at from demo_differe where n in (1, 5)`

/** What the operator looks at: open, and closed with a reason. */
const ALERTS = `
  insert into alerte (organisation_id, operateur_id, regle, jour, nombre, debut_at, dernier_at, statut, decision, motif, decidee_par, decidee_at)
    select l.structure_id, l.operateur_id, x.regle, current_date - x.jours, x.nombre, now() - x.jours * interval '1 day' - interval '2 hours', now() - x.jours * interval '1 day', case when x.decision is null then 'ouverte' else 'classee' end,
           x.decision, x.motif, case when x.decision is not null then m.operateur end, case when x.decision is not null then now() - x.jours * interval '1 day' + interval '1 hour' end
      from demo_lieu l join demo_mediateur m on m.code = l.code
      join (values (1, 'conflits', 1, 3, null, null), (1, 'pas_remis', 2, 2, null, null), (2, 'hors_creneau', 0, 4, null, null),
        (3, 'codes_faux', 6, 10, 'explication_recue', 'Nouveau médiateur : il recopiait le numéro de la couverture.'), (4, 'meme_personne', 3, 1, null, null),
        (5, 'capacite', 9, 5, 'sans_suite', 'Atelier agrandi le jour même, la capacité n’avait pas été corrigée.'), (6, 'pas_actif', 1, 6, null, null)) x(rang, regle, jours, nombre, decision, motif) on x.rang = l.rang`

/** Slots, appointments and waiting lists to come; signatures, devices, acts made without network, conflicts and alerts of the last weeks. */
export const seedGuichet = async (client: pg.ClientBase) => {
  for (const step of [PEOPLE, SLOTS, SIGNATURES, DEVICES, ALERTS]) await client.query(step)
}
