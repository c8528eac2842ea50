-- Verify, redeem and undo: one statement each, everything decided under locks before the first write.

grant create on schema public to fn_redeem;
grant select on atelier, lieu, lieu_service, labellisation, carnet, pass, lot, convention, convention_lieu, redemption, inscription, account, transfer, essai_code, beneficiaire
  to fn_redeem;
grant update (statut, places_prises) on atelier to fn_redeem;
grant update (utilises) on carnet to fn_redeem;
grant update (statut) on pass to fn_redeem;
grant update (statut, annulation_transfer_id, annulation_motif, annulee_at) on redemption to fn_redeem;
grant update (statut, par_pass, pass_utilises) on inscription to fn_redeem;
grant update (solde_centimes) on account to fn_redeem;
grant insert on inscription, redemption, transfer, account, essai_code to fn_redeem;
grant execute on function account_of to fn_redeem;
-- attendance frees a seat and takes it back
grant update (places_prises) on atelier to as_structure;
do $$
declare t text;
begin
  foreach t in array array['atelier', 'lieu', 'lieu_service', 'labellisation', 'carnet', 'pass', 'lot', 'convention', 'convention_lieu', 'redemption', 'inscription', 'account', 'transfer',
    'essai_code', 'beneficiaire'] loop
    execute format('create policy fn_redeem on %I to fn_redeem using (true) with check (true)', t);
  end loop;
end $$;

-- A pass of a call once judged: `code` is the first check that fails, null when it may be used.
create type pass_decision as (rang int, code text, details jsonb, collectivite_id uuid, pass_id bigint, carnet_id bigint, serie bigint, convention_id uuid, operateur_id uuid,
  prescripteur_id uuid, personne_id uuid, montant_centimes int, dernier_jour date, nouvelle boolean);

-- Scanned codes come as (collectivité, pass id, lookup); typed ones with null ids, found by the keyed index.
create function pass_resolve(inout p_collectivites uuid[], inout p_pass bigint[], p_lookups bytea[])
language plpgsql stable security definer set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
begin
  if array_position(p_pass, null) is null then return; end if;
  select array_agg(coalesce(d.col, t.collectivite_id) order by d.rang), array_agg(coalesce(d.id, t.id) order by d.rang)
    into p_collectivites, p_pass
    from unnest(p_collectivites, p_pass, p_lookups) with ordinality d(col, id, lookup, rang)
    left join pass t on d.id is null and t.lookup = d.lookup;
end $$;

-- One row a code, in the order of the request. Checks in the order of domain.md section 6, the first that fails is the answer.
-- p_today is the legal day in Paris; the atelier's day and half day are its lieu's own.
-- Seats and counts are those of the pass that no other check refuses: all or nothing, but each reason is its own.
create function pass_decide(p_structure uuid, p_atelier uuid, p_collectivites uuid[], p_pass bigint[], p_lookups bytea[], p_now timestamptz, p_today date)
returns setof pass_decision
language plpgsql volatile security definer set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
begin
  return query
  with ici as (
    select a.id, a.date, a.duree_minutes, case when a.debut < '13:00' then 'matin' else 'apres_midi' end demi_journee, a.capacite - a.places_prises places, a.lieu_id, l.fuseau, l.territoires,
           case when f.statut = 'suspendu' then 'lieu_suspendu'
                when f.statut is distinct from 'labellise' or p_today < f.date_debut or p_today > coalesce(f.date_fin, p_today) then 'lieu_non_labellise'
                when p_today >= l.date_fermeture then 'lieu_ferme'
                when p_today > f.date_fin_regie then 'regie_caduque' end lieu_refus,
           case when a.statut in ('annule', 'brouillon') or a.date not between jour.ici - 7 and jour.ici then 'atelier_non_tenu' end atelier_refus,
           exists (select 1 from lieu_service s where s.organisation_id = l.organisation_id and s.lieu_id = l.id and s.theme = a.theme) service
      from atelier a join lieu l on l.organisation_id = a.organisation_id and l.id = a.lieu_id
      cross join lateral (select (p_now at time zone l.fuseau)::date ici) jour
      left join labellisation f on f.organisation_id = a.organisation_id
     where a.organisation_id = p_structure and a.id = p_atelier),
  juge as materialized (
    select d.rang::int rang, d.col, d.id, c.id carnet_id, c.serie, c.convention_id, c.operateur_id, c.prescripteur_id, coalesce(c.beneficiaire_id, c.public_id) personne,
           o.valeur_faciale_centimes montant, c.date_fin + v.tolerance_jours dernier_jour, c.motif_blocage, coalesce(n.statut in ('inscrit', 'present'), false) inscrite,
           case when i.duree_minutes <= 120 then v.pass_par_atelier else v.pass_par_atelier_long end par_atelier, v.pass_par_demi_journee par_demi_journee,
           case when t.id is null or t.lookup <> d.lookup then 'code_inconnu'
                when t.statut = 'utilise' then 'deja_utilise'
                when t.statut = 'annule' or c.statut = 'annule' then 'pass_annule'
                when c.statut = 'bloque' then 'carnet_bloque'
                when c.activation_id is null then 'pas_actif'
                when c.statut not in ('remis', 'expire') then 'pas_remis'
                when c.statut = 'expire' or p_today > c.date_fin + v.tolerance_jours then 'expire'
                when i.lieu_refus is not null then i.lieu_refus
                when v.lieux_admis = 'liste' and not exists (select 1 from convention_lieu x where x.collectivite_id = d.col and x.convention_id = c.convention_id and x.lieu_id = i.lieu_id)
                  then 'lieu_non_admis'
                when v.territoire <> '{}' and not v.territoire && i.territoires then 'hors_territoire'
                when not i.service then 'service_non_prevu'
                when i.atelier_refus is not null then i.atelier_refus
                when n.statut in ('absent', 'absent_excuse') then 'presence_manquante' end code
      from ici i cross join unnest(p_collectivites, p_pass, p_lookups) with ordinality d(col, id, lookup, rang)
      left join pass t on t.collectivite_id = d.col and t.id = d.id
      left join carnet c on c.collectivite_id = d.col and c.id = t.carnet_id
      left join lot o on o.collectivite_id = d.col and o.id = c.lot_id
      left join convention v on v.collectivite_id = d.col and v.id = c.convention_id
      left join inscription n on n.organisation_id = p_structure and n.atelier_id = i.id and n.personne_id = coalesce(c.beneficiaire_id, c.public_id)),
  compte as (
    select j.*, deja.ici deja_ici, deja.demi_journee deja_demi_journee, row_number() over (partition by j.code is null, j.col, j.personne order by j.rang) rang_personne
      from ici i cross join juge j
      cross join lateral (select count(*) filter (where r.atelier_id = i.id) ici, count(*) filter (where r.demi_journee = i.demi_journee) demi_journee
        from redemption r where j.code is null and r.collectivite_id = j.col and r.personne_id = j.personne and r.date_atelier = i.date and r.statut <> 'annulee') deja),
  place as (
    -- the seats wanted by the people not enrolled yet, in the order of the request
    select c.*, count(*) filter (where c.code is null and not c.inscrite and c.rang_personne = 1) over (order by c.rang) nouvelles from compte c)
  select p.rang, v.code,
         case when v.code = 'deja_utilise' then (select jsonb_build_object('at', r.at, 'zone', i.fuseau) from redemption r
                 where r.collectivite_id = p.col and r.pass_id = p.id and r.statut <> 'annulee' and r.structure_id = p_structure and r.lieu_id = i.lieu_id)
              when v.code = 'carnet_bloque' then jsonb_build_object('motif', p.motif_blocage)
              when v.code = 'expire' then jsonb_build_object('date', p.dernier_jour)
              when v.code = 'trop_de_pass' then jsonb_build_object('nombre', p.par_demi_journee, 'demiJournee', i.demi_journee) end,
         p.col, p.id, p.carnet_id, p.serie, p.convention_id, p.operateur_id, p.prescripteur_id, p.personne, p.montant, p.dernier_jour, not p.inscrite and p.rang_personne = 1
    from ici i cross join place p
    cross join lateral (select case
      when p.code is not null then p.code
      when p.deja_ici + p.rang_personne > p.par_atelier then 'atelier_deja_paye'
      when p.deja_demi_journee + p.rang_personne > p.par_demi_journee then 'trop_de_pass'
      when not p.inscrite and p.nouvelles > i.places then 'atelier_complet' end code) v
   order by p.rang;
end $$;

-- The refused pass of a judged call, as they are stored; null when there is none.
create function pass_refusals(p_decisions pass_decision[]) returns jsonb language sql immutable security invoker set search_path = pg_catalog, public as $$
  select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('rang', d.rang - 1, 'code', d.code, 'details', d.details)) order by d.rang)
    from unnest(p_decisions) d where d.code is not null
$$;

-- Opens the session for the three functions below: `statut` null when the call may go on (context set), else 401, 403 or 409.
create function counter_enter(p_route text, p_token bytea, p_today date, p_adhesion uuid, p_roles text[], p_request text, out statut int, out reponse text, out org uuid, out utilisateur uuid)
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare s record;
begin
  select * into s from session_open(p_token, p_today, p_adhesion);
  if s.etat is null then statut := 401; reponse := '{"code": "non_connecte"}'; return; end if;
  if s.etat = 'changee' then statut := 409; reponse := '{"code": "organisation_changee"}'; return; end if;
  if s.etat <> 'ouverte' or not coalesce(s.role = any (p_roles), false) then
    statut := 403; reponse := '{"code": "droit_absent"}';
    insert into audit_event (organisation_id, organisation_type, role, utilisateur_id, action, statut, code, request_id)
      values (s.organisation_id, s.organisation_type, s.role, s.utilisateur_id, p_route, 403, 'droit_absent', p_request);
    return;
  end if;
  org := s.organisation_id; utilisateur := s.utilisateur_id;
  perform set_config('app.ctx', s.ctx, true);
end $$;

-- True when somebody guesses: ten wrong codes of a person in an hour, or twenty of a lieu in a day.
create function counter_guesses(p_org uuid, p_user uuid, p_lieu uuid, p_now timestamptz) returns boolean
language sql volatile security definer set search_path = pg_catalog, public as $$
  select coalesce(sum(e.nombre) filter (where e.utilisateur_id = p_user and e.at > p_now - interval '1 hour'), 0) >= 10
      or coalesce(sum(e.nombre) filter (where e.lieu_id = p_lieu), 0) >= 20
    from essai_code e where e.organisation_id = p_org and e.at > p_now - interval '1 day'
$$;

create function count_unknown(p_org uuid, p_user uuid, p_lieu uuid, p_refus jsonb, p_now timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, public as $$
  insert into essai_code (organisation_id, utilisateur_id, lieu_id, nombre, at)
  select p_org, p_user, p_lieu, count(*), p_now from jsonb_array_elements(p_refus) r where r ->> 'code' = 'code_inconnu' having count(*) > 0
$$;

-- Uses pass of an atelier: all, or none. `reponse` holds codes and figures; the French sentences are the domain's.
create function redeem(p_token bytea, p_today date, p_adhesion uuid, p_roles text[], p_key uuid, p_hash bytea, p_request text, p_now timestamptz,
  p_atelier uuid, p_collectivites uuid[], p_pass bigint[], p_lookups bytea[], out statut int, out reponse text, out replayed boolean)
language plpgsql volatile security definer set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
declare
  me record; k record; a atelier; n int := cardinality(p_lookups); v_cols uuid[]; v_pass bigint[]; decisions pass_decision[];
  refus jsonb; v_code text; v_acte uuid := uuidv7(); done int; v_nouvelles int; v_total bigint; v_commence boolean;
begin
  replayed := false;
  me := counter_enter('redeemPass', p_token, p_today, p_adhesion, p_roles, p_request);
  if me.statut is not null then statut := me.statut; reponse := me.reponse; return; end if;
  if n is null or n = 0 or cardinality(p_collectivites) is distinct from n or cardinality(p_pass) is distinct from n then
    raise exception 'arrays' using errcode = '22023'; -- without it, an empty call succeeds
  end if;
  -- 1. the key first: twins wait here, the second replays
  k := door_claim('redeemPass', p_key, p_hash);
  if k.issue = 'rejoue' then statut := k.statut; reponse := k.reponse; replayed := true; return; end if;
  if k.issue = 'reutilise' then statut := 409; v_code := 'cle_reutilisee'; end if;
  -- 2. locks, one order for everyone: atelier, then carnets by id (a carnet's row is the lock of its pass, and of its person)
  if v_code is null then
    select * into a from atelier t where t.organisation_id = me.org and t.id = p_atelier for no key update;
    if not found then statut := 404; v_code := 'introuvable';
    elsif counter_guesses(me.org, me.utilisateur, a.lieu_id, p_now) then statut := 429; v_code := 'trop_de_demandes'; end if;
  end if;
  if v_code is null then
    select r.p_collectivites, r.p_pass into v_cols, v_pass from pass_resolve(p_collectivites, p_pass, p_lookups) r;
    -- with each carnet, the other carnets of its person: what they use elsewhere at the same moment counts too
    perform 1 from carnet c
     where (c.collectivite_id, c.id) in (
       select m.collectivite_id, x.id from unnest(v_cols, v_pass) p(col, id) join carnet m on m.collectivite_id = p.col and m.id = p.id / 10
         cross join lateral (select m.id union all
           select o.id from carnet o where o.collectivite_id = m.collectivite_id and o.beneficiaire_id = m.beneficiaire_id and o.id <> m.id) x)
     order by c.id for no key update of c;
    -- 3. decide
    select array_agg(d order by d.rang), count(*) filter (where d.nouvelle), sum(d.montant_centimes)
      into decisions, v_nouvelles, v_total from pass_decide(me.org, p_atelier, v_cols, v_pass, p_lookups, p_now, p_today) d;
    refus := pass_refusals(decisions);
    if refus is not null then
      statut := 409; v_code := refus -> 0 ->> 'code';
      perform count_unknown(me.org, me.utilisateur, a.lieu_id, refus, p_now);
    end if;
  end if;
  if v_code is not null then
    reponse := jsonb_strip_nulls(jsonb_build_object('code', v_code, 'refus', refus, 'requestId', p_request));
    perform door_close('redeemPass', p_key, p_hash, statut, reponse, jsonb_build_object('atelierId', p_atelier, 'pass', n), v_code, p_request);
    return;
  end if;
  -- 4. write: pass, carnets, enrolments, money, redemptions
  update pass t set statut = 'utilise' from unnest(v_cols, v_pass, p_lookups) p(col, id, lookup)
   where t.collectivite_id = p.col and t.id = p.id and t.lookup = p.lookup and t.statut = 'neuf';
  get diagnostics done = row_count;
  if done <> n then raise exception 'pass changed under lock' using errcode = '40001'; end if; -- second guard; the unique index on live redemptions is the third
  update carnet c set utilises = c.utilises + x.n
    from (select d.collectivite_id, d.carnet_id, count(*) n from unnest(decisions) d group by 1, 2) x where c.collectivite_id = x.collectivite_id and c.id = x.carnet_id;
  insert into inscription as t (organisation_id, atelier_id, collectivite_id, carnet_id, personne_id, statut, par_pass, pass_utilises)
    select me.org, p_atelier, d.collectivite_id, min(d.carnet_id), d.personne_id, 'present', true, count(*) from unnest(decisions) d group by d.collectivite_id, d.personne_id
    on conflict (organisation_id, atelier_id, personne_id) do update set statut = 'present', pass_utilises = t.pass_utilises + excluded.pass_utilises,
      par_pass = t.par_pass or t.statut not in ('inscrit', 'present');
  select p_now >= (a.date + a.debut::time) at time zone l.fuseau into v_commence from lieu l where l.organisation_id = me.org and l.id = a.lieu_id;
  update atelier t set places_prises = t.places_prises + v_nouvelles,
         statut = case when t.statut in ('ouvert', 'complet') and v_commence then 'tenu'
                       when t.statut = 'ouvert' and t.places_prises + v_nouvelles = t.capacite then 'complet' else t.statut end
   where t.organisation_id = me.org and t.id = p_atelier;
  with verse as (
    insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, structure_id, objet_id, utilisateur_id, at)
    select d.collectivite_id, account_of(d.collectivite_id, d.convention_id, d.operateur_id, 'circulation', null), account_of(d.collectivite_id, d.convention_id, d.operateur_id, 'du', me.org),
           sum(d.montant_centimes), 'utilisation', d.convention_id, d.operateur_id, me.org, v_acte, me.utilisateur, p_now
      from unnest(decisions) d group by d.collectivite_id, d.convention_id, d.operateur_id order by d.collectivite_id, d.convention_id
    returning collectivite_id, convention_id, id),
  faite as (
    insert into redemption (collectivite_id, acte_id, pass_id, carnet_id, convention_id, operateur_id, structure_id, prescripteur_id, lieu_id, atelier_id, personne_id, date_atelier,
      demi_journee, montant_centimes, transfer_id, utilisateur_id, at)
    select d.collectivite_id, v_acte, d.pass_id, d.carnet_id, d.convention_id, d.operateur_id, me.org, d.prescripteur_id, a.lieu_id, p_atelier, d.personne_id, a.date,
           case when a.debut < '13:00' then 'matin' else 'apres_midi' end, d.montant_centimes, t.id, me.utilisateur, p_now
      from unnest(decisions) d join verse t on t.collectivite_id = d.collectivite_id and t.convention_id = d.convention_id
    returning collectivite_id, pass_id, public_id)
  select jsonb_build_object('acteId', v_acte, 'montantCentimes', v_total, 'pass',
           jsonb_agg(jsonb_build_object('rang', d.rang - 1, 'redemptionId', f.public_id, 'serie', d.serie, 'montantCentimes', d.montant_centimes) order by d.rang))
    into reponse from unnest(decisions) d join faite f on f.collectivite_id = d.collectivite_id and f.pass_id = d.pass_id;
  -- 5. facts, journal and answer
  statut := 201;
  insert into outbox (sujet, organisation_id, objet) values ('redemption.creee', me.org, jsonb_build_object('acteId', v_acte));
  perform door_close('redeemPass', p_key, p_hash, 201, reponse, jsonb_build_object('atelierId', p_atelier, 'acteId', v_acte, 'pass', n), null, p_request);
end $$;

-- The very answer that redeem would give, without effect on the pass; never a person.
create function verify(p_token bytea, p_today date, p_adhesion uuid, p_roles text[], p_request text, p_now timestamptz,
  p_atelier uuid, p_collectivites uuid[], p_pass bigint[], p_lookups bytea[], out statut int, out reponse text, out replayed boolean)
language plpgsql volatile security definer set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
declare
  me record; v_lieu uuid; n int := cardinality(p_lookups); refus jsonb; decisions pass_decision[]; v_cols uuid[]; v_pass bigint[]; v_code text;
begin
  replayed := false;
  me := counter_enter('verifyPass', p_token, p_today, p_adhesion, p_roles, p_request);
  if me.statut is not null then statut := me.statut; reponse := me.reponse; return; end if;
  if n is null or n = 0 or cardinality(p_collectivites) is distinct from n or cardinality(p_pass) is distinct from n then raise exception 'arrays' using errcode = '22023'; end if;
  select t.lieu_id into v_lieu from atelier t where t.organisation_id = me.org and t.id = p_atelier;
  if not found then statut := 404; v_code := 'introuvable';
  elsif counter_guesses(me.org, me.utilisateur, v_lieu, p_now) then statut := 429; v_code := 'trop_de_demandes';
  else
    select r.p_collectivites, r.p_pass into v_cols, v_pass from pass_resolve(p_collectivites, p_pass, p_lookups) r;
    select array_agg(d order by d.rang) into decisions from pass_decide(me.org, p_atelier, v_cols, v_pass, p_lookups, p_now, p_today) d;
    refus := pass_refusals(decisions);
    if refus is not null then
      statut := 409; v_code := refus -> 0 ->> 'code';
      perform count_unknown(me.org, me.utilisateur, v_lieu, refus, p_now);
    end if;
  end if;
  if v_code is null then
    statut := 200;
    select jsonb_build_object('pass', jsonb_agg(jsonb_build_object('rang', d.rang - 1, 'valableJusquau', d.dernier_jour, 'montantCentimes', d.montant_centimes) order by d.rang))
      into reponse from unnest(decisions) d;
  else
    reponse := jsonb_strip_nulls(jsonb_build_object('code', v_code, 'refus', refus, 'requestId', p_request));
  end if;
  perform door_close('verifyPass', null, null, statut, reponse, jsonb_build_object('atelierId', p_atelier, 'pass', n), v_code, p_request);
end $$;

-- Undoes an act, whole or one pass of it: same structure, a reason, 24 hours, not in a bordereau.
create function undo(p_token bytea, p_today date, p_adhesion uuid, p_roles text[], p_key uuid, p_hash bytea, p_request text, p_now timestamptz,
  p_acte uuid, p_redemption uuid, p_motif text, out statut int, out reponse text, out replayed boolean)
language plpgsql volatile security definer set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
declare
  me record; k record; v_ids bigint[]; v_cols uuid[]; v_atelier uuid; v_code text; n int; v_rendus int; v_total bigint; v_annulees jsonb; v_liberees int;
begin
  replayed := false;
  me := counter_enter('undoRedemption', p_token, p_today, p_adhesion, p_roles, p_request);
  if me.statut is not null then statut := me.statut; reponse := me.reponse; return; end if;
  k := door_claim('undoRedemption', p_key, p_hash);
  if k.issue = 'rejoue' then statut := k.statut; reponse := k.reponse; replayed := true; return; end if;
  if k.issue = 'reutilise' then statut := 409; v_code := 'cle_reutilisee'; end if;
  if v_code is null then
    -- the same order of locks as redeem: atelier, carnets, then the redemptions themselves
    select r.atelier_id into v_atelier from redemption r where r.structure_id = me.org and r.acte_id = p_acte limit 1;
    perform 1 from atelier t where t.organisation_id = me.org and t.id = v_atelier for no key update;
    perform 1 from carnet c where (c.collectivite_id, c.id) in (select r.collectivite_id, r.carnet_id from redemption r where r.structure_id = me.org and r.acte_id = p_acte)
      order by c.id for no key update;
    perform 1 from redemption r where r.structure_id = me.org and r.acte_id = p_acte order by r.id for no key update;
    select array_agg(r.id) filter (where r.statut = 'a_payer'), array_agg(r.collectivite_id) filter (where r.statut = 'a_payer'), count(*) filter (where r.statut = 'a_payer'),
           case when count(*) = 0 then 'introuvable'
                when bool_or(r.statut in ('en_bordereau', 'payee')) then 'bordereau_clos'
                when bool_and(r.statut = 'annulee') then 'redemption_statut'
                when min(r.at) <= p_now - interval '24 hours' then 'delai_depasse' end
      into v_ids, v_cols, n, v_code
      from redemption r where r.structure_id = me.org and r.acte_id = p_acte and (p_redemption is null or r.public_id = p_redemption);
    statut := case when v_code = 'introuvable' then 404 when v_code is not null then 409 end;
  end if;
  if v_code is not null then
    reponse := jsonb_build_object('code', v_code, 'requestId', p_request);
    perform door_close('undoRedemption', p_key, p_hash, statut, reponse, jsonb_build_object('acteId', p_acte), v_code, p_request);
    return;
  end if;
  with vise as (
    select r.* from redemption r join unnest(v_cols, v_ids) x(col, id) on r.collectivite_id = x.col and r.id = x.id),
  rendu as (
    insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, structure_id, objet_id, utilisateur_id, at)
    select v.collectivite_id, account_of(v.collectivite_id, v.convention_id, v.operateur_id, 'du', me.org), account_of(v.collectivite_id, v.convention_id, v.operateur_id, 'circulation', null),
           sum(v.montant_centimes), 'annulation', v.convention_id, v.operateur_id, me.org, p_acte, me.utilisateur, p_now
      from vise v group by v.collectivite_id, v.convention_id, v.operateur_id order by v.collectivite_id, v.convention_id
    returning collectivite_id, convention_id, id),
  annule as (
    update redemption r set statut = 'annulee', annulation_transfer_id = t.id, annulation_motif = p_motif, annulee_at = p_now
      from vise v join rendu t on t.collectivite_id = v.collectivite_id and t.convention_id = v.convention_id
     where r.collectivite_id = v.collectivite_id and r.id = v.id and r.statut = 'a_payer'
    returning r.collectivite_id, r.id, r.pass_id, r.carnet_id, r.personne_id, r.public_id, r.montant_centimes),
  neuf as (
    update pass p set statut = 'neuf' from annule x where p.collectivite_id = x.collectivite_id and p.id = x.pass_id and p.statut = 'utilise' returning 1),
  moins as (
    update carnet c set utilises = c.utilises - x.n from (select collectivite_id, carnet_id, count(*) n from annule group by 1, 2) x
     where c.collectivite_id = x.collectivite_id and c.id = x.carnet_id),
  -- who was enrolled by its first pass leaves its seat with its last
  parti as (
    update inscription t set pass_utilises = t.pass_utilises - x.n, statut = case when t.par_pass and t.pass_utilises = x.n then 'annule' else t.statut end
      from (select personne_id, count(*) n from annule group by 1) x
     where t.organisation_id = me.org and t.atelier_id = v_atelier and t.personne_id = x.personne_id returning t.statut)
  select (select count(*) from parti where parti.statut = 'annule'), (select sum(montant_centimes) from annule), (select jsonb_agg(public_id order by id) from annule), (select count(*) from neuf)
    into v_liberees, v_total, v_annulees, v_rendus;
  if v_rendus <> n then raise exception 'pass changed under lock' using errcode = '40001'; end if;
  update atelier t set places_prises = t.places_prises - v_liberees, statut = case when t.statut = 'complet' and v_liberees > 0 then 'ouvert' else t.statut end
   where t.organisation_id = me.org and t.id = v_atelier;
  statut := 200; reponse := jsonb_build_object('acteId', p_acte, 'montantCentimes', v_total, 'annulees', v_annulees);
  insert into outbox (sujet, organisation_id, objet) values ('redemption.annulee', me.org, jsonb_build_object('acteId', p_acte));
  perform door_close('undoRedemption', p_key, p_hash, 200, reponse, jsonb_build_object('acteId', p_acte), null, p_request);
end $$;

-- The people of an atelier of one's own structure: first name and initial, or null and the serial of the carnet when it is anonymous.
create function atelier_people(p_atelier uuid) returns table (inscription_id uuid, nom text, serie bigint, statut text, pass_utilises int)
language sql stable security definer set search_path = pg_catalog, public as $$
  select i.id, b.prenom || ' ' || left(b.nom, 1) || '.', c.serie, i.statut, i.pass_utilises
    from inscription i join carnet c on c.collectivite_id = i.collectivite_id and c.id = i.carnet_id
    left join beneficiaire b on b.collectivite_id = c.collectivite_id and b.id = c.beneficiaire_id
   where i.organisation_id = (select app_org('structure')) and i.atelier_id = p_atelier order by i.created_at, i.id
$$;
-- The pass used in an atelier of one's own structure: carnet serial and rank, for the list of the day.
create function atelier_uses(p_atelier uuid) returns table (acte_id uuid, redemption_id uuid, serie bigint, rang_pass int, montant_centimes int, statut text, at timestamptz)
language sql stable security definer set search_path = pg_catalog, public as $$
  select r.acte_id, r.public_id, c.serie, (r.pass_id % 10)::int + 1, r.montant_centimes, r.statut, r.at
    from redemption r join carnet c on c.collectivite_id = r.collectivite_id and c.id = r.carnet_id
   where r.structure_id = (select app_org('structure')) and r.atelier_id = p_atelier order by r.at, r.collectivite_id, r.id
$$;

-- granted while the migrator still owns them
grant execute on function redeem, verify, undo to app;
grant execute on function pass_refusals to fn_redeem;
grant execute on function atelier_people, atelier_uses to as_structure;
alter function pass_resolve owner to fn_redeem;
alter function pass_decide owner to fn_redeem;
alter function counter_enter owner to fn_redeem;
alter function counter_guesses owner to fn_redeem;
alter function count_unknown owner to fn_redeem;
alter function redeem owner to fn_redeem;
alter function verify owner to fn_redeem;
alter function undo owner to fn_redeem;
alter function atelier_people owner to fn_redeem;
alter function atelier_uses owner to fn_redeem;
revoke create on schema public from fn_redeem;
