-- Ateliers beyond one: slots offered to prescripteurs, waiting lists, signatures on the screen, pieces kept outside the database.

grant create on schema public to fn_ctx, fn_redeem;

------------------------------------------------------------------------------------------------------------------------
-- 1. Tables
------------------------------------------------------------------------------------------------------------------------

-- A file that somebody deposited about something; its bytes are in FILES_DIR, under its id.
create table piece (
  organisation_id uuid not null references organisation (id),
  id uuid not null unique,
  -- the noun and the row it is about: the module of that noun looks at the row first
  objet text not null check (objet ~ '^[a-z_]{1,40}$'),
  objet_id uuid not null,
  nom text not null check (length(nom) between 1 and 120),
  type text not null,
  octets int not null check (octets > 0),
  sha256 bytea not null check (length(sha256) = 32),
  -- organisations that read it besides its own
  lecteur_ids uuid[] not null default '{}',
  deposee_par uuid not null references utilisateur (id),
  deposee_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, objet, objet_id, sha256)
);
create index piece_objet on piece (objet, objet_id);

-- What a person drew on the screen: points from 0 to 1000, stroke by stroke, and their digest.
create table signature (
  organisation_id uuid not null,
  inscription_id uuid not null,
  traits jsonb not null,
  sha256 bytea not null check (length(sha256) = 32),
  signee_at timestamptz not null,
  recueillie_par uuid not null references utilisateur (id),
  primary key (organisation_id, inscription_id),
  foreign key (organisation_id, inscription_id) references inscription (organisation_id, id)
);

-- free seats shown to the prescripteurs of the lieu's territory
alter table atelier add column offert boolean not null default false;
create index atelier_offert on atelier (date, debut, id) where offert and statut in ('ouvert', 'complet');

-- enrolled by a prescripteur, for a hand-over of its own; `inscrit_at` is the rank in the waiting list
alter table inscription
  add column prescripteur_id uuid references organisation (id),
  add column prescription_id uuid,
  add column inscrit_par uuid references utilisateur (id),
  add column inscrit_at timestamptz,
  add constraint inscription_prise check (num_nulls(prescripteur_id, prescription_id, inscrit_par, inscrit_at) in (0, 4));
create index inscription_prescripteur on inscription (prescripteur_id, id) where prescripteur_id is not null;
create index inscription_attente on inscription (organisation_id, atelier_id, inscrit_at, id) where statut = 'liste_attente';

-- what a person has to be told before the day of their atelier
alter table notification drop constraint notification_categorie_check,
  add constraint notification_categorie_check check (categorie in ('securite', 'argent', 'rendez_vous', 'suivi'));
alter table door.preference drop constraint preference_categorie_check,
  add constraint preference_categorie_check check (categorie in ('argent', 'rendez_vous', 'suivi'));

alter table lieu_service add column detail text check (length(detail) between 1 and 300);

------------------------------------------------------------------------------------------------------------------------
-- 2. Policies (node tools/policies.mjs) and grants
------------------------------------------------------------------------------------------------------------------------
-- piece
alter table piece enable row level security; alter table piece force row level security;
create policy migrator on piece to migrator using (true) with check (true);
create policy as_anct on piece to as_anct using (organisation_id = (select app_org('anct'))) with check (organisation_id = (select app_org('anct')));
create policy as_anct_lecteur_ids on piece to as_anct using ((select app_org('anct')) = any (lecteur_ids)) with check ((select app_org('anct')) = any (lecteur_ids));
create policy as_operateur on piece to as_operateur using (organisation_id = (select app_org('operateur'))) with check (organisation_id = (select app_org('operateur')));
create policy as_operateur_lecteur_ids on piece to as_operateur using ((select app_org('operateur')) = any (lecteur_ids)) with check ((select app_org('operateur')) = any (lecteur_ids));
create policy as_collectivite on piece to as_collectivite using (organisation_id = (select app_org('collectivite'))) with check (organisation_id = (select app_org('collectivite')));
create policy as_collectivite_lecteur_ids on piece to as_collectivite using ((select app_org('collectivite')) = any (lecteur_ids)) with check ((select app_org('collectivite')) = any (lecteur_ids));
create policy as_prescripteur on piece to as_prescripteur using (organisation_id = (select app_org('prescripteur'))) with check (organisation_id = (select app_org('prescripteur')));
create policy as_prescripteur_lecteur_ids on piece to as_prescripteur using ((select app_org('prescripteur')) = any (lecteur_ids)) with check ((select app_org('prescripteur')) = any (lecteur_ids));
create policy as_structure on piece to as_structure using (organisation_id = (select app_org('structure'))) with check (organisation_id = (select app_org('structure')));
create policy as_structure_lecteur_ids on piece to as_structure using ((select app_org('structure')) = any (lecteur_ids)) with check ((select app_org('structure')) = any (lecteur_ids));
create policy as_prefecture on piece to as_prefecture using (organisation_id = (select app_org('prefecture'))) with check (organisation_id = (select app_org('prefecture')));
create policy as_prefecture_lecteur_ids on piece to as_prefecture using ((select app_org('prefecture')) = any (lecteur_ids)) with check ((select app_org('prefecture')) = any (lecteur_ids));
create policy as_hub on piece to as_hub using (organisation_id = (select app_org('hub'))) with check (organisation_id = (select app_org('hub')));
create policy as_hub_lecteur_ids on piece to as_hub using ((select app_org('hub')) = any (lecteur_ids)) with check ((select app_org('hub')) = any (lecteur_ids));
create policy as_financeur on piece to as_financeur using (organisation_id = (select app_org('financeur'))) with check (organisation_id = (select app_org('financeur')));
create policy as_financeur_lecteur_ids on piece to as_financeur using ((select app_org('financeur')) = any (lecteur_ids)) with check ((select app_org('financeur')) = any (lecteur_ids));
-- signature
alter table signature enable row level security; alter table signature force row level security;
create policy migrator on signature to migrator using (true) with check (true);
create policy as_structure on signature to as_structure using (organisation_id = (select app_org('structure'))) with check (organisation_id = (select app_org('structure')));
create policy fn_ctx on piece to fn_ctx using (true) with check (true);
create policy fn_redeem on prescription to fn_redeem using (true) with check (true);

grant select, insert on piece to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;
grant select (id) on piece to fn_ctx;
grant select, insert on signature to as_structure;
grant update (traits, sha256, signee_at, recueillie_par) on signature to as_structure;
grant update (offert) on atelier to as_structure;
grant update (duree_minutes, prix_pass, detail) on lieu_service to as_structure;
grant select (collectivite_id, id, prescripteur_id, convention_id, carnet_id, beneficiaire_id, annulee_at) on prescription to fn_redeem;
grant update (prescripteur_id, prescription_id, inscrit_par, inscrit_at) on inscription to fn_redeem;

-- Which of these pieces have a row: the others are what a transaction that was undone left behind.
create function pieces_known(p_ids uuid[]) returns setof uuid language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.id from piece p where p.id = any (p_ids)
$$;

------------------------------------------------------------------------------------------------------------------------
-- 3. Slots: what a prescripteur sees and takes. No person of anybody else, no atelier that is not offered to it.
------------------------------------------------------------------------------------------------------------------------

-- A slot as it is shown.
create type creneau as (atelier_id uuid, lieu_id uuid, nom text, commune text, telephone text, theme text, niveau text, date date, debut text, duree_minutes int,
  places_libres int, en_attente int);

-- The offered slots to come of the published places of one's territory, the first ones after the cursor.
create function creneaux_list(p_now timestamptz, p_du date, p_lieu uuid, p_theme text, p_date date, p_debut text, p_id uuid, p_limit int) returns setof creneau
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.id, l.id, l.nom, l.nom_commune, l.telephone, a.theme, a.niveau, a.date, a.debut, a.duree_minutes, a.capacite - a.places_prises,
         (select count(*)::int from inscription i where i.organisation_id = a.organisation_id and i.atelier_id = a.id and i.statut = 'liste_attente')
    from atelier a join lieu l on l.organisation_id = a.organisation_id and l.id = a.lieu_id
   where a.offert and a.statut in ('ouvert', 'complet') and a.date >= p_du and (a.date + a.debut::time) at time zone l.fuseau > p_now
     and l.publie and l.territoires && (select app_territoire('prescripteur'))
     and (p_lieu is null or l.id = p_lieu) and (p_theme is null or a.theme = p_theme)
     and (p_id is null or (a.date, a.debut, a.id) > (p_date, p_debut, p_id))
   order by a.date, a.debut, a.id limit p_limit
$$;

-- People enrolled by one's own organisation, with their slot; `p_inscription`: that one alone.
create function rendez_vous_list(p_inscription uuid, p_du date, p_date date, p_debut text, p_id uuid, p_limit int)
returns table (inscription_id uuid, prescription_id uuid, prenom text, nom text, serie bigint, statut text, motif text, creneau creneau)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.id, i.prescription_id, b.prenom, b.nom, c.serie, i.statut, case when a.statut = 'annule' then a.motif_annulation end,
         (a.id, l.id, l.nom, l.nom_commune, l.telephone, a.theme, a.niveau, a.date, a.debut, a.duree_minutes, a.capacite - a.places_prises,
          (select count(*)::int from inscription w where w.organisation_id = a.organisation_id and w.atelier_id = a.id and w.statut = 'liste_attente'))::creneau
    from inscription i join atelier a on a.organisation_id = i.organisation_id and a.id = i.atelier_id
    join lieu l on l.organisation_id = a.organisation_id and l.id = a.lieu_id
    join carnet c on c.collectivite_id = i.collectivite_id and c.id = i.carnet_id
    left join beneficiaire b on b.collectivite_id = c.collectivite_id and b.id = c.beneficiaire_id
   where i.prescripteur_id = (select app_org('prescripteur'))
     and (p_inscription is null or i.id = p_inscription) and (p_du is null or a.date >= p_du)
     and (p_id is null or (a.date, a.debut, i.id) > (p_date, p_debut, p_id))
   order by a.date, a.debut, i.id limit p_limit
$$;

-- Enrols the person of a hand-over of one's own: a seat, or a rank in the waiting list. `code`: why not.
create function creneau_take(p_atelier uuid, p_prescription uuid, p_now timestamptz, out code text, out inscription_id uuid)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare v_org uuid := app_org('prescripteur'); p record; a record; v_statut text;
begin
  select t.collectivite_id, t.carnet_id, t.annulee_at, coalesce(t.beneficiaire_id, c.public_id) personne, c.date_fin, v.tolerance_jours, v.lieux_admis, v.territoire, t.convention_id
    into p from prescription t join carnet c on c.collectivite_id = t.collectivite_id and c.id = t.carnet_id
    join convention v on v.collectivite_id = t.collectivite_id and v.id = t.convention_id
   where t.prescripteur_id = v_org and t.id = p_prescription;
  if not found then code := 'introuvable'; return; end if;
  -- the counter of seats is read once it is held
  perform 1 from atelier t where t.id = p_atelier and t.offert for no key update;
  select t.organisation_id, t.statut, t.date, t.capacite, t.places_prises, l.id lieu, l.territoires, (t.date + t.debut::time) at time zone l.fuseau commence
    into a from atelier t join lieu l on l.organisation_id = t.organisation_id and l.id = t.lieu_id
   where t.id = p_atelier and t.offert and l.publie and l.territoires && (select app_territoire('prescripteur'));
  if not found then code := 'introuvable'; return; end if;
  select i.id, i.statut into inscription_id, v_statut from inscription i
   where i.organisation_id = a.organisation_id and i.atelier_id = p_atelier and i.personne_id = p.personne;
  code := case
    when p.annulee_at is not null then 'prescription_statut'
    when a.statut not in ('ouvert', 'complet') then 'atelier_statut'
    when a.commence <= p_now then 'atelier_passe'
    when p.date_fin + p.tolerance_jours < a.date then 'expire'
    when not (p.territoire = '{}' or p.territoire && a.territoires) then 'hors_territoire'
    when p.lieux_admis <> 'tous' and not exists (
      select 1 from convention_lieu w where w.collectivite_id = p.collectivite_id and w.convention_id = p.convention_id and w.lieu_id = a.lieu) then 'lieu_non_admis'
    when v_statut in ('inscrit', 'present', 'liste_attente') then 'deja_enregistre' end;
  if code is not null then inscription_id := null; return; end if;
  v_statut := case when a.places_prises < a.capacite then 'inscrit' else 'liste_attente' end;
  insert into inscription as t (organisation_id, atelier_id, collectivite_id, carnet_id, personne_id, statut, prescripteur_id, prescription_id, inscrit_par, inscrit_at)
    values (a.organisation_id, p_atelier, p.collectivite_id, p.carnet_id, p.personne, v_statut, v_org, p_prescription, app_user(), p_now)
    on conflict (organisation_id, atelier_id, personne_id) do update set statut = excluded.statut, prescripteur_id = excluded.prescripteur_id,
      prescription_id = excluded.prescription_id, inscrit_par = excluded.inscrit_par, inscrit_at = excluded.inscrit_at
    returning t.id into inscription_id;
  if v_statut = 'inscrit' then
    update atelier t set places_prises = t.places_prises + 1, statut = case when t.places_prises + 1 = t.capacite then 'complet' else t.statut end
     where t.organisation_id = a.organisation_id and t.id = p_atelier;
  end if;
end $$;

-- Gives the free seats of an atelier, whose row the caller holds, to the first people who wait; answers who enrolled them. It runs with
-- the rights of whoever calls.
create function inscriptions_promote(p_org uuid, p_atelier uuid) returns table (prescripteur_id uuid, inscrit_par uuid)
language plpgsql volatile set search_path = pg_catalog, public, pg_temp as $$
declare v_libres int; n int;
begin
  select a.capacite - a.places_prises into v_libres from atelier a where a.organisation_id = p_org and a.id = p_atelier and a.statut in ('ouvert', 'complet');
  if coalesce(v_libres, 0) <= 0 then return; end if;
  return query
    update inscription i set statut = 'inscrit' where i.organisation_id = p_org and i.id in (
      select w.id from inscription w where w.organisation_id = p_org and w.atelier_id = p_atelier and w.statut = 'liste_attente' order by w.inscrit_at, w.id limit v_libres)
    returning i.prescripteur_id, i.inscrit_par;
  get diagnostics n = row_count;
  update atelier a set places_prises = a.places_prises + n, statut = case when a.places_prises + n = a.capacite then 'complet' else 'ouvert' end
   where a.organisation_id = p_org and a.id = p_atelier and n > 0;
end $$;

-- Cancels an enrolment of one's own before the atelier begins; the first person who waits takes the seat. `promus`: whom to tell.
create function creneau_leave(p_inscription uuid, p_now timestamptz, out code text, out lieu text, out date date, out debut text, out promus jsonb)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare v_org uuid := app_org('prescripteur'); i record; a record;
begin
  select t.organisation_id, t.atelier_id into i from inscription t where t.prescripteur_id = v_org and t.id = p_inscription;
  if not found then code := 'introuvable'; return; end if;
  perform 1 from atelier t where t.organisation_id = i.organisation_id and t.id = i.atelier_id for no key update;
  select t.statut, t.date, t.debut, l.nom, (t.date + t.debut::time) at time zone l.fuseau commence, x.statut inscrit into a
    from atelier t join lieu l on l.organisation_id = t.organisation_id and l.id = t.lieu_id
    join inscription x on x.organisation_id = t.organisation_id and x.atelier_id = t.id and x.id = p_inscription
   where t.organisation_id = i.organisation_id and t.id = i.atelier_id;
  code := case
    when a.inscrit not in ('inscrit', 'liste_attente') or a.statut not in ('ouvert', 'complet') then 'atelier_statut'
    when a.commence <= p_now then 'atelier_passe' end;
  if code is not null then return; end if;
  lieu := a.nom; date := a.date; debut := a.debut; promus := '[]';
  update inscription t set statut = 'annule' where t.organisation_id = i.organisation_id and t.id = p_inscription;
  if a.inscrit = 'inscrit' then
    update atelier t set places_prises = t.places_prises - 1, statut = 'ouvert' where t.organisation_id = i.organisation_id and t.id = i.atelier_id;
    select coalesce(jsonb_agg(jsonb_build_object('prescripteurId', x.prescripteur_id, 'utilisateurId', x.inscrit_par)), '[]') into promus
      from inscriptions_promote(i.organisation_id, i.atelier_id) x where x.prescripteur_id is not null;
  end if;
end $$;

-- granted while the migrator still owns them
grant execute on function pieces_known to worker;
grant execute on function creneaux_list, rendez_vous_list, creneau_take, creneau_leave to as_prescripteur;
grant execute on function inscriptions_promote to as_structure, fn_redeem;
alter function pieces_known owner to fn_ctx;
alter function creneaux_list owner to fn_redeem;
alter function rendez_vous_list owner to fn_redeem;
alter function creneau_take owner to fn_redeem;
alter function creneau_leave owner to fn_redeem;
revoke create on schema public from fn_ctx, fn_redeem;
