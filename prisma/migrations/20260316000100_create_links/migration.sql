-- Local accounts: the link received by mail, the password changed, the second factor lost.

grant create on schema public to fn_ctx;

------------------------------------------------------------------------------------------------------------------------
-- 1. Links: asked, given their secret as the mail leaves, opened once
------------------------------------------------------------------------------------------------------------------------

-- Mails a link to whoever has this address. The ones before live their minutes: else anybody who knows the address would spoil them; five an
-- hour, for the same reason. Nobody has it, the account is disabled, or it had its five: the same rows are written, then undone, so that
-- neither the answer nor its time says which. `p_retour`: where the person was going.
create function jeton_ask(p_nature text, p_courriel text, p_modele text, p_minutes int, p_retour text default null) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v_personne uuid;
  v_jeton uuid;
  v_assez boolean;
begin
  delete from door.jeton j where j.id in (select p.id from door.jeton p where p.expire_at < now() - interval '1 day' for update skip locked);
  -- requests at once are counted one after the other
  select u.id into v_personne from utilisateur u where u.courriel = p_courriel and u.desactive_at is null for no key update;
  select count(*) >= 5 into v_assez from door.jeton j
   where j.utilisateur_id = coalesce(v_personne, '00000000-0000-0000-0000-000000000000') and j.nature = p_nature and j.created_at > now() - interval '1 hour';
  begin
    insert into door.jeton (nature, utilisateur_id, expire_at)
      values (p_nature, coalesce(v_personne, (select u.id from utilisateur u limit 1)), now() + make_interval(mins => p_minutes)) returning id into v_jeton;
    perform queue_courriel(p_modele, p_courriel, v_personne, null, jsonb_strip_nulls(jsonb_build_object('jetonId', v_jeton, 'retour', p_retour)));
    if v_personne is null or v_assez then raise exception 'nobody' using errcode = 'PN001'; end if;
  exception when sqlstate 'PN001' then null;
  end;
end $$;
grant execute on function jeton_ask to app;
alter function jeton_ask owner to fn_ctx;

-- The secret that the worker just made for a mail about to leave. False: too old, used, another one was, or of nobody any more.
create function jeton_secret(p_id uuid, p_hash bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update door.jeton j set secret_hash = p_hash from utilisateur u
   where j.id = p_id and j.utilise_at is null and j.expire_at > now() and u.id = j.utilisateur_id and u.desactive_at is null;
  return found;
end $$;
grant execute on function jeton_secret to worker;
alter function jeton_secret owner to fn_ctx;

-- Whom a link of sign-in recognises, once: a twin waits here, then finds it used. Null: unknown, used, another one was, too old, or disabled.
-- What this address waited for is forgotten.
create function jeton_open(p_hash bytea) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v record;
begin
  update door.jeton j set utilise_at = now() from utilisateur u
   where j.secret_hash = p_hash and j.nature = 'lien' and j.utilise_at is null and j.expire_at > now() and u.id = j.utilisateur_id and u.desactive_at is null
  returning u.id, u.courriel into v;
  if not found then return null; end if;
  -- one is enough: the others in the mailbox are worth nothing any more
  update door.jeton j set utilise_at = now() where j.utilisateur_id = v.id and j.nature = 'lien' and j.utilise_at is null;
  delete from door.tentative t where t.cle = sha256(convert_to('lien:' || v.courriel, 'UTF8'));
  return v.id;
end $$;
grant execute on function jeton_open to app;
alter function jeton_open owner to fn_ctx;

------------------------------------------------------------------------------------------------------------------------
-- 2. The password of the person of the context
------------------------------------------------------------------------------------------------------------------------

-- Everyone else signed in under this name is out, and the person is told.
create function password_set(p_session uuid, p_hash text) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  me record;
  v_courriel text;
begin
  select * into strict me from app_verify(current_setting('app.ctx', true));
  update utilisateur u set mot_de_passe = p_hash where u.id = me.utilisateur returning u.courriel into strict v_courriel;
  perform sessions_finish(array(select s.id from session s where s.utilisateur_id = me.utilisateur and s.id <> p_session and s.ended_at is null));
  update door.jeton j set utilise_at = now() where j.utilisateur_id = me.utilisateur and j.nature = 'lien' and j.utilise_at is null;
  perform queue_courriel('mot_de_passe_change', v_courriel, me.utilisateur, me.org, '{}');
end $$;
grant execute on function password_set to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;
alter function password_set owner to fn_ctx;

------------------------------------------------------------------------------------------------------------------------
-- 3. Every second factor is lost: who decides
------------------------------------------------------------------------------------------------------------------------

-- Whoever else administers an organisation that day.
create function other_administrators(p_organisation uuid, p_roles text[], p_today date, p_sauf uuid) returns uuid[]
language sql stable set search_path = pg_catalog, public as $$
  select coalesce(array_agg(distinct a.utilisateur_id), '{}') from adhesion a join utilisateur u on u.id = a.utilisateur_id
   where a.organisation_id = p_organisation and a.role = any (p_roles) and a.utilisateur_id <> p_sauf and u.desactive_at is null and adhesion_en_cours(a, p_today)
$$;
grant execute on function other_administrators to fn_ctx;

-- The person confirmed by the link: somebody else will decide. It is the organisation where they move money, else the last they joined;
-- where nobody else administers it, the ANCT. `issue`: 'faite', or why not. The link is spent only when the request is made.
create function recuperation_open(p_hash bytea, p_today date, p_jours int, p_roles_argent text[], p_administrateurs text[], p_titre text, p_texte text,
  p_request_id text, out issue text, out decide_par text)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  u utilisateur;
  a adhesion;
  o organisation;
  v_jeton uuid;
  v_gens uuid[];
  v_demande uuid;
begin
  select j.id into v_jeton from door.jeton j
   where j.secret_hash = p_hash and j.nature = 'recuperation' and j.utilise_at is null and j.expire_at > now() for update;
  select t.* into u from door.jeton j join utilisateur t on t.id = j.utilisateur_id where j.id = v_jeton and t.desactive_at is null;
  if not found then issue := 'lien_perime'; return; end if;
  if not exists (select 1 from door.passkey f where f.utilisateur_id = u.id)
     and not exists (select 1 from door.totp f where f.utilisateur_id = u.id and f.confirme_at is not null) then issue := 'facteur_absent'; return; end if;
  select t.* into a from adhesion t where t.utilisateur_id = u.id and adhesion_en_cours(t, p_today)
   order by t.role = any (p_roles_argent) desc, t.date_debut desc, t.id limit 1;
  if not found then issue := 'sans_acces'; return; end if;
  select t.* into strict o from organisation t
    cross join lateral (select cardinality(other_administrators(t.id, p_administrateurs, p_today, u.id)) > 0 possible) d
   where t.id = a.organisation_id or t.type = 'anct'
   order by t.id = a.organisation_id and d.possible desc, t.type = 'anct' desc, d.possible desc, t.id limit 1;
  v_gens := other_administrators(o.id, p_administrateurs, p_today, u.id);
  update recuperation r set statut = 'refusee', decidee_at = now() where r.utilisateur_id = u.id and r.statut = 'demandee' and r.expire_at <= now();
  insert into recuperation (organisation_id, utilisateur_id, expire_at) values (o.id, u.id, now() + make_interval(days => p_jours))
    on conflict (utilisateur_id) where statut = 'demandee' do nothing returning id into v_demande;
  if v_demande is null then issue := 'recuperation_en_cours'; return; end if;
  update door.jeton j set utilise_at = now() where j.id = v_jeton;
  delete from door.tentative t where t.cle = sha256(convert_to('recuperation:' || u.courriel, 'UTF8'));
  perform notify_people(o.id, '{}', v_gens, p_today, 'securite', 'immediat', 'recuperation_demandee', p_titre,
    replace(p_texte, '{personne}', u.prenom || ' ' || u.nom), '/compte/equipe');
  perform queue_courriel('recuperation_demandee', u.courriel, u.id, o.id, jsonb_build_object('recuperationId', v_demande));
  insert into audit_event (organisation_id, organisation_type, role, utilisateur_id, action, objet, statut, request_id)
    values (o.id, o.type, a.role, u.id, 'recuperation.demandee', jsonb_build_object('recuperationId', v_demande), 200, p_request_id);
  issue := 'faite';
  decide_par := o.nom;
end $$;
grant execute on function recuperation_open to app;
alter function recuperation_open owner to fn_ctx;

revoke create on schema public from fn_ctx;
