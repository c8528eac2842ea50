-- Who belongs to an organisation: its creation, invitations, members, closed accounts, recoveries, and the names of the journal.
-- Each function compares with the organisation of the signed context: nobody learns who an address belongs to elsewhere.

grant create on schema public to fn_ctx;

-- the organisation (operator, ANCT) that made it, and may invite somebody as long as nobody administers it
alter table organisation add column cree_par_id uuid references organisation (id);
-- why an account was closed, by whom, and for which organisation
alter table utilisateur add column desactive_motif text check (length(desactive_motif) <= 300);
alter table utilisateur add column desactive_par uuid references utilisateur (id);
alter table utilisateur add column desactive_organisation_id uuid references organisation (id);
-- whoever comes back has a new row; the former one stays, withdrawn
alter table adhesion drop constraint adhesion_organisation_id_utilisateur_id_role_key;
create unique index adhesion_presente on adhesion (organisation_id, utilisateur_id, role) where retiree_at is null;
-- the journal is read by day; outside, a line is known by this identifier
alter table audit_event add column public_id uuid not null default uuidv7();
drop index audit_event_organisation;
create index audit_event_organisation on audit_event (organisation_id, at, public_id);

------------------------------------------------------------------------------------------------------------------------
-- 1. Organisations
------------------------------------------------------------------------------------------------------------------------

-- Those whose accounts the context looks after: all for the ANCT; for an operator itself, those it made, those it works with.
create function organisations_suivies() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with moi as materialized (select org, type from app_verify(current_setting('app.ctx', true)))
  select o.id from organisation o where (select type from moi) = 'anct'
  union
  select o.id from organisation o where (select type from moi) = 'operateur' and (o.id = (select org from moi)
    or o.type in ('collectivite', 'prescripteur', 'structure') and (o.cree_par_id = (select org from moi) or o.id in (
      select c.collectivite_id from convention c where c.operateur_id = (select org from moi)
      union all select unnest(c.prescripteur_ids) from convention c where c.operateur_id = (select org from moi)
      union all select l.organisation_id from labellisation l where l.operateur_id = (select org from moi))))
$$;
grant execute on function organisations_suivies to as_anct, as_operateur;
alter function organisations_suivies owner to fn_ctx;

create function organisation_administree(p_organisation uuid, p_administrateurs text[], p_today date) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select 1 from adhesion a join utilisateur u on u.id = a.utilisateur_id
    where a.organisation_id = p_organisation and a.role = any (p_administrateurs) and u.desactive_at is null and adhesion_en_cours(a, p_today))
$$;
alter function organisation_administree owner to fn_ctx;

-- How many people, and whether somebody administers: of the organisations that the context looks after.
create function organisations_membres(p_ids uuid[], p_administrateurs text[], p_today date) returns table (id uuid, membres int, administree boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.id, (select count(distinct a.utilisateur_id)::int from adhesion a join utilisateur u on u.id = a.utilisateur_id
                 where a.organisation_id = s.id and u.desactive_at is null and adhesion_en_cours(a, p_today)),
         organisation_administree(s.id, p_administrateurs, p_today)
    from organisations_suivies() s(id) where s.id = any (p_ids)
$$;
grant execute on function organisations_membres to as_anct, as_operateur;
alter function organisations_membres owner to fn_ctx;

-- Null: this SIRET is known for this type already.
create function organisation_create(p_type text, p_nom text, p_siret text, p_departement text, p_territoire text[]) returns uuid
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into organisation (id, type, nom, siret, departement, territoire, cree_par_id)
    select uuidv7(), p_type, p_nom, p_siret, p_departement, p_territoire, me.org
      from app_verify(current_setting('app.ctx', true)) me where me.type in ('anct', 'operateur')
  on conflict (type, siret) do nothing returning id
$$;
grant execute on function organisation_create to as_anct, as_operateur;
alter function organisation_create owner to fn_ctx;

------------------------------------------------------------------------------------------------------------------------
-- 2. Members of the organisation of the context
------------------------------------------------------------------------------------------------------------------------

create function membres() returns table (adhesion_id uuid, utilisateur_id uuid, prenom text, nom text, courriel text, desactive boolean, role text,
  territoire text[], date_debut date, date_fin date, retiree boolean, revue_le date, second_facteur boolean, derniere_connexion_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.id, u.id, u.prenom, u.nom, u.courriel, u.desactive_at is not null, a.role, a.territoire, a.date_debut, a.date_fin, a.retiree_at is not null, a.revue_le,
         exists (select 1 from door.totp f where f.utilisateur_id = u.id and f.confirme_at is not null) or exists (select 1 from door.passkey f where f.utilisateur_id = u.id),
         -- what the assistance saw through these eyes is nobody's sign-in
         (select max(s.created_at) from session s where s.utilisateur_id = u.id and s.adhesion_id = a.id and s.consultation_id is null)
    from adhesion a join utilisateur u on u.id = a.utilisateur_id
   where a.organisation_id = (select org from app_verify(current_setting('app.ctx', true)))
$$;
grant execute on function membres to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;
alter function membres owner to fn_ctx;

-- Tells the person what became of their access.
create function membre_tell(p_modele text, p_adhesion uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  select queue_courriel(p_modele, u.courriel, u.id, a.organisation_id, jsonb_build_object('adhesionId', a.id))
    from adhesion a join utilisateur u on u.id = a.utilisateur_id where a.id = p_adhesion
$$;
alter function membre_tell owner to fn_ctx;

-- Changing an access is confirming it. False: no such access, or withdrawn meanwhile.
create function membre_set(p_adhesion uuid, p_role text, p_territoire text[], p_date_fin date, p_now timestamptz, p_today date) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  a adhesion;
begin
  select * into a from adhesion t
   where t.id = p_adhesion and t.organisation_id = (select org from app_verify(current_setting('app.ctx', true))) and t.retiree_at is null for no key update;
  if not found then return false; end if;
  -- an access of the same role that ended by its date gives its place
  update adhesion t set retiree_at = p_now where t.organisation_id = a.organisation_id and t.utilisateur_id = a.utilisateur_id and t.role = p_role
     and t.id <> a.id and t.retiree_at is null and t.date_fin < p_today;
  update adhesion t set role = p_role, territoire = p_territoire, date_fin = p_date_fin, revue_le = p_today where t.id = a.id;
  perform membre_tell('acces_change', a.id);
  return true;
end $$;
grant execute on function membre_set to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;
alter function membre_set owner to fn_ctx;

-- Withdrawn at once: the next call of its sessions is refused. What the person had left at a counter goes with their last access.
create function membre_remove(p_adhesion uuid, p_now timestamptz, p_today date) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  me record;
  a adhesion;
begin
  select * into me from app_verify(current_setting('app.ctx', true));
  update adhesion t set retiree_at = p_now, retiree_par = me.utilisateur where t.id = p_adhesion and t.organisation_id = me.org and t.retiree_at is null returning * into a;
  if not found then return false; end if;
  delete from door.poste_personne p where p.adhesion_id = a.id;
  delete from door.pin p where p.organisation_id = me.org and p.utilisateur_id = a.utilisateur_id
     and not exists (select 1 from adhesion t where t.organisation_id = me.org and t.utilisateur_id = a.utilisateur_id and adhesion_en_cours(t, p_today));
  perform membre_tell('acces_retire', a.id);
  return true;
end $$;
grant execute on function membre_remove to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;
alter function membre_remove owner to fn_ctx;

create function membre_review(p_adhesion uuid, p_today date) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update adhesion t set revue_le = p_today
   where t.id = p_adhesion and t.organisation_id = (select org from app_verify(current_setting('app.ctx', true))) and t.retiree_at is null;
  return found;
end $$;
grant execute on function membre_review to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;
alter function membre_review owner to fn_ctx;

------------------------------------------------------------------------------------------------------------------------
-- 3. Accounts closed: by the ANCT, or by the operator that looks after every organisation where the person acts
------------------------------------------------------------------------------------------------------------------------

create function utilisateur_suivi(p_utilisateur uuid, p_today date) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with acces as materialized (select a.organisation_id from adhesion a
    where a.utilisateur_id = p_utilisateur and a.retiree_at is null and coalesce(a.date_fin, p_today) >= p_today)
  select case when (select type from app_verify(current_setting('app.ctx', true))) = 'anct' then exists (select 1 from utilisateur u where u.id = p_utilisateur)
    else exists (select 1 from acces) and not exists (select 1 from acces where organisation_id not in (select organisations_suivies())) end
$$;
alter function utilisateur_suivi owner to fn_ctx;

create function utilisateur_find(p_courriel text, p_today date) returns table (id uuid, nom text, desactive boolean, organisations text[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.id, u.prenom || ' ' || u.nom, u.desactive_at is not null,
         array(select distinct o.nom from adhesion a join organisation o on o.id = a.organisation_id
                where a.utilisateur_id = u.id and a.retiree_at is null and coalesce(a.date_fin, p_today) >= p_today order by 1)
    from utilisateur u where u.courriel = p_courriel and utilisateur_suivi(u.id, p_today)
$$;
grant execute on function utilisateur_find to as_anct, as_operateur;
alter function utilisateur_find owner to fn_ctx;

-- Closed (`p_motif`) or open again (null). `absent`: nobody that the context looks after; `anct`: what the ANCT closed, it alone opens.
-- No session is ended here: none of a closed account lives (session_live), the next call of each is refused.
create function utilisateur_close(p_utilisateur uuid, p_motif text, p_now timestamptz, p_today date) returns text
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  me record;
  u utilisateur;
begin
  select * into me from app_verify(current_setting('app.ctx', true));
  if not utilisateur_suivi(p_utilisateur, p_today) then return 'absent'; end if;
  select * into strict u from utilisateur t where t.id = p_utilisateur for no key update;
  if me.type <> 'anct' and exists (select 1 from organisation o where o.id = u.desactive_organisation_id and o.type = 'anct') then return 'anct'; end if;
  if p_motif is null then
    update utilisateur t set desactive_at = null, desactive_motif = null, desactive_par = null, desactive_organisation_id = null where t.id = u.id;
  else
    update utilisateur t set desactive_at = coalesce(t.desactive_at, p_now), desactive_motif = p_motif, desactive_par = me.utilisateur, desactive_organisation_id = me.org where t.id = u.id;
    if u.desactive_at is null then perform queue_courriel('compte_desactive', u.courriel, u.id, me.org, '{}'); end if;
  end if;
  return 'fait';
end $$;
grant execute on function utilisateur_close to as_anct, as_operateur;
alter function utilisateur_close owner to fn_ctx;

------------------------------------------------------------------------------------------------------------------------
-- 4. Invitations: the token is made by the worker as it sends, and exists in the mail alone
------------------------------------------------------------------------------------------------------------------------

-- In one's own organisation; or in one that the context looks after and that nobody administers, to administer it. Null: neither.
create function invitation_create(p_organisation uuid, p_courriel text, p_prenom text, p_nom text, p_role text, p_territoire text[], p_date_fin date,
  p_now timestamptz, p_expire timestamptz, p_today date, p_administrateurs text[]) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  me record;
  v uuid;
begin
  select * into me from app_verify(current_setting('app.ctx', true));
  if p_organisation <> me.org then
    perform pg_advisory_xact_lock(hashtextextended('membres|' || p_organisation, 0));
    if p_organisation not in (select organisations_suivies()) or not p_role = any (p_administrateurs)
       or organisation_administree(p_organisation, p_administrateurs, p_today) then return null; end if;
    -- one person at a time is asked from outside
    update invitation i set statut = 'annulee' where i.organisation_id = p_organisation and i.statut = 'envoyee' and i.courriel <> p_courriel
       and not exists (select 1 from adhesion a where a.organisation_id = p_organisation and a.utilisateur_id = i.cree_par);
  end if;
  update invitation i set statut = 'annulee'
   where i.organisation_id = p_organisation and i.courriel = p_courriel and i.role = p_role and i.statut = 'envoyee' and i.expire_at <= p_now;
  insert into invitation (organisation_id, courriel, prenom, nom, role, territoire, date_fin, cree_par, created_at, expire_at)
    values (p_organisation, p_courriel, p_prenom, p_nom, p_role, p_territoire, p_date_fin, me.utilisateur, p_now, p_expire) returning id into v;
  perform queue_courriel('invitation', p_courriel, null, p_organisation, jsonb_build_object('invitationId', v));
  return v;
end $$;
grant execute on function invitation_create to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;
alter function invitation_create owner to fn_ctx;

create function invitation_cancel(p_id uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update invitation i set statut = 'annulee'
   where i.id = p_id and i.organisation_id = (select org from app_verify(current_setting('app.ctx', true))) and i.statut = 'envoyee';
  return found;
end $$;
grant execute on function invitation_cancel to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;
alter function invitation_cancel owner to fn_ctx;

-- A new link, 7 more days; the former link opens nothing from now on.
create function invitation_resend(p_id uuid, p_now timestamptz, p_expire timestamptz) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  me record;
  i invitation;
begin
  select * into me from app_verify(current_setting('app.ctx', true));
  update invitation t set token_hash = null, created_at = p_now, expire_at = p_expire, cree_par = me.utilisateur
   where t.id = p_id and t.organisation_id = me.org and t.statut = 'envoyee' returning * into i;
  if not found then return false; end if;
  perform queue_courriel('invitation', i.courriel, null, i.organisation_id, jsonb_build_object('invitationId', i.id));
  return true;
end $$;
grant execute on function invitation_resend to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;
alter function invitation_resend owner to fn_ctx;

-- The mail leaves now, with a token of which this is the hash. False: answered or cancelled meanwhile, nothing is sent.
create function invitation_secret(p_id uuid, p_hash bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update invitation i set token_hash = p_hash where i.id = p_id and i.statut = 'envoyee';
  return found;
end $$;
grant execute on function invitation_secret to worker;
alter function invitation_secret owner to fn_ctx;

-- What whoever holds the token may read of it; no row when it opens nothing. `autre_personne`: this browser is somebody else's.
create function invitation_read(p_hash bytea, p_session bytea, p_now timestamptz, p_today date) returns table (role text, organisation text, type text, siret text,
  par text, courriel text, prenom text, nom text, date_fin date, autre_personne boolean, compte_existant boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select i.role, o.nom, o.type, o.siret, v.prenom || ' ' || v.nom, i.courriel, i.prenom, i.nom, i.date_fin,
         exists (select 1 from session_live(p_session) s join utilisateur u on u.id = s.utilisateur_id where u.courriel <> i.courriel),
         exists (select 1 from utilisateur u where u.courriel = i.courriel)
    from invitation i join organisation o on o.id = i.organisation_id join utilisateur v on v.id = i.cree_par
   where i.token_hash = p_hash and i.statut = 'envoyee' and i.expire_at > p_now and coalesce(i.date_fin, p_today) >= p_today
$$;
grant execute on function invitation_read to app;
alter function invitation_read owner to fn_ctx;

-- Once, for the address it was sent to. `fait`, or `perime`, `autre_personne`, `incompatible` (the person holds one of `p_exclus`).
-- `nouveau`: the account was made here; a password given for an account that exists changes nothing.
create function invitation_accept(p_hash bytea, p_session bytea, p_prenom text, p_nom text, p_mot_de_passe text, p_exclus text[],
  p_now timestamptz, p_today date, p_administrateurs text[], p_defaut text, p_titre text, p_texte text, p_lien text, out issue text, out nouveau boolean, out personne uuid, out acces uuid, out organisme uuid)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  i invitation;
begin
  issue := 'perime';
  select t.organisation_id into organisme from invitation t where t.token_hash = p_hash;
  if not found then return; end if;
  -- the accesses of an organisation change one at a time; then the twins of one token
  perform pg_advisory_xact_lock(hashtextextended('membres|' || organisme, 0));
  select * into i from invitation t where t.token_hash = p_hash and t.statut = 'envoyee' and t.expire_at > p_now and coalesce(t.date_fin, p_today) >= p_today for no key update;
  if not found then return; end if;
  if exists (select 1 from session_live(p_session) s join utilisateur u on u.id = s.utilisateur_id where u.courriel <> i.courriel) then issue := 'autre_personne'; return; end if;
  insert into utilisateur (id, courriel, prenom, nom, mot_de_passe) values (uuidv7(), i.courriel, p_prenom, p_nom, p_mot_de_passe)
    on conflict (courriel) do nothing returning id into personne;
  nouveau := found;
  if not nouveau then select u.id into strict personne from utilisateur u where u.courriel = i.courriel; end if;
  if exists (select 1 from adhesion a where a.organisation_id = i.organisation_id and a.utilisateur_id = personne and a.role = any (p_exclus)
              and a.retiree_at is null and coalesce(a.date_fin, p_today) >= p_today) then issue := 'incompatible'; return; end if;
  update adhesion a set retiree_at = p_now where a.organisation_id = i.organisation_id and a.utilisateur_id = personne and a.role = i.role
     and a.retiree_at is null and a.date_fin < p_today;
  insert into adhesion as a (id, organisation_id, utilisateur_id, role, territoire, date_debut, date_fin)
    values (uuidv7(), i.organisation_id, personne, i.role, i.territoire, p_today, i.date_fin)
    on conflict (organisation_id, utilisateur_id, role) where retiree_at is null
    do update set territoire = excluded.territoire, date_debut = least(a.date_debut, excluded.date_debut), date_fin = excluded.date_fin, revue_le = p_today
    returning a.id into acces;
  update invitation t set statut = 'acceptee', acceptee_at = p_now, acceptee_par = personne where t.id = i.id;
  -- somebody is here now: what others had sent from outside waits no more
  update invitation t set statut = 'annulee' where t.organisation_id = i.organisation_id and t.statut = 'envoyee'
     and not exists (select 1 from adhesion a where a.organisation_id = t.organisation_id and a.utilisateur_id = t.cree_par);
  insert into audit_event (organisation_id, organisation_type, role, utilisateur_id, action, objet, statut)
    select o.id, o.type, i.role, personne, 'acceptInvitation', jsonb_build_object('invitationId', i.id, 'adhesionId', acces), 201
      from organisation o where o.id = i.organisation_id;
  if not nouveau then perform membre_tell('acces_donne', acces); end if;
  perform notify_people(i.organisation_id, null, array(select a.utilisateur_id from adhesion a where a.organisation_id = i.organisation_id
      and a.role = any (p_administrateurs) and a.utilisateur_id <> personne and adhesion_en_cours(a, p_today)), p_today, 'suivi', p_defaut,
    'invitation_acceptee', p_titre, (select replace(p_texte, '{personne}', u.prenom || ' ' || u.nom) from utilisateur u where u.id = personne), p_lien);
  issue := 'fait';
end $$;
grant execute on function invitation_accept to app;
alter function invitation_accept owner to fn_ctx;

------------------------------------------------------------------------------------------------------------------------
-- 5. Recoveries: somebody else decides, of those asked of the organisation of the context
------------------------------------------------------------------------------------------------------------------------

create function recuperations() returns table (id uuid, utilisateur_id uuid, personne text, courriel text, statut text, demandee_at timestamptz, expire_at timestamptz, expiree boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.id, u.id, u.prenom || ' ' || u.nom, u.courriel, r.statut, r.demandee_at, r.expire_at, r.expire_at <= now()
    from recuperation r join utilisateur u on u.id = r.utilisateur_id
   where r.organisation_id = (select org from app_verify(current_setting('app.ctx', true)))
   order by r.statut = 'demandee' desc, r.demandee_at desc, r.id limit 100
$$;
grant execute on function recuperations to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;
alter function recuperations owner to fn_ctx;

-- Granted: every factor goes and every session ends; the person signs in as they used to, then adds a new one. False: decided, too old, or one's own.
create function recuperation_decide(p_id uuid, p_accord boolean) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  me record;
  r recuperation;
  v_courriel text;
begin
  select * into me from app_verify(current_setting('app.ctx', true));
  update recuperation t set statut = case when p_accord then 'accordee' else 'refusee' end, decidee_at = now(), decidee_par = me.utilisateur
   where t.id = p_id and t.organisation_id = me.org and t.statut = 'demandee' and t.expire_at > now() and t.utilisateur_id <> me.utilisateur returning * into r;
  if not found then return false; end if;
  select u.courriel into strict v_courriel from utilisateur u where u.id = r.utilisateur_id;
  if p_accord then
    perform factors_reset(r.utilisateur_id);
    perform sessions_finish(array(select s.id from session s where s.utilisateur_id = r.utilisateur_id and s.ended_at is null));
  end if;
  perform queue_courriel('recuperation_' || r.statut, v_courriel, r.utilisateur_id, me.org, jsonb_build_object('recuperationId', r.id));
  return true;
end $$;
grant execute on function recuperation_decide to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;
alter function recuperation_decide owner to fn_ctx;

------------------------------------------------------------------------------------------------------------------------
-- 6. Names of the journal: one's own people, those who left, and whoever looked or invited from outside
------------------------------------------------------------------------------------------------------------------------

set role fn_ctx;
-- the assistance helps the organisations that its operator made, too
create or replace function operateur_serves(p_operateur uuid, p_organisation organisation) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(p_organisation.cree_par_id = p_operateur, false) or case p_organisation.type
    when 'collectivite' then exists (select 1 from convention c where c.operateur_id = p_operateur and c.collectivite_id = p_organisation.id)
    when 'prescripteur' then exists (select 1 from convention c where c.operateur_id = p_operateur and p_organisation.id = any (c.prescripteur_ids))
    when 'financeur' then exists (select 1 from convention c where c.operateur_id = p_operateur and p_organisation.id = any (c.financeur_ids))
    when 'structure' then exists (select 1 from labellisation l where l.operateur_id = p_operateur and l.organisation_id = p_organisation.id)
    else p_organisation.type in ('prefecture', 'hub') end
$$;

create or replace function colleague_names(p_ids uuid[]) returns table (id uuid, nom text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with moi as materialized (select org from app_verify(current_setting('app.ctx', true)))
  select u.id, u.prenom || ' ' || u.nom from utilisateur u
   where u.id = any (p_ids)
     and (exists (select 1 from adhesion a where a.utilisateur_id = u.id and a.organisation_id = (select org from moi))
       or exists (select 1 from consultation c where c.utilisateur_id = u.id and c.organisation_id = (select org from moi))
       or exists (select 1 from recuperation r where r.utilisateur_id = u.id and r.organisation_id = (select org from moi))
       or exists (select 1 from invitation i where i.cree_par = u.id and i.organisation_id = (select org from moi)))
$$;
reset role;

revoke create on schema public from fn_ctx;
