-- Identity and access: how people sign in, prove it again, share a counter, are invited and leave; what the assistance looked at.
-- Functions of each capability come in the migrations that follow; here are the tables and the session itself.

grant create on schema public to fn_ctx;

------------------------------------------------------------------------------------------------------------------------
-- 1. People, adhesions, sessions
------------------------------------------------------------------------------------------------------------------------

-- the identifier that ProConnect gives a person; the address may change, this does not
alter table utilisateur add column proconnect_sub text unique check (length(proconnect_sub) between 1 and 255);
alter table utilisateur add column created_at timestamptz not null default now();

-- withdrawn at once by somebody, where date_fin ends by itself; the last time somebody said that the person still belongs here
alter table adhesion add column retiree_at timestamptz;
alter table adhesion add column retiree_par uuid references utilisateur (id);
alter table adhesion add column revue_le date;

-- A browser that an organisation trusts at its counter: people change by PIN, the session closes sooner.
create table poste (
  organisation_id uuid not null references organisation (id),
  id uuid not null unique default uuidv7(),
  nom text not null check (length(trim(nom)) between 1 and 80),
  jeton_hash bytea not null unique check (length(jeton_hash) = 32),
  cree_par uuid not null references utilisateur (id),
  created_at timestamptz not null default now(),
  vu_at timestamptz not null default now(),
  revoque_at timestamptz,
  primary key (organisation_id, id)
);

-- The assistance looks at a screen as one of its people: asked with a reason, seen by the organisation.
create table consultation (
  organisation_id uuid not null references organisation (id),
  id uuid not null unique default uuidv7(),
  operateur_id uuid not null references organisation (id),
  -- who looks, and through whose eyes
  utilisateur_id uuid not null references utilisateur (id),
  adhesion_id uuid not null references adhesion (id),
  motif text not null check (length(trim(motif)) between 10 and 500),
  debut_at timestamptz not null default now(),
  fin_at timestamptz,
  primary key (organisation_id, id)
);
create index consultation_operateur on consultation (operateur_id, id);

alter table session
  add column methode text not null default 'mot_de_passe' check (methode in ('mot_de_passe', 'lien', 'passkey', 'proconnect', 'pin', 'demo')),
  -- a second factor was given in this session; the last time the person proved again who they are
  add column second_facteur boolean not null default false,
  add column preuve_at timestamptz,
  -- « Firefox, Windows »: to recognise one's own sessions
  add column appareil text not null default '' check (length(appareil) <= 80),
  add column poste_id uuid references poste (id),
  add column consultation_id uuid references consultation (id),
  -- whoever looks through somebody's eyes goes back to this adhesion of their own
  add column adhesion_propre_id uuid references adhesion (id),
  add constraint session_regard check ((consultation_id is null) = (adhesion_propre_id is null)),
  -- asked back by ProConnect when the person signs out
  add column id_token text check (length(id_token) <= 8192);

------------------------------------------------------------------------------------------------------------------------
-- 2. What an organisation's people see: invitations, recoveries, notifications
------------------------------------------------------------------------------------------------------------------------

-- 7 days, once, for one address. The token exists in the mail alone.
create table invitation (
  organisation_id uuid not null references organisation (id),
  id uuid not null unique default uuidv7(),
  courriel text not null check (courriel = lower(courriel) and length(courriel) <= 254),
  prenom text not null,
  nom text not null,
  role text not null check (role ~ '^[a-z]+\.[a-z_]+$'),
  territoire text[] not null default '{}' check (array_to_string(territoire, '') ~ '^[0-9A-Za-z:_-]*$'),
  date_fin date,
  token_hash bytea unique check (length(token_hash) = 32),
  statut text not null default 'envoyee' check (statut in ('envoyee', 'acceptee', 'annulee')),
  cree_par uuid not null references utilisateur (id),
  created_at timestamptz not null default now(),
  expire_at timestamptz not null,
  acceptee_at timestamptz,
  acceptee_par uuid references utilisateur (id),
  primary key (organisation_id, id)
);
create unique index invitation_en_attente on invitation (organisation_id, courriel, role) where statut = 'envoyee';

-- A person lost every second factor: somebody else, who knows them, decides. `organisation_id` is the one that decides.
create table recuperation (
  organisation_id uuid not null references organisation (id),
  id uuid not null unique default uuidv7(),
  utilisateur_id uuid not null references utilisateur (id),
  statut text not null default 'demandee' check (statut in ('demandee', 'accordee', 'refusee')),
  demandee_at timestamptz not null default now(),
  expire_at timestamptz not null,
  decidee_at timestamptz,
  decidee_par uuid references utilisateur (id) check (decidee_par <> utilisateur_id),
  primary key (organisation_id, id)
);
create unique index recuperation_en_attente on recuperation (utilisateur_id) where statut = 'demandee';

-- Told to one person in one organisation. No name of a beneficiary, no code.
create table notification (
  organisation_id uuid not null references organisation (id),
  id uuid not null unique default uuidv7(),
  utilisateur_id uuid not null references utilisateur (id),
  categorie text not null check (categorie in ('securite', 'argent', 'suivi')),
  code text not null check (code ~ '^[a-z_]+$'),
  titre text not null check (length(titre) between 1 and 200),
  texte text not null default '' check (length(texte) <= 1000),
  -- a path of the site
  lien text check (lien ~ '^/[^/]'),
  created_at timestamptz not null default now(),
  lue_at timestamptz,
  primary key (organisation_id, id)
);
create index notification_personne on notification (organisation_id, utilisateur_id, id desc);
create index notification_non_lue on notification (organisation_id, utilisateur_id) where lue_at is null;

------------------------------------------------------------------------------------------------------------------------
-- 3. What only the door's functions read: proofs, links, mails
------------------------------------------------------------------------------------------------------------------------

-- Single-use links and codes sent by mail. The secret exists in the mail alone.
create table door.jeton (
  id uuid primary key default uuidv7(),
  nature text not null check (nature in ('lien', 'recuperation', 'code')),
  utilisateur_id uuid not null references utilisateur (id),
  secret_hash bytea unique check (length(secret_hash) = 32),
  essais int not null default 0,
  created_at timestamptz not null default now(),
  expire_at timestamptz not null,
  utilise_at timestamptz
);
create index jeton_utilisateur on door.jeton (utilisateur_id, nature);

create table door.passkey (
  id uuid primary key default uuidv7(),
  utilisateur_id uuid not null references utilisateur (id),
  credential_id text not null unique check (length(credential_id) <= 1024),
  cle_publique bytea not null,
  compteur bigint not null default 0,
  transports text[] not null default '{}',
  nom text not null check (length(trim(nom)) between 1 and 80),
  created_at timestamptz not null default now(),
  utilisee_at timestamptz
);
create index passkey_utilisateur on door.passkey (utilisateur_id);

-- The challenge of a passkey gesture: five minutes, once, for what it was made for.
create table door.defi (
  id uuid primary key default uuidv7(),
  nature text not null check (nature in ('connexion', 'preuve', 'ajout')),
  defi text not null check (length(defi) <= 200),
  utilisateur_id uuid references utilisateur (id),
  created_at timestamptz not null default now()
);

-- Sealed by a key outside the database (`Secrets.facteurs`). `dernier_pas`: the last 30 seconds used, never again.
-- One that serves, and one that waits for its first code: a new telephone replaces the old one only once it works.
create table door.totp (
  id uuid primary key default uuidv7(),
  utilisateur_id uuid not null references utilisateur (id),
  secret bytea not null,
  cle_id int not null,
  confirme_at timestamptz,
  dernier_pas bigint not null default 0,
  created_at timestamptz not null default now()
);
create unique index totp_confirme on door.totp (utilisateur_id) where confirme_at is not null;
create unique index totp_en_attente on door.totp (utilisateur_id) where confirme_at is null;

-- One way to ProConnect and back: ten minutes, once, in the browser that left.
create table door.proconnect (
  id_hash bytea primary key check (length(id_hash) = 32),
  etat text not null,
  nonce text not null,
  verifieur text not null,
  retour text not null,
  created_at timestamptz not null default now()
);

create table door.pin (
  organisation_id uuid not null references organisation (id),
  utilisateur_id uuid not null references utilisateur (id),
  pin text not null,
  -- wrong tries since the last good one, and the last of them
  essais int not null default 0,
  essai_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (organisation_id, utilisateur_id)
);

-- Who signed in whole on a desk, and when: for the rest of the day a PIN is enough there.
create table door.poste_personne (
  poste_id uuid not null references poste (id),
  adhesion_id uuid not null references adhesion (id),
  connexion_at timestamptz not null default now(),
  primary key (poste_id, adhesion_id)
);

-- A mail to send, in the transaction of what it tells. The job carries its id alone. Erased 30 days after it left.
create table door.courriel (
  id uuid primary key default uuidv7(),
  modele text not null check (modele ~ '^[a-z_]+$'),
  adresse text not null,
  utilisateur_id uuid references utilisateur (id),
  organisation_id uuid references organisation (id),
  objet jsonb not null default '{}',
  created_at timestamptz not null default now(),
  envoye_at timestamptz
);
create index courriel_envoye on door.courriel (envoye_at);

-- How often each kind of news is mailed; a kind without a row follows the default of the domain.
create table door.preference (
  utilisateur_id uuid not null references utilisateur (id),
  categorie text not null check (categorie in ('argent', 'suivi')),
  rythme text not null check (rythme in ('immediat', 'hebdomadaire', 'jamais')),
  primary key (utilisateur_id, categorie)
);

grant select, insert, update, delete on door.jeton, door.passkey, door.defi, door.totp, door.proconnect, door.pin, door.poste_personne, door.courriel, door.preference to fn_ctx;
grant select, insert, update on poste, consultation, invitation, recuperation, notification, adhesion, utilisateur to fn_ctx;
grant select, insert on organisation to fn_ctx;
-- what a session does to itself is journaled by the functions that do it
grant insert on audit_event to fn_ctx;
create policy fn_ctx on audit_event for insert to fn_ctx with check (true);

do $$
declare
  t text;
begin
  foreach t in array array['poste', 'consultation', 'invitation', 'recuperation', 'notification', 'door.jeton', 'door.passkey', 'door.defi', 'door.totp',
    'door.proconnect', 'door.pin', 'door.poste_personne', 'door.courriel', 'door.preference'] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy migrator on %s to migrator using (true) with check (true)', t);
    execute format('create policy fn_ctx on %s to fn_ctx using (true) with check (true)', t);
  end loop;
  -- one's own organisation; a consultation is seen by both sides
  foreach t in array array['anct', 'operateur', 'collectivite', 'prescripteur', 'structure', 'prefecture', 'hub', 'financeur'] loop
    execute format('grant select on poste, consultation, invitation, recuperation, notification to as_%s', t);
    execute format('grant update (lue_at) on notification to as_%s', t);
    execute format('create policy as_%1$s on poste to as_%1$s using (organisation_id = (select app_org(%1$L))) with check (organisation_id = (select app_org(%1$L)))', t);
    execute format('create policy as_%1$s on invitation to as_%1$s using (organisation_id = (select app_org(%1$L))) with check (organisation_id = (select app_org(%1$L)))', t);
    execute format('create policy as_%1$s on recuperation to as_%1$s using (organisation_id = (select app_org(%1$L))) with check (organisation_id = (select app_org(%1$L)))', t);
    execute format('create policy as_%1$s on notification to as_%1$s using (organisation_id = (select app_org(%1$L))) with check (organisation_id = (select app_org(%1$L)))', t);
    execute format('create policy as_%1$s on consultation to as_%1$s using (organisation_id = (select app_org(%1$L))) with check (organisation_id = (select app_org(%1$L)))', t);
  end loop;
  create policy as_operateur_operateur_id on consultation to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
end $$;

------------------------------------------------------------------------------------------------------------------------
-- 4. The session
------------------------------------------------------------------------------------------------------------------------

-- In force that day: begun, not ended by its date, not withdrawn by anyone.
create function adhesion_en_cours(a adhesion, p_today date) returns boolean language sql immutable set search_path = pg_catalog as $$
  select p_today >= a.date_debut and p_today <= coalesce(a.date_fin, p_today) and a.retiree_at is null
$$;
grant execute on function adhesion_en_cours to fn_ctx, as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;

-- `etat`: null = nobody (401) · 'terminee' = the adhesion is not in force (403) · 'changee' = the tab believes in another adhesion
-- (409 organisation_changee) · 'lecture' = the assistance looks on: it reads, and each read is journaled · 'ouverte'. `ctx` opens a
-- transaction in the two last ones. Whether a second factor is needed is the caller's rule: the row says what was given.
set role fn_ctx;
drop function session_open;
drop function session_start;
reset role;
create function session_open(p_token_hash bytea, p_today date, p_adhesion uuid default null,
  out etat text, out utilisateur_id uuid, out prenom text, out nom text, out adhesion_id uuid, out organisation_id uuid,
  out organisation_type text, out organisation_nom text, out role text, out territoire text[], out ctx text,
  out session_id uuid, out guichet boolean, out second_facteur boolean, out a_un_facteur boolean, out preuve_fraiche boolean, out consultation_id uuid)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
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
         -- the assistance looks as long as both may still be there: the person looked at, and themselves
         adhesion_en_cours(a, p_today) and (s.adhesion_propre_id is null
           or exists (select 1 from adhesion p join utilisateur v on v.id = a.utilisateur_id
                       where p.id = s.adhesion_propre_id and adhesion_en_cours(p, p_today) and v.desactive_at is null)) en_cours
    into strict r from adhesion a join organisation o on o.id = a.organisation_id join utilisateur u on u.id = s.utilisateur_id where a.id = s.adhesion_id;
  etat := case when p_adhesion <> r.id then 'changee' when not r.en_cours then 'terminee' when s.consultation_id is not null then 'lecture' else 'ouverte' end;
  utilisateur_id := s.utilisateur_id; prenom := r.prenom; nom := r.nom; adhesion_id := r.id; organisation_id := r.organisation_id;
  organisation_type := r.type; organisation_nom := r.organisation_nom; role := r.role; territoire := r.territoire;
  session_id := s.id; guichet := s.guichet; second_facteur := s.second_facteur; consultation_id := s.consultation_id;
  preuve_fraiche := coalesce(s.preuve_at > now() - interval '10 minutes', false);
  a_un_facteur := second_facteur or exists (select 1 from door.totp f where f.utilisateur_id = s.utilisateur_id and f.confirme_at is not null)
    or exists (select 1 from door.passkey f where f.utilisateur_id = s.utilisateur_id);
  if etat in ('ouverte', 'lecture') then ctx := ctx_sign(organisation_id, organisation_type, role, utilisateur_id, territoire); end if;
end $$;
grant execute on function session_open to app, fn_redeem, fn_carnet;
alter function session_open owner to fn_ctx;

-- The desk of a browser: trusted a year at most, unless somebody took the trust back.
create function poste_live(p_poste_hash bytea) returns setof poste
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.* from poste p where p.jeton_hash = p_poste_hash and p.revoque_at is null and p.created_at > now() - interval '1 year'
$$;
alter function poste_live owner to fn_ctx;

-- A session on a desk of its own organisation is a counter's. Whoever came in whole may come back there by PIN, their tries forgiven.
create function poste_take(s session, d poste, p_entree timestamptz) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if d.id is null or d.organisation_id <> s.organisation_id then return; end if;
  update session t set poste_id = d.id, guichet = true where t.id = s.id;
  update poste t set vu_at = now() where t.id = d.id;
  update door.pin c set essais = 0 where c.organisation_id = s.organisation_id and c.utilisateur_id = s.utilisateur_id;
  if s.methode = 'pin' then return; end if;
  insert into door.poste_personne (poste_id, adhesion_id, connexion_at) values (d.id, s.adhesion_id, p_entree)
    on conflict (poste_id, adhesion_id) do update set connexion_at = excluded.connexion_at;
end $$;
alter function poste_take owner to fn_ctx;

-- Opens a session for someone already recognised; when no adhesion is asked, that of the desk's organisation, else the last one begun.
-- Null: none in force. On a desk of the same organisation it is a counter's session; a whole sign-in there opens the day to the PIN.
create function session_start(p_token_hash bytea, p_utilisateur uuid, p_adhesion uuid, p_today date, p_methode text, p_appareil text,
  p_guichet boolean default false, p_second_facteur boolean default false, p_poste_hash bytea default null, p_id_token text default null) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  d poste;
  s session;
begin
  select * into d from poste_live(p_poste_hash);
  insert into session (id, organisation_id, utilisateur_id, adhesion_id, token_hash, guichet, methode, appareil, second_facteur, preuve_at, id_token)
  select uuidv7(), a.organisation_id, a.utilisateur_id, a.id, p_token_hash, p_guichet, p_methode, left(p_appareil, 80), p_second_facteur,
         case when p_second_facteur then now() end, p_id_token
    from adhesion a join utilisateur u on u.id = a.utilisateur_id
   where a.utilisateur_id = p_utilisateur and (p_adhesion is null or a.id = p_adhesion) and u.desactive_at is null and adhesion_en_cours(a, p_today)
   order by (a.organisation_id is not distinct from d.organisation_id) desc, a.date_debut desc, a.id limit 1
  returning * into s;
  if not found then return null; end if;
  perform poste_take(s, d, now());
  insert into audit_event (organisation_id, organisation_type, role, utilisateur_id, action, objet, statut)
    select s.organisation_id, o.type, a.role, s.utilisateur_id, 'session.ouverte', jsonb_build_object('methode', p_methode, 'sessionId', s.id), 201
      from adhesion a join organisation o on o.id = a.organisation_id where a.id = s.adhesion_id;
  return s.adhesion_id;
end $$;
grant execute on function session_start to app;
alter function session_start owner to fn_ctx;

-- Ends sessions, wherever they are: each is told to the journal of its organisation, a look of the assistance to both. How many.
create function sessions_finish(p_ids uuid[]) returns int language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  with fini as (update session set ended_at = now(), id_token = null where id = any (p_ids) and ended_at is null returning *),
    regard as (update consultation c set fin_at = now() from fini f where c.id = f.consultation_id and c.fin_at is null returning c.*),
    trace as (
      insert into audit_event (organisation_id, organisation_type, role, utilisateur_id, action, objet, statut)
        select f.organisation_id, o.type, a.role, f.utilisateur_id, 'session.fermee', jsonb_build_object('sessionId', f.id), 200
          from fini f join adhesion a on a.id = f.adhesion_id join organisation o on o.id = a.organisation_id where f.consultation_id is null
        union all
        select o.id, o.type, a.role, c.utilisateur_id, 'consultation.fermee', jsonb_build_object('consultationId', c.id, 'adhesionId', c.adhesion_id), 200
          from regard c join fini f on f.consultation_id = c.id join adhesion a on a.id in (f.adhesion_id, f.adhesion_propre_id)
          join organisation o on o.id = a.organisation_id)
  select count(*)::int from fini
$$;
alter function sessions_finish owner to fn_ctx;

-- One change at a time of a session: of two at once the second one finds it over.
create function session_take(p_session uuid) returns boolean language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform 1 from session t where t.id = p_session and t.ended_at is null for no key update;
  return found;
end $$;
alter function session_take owner to fn_ctx;

set role fn_ctx;
drop function session_switch;
drop function session_end;
reset role;

-- A new token for another adhesion of the same person; the ten hours and the proofs go on. `fait`; `absent`: not theirs, or not in
-- force; `pin`: the code of a desk opens its own organisation and no other.
create function session_switch(p_old bytea, p_new bytea, p_adhesion uuid, p_today date, p_poste_hash bytea default null) returns text
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  s session;
  n session;
  a adhesion;
  d poste;
begin
  select * into s from session_live(p_old);
  if not found or s.consultation_id is not null or not session_take(s.id) then return 'absent'; end if;
  select * into a from adhesion t where t.id = p_adhesion and t.utilisateur_id = s.utilisateur_id and adhesion_en_cours(t, p_today);
  if not found then return 'absent'; end if;
  if s.methode = 'pin' and a.organisation_id <> s.organisation_id then return 'pin'; end if;
  insert into session (id, organisation_id, utilisateur_id, adhesion_id, token_hash, guichet, created_at, methode, second_facteur, preuve_at, appareil, id_token, poste_id)
  values (uuidv7(), a.organisation_id, a.utilisateur_id, a.id, p_new, s.guichet, s.created_at, s.methode, s.second_facteur, s.preuve_at, s.appareil, s.id_token, s.poste_id)
  returning * into n;
  select * into d from poste_live(p_poste_hash);
  perform poste_take(n, d, s.created_at);
  update session t set ended_at = now(), id_token = null where t.id = s.id;
  insert into audit_event (organisation_id, organisation_type, role, utilisateur_id, action, objet, statut)
    select a.organisation_id, o.type, a.role, s.utilisateur_id, 'session.changee', jsonb_build_object('sessionId', n.id), 200
      from organisation o where o.id = a.organisation_id;
  return 'fait';
end $$;
grant execute on function session_switch to app;
alter function session_switch owner to fn_ctx;

-- Ends the session of a token. Whose it was, even if it was over already: the next person of this browser may be another one; and what
-- ProConnect asks for to end its own.
create function session_end(p_token_hash bytea, out utilisateur_id uuid, out id_token text)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  s session;
begin
  select * into s from session t where t.token_hash = p_token_hash;
  utilisateur_id := s.utilisateur_id; id_token := s.id_token;
  perform sessions_finish(array[s.id]);
end $$;
grant execute on function session_end to app;
alter function session_end owner to fn_ctx;

-- The two that follow keep their owner and their grants: they are replaced by their owner.
set role fn_ctx;

-- Every adhesion in force of the person of the context, whatever the organisation: the menu that switches.
create or replace function my_adhesions(p_today date) returns table (id uuid, role text, organisation_id uuid, organisation_type text, organisation_nom text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.id, a.role, o.id, o.type, o.nom from adhesion a join organisation o on o.id = a.organisation_id
   where a.utilisateur_id = (select app_user()) and adhesion_en_cours(a, p_today)
   order by o.nom, a.role, a.id
$$;

create or replace function demo_people(p_today date) returns table (adhesion_id uuid, utilisateur_id uuid, prenom text, nom text, role text,
  organisation_id uuid, organisation_type text, organisation_nom text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.id, u.id, u.prenom, u.nom, a.role, o.id, o.type, o.nom
    from utilisateur u join adhesion a on a.utilisateur_id = u.id join organisation o on o.id = a.organisation_id
   where u.demo and u.desactive_at is null and adhesion_en_cours(a, p_today)
   order by o.type, o.nom, a.role, u.nom, u.prenom, a.id
$$;

reset role;

-- What the session's own person may know of it: what is left of it, where they are, how they may prove who they are.
create function session_facts(p_session uuid, out restant_secondes int, out departement text, out territoire text[], out siret text, out a_totp boolean,
  out a_passkey boolean, out a_mot_de_passe boolean, out preuve_secondes int, out poste_id uuid, out poste_nom text, out consultation_id uuid,
  out consultation_motif text, out consultation_de text, out guichet boolean, out second_facteur boolean, out non_lues int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select greatest(0, ceil(extract(epoch from s.created_at + interval '10 hours' - now())))::int, o.departement, o.territoire, o.siret,
         exists (select 1 from door.totp f where f.utilisateur_id = s.utilisateur_id and f.confirme_at is not null),
         exists (select 1 from door.passkey f where f.utilisateur_id = s.utilisateur_id),
         u.mot_de_passe is not null,
         greatest(0, coalesce(ceil(extract(epoch from s.preuve_at + interval '10 minutes' - now())), 0))::int,
         p.id, p.nom, c.id, c.motif,
         (select v.prenom || ' ' || v.nom from adhesion w join utilisateur v on v.id = w.utilisateur_id where w.id = c.adhesion_id), s.guichet, s.second_facteur,
         (select count(*)::int from notification n where n.organisation_id = s.organisation_id and n.utilisateur_id = s.utilisateur_id and n.lue_at is null)
    from session s join organisation o on o.id = s.organisation_id join utilisateur u on u.id = s.utilisateur_id
    left join poste p on p.id = s.poste_id and p.organisation_id = s.organisation_id and p.revoque_at is null left join consultation c on c.id = s.consultation_id
   where s.id = p_session and s.utilisateur_id = (select app_user())
$$;
grant execute on function session_facts to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;
alter function session_facts owner to fn_ctx;

------------------------------------------------------------------------------------------------------------------------
-- 5. Mails and notifications, in the transaction of what they tell
------------------------------------------------------------------------------------------------------------------------

-- One mail of a model to an address; `p_objet` holds identifiers, days and amounts, never a secret: the worker makes those as it
-- sends. The queue's own function is made by the worker (apps/api/src/platform/jobs/install.ts), hence the late call.
create function queue_courriel(p_modele text, p_adresse text, p_utilisateur uuid, p_organisation uuid, p_objet jsonb) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v uuid;
begin
  insert into door.courriel (modele, adresse, utilisateur_id, organisation_id, objet)
    values (p_modele, p_adresse, p_utilisateur, p_organisation, coalesce(p_objet, '{}')) returning id into v;
  begin
    perform graphile_worker.enqueue_courriel(v);
  exception when invalid_schema_name or undefined_function then
    -- the queue is made by the worker at its first start: it takes then what waits here
    null;
  end;
  return v;
end $$;
alter function queue_courriel owner to fn_ctx;

-- Tells something to people of an organisation: those of these roles, or these ones. `p_defaut` is the rhythm of whoever chose none
-- (RYTHME_PAR_DEFAUT of the domain); `immediat` mails at once, `hebdomadaire` waits for the digest. How many were told.
create function notify_people(p_organisation uuid, p_roles text[], p_utilisateurs uuid[], p_today date, p_categorie text, p_defaut text, p_code text,
  p_titre text, p_texte text, p_lien text) returns int
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  n record;
  combien int := 0;
begin
  for n in
    with gens as (
      select distinct a.utilisateur_id id, u.courriel from adhesion a join utilisateur u on u.id = a.utilisateur_id
       where a.organisation_id = p_organisation and u.desactive_at is null and adhesion_en_cours(a, p_today)
         and (a.role = any (p_roles) or a.utilisateur_id = any (p_utilisateurs))),
    dites as (
      insert into notification (organisation_id, utilisateur_id, categorie, code, titre, texte, lien)
        select p_organisation, g.id, p_categorie, p_code, p_titre, p_texte, p_lien from gens g order by g.id returning id, utilisateur_id)
    select d.id, g.id utilisateur_id, g.courriel, coalesce(f.rythme, p_defaut) rythme
      from dites d join gens g on g.id = d.utilisateur_id left join door.preference f on f.utilisateur_id = g.id and f.categorie = p_categorie
  loop
    combien := combien + 1;
    if n.rythme = 'immediat' then
      perform queue_courriel('notification', n.courriel, n.utilisateur_id, p_organisation, jsonb_build_object('notificationId', n.id));
    end if;
  end loop;
  return combien;
end $$;
grant execute on function notify_people to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur, app, worker;
alter function notify_people owner to fn_ctx;

revoke create on schema public from fn_ctx;
