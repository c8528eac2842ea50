-- Mails: what the worker takes to write one, and what it says of it afterwards; the weekly digest; what waits for whoever administers.

-- The week (its Monday) whose digest was made for a person: one a week, whatever runs twice. `at` is where the next one begins.
create table door.resume (
  utilisateur_id uuid not null references utilisateur (id),
  semaine date not null,
  at timestamptz not null default now(),
  primary key (utilisateur_id, semaine)
);
alter table door.resume enable row level security;
alter table door.resume force row level security;
create policy migrator on door.resume to migrator using (true) with check (true);
create policy fn_ctx on door.resume to fn_ctx using (true) with check (true);
grant select, insert, update, delete on door.resume to fn_ctx;

grant create on schema public to fn_ctx;

-- What a mail not yet sent is about: to whom, in whose name, and what its model tells (`details`, null when that is gone).
-- Null: sent, erased, or of a person whose account was closed since.
create function courriel_take(p_id uuid) returns jsonb language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select jsonb_build_object('modele', c.modele, 'adresse', c.adresse, 'prenom', u.prenom, 'organisation', o.nom, 'objet', c.objet, 'details',
    case
      when c.objet ? 'jetonId' then (
        select jsonb_build_object('jetonId', j.id, 'minutes', ceil(extract(epoch from j.expire_at - j.created_at) / 60)) from door.jeton j where j.id = (c.objet ->> 'jetonId')::uuid)
      when c.objet ? 'recuperationId' then (
        select jsonb_build_object('personne', v.prenom || ' ' || v.nom, 'decidePar', d.nom)
          from recuperation r join utilisateur v on v.id = r.utilisateur_id join organisation d on d.id = r.organisation_id where r.id = (c.objet ->> 'recuperationId')::uuid)
      when c.objet ? 'invitationId' then (
        select jsonb_build_object('invitationId', i.id, 'prenom', i.prenom, 'role', i.role, 'inviteur', v.prenom || ' ' || v.nom, 'expireAt', i.expire_at, 'dateFin', i.date_fin)
          from invitation i join utilisateur v on v.id = i.cree_par where i.id = (c.objet ->> 'invitationId')::uuid)
      when c.objet ? 'adhesionId' then (
        select jsonb_build_object('role', a.role, 'type', t.type, 'dateDebut', a.date_debut, 'dateFin', a.date_fin)
          from adhesion a join organisation t on t.id = a.organisation_id where a.id = (c.objet ->> 'adhesionId')::uuid)
      when c.objet ? 'notificationId' then (
        select jsonb_build_object('titre', n.titre, 'texte', n.texte, 'lien', n.lien, 'categorie', n.categorie) from notification n where n.id = (c.objet ->> 'notificationId')::uuid)
      when c.objet ? 'notificationIds' then (
        select jsonb_build_object('titres', coalesce(jsonb_object_agg(n.id, n.titre), '{}')) from notification n
         where n.utilisateur_id = c.utilisateur_id and n.id in (select e::uuid from jsonb_array_elements_text(c.objet -> 'notificationIds') e))
      else '{}'
    end)
    from door.courriel c left join utilisateur u on u.id = c.utilisateur_id left join organisation o on o.id = c.organisation_id
   where c.id = p_id and c.envoye_at is null and (u.desactive_at is null or c.modele = 'compte_desactive')
$$;
grant execute on function courriel_take to worker;
alter function courriel_take owner to fn_ctx;

create function courriel_sent(p_id uuid) returns void language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  update door.courriel set envoye_at = now() where id = p_id
$$;
grant execute on function courriel_sent to worker;
alter function courriel_sent owner to fn_ctx;

-- Nothing left to say: its link has expired, its subject is gone.
create function courriel_drop(p_id uuid) returns void language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from door.courriel where id = p_id and envoye_at is null
$$;
grant execute on function courriel_drop to worker;
alter function courriel_drop owner to fn_ctx;

-- Erases what left, or should have, 30 days ago; answers the mails of the week that wait for more than 5 minutes.
create function courriels_tend() returns setof uuid language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from door.courriel where coalesce(envoye_at, created_at) < now() - interval '30 days';
  delete from door.resume where at < now() - interval '60 days';
  return query select c.id from door.courriel c
    where c.envoye_at is null and c.created_at between now() - interval '7 days' and now() - interval '5 minutes' order by c.id limit 1000;
end $$;
grant execute on function courriels_tend to worker;
alter function courriels_tend owner to fn_ctx;

-- Who waits for the digest of a week: those for whom some kind of news is weekly (`p_defauts`: the rhythm of whoever chose none, by kind).
-- One row an organisation where they act, with what they have not read there since the last digest.
create function digest_people(p_today date, p_semaine date, p_defauts jsonb, p_combien int) returns table (utilisateur_id uuid, courriel text,
  organisation_id uuid, organisation_type text, organisation_nom text, role text, notification_ids uuid[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with gens as (
    select u.id, u.courriel, w.categories, coalesce((select max(r.at) from door.resume r where r.utilisateur_id = u.id), '-infinity') depuis
      from utilisateur u cross join lateral (
        select array_agg(d.key) categories from jsonb_each_text(p_defauts) d left join door.preference f on f.utilisateur_id = u.id and f.categorie = d.key
         where coalesce(f.rythme, d.value) = 'hebdomadaire') w
     where u.desactive_at is null and w.categories is not null
       and not exists (select 1 from door.resume r where r.utilisateur_id = u.id and r.semaine = p_semaine)
       and exists (select 1 from adhesion a where a.utilisateur_id = u.id and adhesion_en_cours(a, p_today))
     order by u.id limit p_combien)
  select g.id, g.courriel, o.id, o.type, o.nom, a.role,
         array(select n.id from notification n where n.organisation_id = o.id and n.utilisateur_id = g.id and n.lue_at is null and n.categorie = any (g.categories)
                  and n.created_at > g.depuis order by n.id desc limit 50)
    from gens g join adhesion a on a.utilisateur_id = g.id and adhesion_en_cours(a, p_today) join organisation o on o.id = a.organisation_id
   order by g.id, o.nom, a.role
$$;
grant execute on function digest_people to worker;
alter function digest_people owner to fn_ctx;

-- The digest of a person for a week, once; without `p_objet` there was nothing to say. `p_organisation` signs it when there is only one.
create function digest_queue(p_utilisateur uuid, p_semaine date, p_adresse text, p_organisation uuid, p_objet jsonb) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into door.resume (utilisateur_id, semaine) values (p_utilisateur, p_semaine) on conflict do nothing;
  if not found then return false; end if;
  if p_objet is not null then perform queue_courriel('resume_hebdomadaire', p_adresse, p_utilisateur, p_organisation, p_objet); end if;
  return true;
end $$;
grant execute on function digest_queue to worker;
alter function digest_queue owner to fn_ctx;

-- Tells those who administer that accesses are to be looked at again, where one is due and nobody was told for 4 weeks. How many organisations.
create function remind_reviews(p_today date, p_mois int, p_roles text[], p_defaut text, p_titre text, p_texte text, p_lien text) returns int
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  o record;
  combien int := 0;
begin
  for o in
    select distinct a.organisation_id id from adhesion a join utilisateur u on u.id = a.utilisateur_id
     where adhesion_en_cours(a, p_today) and u.desactive_at is null and coalesce(a.revue_le, a.date_debut) + make_interval(months => p_mois) <= p_today
       and not exists (select 1 from notification n where n.organisation_id = a.organisation_id and n.code = 'revue_acces' and n.created_at > now() - interval '28 days')
     order by 1 limit 5000
  loop
    -- nobody administers it: nothing is told, and it comes back next week
    perform notify_people(o.id, p_roles, null, p_today, 'securite', p_defaut, 'revue_acces', p_titre, p_texte, p_lien);
    combien := combien + 1;
  end loop;
  return combien;
end $$;
grant execute on function remind_reviews to worker;
alter function remind_reviews owner to fn_ctx;

-- What waits for whoever administers the organisation of the context. One does not decide one's own recovery.
create function acces_en_attente(p_today date, p_now timestamptz, p_mois int, p_roles_facteur text[], out recuperations int, out invitations int,
  out revues int, out sans_facteur int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with moi as (select org, utilisateur from app_verify(current_setting('app.ctx', true))),
    gens as (
      select a.utilisateur_id, a.role, coalesce(a.revue_le, a.date_debut) revue from adhesion a join utilisateur u on u.id = a.utilisateur_id
       where a.organisation_id = (select org from moi) and u.desactive_at is null and adhesion_en_cours(a, p_today))
  select (select count(*)::int from recuperation r where r.organisation_id = (select org from moi) and r.statut = 'demandee' and r.expire_at > now()
            and r.utilisateur_id is distinct from (select utilisateur from moi)),
         (select count(*)::int from invitation i where i.organisation_id = (select org from moi) and i.statut = 'envoyee'
            and i.expire_at between p_now - interval '30 days' and p_now),
         (select count(*)::int from gens where revue + make_interval(months => p_mois) <= p_today),
         (select count(distinct g.utilisateur_id)::int from gens g where g.role = any (p_roles_facteur)
            and not exists (select 1 from door.totp f where f.utilisateur_id = g.utilisateur_id and f.confirme_at is not null)
            and not exists (select 1 from door.passkey f where f.utilisateur_id = g.utilisateur_id))
$$;
grant execute on function acces_en_attente to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;
alter function acces_en_attente owner to fn_ctx;

revoke create on schema public from fn_ctx;
