-- One's own sessions, the desks of a counter and their PIN, the assistance that looks through somebody's eyes.

grant create on schema public to fn_ctx, fn_redeem;

------------------------------------------------------------------------------------------------------------------------
-- 1. One's own sessions: by the person of the context, whatever the organisation
------------------------------------------------------------------------------------------------------------------------

create function my_sessions() returns table (id uuid, organisation_id uuid, organisation_nom text, methode text, appareil text, guichet boolean,
  ouverte_at timestamptz, vue_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.id, o.id, o.nom, s.methode, s.appareil, s.guichet, s.created_at, s.seen_at
    from session s cross join lateral session_live(s.token_hash) v join organisation o on o.id = s.organisation_id
   where s.utilisateur_id = (select app_user()) and s.ended_at is null
   order by s.seen_at desc, s.id
$$;
grant execute on function my_sessions to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;
alter function my_sessions owner to fn_ctx;

-- Ends these sessions of the person's own, or all but one when none is named. How many.
create function my_sessions_finish(p_session uuid, p_sauf uuid) returns int
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  select sessions_finish(array(select m.id from my_sessions() m where (p_session is null or m.id = p_session) and m.id is distinct from p_sauf))
$$;
grant execute on function my_sessions_finish to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;
alter function my_sessions_finish owner to fn_ctx;

------------------------------------------------------------------------------------------------------------------------
-- 2. The PIN of a person in an organisation
------------------------------------------------------------------------------------------------------------------------

-- `p_pin` hashed; null takes it away. False: there was none to take.
create function pin_set(p_pin text) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  me record;
begin
  select * into me from app_verify(current_setting('app.ctx', true));
  if p_pin is null then
    delete from door.pin c where c.organisation_id = me.org and c.utilisateur_id = me.utilisateur;
    return found;
  end if;
  insert into door.pin (organisation_id, utilisateur_id, pin) values (me.org, me.utilisateur, p_pin)
    on conflict (organisation_id, utilisateur_id) do update set pin = excluded.pin, essais = 0, essai_at = null, created_at = now();
  return true;
end $$;
grant execute on function pin_set to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;
alter function pin_set owner to fn_ctx;

------------------------------------------------------------------------------------------------------------------------
-- 3. Desks
------------------------------------------------------------------------------------------------------------------------

-- The browser of this session becomes a desk of its organisation; the desk that it was there is no longer one. Null: no such session.
create function poste_trust(p_token_hash bytea, p_poste_hash bytea, p_ancien_hash bytea, p_nom text) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  s session;
  d poste;
begin
  select * into s from session_live(p_token_hash);
  if not found or s.consultation_id is not null then return null; end if;
  update poste p set revoque_at = now() where p.jeton_hash = p_ancien_hash and p.organisation_id = s.organisation_id and p.revoque_at is null;
  insert into poste (organisation_id, nom, jeton_hash, cree_par) values (s.organisation_id, p_nom, p_poste_hash, s.utilisateur_id) returning * into d;
  perform poste_take(s, d, s.created_at);
  insert into audit_event (organisation_id, organisation_type, role, utilisateur_id, action, objet, statut)
    select o.id, o.type, a.role, s.utilisateur_id, 'trustPoste', jsonb_build_object('posteId', d.id), 201
      from adhesion a join organisation o on o.id = a.organisation_id where a.id = s.adhesion_id;
  return d.id;
end $$;
grant execute on function poste_trust to app;
alter function poste_trust owner to fn_ctx;

-- A desk of the caller's organisation is trusted no more: every session begun or passed there ends. False: no such desk.
create function poste_revoke(p_poste uuid) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update poste p set revoque_at = now()
   where p.id = p_poste and p.organisation_id = (select org from app_verify(current_setting('app.ctx', true))) and p.revoque_at is null;
  if not found then return false; end if;
  delete from door.poste_personne t where t.poste_id = p_poste;
  perform sessions_finish(array(select s.id from session s where s.poste_id = p_poste and s.ended_at is null));
  return true;
end $$;
grant execute on function poste_revoke to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;
alter function poste_revoke owner to fn_ctx;

create function poste_facts(p_poste_hash bytea, out nom text, out organisation text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select p.nom, o.nom from poste_live(p_poste_hash) p join organisation o on o.id = p.organisation_id
$$;
grant execute on function poste_facts to app;
alter function poste_facts owner to fn_ctx;

-- Who may come back to a desk by PIN: they chose one, came in whole there in the last 12 hours, still belong to the organisation, and
-- neither their role (`p_exclus`) nor themselves ask for a second factor.
create function guichet_agents(p_poste_hash bytea, p_today date, p_exclus text[]) returns table (adhesion_id uuid, utilisateur_id uuid, nom text, role text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.id, u.id, u.prenom || ' ' || left(u.nom, 1) || '.', a.role
    from poste_live(p_poste_hash) p
    join door.poste_personne t on t.poste_id = p.id and t.connexion_at > now() - interval '12 hours'
    join adhesion a on a.id = t.adhesion_id and a.organisation_id = p.organisation_id and adhesion_en_cours(a, p_today)
    join utilisateur u on u.id = a.utilisateur_id and u.desactive_at is null
    join door.pin c on c.organisation_id = p.organisation_id and c.utilisateur_id = u.id
   where not (a.role = any (p_exclus))
     and not exists (select 1 from door.totp f where f.utilisateur_id = u.id and f.confirme_at is not null)
     and not exists (select 1 from door.passkey f where f.utilisateur_id = u.id)
   order by 3, a.role, a.id
$$;
grant execute on function guichet_agents to app;
alter function guichet_agents owner to fn_ctx;

-- One try of a PIN, counted as wrong until a session is opened with it, so that a burst is worth no more than a series. `essai`: compare
-- with `pin`; `attente`: 1, 2, 4, 8 seconds apart; `bloque`: five were wrong; `absent`: nobody who may come back here by PIN.
create function pin_try(p_poste_hash bytea, p_adhesion uuid, p_today date, p_exclus text[],
  out issue text, out attente int, out pin text, out utilisateur_id uuid, out restants int)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  g record;
  c door.pin;
begin
  select * into g from guichet_agents(p_poste_hash, p_today, p_exclus) t where t.adhesion_id = p_adhesion;
  if not found then issue := 'absent'; return; end if;
  utilisateur_id := g.utilisateur_id;
  select t.* into strict c from door.pin t join adhesion a on a.organisation_id = t.organisation_id and a.utilisateur_id = t.utilisateur_id where a.id = p_adhesion for update of t;
  if c.essais >= 5 then issue := 'bloque'; return; end if;
  attente := case when c.essais = 0 then 0 else ceil(extract(epoch from c.essai_at + make_interval(secs => 2 ^ (c.essais - 1)) - clock_timestamp()))::int end;
  if attente > 0 then issue := 'attente'; return; end if;
  update door.pin t set essais = t.essais + 1, essai_at = clock_timestamp() where t.organisation_id = c.organisation_id and t.utilisateur_id = c.utilisateur_id;
  issue := 'essai'; pin := c.pin; restants := 4 - c.essais;
end $$;
grant execute on function pin_try to app;
alter function pin_try owner to fn_ctx;

-- A wrong one is in the journal of the organisation.
create function pin_missed(p_poste_hash bytea, p_adhesion uuid) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into audit_event (organisation_id, organisation_type, role, utilisateur_id, action, objet, statut, code)
    select o.id, o.type, a.role, a.utilisateur_id, 'takeGuichet', jsonb_build_object('posteId', p.id, 'adhesionId', a.id), 409,
           case when c.essais >= 5 then 'pin_bloque' else 'preuve_refusee' end
      from poste_live(p_poste_hash) p join adhesion a on a.organisation_id = p.organisation_id and a.id = p_adhesion
      join organisation o on o.id = p.organisation_id join door.pin c on c.organisation_id = o.id and c.utilisateur_id = a.utilisateur_id
$$;
grant execute on function pin_missed to app;
alter function pin_missed owner to fn_ctx;

------------------------------------------------------------------------------------------------------------------------
-- 4. The assistance looks through somebody's eyes
------------------------------------------------------------------------------------------------------------------------

grant select (collectivite_id, operateur_id, prescripteur_ids, financeur_ids) on convention to fn_ctx;
grant select (organisation_id, operateur_id) on labellisation to fn_ctx;
grant select (organisation_id, action, objet) on audit_event to fn_ctx;
create policy fn_ctx on convention for select to fn_ctx using (true);
create policy fn_ctx on labellisation for select to fn_ctx using (true);
create policy fn_ctx_lecture on audit_event for select to fn_ctx using (true);
create index audit_event_consultation on audit_event ((objet ->> 'consultationId')) where objet ? 'consultationId';

-- An operator helps whoever its conventions or its labels tie to it; préfectures and hubs, who have neither person nor money, are helped by all.
create function operateur_serves(p_operateur uuid, p_organisation organisation) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case p_organisation.type
    when 'collectivite' then exists (select 1 from convention c where c.operateur_id = p_operateur and c.collectivite_id = p_organisation.id)
    when 'prescripteur' then exists (select 1 from convention c where c.operateur_id = p_operateur and p_organisation.id = any (c.prescripteur_ids))
    when 'financeur' then exists (select 1 from convention c where c.operateur_id = p_operateur and p_organisation.id = any (c.financeur_ids))
    when 'structure' then exists (select 1 from labellisation l where l.operateur_id = p_operateur and l.organisation_id = p_organisation.id)
    else p_organisation.type in ('prefecture', 'hub') end
$$;
alter function operateur_serves owner to fn_ctx;

-- The people of the organisations whose name holds the text (unaccented lower case on both sides).
create function consultation_cibles(p_recherche text, p_today date) returns table (adhesion_id uuid, nom text, role text,
  organisation_id uuid, organisation_type text, organisation_nom text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.id, u.prenom || ' ' || u.nom, a.role, o.id, o.type, o.nom
    from organisation o join adhesion a on a.organisation_id = o.id join utilisateur u on u.id = a.utilisateur_id
   where position(p_recherche in translate(lower(o.nom), 'àâäçéèêëîïôöùûüÿ', 'aaaceeeeiioouuuy')) > 0
     and u.desactive_at is null and u.id <> (select app_user()) and adhesion_en_cours(a, p_today)
     and o.type not in ('prefecture', 'financeur') and operateur_serves((select app_org('operateur')), o)
   order by o.nom, u.nom, u.prenom, a.role, a.id limit 50
$$;
grant execute on function consultation_cibles to as_operateur;
alter function consultation_cibles owner to fn_ctx;

-- The session becomes one that looks: same hours, same proofs, somebody else's adhesion. `absent`: nobody that this operator helps;
-- `refusee`: oneself, a colleague, the ANCT, whoever
-- watches over the operator (a financeur audits it, a préfecture decides after it). `{pour}` of the text told to the organisation becomes the name of the person.
create function consultation_open(p_token_hash bytea, p_new bytea, p_adhesion uuid, p_motif text, p_today date,
  p_roles text[], p_titre text, p_texte text, p_lien text) returns text
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  s session;
  a adhesion;
  o organisation;
  v utilisateur;
  v_id uuid;
begin
  select * into s from session_live(p_token_hash);
  if not found or s.consultation_id is not null or not session_take(s.id) then return 'absent'; end if;
  select t.* into a from adhesion t where t.id = p_adhesion and adhesion_en_cours(t, p_today);
  if not found then return 'absent'; end if;
  select * into strict o from organisation t where t.id = a.organisation_id;
  select * into strict v from utilisateur t where t.id = a.utilisateur_id;
  if v.desactive_at is not null then return 'absent'; end if;
  if o.id = s.organisation_id or o.type = 'anct' or v.id = s.utilisateur_id then return 'refusee'; end if;
  if not operateur_serves(s.organisation_id, o) then return 'absent'; end if;
  if o.type in ('prefecture', 'financeur') then return 'refusee'; end if;
  insert into consultation (organisation_id, operateur_id, utilisateur_id, adhesion_id, motif)
    values (o.id, s.organisation_id, s.utilisateur_id, a.id, p_motif) returning id into v_id;
  insert into session (id, organisation_id, utilisateur_id, adhesion_id, token_hash, guichet, created_at, methode, second_facteur, preuve_at, appareil, id_token, poste_id,
      consultation_id, adhesion_propre_id)
    values (uuidv7(), o.id, s.utilisateur_id, a.id, p_new, s.guichet, s.created_at, s.methode, s.second_facteur, s.preuve_at, s.appareil, s.id_token, s.poste_id, v_id, s.adhesion_id);
  update session t set ended_at = now(), id_token = null where t.id = s.id;
  insert into audit_event (organisation_id, organisation_type, role, utilisateur_id, action, objet, statut)
    select r.id, r.type, b.role, s.utilisateur_id, 'consultation.ouverte', jsonb_build_object('consultationId', v_id, 'adhesionId', a.id), 201
      from adhesion b join organisation r on r.id = b.organisation_id where b.id in (a.id, s.adhesion_id);
  perform notify_people(o.id, p_roles, array[v.id], p_today, 'securite', 'immediat', 'consultation_ouverte', p_titre,
    left(replace(p_texte, '{pour}', v.prenom || ' ' || v.nom), 1000), p_lien);
  return 'fait';
end $$;
grant execute on function consultation_open to app;
alter function consultation_open owner to fn_ctx;

-- Back to one's own adhesion, with the hours and proofs that were left. False: this session looks at nobody.
create function consultation_close(p_token_hash bytea, p_new bytea) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  s session;
begin
  select * into s from session_live(p_token_hash);
  if not found or s.consultation_id is null or not session_take(s.id) then return false; end if;
  insert into session (id, organisation_id, utilisateur_id, adhesion_id, token_hash, guichet, created_at, methode, second_facteur, preuve_at, appareil, id_token, poste_id)
    select uuidv7(), a.organisation_id, a.utilisateur_id, a.id, p_new, s.guichet, s.created_at, s.methode, s.second_facteur, s.preuve_at, s.appareil, s.id_token, s.poste_id
      from adhesion a where a.id = s.adhesion_propre_id;
  perform sessions_finish(array[s.id]);
  return true;
end $$;
grant execute on function consultation_close to app;
alter function consultation_close owner to fn_ctx;

-- What neither side reads by itself of a look of theirs: the names, how many reads, when it ended (by itself when its session died).
create function consultation_facts(p_ids uuid[]) returns table (id uuid, par text, pour text, lectures int, fin_at timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id, u.prenom || ' ' || u.nom, v.prenom || ' ' || v.nom,
         (select count(*)::int from audit_event e where e.objet ? 'consultationId' and e.objet ->> 'consultationId' = c.id::text
           and e.organisation_id = c.organisation_id and e.statut < 400 and e.action not like 'consultation.%'),
         coalesce(c.fin_at, (select max(least(s.seen_at + case when s.guichet then interval '10 minutes' else interval '30 minutes' end, s.created_at + interval '10 hours'))
           from session s where s.consultation_id = c.id and not exists (select 1 from session_live(s.token_hash))))
    from consultation c join utilisateur u on u.id = c.utilisateur_id join adhesion a on a.id = c.adhesion_id join utilisateur v on v.id = a.utilisateur_id
   where c.id = any (p_ids) and (select org from app_verify(current_setting('app.ctx', true))) in (c.organisation_id, c.operateur_id)
$$;
grant execute on function consultation_facts to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;
alter function consultation_facts owner to fn_ctx;

------------------------------------------------------------------------------------------------------------------------
-- 5. The counter's own statements open the session by themselves: the same refusals as the door's
------------------------------------------------------------------------------------------------------------------------

set role fn_redeem;
create or replace function counter_enter(p_route text, p_token bytea, p_today date, p_adhesion uuid, p_roles text[], p_request text, out statut int, out reponse text, out org uuid, out utilisateur uuid)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare s record; v_code text;
begin
  select * into s from session_open(p_token, p_today, p_adhesion);
  if s.etat is null then statut := 401; reponse := '{"code": "non_connecte"}'; return; end if;
  if s.etat = 'changee' then statut := 409; reponse := '{"code": "organisation_changee"}'; return; end if;
  v_code := case when s.etat = 'terminee' or not coalesce(s.role = any (p_roles), false) then 'droit_absent'
    when s.etat <> 'ouverte' then 'lecture_seule' when s.a_un_facteur and not s.second_facteur then 'second_facteur_requis' end;
  if v_code is not null then
    statut := 403; reponse := jsonb_build_object('code', v_code)::text;
    insert into audit_event (organisation_id, organisation_type, role, utilisateur_id, action, objet, statut, code, request_id)
      values (s.organisation_id, s.organisation_type, s.role, s.utilisateur_id, p_route,
        case when s.consultation_id is null then '{}' else jsonb_build_object('consultationId', s.consultation_id) end, 403, v_code, p_request);
    return;
  end if;
  org := s.organisation_id; utilisateur := s.utilisateur_id;
  perform set_config('app.ctx', s.ctx, true);
end $$;
reset role;

revoke create on schema public from fn_ctx, fn_redeem;
