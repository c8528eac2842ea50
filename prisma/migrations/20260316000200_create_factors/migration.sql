-- What proves who someone is, beyond the way in: passkeys, an application of codes, a code by mail; and one's own account.

grant create on schema public to fn_ctx;

-- one's own lines of the journal, whatever the organisation: what one downloads
create index audit_event_utilisateur on audit_event (utilisateur_id, id);
grant select on audit_event to fn_ctx;
create policy fn_ctx_read on audit_event for select to fn_ctx using (true);

------------------------------------------------------------------------------------------------------------------------
-- 1. Challenges and passkeys, as the session acts use them (role app: who is asking was established by the session)
------------------------------------------------------------------------------------------------------------------------

-- `p_utilisateur` null: nobody is known yet, the passkey itself will say who.
create function defi_new(p_nature text, p_defi text, p_utilisateur uuid default null) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v uuid;
begin
  delete from door.defi d where d.id in (select p.id from door.defi p where p.created_at < now() - interval '5 minutes' for update skip locked);
  insert into door.defi (nature, defi, utilisateur_id) values (p_nature, p_defi, p_utilisateur) returning id into v;
  return v;
end $$;
grant execute on function defi_new to app;
alter function defi_new owner to fn_ctx;

-- Taken once: a twin waits for the first one's deletion, and finds nothing. Null: unknown, too old, made for something or somebody else.
create function defi_take(p_id uuid, p_nature text, p_utilisateur uuid default null) returns text
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from door.defi d where d.id = p_id and d.nature = p_nature and d.utilisateur_id is not distinct from p_utilisateur
     and d.created_at > now() - interval '5 minutes'
  returning d.defi
$$;
grant execute on function defi_take to app;
alter function defi_take owner to fn_ctx;

create function passkey_find(p_credential text, out id uuid, out utilisateur_id uuid, out cle_publique bytea, out compteur bigint, out transports text[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select k.id, k.utilisateur_id, k.cle_publique, k.compteur, k.transports
    from door.passkey k join utilisateur u on u.id = k.utilisateur_id where k.credential_id = p_credential and u.desactive_at is null
$$;
grant execute on function passkey_find to app;
alter function passkey_find owner to fn_ctx;

create function passkeys_of(p_utilisateur uuid) returns table (credential_id text, transports text[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select k.credential_id, k.transports from door.passkey k where k.utilisateur_id = p_utilisateur order by k.id
$$;
grant execute on function passkeys_of to app;
alter function passkeys_of owner to fn_ctx;

-- False: the counter went back, or a twin was faster: the key was copied. Keys shared between devices always say 0.
create function passkey_use(p_id uuid, p_compteur bigint) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update door.passkey k set compteur = p_compteur, utilisee_at = now()
   where k.id = p_id and (k.compteur < p_compteur or k.compteur = 0 and p_compteur = 0);
  return found;
end $$;
grant execute on function passkey_use to app;
alter function passkey_use owner to fn_ctx;

------------------------------------------------------------------------------------------------------------------------
-- 2. Proofs
------------------------------------------------------------------------------------------------------------------------

create function totp_read(p_utilisateur uuid, out secret bytea, out cle_id int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select t.secret, t.cle_id from door.totp t where t.utilisateur_id = p_utilisateur and t.confirme_at is not null
$$;
grant execute on function totp_read to app;
alter function totp_read owner to fn_ctx;

-- True once for a step: whoever comes second, or later with an older one, replays.
create function totp_use(p_utilisateur uuid, p_pas bigint) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update door.totp t set dernier_pas = p_pas where t.utilisateur_id = p_utilisateur and t.confirme_at is not null and t.dernier_pas < p_pas;
  return found;
end $$;
grant execute on function totp_use to app;
alter function totp_use owner to fn_ctx;

-- Sends a code to the person of a session; the ones before are worth nothing any more. `attente`: seconds before another one, when
-- five were sent within the hour. The secret is made by the worker as it sends.
create function code_start(p_session uuid, out adresse text, out attente int)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  s session;
  v uuid;
begin
  select * into strict s from session t where t.id = p_session;
  -- two clicks at once count as two
  select u.courriel into strict adresse from utilisateur u where u.id = s.utilisateur_id for no key update;
  select ceil(extract(epoch from j.created_at + interval '1 hour' - now()))::int into attente
    from door.jeton j where j.utilisateur_id = s.utilisateur_id and j.nature = 'code' and j.created_at > now() - interval '1 hour'
   order by j.created_at desc offset 4 limit 1;
  attente := coalesce(attente, 0);
  if attente > 0 then return; end if;
  update door.jeton j set utilise_at = now() where j.utilisateur_id = s.utilisateur_id and j.nature = 'code' and j.utilise_at is null;
  insert into door.jeton (nature, utilisateur_id, expire_at) values ('code', s.utilisateur_id, now() + interval '10 minutes') returning id into v;
  perform queue_courriel('code_preuve', adresse, s.utilisateur_id, s.organisation_id, jsonb_build_object('jetonId', v));
end $$;
grant execute on function code_start to app;
alter function code_start owner to fn_ctx;

-- One try at the code in force, counted before it is looked at: its number, or null when there is none left.
create function code_try(p_utilisateur uuid) returns uuid
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  update door.jeton j set essais = essais + 1
   where j.utilisateur_id = p_utilisateur and j.nature = 'code' and j.utilise_at is null and j.expire_at > now() and j.secret_hash is not null and j.essais < 5
  returning j.id
$$;
grant execute on function code_try to app;
alter function code_try owner to fn_ctx;

create function code_use(p_id uuid, p_hash bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update door.jeton j set utilise_at = now()
   where j.id = p_id and j.nature = 'code' and j.secret_hash = p_hash and j.utilise_at is null and j.expire_at > now();
  return found;
end $$;
grant execute on function code_use to app;
alter function code_use owner to fn_ctx;

create function password_of(p_utilisateur uuid) returns text
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.mot_de_passe from utilisateur u where u.id = p_utilisateur
$$;
grant execute on function password_of to app;
alter function password_of owner to fn_ctx;

-- The person of this session just proved who they are; `p_facteur`: by a second factor. The assistance proves nothing through others' eyes.
create function session_prove(p_session uuid, p_methode text, p_facteur boolean, p_request_id text) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  with prouvee as (
    update session s set preuve_at = now(), second_facteur = s.second_facteur or p_facteur
     where s.id = p_session and s.ended_at is null and s.consultation_id is null returning s.*)
  insert into audit_event (organisation_id, organisation_type, role, utilisateur_id, action, objet, statut, request_id)
    select s.organisation_id, o.type, a.role, s.utilisateur_id, 'session.prouvee', jsonb_build_object('methode', p_methode, 'sessionId', s.id), 200, p_request_id
      from prouvee s join adhesion a on a.id = s.adhesion_id join organisation o on o.id = a.organisation_id
$$;
grant execute on function session_prove to app;
alter function session_prove owner to fn_ctx;

create function session_prove_refused(p_session uuid, p_methode text, p_code text, p_request_id text) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into audit_event (organisation_id, organisation_type, role, utilisateur_id, action, objet, statut, code, request_id)
    select s.organisation_id, o.type, a.role, s.utilisateur_id, 'session.preuve_refusee', jsonb_build_object('methode', p_methode, 'sessionId', s.id),
           409, p_code, p_request_id
      from session s join adhesion a on a.id = s.adhesion_id join organisation o on o.id = a.organisation_id where s.id = p_session
$$;
grant execute on function session_prove_refused to app;
alter function session_prove_refused owner to fn_ctx;

------------------------------------------------------------------------------------------------------------------------
-- 3. One's own account, inside the door: the person is the one of the signed context, never a parameter
------------------------------------------------------------------------------------------------------------------------

create function compte_personnel(out courriel text, out prenom text, out nom text, out proconnect boolean, out mot_de_passe boolean, out totp_at timestamptz,
  out pin boolean, out passkeys jsonb, out preferences jsonb)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select u.courriel, u.prenom, u.nom, u.proconnect_sub is not null, u.mot_de_passe is not null,
         (select t.confirme_at from door.totp t where t.utilisateur_id = u.id and t.confirme_at is not null),
         exists (select 1 from door.pin p where p.organisation_id = me.org and p.utilisateur_id = u.id),
         (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'nom', k.nom, 'creeeAt', k.created_at, 'utiliseeAt', k.utilisee_at) order by k.id), '[]')
            from door.passkey k where k.utilisateur_id = u.id),
         (select coalesce(jsonb_object_agg(f.categorie, f.rythme), '{}') from door.preference f where f.utilisateur_id = u.id)
    from app_verify(current_setting('app.ctx', true)) me join utilisateur u on u.id = me.utilisateur
$$;

create function me_rename(p_prenom text, p_nom text) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  update utilisateur u set prenom = p_prenom, nom = p_nom where u.id = (select app_user())
$$;

create function preference_set(p_categorie text, p_rythme text) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into door.preference (utilisateur_id, categorie, rythme) values ((select app_user()), p_categorie, p_rythme)
    on conflict (utilisateur_id, categorie) do update set rythme = excluded.rythme
$$;

-- What is registered, and every role that the person holds or will hold, whatever the organisation; their other changes wait.
create function my_factors(p_today date, out totp boolean, out passkeys int, out roles text[])
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  me uuid := app_user();
begin
  perform 1 from utilisateur u where u.id = me for no key update;
  totp := exists (select 1 from door.totp t where t.utilisateur_id = me and t.confirme_at is not null);
  passkeys := (select count(*) from door.passkey k where k.utilisateur_id = me);
  roles := coalesce((select array_agg(distinct a.role) from adhesion a
    where a.utilisateur_id = me and a.retiree_at is null and coalesce(a.date_fin, p_today) >= p_today), '{}');
end $$;

create function my_defi(p_defi text) returns uuid
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  select defi_new('ajout', p_defi, (select app_user())) where (select app_user()) is not null
$$;

create function my_defi_take(p_id uuid) returns text
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  select defi_take(p_id, 'ajout', (select app_user())) where (select app_user()) is not null
$$;

create function my_passkeys() returns table (credential_id text, transports text[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select * from passkeys_of((select app_user()))
$$;

-- False: this key is registered already, here or elsewhere. Whoever just used it proved who they are.
create function passkey_add(p_credential text, p_cle bytea, p_compteur bigint, p_transports text[], p_nom text, p_session uuid, p_request_id text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  me uuid := app_user();
begin
  insert into door.passkey (utilisateur_id, credential_id, cle_publique, compteur, transports, nom)
    values (me, p_credential, p_cle, p_compteur, p_transports, p_nom) on conflict (credential_id) do nothing;
  if not found then return false; end if;
  perform session_prove(s.id, 'passkey', true, p_request_id) from session s where s.id = p_session and s.utilisateur_id = me;
  return true;
end $$;

create function passkey_remove(p_id uuid) returns text
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from door.passkey k where k.id = p_id and k.utilisateur_id = (select app_user()) returning k.nom
$$;

-- Waits for its first code; the one that serves goes on serving.
create function totp_start(p_secret bytea, p_cle int) returns text
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into door.totp (utilisateur_id, secret, cle_id) values ((select app_user()), p_secret, p_cle)
    on conflict (utilisateur_id) where confirme_at is null do update set secret = excluded.secret, cle_id = excluded.cle_id, created_at = now();
  select u.courriel from utilisateur u where u.id = (select app_user())
$$;

create function totp_pending(out secret bytea, out cle_id int)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  me uuid := app_user();
begin
  perform 1 from utilisateur u where u.id = me for no key update;
  select t.secret, t.cle_id into secret, cle_id from door.totp t
   where t.utilisateur_id = me and t.confirme_at is null and t.created_at > now() - interval '15 minutes';
end $$;

-- After `totp_pending`, which holds the person: the waiting one serves, and its first code is spent.
create function totp_confirm(p_pas bigint, p_session uuid, p_request_id text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  me uuid := app_user();
begin
  delete from door.totp t where t.utilisateur_id = me and t.confirme_at is not null;
  update door.totp t set confirme_at = now(), dernier_pas = p_pas where t.utilisateur_id = me;
  perform session_prove(s.id, 'totp', true, p_request_id) from session s where s.id = p_session and s.utilisateur_id = me;
end $$;

create function totp_remove() returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from door.totp t where t.utilisateur_id = (select app_user());
  return found;
end $$;

-- Everything held on the person of the context as a user of the service; no secret, no hash. The journal: 12 months, the last 10 000 lines.
create function my_data() returns jsonb
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with me as (select * from utilisateur u where u.id = (select app_user()))
  select jsonb_build_object(
    'compte', (select jsonb_build_object('id', id, 'courriel', courriel, 'prenom', prenom, 'nom', nom, 'creeAt', created_at,
        'proconnect', proconnect_sub, 'motDePasse', mot_de_passe is not null) from me),
    'acces', (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'organisation', o.nom, 'organisationId', o.id, 'role', a.role, 'territoire', a.territoire,
        'dateDebut', a.date_debut, 'dateFin', a.date_fin, 'retireAt', a.retiree_at) order by a.date_debut, a.id), '[]')
      from me join adhesion a on a.utilisateur_id = me.id join organisation o on o.id = a.organisation_id),
    'facteurs', jsonb_build_object(
      'passkeys', (select coalesce(jsonb_agg(jsonb_build_object('nom', k.nom, 'creeeAt', k.created_at, 'utiliseeAt', k.utilisee_at) order by k.id), '[]')
        from me join door.passkey k on k.utilisateur_id = me.id),
      'totpAt', (select t.confirme_at from me join door.totp t on t.utilisateur_id = me.id and t.confirme_at is not null),
      'postes', (select coalesce(jsonb_agg(jsonb_build_object('organisationId', p.organisation_id, 'pinDepuis', p.created_at)), '[]')
        from me join door.pin p on p.utilisateur_id = me.id)),
    'preferences', (select coalesce(jsonb_object_agg(f.categorie, f.rythme), '{}') from me join door.preference f on f.utilisateur_id = me.id),
    'sessions', (select coalesce(jsonb_agg(jsonb_build_object('organisationId', s.organisation_id, 'methode', s.methode, 'appareil', s.appareil,
        'ouverteAt', s.created_at, 'vueAt', s.seen_at, 'fermeeAt', s.ended_at) order by s.created_at), '[]')
      from me join session s on s.utilisateur_id = me.id where s.created_at > now() - interval '12 months'),
    'notifications', (select coalesce(jsonb_agg(jsonb_build_object('organisationId', n.organisation_id, 'titre', n.titre, 'texte', n.texte, 'at', n.created_at,
        'lueAt', n.lue_at) order by n.id), '[]') from me join notification n on n.utilisateur_id = me.id),
    'journal', (select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'organisationId', e.organisation_id, 'role', e.role, 'action', e.action,
        'objet', e.objet, 'statut', e.statut, 'code', e.code) order by e.id), '[]')
      from me cross join lateral (select * from audit_event v where v.utilisateur_id = me.id and v.at > now() - interval '12 months' order by v.id desc limit 10000) e))
$$;

do $$
declare
  f text;
begin
  foreach f in array array['compte_personnel', 'me_rename', 'preference_set', 'my_factors', 'my_defi', 'my_defi_take', 'my_passkeys', 'passkey_add', 'passkey_remove',
    'totp_start', 'totp_pending', 'totp_confirm', 'totp_remove', 'my_data'] loop
    execute format('grant execute on function %I to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur', f);
    execute format('alter function %I owner to fn_ctx', f);
  end loop;
end $$;

------------------------------------------------------------------------------------------------------------------------
-- 4. Recovery: run by the function that records another person's decision, nobody else's
------------------------------------------------------------------------------------------------------------------------

-- Every factor of someone who lost them is forgotten; their open sessions are whole no more.
create function factors_reset(p_utilisateur uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from door.passkey k where k.utilisateur_id = p_utilisateur;
  delete from door.totp t where t.utilisateur_id = p_utilisateur;
  update session s set second_facteur = false, preuve_at = null where s.utilisateur_id = p_utilisateur and s.ended_at is null;
$$;
alter function factors_reset owner to fn_ctx;

revoke create on schema public from fn_ctx;
