-- The ground: who exists, who is signed in, the signed context that every policy reads, and the door's journal.
-- Roles are made before, by tools/roles.mjs. Functions belong to no-login roles that hold the few grants they need.

-- From here on no function may be run by just anyone: each says who may.
alter default privileges revoke execute on functions from public;

-- Making a no-login role the owner of a function takes CREATE on its schema; given for the length of a migration.
grant create on schema public to fn_ctx, fn_door;

-- The job queue (graphile-worker) is made and owned by the worker itself, see apps/api/src/platform/jobs.
do $$ begin execute format('grant create on database %I to worker', current_database()); end $$;

------------------------------------------------------------------------------------------------------------------------
-- 1. Organisations, people, sessions
------------------------------------------------------------------------------------------------------------------------

-- Reference: no row security, everyone may read it.
create table organisation (
  id uuid primary key,
  type text not null check (type in ('anct', 'operateur', 'collectivite', 'prescripteur', 'structure', 'prefecture', 'hub', 'financeur')),
  nom text not null check (length(trim(nom)) > 0),
  siret text check (siret ~ '^[0-9]{14}$'),
  -- codes of communes, EPCI, départements; they travel in the signed context, hence the alphabet
  territoire text[] not null default '{}' check (array_to_string(territoire, '') ~ '^[0-9A-Za-z:_-]*$'),
  departement text,
  created_at timestamptz not null default now(),
  unique (type, siret)
);
grant select on organisation to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur, as_public, fn_ctx;

create table utilisateur (
  id uuid primary key,
  courriel text not null unique check (courriel = lower(courriel)),
  prenom text not null,
  nom text not null,
  mot_de_passe text,
  demo boolean not null default false,
  desactive_at timestamptz
);

create table adhesion (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  utilisateur_id uuid not null references utilisateur (id),
  role text not null check (role ~ '^[a-z]+\.[a-z_]+$'),
  territoire text[] not null default '{}' check (array_to_string(territoire, '') ~ '^[0-9A-Za-z:_-]*$'),
  date_debut date not null,
  date_fin date check (date_fin >= date_debut),
  unique (organisation_id, utilisateur_id, role)
);
create index adhesion_utilisateur on adhesion (utilisateur_id);

create table session (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  utilisateur_id uuid not null references utilisateur (id),
  adhesion_id uuid not null references adhesion (id),
  token_hash bytea not null unique check (length(token_hash) = 32),
  -- a desktop shared at a counter closes sooner
  guichet boolean not null default false,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  ended_at timestamptz
);
create index session_utilisateur on session (utilisateur_id);

------------------------------------------------------------------------------------------------------------------------
-- 2. Journal, facts, stored answers
------------------------------------------------------------------------------------------------------------------------

create table audit_event (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  organisation_id uuid,
  organisation_type text,
  role text,
  utilisateur_id uuid,
  -- name of the route, or of the job
  action text not null,
  -- identifiers only: no name, no code
  objet jsonb not null default '{}',
  statut int not null,
  code text,
  request_id text,
  xid xid8 not null default pg_current_xact_id()
);
create index audit_event_organisation on audit_event (organisation_id, id);

create table outbox (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  sujet text not null,
  organisation_id uuid not null,
  collectivite_id uuid,
  objet jsonb not null default '{}',
  xid xid8 not null default pg_current_xact_id()
);

create table idempotence (
  organisation_id uuid not null,
  utilisateur_id uuid not null,
  route text not null,
  cle uuid not null,
  empreinte bytea not null,
  statut int not null,
  reponse text not null,
  at timestamptz not null default now(),
  primary key (organisation_id, utilisateur_id, route, cle)
);
create index idempotence_at on idempotence (at);

-- For every table that only grows: audit_event, transfer, mouvement.
create function refuse_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception '% only grows: % refused', tg_table_name, lower(tg_op) using errcode = '23001';
end $$;
create trigger refuse_change before update or delete on audit_event for each row execute function refuse_change();
create trigger refuse_truncate before truncate on audit_event for each statement execute function refuse_change();

------------------------------------------------------------------------------------------------------------------------
-- 3. Schema of the door: what only its functions read
------------------------------------------------------------------------------------------------------------------------

create schema door;
grant usage on schema door to fn_ctx;

-- The HMAC key of the context, already combined with the two paddings. Made here, never leaves PostgreSQL.
create table door.ctx_key (id smallint primary key, ikey bytea not null, okey bytea not null);
grant select on door.ctx_key to fn_ctx;

do $$
declare
  k bytea := sha512(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
                 || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
  i bytea := k;
  o bytea := k;
begin
  for n in 0..63 loop
    i := set_byte(i, n, get_byte(k, n) # 54);  -- 0x36
    o := set_byte(o, n, get_byte(k, n) # 92);  -- 0x5c
  end loop;
  insert into door.ctx_key values (1, i, o);
end $$;

-- Sign-in attempts by hash of the address, known or not: the delay grows, nobody is locked out.
create table door.tentative (cle bytea primary key, echecs int not null, derniere_at timestamptz not null);
create index tentative_at on door.tentative (derniere_at);
grant select, insert, update, delete on door.tentative to fn_ctx;

-- The demonstration's clock: seconds added to the time of day by every process.
create table door.horloge (id boolean primary key default true check (id), decalage_secondes bigint not null default 0);
insert into door.horloge default values;
grant select, update on door.horloge to fn_ctx;

------------------------------------------------------------------------------------------------------------------------
-- 4. The signed context: keyId|organisation|type|role|user|territory,codes|expiry|hmac
------------------------------------------------------------------------------------------------------------------------

create function ctx_sign(p_organisation uuid, p_type text, p_role text, p_utilisateur uuid, p_territoire text[]) returns text
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  k door.ctx_key;
  v text;
begin
  select * into strict k from door.ctx_key order by id desc limit 1;
  v := concat_ws('|', k.id, p_organisation, p_type, p_role, coalesce(p_utilisateur::text, ''), array_to_string(p_territoire, ','),
                 ceil(extract(epoch from clock_timestamp()) + 30)::bigint);
  return v || '|' || encode(sha256(k.okey || sha256(k.ikey || convert_to(v, 'UTF8'))), 'hex');
end $$;
alter function ctx_sign owner to fn_ctx;

-- What a context says, or 28000 when it is missing, forged or too old to open a transaction.
create function app_verify(ctx text, out org uuid, out type text, out role text, out utilisateur uuid, out territoire text[])
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  k door.ctx_key;
  part text[] := string_to_array(ctx, '|');
begin
  if cardinality(part) = 8 and part[1] ~ '^[0-9]{1,4}$' then
    select * into k from door.ctx_key c where c.id = part[1]::smallint;
  end if;
  if k.id is null or encode(sha256(k.okey || sha256(k.ikey || convert_to(left(ctx, -65), 'UTF8'))), 'hex') is distinct from part[8]
     or part[7]::bigint < extract(epoch from now())
  then raise exception 'context missing, forged or expired' using errcode = '28000'; end if;
  org := part[2]; type := part[3]; role := part[4]; utilisateur := nullif(part[5], ''); territoire := string_to_array(part[6], ',');
end $$;
grant execute on function app_verify to fn_door, fn_redeem, fn_carnet, fn_stats, worker;
alter function app_verify owner to fn_ctx;

-- The organisation of the context when it is of that type, else null: what every policy compares with.
create function app_org(p_type text) returns uuid language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  v text := nullif(current_setting('app.ctx', true), '');  -- '' is what a finished transaction leaves
  me record;
begin
  if v is null then return null; end if;
  select * into me from app_verify(v);
  return case when me.type = p_type then me.org end;
end $$;
grant execute on function app_org to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur, fn_door, fn_redeem, fn_carnet, fn_stats;
alter function app_org owner to fn_ctx;

create function app_user() returns uuid language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  v text := nullif(current_setting('app.ctx', true), '');
begin
  if v is null then return null; end if;
  return (select utilisateur from app_verify(v));
end $$;
grant execute on function app_user to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur, fn_door, fn_redeem, fn_carnet, fn_stats;
alter function app_user owner to fn_ctx;

-- The territory codes of the context when it is of that type: `departement = any ((select app_territoire('prefecture'))::text[])`.
create function app_territoire(p_type text) returns text[] language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  v text := nullif(current_setting('app.ctx', true), '');
  me record;
begin
  if v is null then return null; end if;
  select * into me from app_verify(v);
  return case when me.type = p_type then me.territoire end;
end $$;
grant execute on function app_territoire to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur, fn_door, fn_redeem, fn_carnet, fn_stats;
alter function app_territoire owner to fn_ctx;

------------------------------------------------------------------------------------------------------------------------
-- 5. Sessions: 30 minutes without use (10 at a counter), 10 hours in all, by the database's clock
------------------------------------------------------------------------------------------------------------------------

grant select on utilisateur, adhesion to fn_ctx;
grant select, insert, update on session to fn_ctx;

create function session_live(p_token_hash bytea) returns setof session
language sql stable security definer set search_path = pg_catalog, public as $$
  select s.* from session s join utilisateur u on u.id = s.utilisateur_id
   where s.token_hash = p_token_hash and s.ended_at is null and u.desactive_at is null
     and s.seen_at > now() - case when s.guichet then interval '10 minutes' else interval '30 minutes' end
     and s.created_at > now() - interval '10 hours'
$$;
alter function session_live owner to fn_ctx;

-- `etat`: null = nobody (401) · 'terminee' = the adhesion is not in force that day (403) · 'changee' = the tab believes in
-- another adhesion (409 organisation_changee) · 'ouverte' = `ctx` opens a transaction.
create function session_open(p_token_hash bytea, p_today date, p_adhesion uuid default null,
  out etat text, out utilisateur_id uuid, out prenom text, out nom text, out adhesion_id uuid, out organisation_id uuid,
  out organisation_type text, out organisation_nom text, out role text, out territoire text[], out ctx text)
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  s session;
  r record;
begin
  select * into s from session_live(p_token_hash);
  if not found then return; end if;
  -- once a minute, and never waiting for a sister call
  if s.seen_at < now() - interval '1 minute' then
    update session t set seen_at = now() where t.id = (select l.id from session l where l.id = s.id for update skip locked);
  end if;
  select u.prenom, u.nom, a.id, a.role, o.id organisation_id, o.type, o.nom organisation_nom,
         case when cardinality(a.territoire) > 0 then a.territoire else o.territoire end territoire,
         p_today >= a.date_debut and p_today <= coalesce(a.date_fin, p_today) en_cours
    into strict r from adhesion a join organisation o on o.id = a.organisation_id join utilisateur u on u.id = a.utilisateur_id where a.id = s.adhesion_id;
  etat := case when p_adhesion <> r.id then 'changee' when r.en_cours then 'ouverte' else 'terminee' end;
  utilisateur_id := s.utilisateur_id; prenom := r.prenom; nom := r.nom; adhesion_id := r.id; organisation_id := r.organisation_id;
  organisation_type := r.type; organisation_nom := r.organisation_nom; role := r.role; territoire := r.territoire;
  if etat = 'ouverte' then ctx := ctx_sign(organisation_id, organisation_type, role, utilisateur_id, territoire); end if;
end $$;
grant execute on function session_open to app, fn_redeem, fn_carnet;
alter function session_open owner to fn_ctx;

-- Opens a session for someone already recognised; the first adhesion in force when none is asked. Null: none in force.
create function session_start(p_token_hash bytea, p_utilisateur uuid, p_adhesion uuid, p_guichet boolean, p_today date) returns uuid
language sql volatile security definer set search_path = pg_catalog, public as $$
  insert into session (id, organisation_id, utilisateur_id, adhesion_id, token_hash, guichet)
  select uuidv7(), a.organisation_id, a.utilisateur_id, a.id, p_token_hash, p_guichet
    from adhesion a join utilisateur u on u.id = a.utilisateur_id
   where a.utilisateur_id = p_utilisateur and (p_adhesion is null or a.id = p_adhesion) and u.desactive_at is null
     and p_today >= a.date_debut and p_today <= coalesce(a.date_fin, p_today)
   order by a.date_debut desc, a.id limit 1
  returning adhesion_id
$$;
grant execute on function session_start to app;
alter function session_start owner to fn_ctx;

create function session_end(p_token_hash bytea) returns void language sql volatile security definer set search_path = pg_catalog, public as $$
  update session set ended_at = now() where token_hash = p_token_hash and ended_at is null
$$;
grant execute on function session_end to app;
alter function session_end owner to fn_ctx;

-- A new token for another adhesion of the same person; the ten hours go on from the first sign-in. False: not theirs, or not in force.
create function session_switch(p_old bytea, p_new bytea, p_adhesion uuid, p_today date) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  s session;
begin
  select * into s from session_live(p_old);
  if not found then return false; end if;
  insert into session (id, organisation_id, utilisateur_id, adhesion_id, token_hash, guichet, created_at)
  select uuidv7(), a.organisation_id, a.utilisateur_id, a.id, p_new, s.guichet, s.created_at from adhesion a
   where a.id = p_adhesion and a.utilisateur_id = s.utilisateur_id and p_today >= a.date_debut and p_today <= coalesce(a.date_fin, p_today);
  if not found then return false; end if;
  update session t set ended_at = now() where t.id = s.id;
  return true;
end $$;
grant execute on function session_switch to app;
alter function session_switch owner to fn_ctx;

-- Every adhesion in force of the person of the context, whatever the organisation: the menu that switches.
create function my_adhesions(p_today date) returns table (id uuid, role text, organisation_id uuid, organisation_type text, organisation_nom text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select a.id, a.role, o.id, o.type, o.nom from adhesion a join organisation o on o.id = a.organisation_id
   where a.utilisateur_id = (select app_user()) and p_today >= a.date_debut and p_today <= coalesce(a.date_fin, p_today)
   order by o.nom, a.role, a.id
$$;
grant execute on function my_adhesions to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;
alter function my_adhesions owner to fn_ctx;

create function login_lookup(p_courriel text, out id uuid, out mot_de_passe text, out desactive boolean)
language sql stable security definer set search_path = pg_catalog, public as $$
  select u.id, u.mot_de_passe, u.desactive_at is not null from utilisateur u where u.courriel = p_courriel
$$;
grant execute on function login_lookup to app;
alter function login_lookup owner to fn_ctx;

-- Seconds to wait before this attempt may be made, 0 when it may: it then counts as failed until `login_success`, so that
-- a burst of parallel attempts is worth no more than a series. Three free attempts, then 1, 2, 4 … 60 seconds apart.
create function login_attempt(p_cle bytea) returns int language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  t door.tentative;
  attente int;
begin
  delete from door.tentative d where d.derniere_at < now() - interval '1 day' and d.cle <> p_cle;
  insert into door.tentative values (p_cle, 0, now()) on conflict (cle) do nothing;
  select * into strict t from door.tentative d where d.cle = p_cle for update;
  attente := case when t.echecs < 3 then 0
    else ceil(extract(epoch from t.derniere_at + make_interval(secs => least(2 ^ (t.echecs - 3), 60)) - clock_timestamp()))::int end;
  if attente > 0 then return attente; end if;
  update door.tentative d set echecs = least(d.echecs + 1, 20), derniere_at = clock_timestamp() where d.cle = p_cle;
  return 0;
end $$;
grant execute on function login_attempt to app;
alter function login_attempt owner to fn_ctx;

create function login_success(p_cle bytea) returns void language sql volatile security definer set search_path = pg_catalog as $$
  delete from door.tentative where cle = p_cle
$$;
grant execute on function login_success to app;
alter function login_success owner to fn_ctx;

create function demo_people(p_today date) returns table (adhesion_id uuid, utilisateur_id uuid, prenom text, nom text, role text,
  organisation_id uuid, organisation_type text, organisation_nom text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select a.id, u.id, u.prenom, u.nom, a.role, o.id, o.type, o.nom
    from utilisateur u join adhesion a on a.utilisateur_id = u.id join organisation o on o.id = a.organisation_id
   where u.demo and u.desactive_at is null and p_today >= a.date_debut and p_today <= coalesce(a.date_fin, p_today)
   order by o.type, o.nom, a.role, u.nom, u.prenom, a.id
$$;
grant execute on function demo_people to app;
alter function demo_people owner to fn_ctx;

-- A job acts for one organisation: its type (hence its role) and a context. Nobody but the worker may ask.
create function job_context(p_organisation uuid, p_utilisateur uuid default null, out type text, out ctx text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select o.type, ctx_sign(o.id, o.type, o.type || '.systeme', p_utilisateur, o.territoire) from organisation o where o.id = p_organisation
$$;
grant execute on function job_context to worker;
alter function job_context owner to fn_ctx;

create function clock_shift() returns bigint language sql stable security definer set search_path = pg_catalog as $$
  select decalage_secondes from door.horloge
$$;
grant execute on function clock_shift to app, worker;
alter function clock_shift owner to fn_ctx;

create function clock_move(p_jours int) returns bigint language plpgsql volatile security definer set search_path = pg_catalog as $$
declare
  total bigint;
begin
  if p_jours not between 1 and 60 then raise exception 'days' using errcode = '22023'; end if;
  update door.horloge set decalage_secondes = decalage_secondes + p_jours * 86400 returning decalage_secondes into total;
  return total;
end $$;
grant execute on function clock_move to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;
alter function clock_move owner to fn_ctx;

------------------------------------------------------------------------------------------------------------------------
-- 6. The door's two functions: the key is claimed first, the answer and the audit line are written last
------------------------------------------------------------------------------------------------------------------------

grant insert on audit_event to fn_door, fn_redeem, fn_carnet;
grant insert on outbox to fn_door, fn_redeem, fn_carnet;
grant select, insert on idempotence to fn_door, fn_redeem, fn_carnet;

-- Twins wait here: the second one finds the first one's answer. `issue`: 'neuf', 'rejoue' (send statut and reponse) or 'reutilise'.
create function door_claim(p_route text, p_cle uuid, p_empreinte bytea, out issue text, out statut int, out reponse text)
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  me record;
  i idempotence;
begin
  select * into me from app_verify(current_setting('app.ctx', true));
  perform pg_advisory_xact_lock(hashtextextended(concat_ws('|', me.org, me.utilisateur, p_route, p_cle), 0));
  select * into i from idempotence t where t.organisation_id = me.org and t.utilisateur_id = me.utilisateur and t.route = p_route and t.cle = p_cle;
  issue := case when not found then 'neuf' when i.empreinte = p_empreinte then 'rejoue' else 'reutilise' end;
  if issue = 'rejoue' then statut := i.statut; reponse := i.reponse; end if;
end $$;
grant execute on function door_claim to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur, fn_redeem, fn_carnet;
alter function door_claim owner to fn_door;

-- One audit line; under a key, 2xx and 409 are kept to be told again (the key's own refusals excepted).
create function door_close(p_route text, p_cle uuid, p_empreinte bytea, p_statut int, p_reponse text, p_objet jsonb, p_code text, p_request_id text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  me record;
begin
  select * into me from app_verify(current_setting('app.ctx', true));
  insert into audit_event (organisation_id, organisation_type, role, utilisateur_id, action, objet, statut, code, request_id)
    values (me.org, me.type, me.role, me.utilisateur, p_route, p_objet, p_statut, p_code, p_request_id);
  if p_cle is not null and (p_statut between 200 and 299 or p_statut = 409) and p_code is distinct from 'cle_reutilisee' then
    insert into idempotence (organisation_id, utilisateur_id, route, cle, empreinte, statut, reponse)
      values (me.org, me.utilisateur, p_route, p_cle, p_empreinte, p_statut, p_reponse);
  end if;
end $$;
grant execute on function door_close to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur, fn_redeem, fn_carnet;
alter function door_close owner to fn_door;

-- An attempt turned down before any transaction (403, 400): the audit line alone, in one statement of the login role.
create function door_journal(p_ctx text, p_route text, p_objet jsonb, p_statut int, p_code text, p_request_id text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare
  me record;
begin
  select * into me from app_verify(p_ctx);
  insert into audit_event (organisation_id, organisation_type, role, utilisateur_id, action, objet, statut, code, request_id)
    values (me.org, me.type, me.role, me.utilisateur, p_route, p_objet, p_statut, p_code, p_request_id);
end $$;
grant execute on function door_journal to app;
alter function door_journal owner to fn_door;

-- Work to do after the commit: a row of the queue in the same transaction, with who asked. The queue's own function is made
-- by the worker (graphile-worker locks its tables to their owner), hence the late call.
create function enqueue_job(name text, payload jsonb, key text default null) returns void language plpgsql volatile set search_path = pg_catalog as $$
begin
  perform graphile_worker.enqueue_job(name, payload, key);
end $$;
grant execute on function enqueue_job to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur, fn_redeem, fn_carnet, worker;

------------------------------------------------------------------------------------------------------------------------
-- 7. Row security
------------------------------------------------------------------------------------------------------------------------

do $$
declare
  t text;
begin
  foreach t in array array['utilisateur', 'adhesion', 'session', 'audit_event', 'outbox', 'idempotence', 'door.ctx_key', 'door.tentative', 'door.horloge'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy migrator on %s to migrator using (true) with check (true)', t);
  end loop;
  foreach t in array array['utilisateur', 'adhesion', 'session', 'door.ctx_key', 'door.tentative', 'door.horloge'] loop
    execute format('create policy fn_ctx on %s to fn_ctx using (true) with check (true)', t);
  end loop;
  foreach t in array array['audit_event', 'outbox', 'idempotence'] loop
    execute format('create policy functions on %s to fn_door, fn_redeem, fn_carnet using (true) with check (true)', t);
  end loop;
  -- people and sessions: nobody; members, journal and facts: one's own organisation
  foreach t in array array['anct', 'operateur', 'collectivite', 'prescripteur', 'structure', 'prefecture', 'hub', 'financeur'] loop
    execute format('grant select on adhesion, audit_event to as_%s', t);
    execute format('create policy as_%1$s on adhesion for select to as_%1$s using (organisation_id = (select app_org(%1$L)))', t);
    execute format('create policy as_%1$s on audit_event for select to as_%1$s using (organisation_id = (select app_org(%1$L)))', t);
    execute format('grant insert (sujet, organisation_id, collectivite_id, objet) on outbox to as_%s', t);
    execute format('create policy as_%1$s on outbox for insert to as_%1$s with check (organisation_id = (select app_org(%1$L)))', t);
  end loop;
end $$;

revoke create on schema public from fn_ctx, fn_door;
