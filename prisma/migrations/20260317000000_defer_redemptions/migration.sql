-- Acts of a counter without network, what became of them, and what the counter notices for the operator.

grant create on schema public to fn_redeem;

------------------------------------------------------------------------------------------------------------------------
-- 1. Tables
------------------------------------------------------------------------------------------------------------------------

-- A browser that keeps acts until the network comes back. Its id is its own making.
create table appareil (
  organisation_id uuid not null references organisation (id),
  id uuid not null unique,
  nom text not null check (length(trim(nom)) between 1 and 80),
  cree_par uuid not null references utilisateur (id),
  cree_at timestamptz not null,
  vu_at timestamptz not null,
  revoque_at timestamptz,
  revoque_par uuid references utilisateur (id),
  primary key (organisation_id, id),
  check ((revoque_at is null) = (revoque_par is null))
);

-- What became of an act made without network: one row an act (its key), accepted or refused. No name, no code.
create table acte_differe (
  organisation_id uuid not null references organisation (id),
  id uuid not null unique,
  atelier_id uuid not null,
  appareil_id uuid not null,
  -- as it was called then: the operator reads it, and no device
  appareil_nom text not null,
  utilisateur_id uuid not null references utilisateur (id),
  cle uuid not null,
  scanne_at timestamptz not null,
  ecart_secondes int,
  recu_at timestamptz not null,
  pass int not null check (pass > 0),
  -- the act, or why there is none: the first refusal, and all of them as the answer said them
  acte_id uuid,
  code text,
  refus jsonb,
  -- those who examine it: the operators of its pass, when its clock is doubtful
  operateur_ids uuid[] not null,
  primary key (organisation_id, id),
  unique (organisation_id, utilisateur_id, cle),
  foreign key (organisation_id, atelier_id) references atelier (organisation_id, id),
  foreign key (organisation_id, appareil_id) references appareil (organisation_id, id),
  check ((acte_id is null) <> (code is null)),
  check (acte_id is not null or operateur_ids = '{}')
);
create unique index acte_differe_acte on acte_differe (organisation_id, acte_id) where acte_id is not null;

-- The same pass accepted here and, without network, elsewhere: a row for each place, and neither names the other.
create table conflit (
  organisation_id uuid not null references organisation (id),
  id uuid not null unique default uuidv7(),
  role text not null check (role in ('gagnant', 'perdant')),
  operateur_id uuid not null references organisation (id),
  serie bigint not null,
  rang_pass int not null check (rang_pass between 1 and 10),
  atelier_id uuid not null,
  -- when it was used here, or scanned here
  at timestamptz not null,
  releve_at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, serie, rang_pass, role, atelier_id),
  foreign key (organisation_id, atelier_id) references atelier (organisation_id, id)
);

-- What the operator should look at: one open a rule, structure and day, with a count.
create table alerte (
  organisation_id uuid not null references organisation (id),
  id uuid not null unique default uuidv7(),
  operateur_id uuid not null references organisation (id),
  regle text not null check (regle in ('capacite', 'hors_creneau', 'meme_personne', 'codes_faux', 'pas_actif', 'pas_remis', 'carnet_bloque', 'conflits')),
  jour date not null,
  nombre int not null check (nombre > 0),
  debut_at timestamptz not null,
  dernier_at timestamptz not null,
  statut text not null default 'ouverte' check (statut in ('ouverte', 'classee')),
  decision text check (decision in ('sans_suite', 'explication_recue', 'suspension_demandee')),
  motif text check (length(motif) between 1 and 500),
  decidee_par uuid references utilisateur (id),
  decidee_at timestamptz,
  primary key (organisation_id, id),
  check (num_nulls(decision, motif, decidee_par, decidee_at) = case statut when 'ouverte' then 4 else 0 end)
) with (fillfactor = 90);
create unique index alerte_ouverte on alerte (organisation_id, operateur_id, regle, jour) where statut = 'ouverte';
create index alerte_operateur on alerte (operateur_id, id);

-- Made with a clock that cannot be believed: no bordereau takes it before somebody of the operator has looked.
alter table redemption
  add column a_examiner boolean not null default false,
  add column examine_at timestamptz,
  add column examine_par uuid,
  add column examine_motif text,
  add constraint redemption_examen check (num_nulls(examine_at, examine_par, examine_motif) in (0, 3) and not (a_examiner and examine_at is not null));
create index redemption_a_examiner on redemption (operateur_id, structure_id, acte_id) where a_examiner and statut = 'a_payer';

-- wrong codes of a whole territory: somebody tries them at many counters
alter table essai_code add column departement text;
create index essai_code_departement on essai_code (departement, at);
-- the carnets that nobody accepts, taken along by every counter
create index carnet_bloque on carnet (id) where statut in ('bloque', 'annule');

------------------------------------------------------------------------------------------------------------------------
-- 2. Policies (node tools/policies.mjs) and grants
------------------------------------------------------------------------------------------------------------------------
-- acte_differe
alter table acte_differe enable row level security; alter table acte_differe force row level security;
create policy migrator on acte_differe to migrator using (true) with check (true);
create policy as_structure on acte_differe to as_structure using (organisation_id = (select app_org('structure'))) with check (organisation_id = (select app_org('structure')));
create policy as_operateur on acte_differe to as_operateur using ((select app_org('operateur')) = any (operateur_ids)) with check ((select app_org('operateur')) = any (operateur_ids));
-- alerte
alter table alerte enable row level security; alter table alerte force row level security;
create policy migrator on alerte to migrator using (true) with check (true);
create policy as_operateur on alerte to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- appareil
alter table appareil enable row level security; alter table appareil force row level security;
create policy migrator on appareil to migrator using (true) with check (true);
create policy as_structure on appareil to as_structure using (organisation_id = (select app_org('structure'))) with check (organisation_id = (select app_org('structure')));
-- conflit
alter table conflit enable row level security; alter table conflit force row level security;
create policy migrator on conflit to migrator using (true) with check (true);
create policy as_structure on conflit to as_structure using (organisation_id = (select app_org('structure'))) with check (organisation_id = (select app_org('structure')));
create policy fn_redeem on acte_differe to fn_redeem using (true) with check (true);
create policy fn_redeem on alerte to fn_redeem using (true) with check (true);
create policy fn_redeem on appareil to fn_redeem using (true) with check (true);
create policy fn_redeem on conflit to fn_redeem using (true) with check (true);

grant select on acte_differe, appareil, conflit to as_structure;
grant insert on appareil to as_structure;
grant update (nom, vu_at, revoque_at, revoque_par) on appareil to as_structure;
grant select on acte_differe, alerte to as_operateur;
grant update (statut, decision, motif, decidee_par, decidee_at) on alerte to as_operateur;
grant update (a_examiner, examine_at, examine_par, examine_motif) on redemption to as_operateur;
grant select on appareil to fn_redeem;
grant select, insert, update on acte_differe, alerte to fn_redeem;
grant select, insert on conflit to fn_redeem;

------------------------------------------------------------------------------------------------------------------------
-- 3. What the counter notices
------------------------------------------------------------------------------------------------------------------------

-- One row an element: the alert of that structure, operator and rule, opened or counted once more. Last of the locks, in one order.
create function counter_alerts(p_structures uuid[], p_operateurs uuid[], p_regles text[], p_now timestamptz, p_today date) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into alerte (organisation_id, operateur_id, regle, jour, nombre, debut_at, dernier_at)
  select x.structure, x.operateur, x.regle, p_today, count(*), p_now, p_now from unnest(p_structures, p_operateurs, p_regles) x(structure, operateur, regle)
   group by 1, 2, 3 order by 1, 2, 3
  on conflict (organisation_id, operateur_id, regle, jour) where statut = 'ouverte'
    do update set nombre = alerte.nombre + excluded.nombre, dernier_at = greatest(alerte.dernier_at, excluded.dernier_at)
$$;

-- After a refusal (`p_utilise`: of a redeem, not of a look). Wrong codes: once somebody is stopped by their number, told to the operator
-- of the label. A carnet held for a check by its own collectivité is nobody's fault.
create function counter_alerts_refused(p_structure uuid, p_user uuid, p_lieu uuid, p_decisions pass_decision[], p_utilise boolean, p_now timestamptz, p_today date) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare v_operateurs uuid[]; v_regles text[];
begin
  select array_agg(x.operateur), array_agg(x.regle) into v_operateurs, v_regles from (
    select d.operateur_id operateur, case
             when d.code in ('pas_actif', 'pas_remis') then d.code
             when d.code = 'atelier_complet' and p_utilise then 'capacite'
             when d.code = 'carnet_bloque' and d.details ->> 'motif' <> 'controle' then d.code end regle
      from unnest(p_decisions) d
    union all
    select f.operateur_id, 'codes_faux' from labellisation f
     where f.organisation_id = p_structure and exists (select 1 from unnest(p_decisions) d where d.code = 'code_inconnu') and counter_guesses(p_structure, p_user, p_lieu, p_now)) x
   where x.regle is not null;
  if v_regles is not null then
    perform counter_alerts(array_fill(p_structure, array[cardinality(v_regles)]), v_operateurs, v_regles, p_now, p_today);
  end if;
end $$;

-- After a success: `p_hors` used outside the slot of its day; the same person in another atelier whose hours overlap these.
create function counter_alerts_used(p_structure uuid, p_atelier uuid, p_date date, p_decisions pass_decision[], p_debut timestamptz, p_fin timestamptz, p_hors boolean,
  p_now timestamptz, p_today date) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare v_operateurs uuid[]; v_regles text[];
begin
  select array_agg(x.operateur), array_agg(x.regle) into v_operateurs, v_regles from (
    select d.operateur_id operateur, 'hors_creneau' regle from unnest(p_decisions) d where p_hors
    union all
    select d.operateur_id, 'meme_personne' from unnest(p_decisions) d
     where d.ailleurs and exists (
       select 1 from redemption r join atelier b on b.organisation_id = r.structure_id and b.id = r.atelier_id
         join lieu l on l.organisation_id = b.organisation_id and l.id = b.lieu_id
         cross join lateral (select (b.date + b.debut::time) at time zone l.fuseau debut) y
        where r.collectivite_id = d.collectivite_id and r.personne_id = d.personne_id and r.date_atelier = p_date and r.statut <> 'annulee' and r.atelier_id <> p_atelier
          and y.debut < p_fin and y.debut + make_interval(mins => b.duree_minutes) > p_debut)) x;
  if v_regles is not null then
    perform counter_alerts(array_fill(p_structure, array[cardinality(v_regles)]), v_operateurs, v_regles, p_now, p_today);
  end if;
end $$;

-- A pass scanned without network that somebody used before: told to both places; three in thirty days, and the operator hears of it.
create function conflits_keep(p_structure uuid, p_atelier uuid, p_decisions pass_decision[], p_scanne_at timestamptz, p_now timestamptz, p_today date) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare v_structures uuid[]; v_operateurs uuid[];
begin
  with perdu as (
    select d.operateur_id, d.serie, (d.pass_id % 10)::int + 1 rang, r.structure_id, r.atelier_id, r.at from unnest(p_decisions) d
      join redemption r on r.collectivite_id = d.collectivite_id and r.pass_id = d.pass_id and r.statut <> 'annulee' where d.code = 'deja_utilise'),
  ecrit as (
    insert into conflit (organisation_id, role, operateur_id, serie, rang_pass, atelier_id, at, releve_at)
    select structure_id, 'gagnant', operateur_id, serie, rang, atelier_id, at, p_now from perdu
    union all select p_structure, 'perdant', operateur_id, serie, rang, p_atelier, p_scanne_at, p_now from perdu
    order by 1, 4, 5, 2
    on conflict (organisation_id, serie, rang_pass, role, atelier_id) do nothing returning organisation_id, operateur_id)
  select array_agg(x.organisation_id), array_agg(x.operateur_id) into v_structures, v_operateurs from (select distinct organisation_id, operateur_id from ecrit) x;
  -- in a statement of its own: it counts the rows just written
  select array_agg(x.structure), array_agg(x.operateur) into v_structures, v_operateurs from unnest(v_structures, v_operateurs) x(structure, operateur)
   where (select count(distinct (c.serie, c.rang_pass)) from conflit c
           where c.organisation_id = x.structure and c.operateur_id = x.operateur and c.releve_at > p_now - interval '30 days') >= 3;
  if v_structures is not null then
    perform counter_alerts(v_structures, v_operateurs, array_fill('conflits'::text, array[cardinality(v_structures)]), p_now, p_today);
  end if;
end $$;

set role fn_redeem;
-- Ten wrong codes of a person in an hour, twenty of a lieu in a day, two hundred of a département in an hour.
create or replace function counter_guesses(p_org uuid, p_user uuid, p_lieu uuid, p_now timestamptz) returns boolean
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(sum(e.nombre) filter (where e.utilisateur_id = p_user and e.at > p_now - interval '1 hour'), 0) >= 10
      or coalesce(sum(e.nombre) filter (where e.lieu_id = p_lieu), 0) >= 20
      or (select coalesce(sum(t.nombre), 0) from lieu l join essai_code t on t.departement = l.departement and t.at > p_now - interval '1 hour'
           where l.organisation_id = p_org and l.id = p_lieu) >= 200
    from essai_code e where e.organisation_id = p_org and e.at > p_now - interval '1 day'
$$;

create or replace function count_unknown(p_org uuid, p_user uuid, p_lieu uuid, p_refus jsonb, p_now timestamptz) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into essai_code (organisation_id, utilisateur_id, lieu_id, departement, nombre, at)
  select p_org, p_user, p_lieu, (select l.departement from lieu l where l.organisation_id = p_org and l.id = p_lieu), count(*), p_now
    from jsonb_array_elements(p_refus) r where r ->> 'code' = 'code_inconnu' having count(*) > 0
$$;

------------------------------------------------------------------------------------------------------------------------
-- 4. Verify and redeem again: the day that counts for the expiry, what the operator should see, and the act made without network
------------------------------------------------------------------------------------------------------------------------
drop function pass_decide(uuid, uuid, uuid[], bigint[], bytea[], timestamptz, date);
drop function redeem(bytea, date, uuid, text[], uuid, bytea, text, timestamptz, uuid, uuid[], bigint[], bytea[]);
reset role;
-- `ailleurs`: the person used a pass in another atelier of that day
alter type pass_decision add attribute ailleurs boolean;

-- One row a code, in the order of the request. Checks in the order of domain.md section 6, the first that fails is the answer.
-- p_today is the legal day in Paris, p_jour the one that the expiry is compared with; the atelier's day and half day are its lieu's own.
-- Seats and counts are those of the pass that no other check refuses: all or nothing, but each reason is its own.
create function pass_decide(p_structure uuid, p_atelier uuid, p_collectivites uuid[], p_pass bigint[], p_lookups bytea[], p_now timestamptz, p_today date, p_jour date)
returns setof pass_decision
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan as $$
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
                when c.statut = 'expire' or p_jour > c.date_fin + v.tolerance_jours then 'expire'
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
    select j.*, deja.ici deja_ici, deja.demi_journee deja_demi_journee, deja.ailleurs > 0 ailleurs, row_number() over (partition by j.code is null, j.col, j.personne order by j.rang) rang_personne
      from ici i cross join juge j
      cross join lateral (select count(*) filter (where r.atelier_id = i.id) ici, count(*) filter (where r.demi_journee = i.demi_journee) demi_journee,
               count(*) filter (where r.atelier_id <> i.id) ailleurs
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
         p.col, p.id, p.carnet_id, p.serie, p.convention_id, p.operateur_id, p.prescripteur_id, p.personne, p.montant, p.dernier_jour, not p.inscrite and p.rang_personne = 1, p.ailleurs
    from ici i cross join place p
    cross join lateral (select case
      when p.code is not null then p.code
      when p.deja_ici + p.rang_personne > p.par_atelier then 'atelier_deja_paye'
      when p.deja_demi_journee + p.rang_personne > p.par_demi_journee then 'trop_de_pass'
      when not p.inscrite and p.nouvelles > i.places then 'atelier_complet' end code) v
   order by p.rang;
end $$;

-- The outcome of an act made without network. A form refused first, then sent again under the same key: the last one counts.
create function differe_keep(p_note acte_differe) returns void language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into acte_differe select (p_note).*
  on conflict (organisation_id, utilisateur_id, cle) do update set recu_at = excluded.recu_at, pass = excluded.pass, acte_id = excluded.acte_id, code = excluded.code,
    refus = excluded.refus, operateur_ids = excluded.operateur_ids
$$;

-- Uses pass of an atelier: all, or none. `reponse` holds codes and figures; the French sentences are the domain's.
-- `p_appareil`: an act made without network on this device at `p_scanne_at`, `p_ecart` seconds being its clock's distance to ours.
create function redeem(p_token bytea, p_today date, p_adhesion uuid, p_roles text[], p_key uuid, p_hash bytea, p_request text, p_now timestamptz,
  p_atelier uuid, p_collectivites uuid[], p_pass bigint[], p_lookups bytea[],
  p_appareil uuid default null, p_scanne_at timestamptz default null, p_ecart int default null, out statut int, out reponse text, out replayed boolean)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  me record; k record; a atelier; q appareil; note acte_differe; n int := cardinality(p_lookups); v_cols uuid[]; v_pass bigint[]; decisions pass_decision[];
  refus jsonb; v_code text; v_acte uuid := uuidv7(); done int; v_nouvelles int; v_total bigint; v_debut timestamptz; v_fin timestamptz;
  v_jour date := p_today; v_doute boolean := false; v_hors boolean; v_ailleurs boolean;
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
    select x.debut, x.debut + make_interval(mins => a.duree_minutes) into v_debut, v_fin
      from lieu l cross join lateral (select (a.date + a.debut::time) at time zone l.fuseau debut) x where l.organisation_id = me.org and l.id = a.lieu_id;
    if p_appareil is not null then
      select * into q from appareil t where t.organisation_id = me.org and t.id = p_appareil;
    end if;
    if a.id is null or p_appareil is not null and q.id is null then statut := 404; v_code := 'introuvable';
    elsif p_scanne_at >= q.revoque_at then statut := 409; v_code := 'appareil_revoque';
    elsif counter_guesses(me.org, me.utilisateur, a.lieu_id, p_now) then statut := 429; v_code := 'trop_de_demandes'; end if;
  end if;
  -- made without network: the day of the scan counts for the expiry, when it came in time and within the atelier's slot; a clock that
  -- cannot be believed, or a device that is no longer, leaves the payment to somebody's look
  if q.id is not null and (v_code is null or v_code = 'appareil_revoque') then
    if p_scanne_at between p_now - interval '72 hours' and p_now and p_scanne_at between v_debut - interval '60 minutes' and v_fin + interval '4 hours' then
      v_jour := (p_scanne_at at time zone 'Europe/Paris')::date;
    end if;
    v_doute := q.revoque_at is not null or coalesce(abs(p_ecart) > 300, true) or p_scanne_at > p_now + interval '300 seconds' or p_scanne_at < q.cree_at - interval '300 seconds';
    note := (me.org, uuidv7(), p_atelier, q.id, q.nom, me.utilisateur, p_key, p_scanne_at, p_ecart, p_now, n, null, null, null, '{}')::acte_differe;
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
    select array_agg(d order by d.rang), count(*) filter (where d.nouvelle), sum(d.montant_centimes), bool_or(d.ailleurs)
      into decisions, v_nouvelles, v_total, v_ailleurs from pass_decide(me.org, p_atelier, v_cols, v_pass, p_lookups, p_now, p_today, v_jour) d;
    refus := pass_refusals(decisions);
    if refus is not null then
      statut := 409; v_code := refus -> 0 ->> 'code';
      perform count_unknown(me.org, me.utilisateur, a.lieu_id, refus, p_now);
      if note.id is not null then perform conflits_keep(me.org, p_atelier, decisions, p_scanne_at, p_now, p_today); end if;
      perform counter_alerts_refused(me.org, me.utilisateur, a.lieu_id, decisions, true, p_now, p_today);
    end if;
  end if;
  if v_code is not null then
    if note.id is not null and statut = 409 then
      note.code := v_code; note.refus := refus;
      perform differe_keep(note);
    end if;
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
  update atelier t set places_prises = t.places_prises + v_nouvelles,
         statut = case when t.statut in ('ouvert', 'complet') and p_now >= v_debut then 'tenu'
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
      demi_journee, montant_centimes, transfer_id, utilisateur_id, at, a_examiner)
    select d.collectivite_id, v_acte, d.pass_id, d.carnet_id, d.convention_id, d.operateur_id, me.org, d.prescripteur_id, a.lieu_id, p_atelier, d.personne_id, a.date,
           case when a.debut < '13:00' then 'matin' else 'apres_midi' end, d.montant_centimes, t.id, me.utilisateur, p_now, v_doute
      from unnest(decisions) d join verse t on t.collectivite_id = d.collectivite_id and t.convention_id = d.convention_id
    returning collectivite_id, pass_id, public_id)
  select jsonb_build_object('acteId', v_acte, 'montantCentimes', v_total, 'pass',
           jsonb_agg(jsonb_build_object('rang', d.rang - 1, 'redemptionId', f.public_id, 'serie', d.serie, 'montantCentimes', d.montant_centimes) order by d.rang))
    into reponse from unnest(decisions) d join faite f on f.collectivite_id = d.collectivite_id and f.pass_id = d.pass_id;
  -- 5. what the operator should see: a seat of another day or hour, the same person elsewhere at that time
  v_hors := p_appareil is null and p_now not between v_debut - interval '60 minutes' and v_fin + interval '4 hours';
  if v_hors or v_ailleurs then
    perform counter_alerts_used(me.org, p_atelier, a.date, decisions, v_debut, v_fin, v_hors, p_now, p_today);
  end if;
  -- 6. facts, journal and answer
  statut := 201;
  if note.id is not null then
    note.acte_id := v_acte;
    if v_doute then
      reponse := (reponse::jsonb || '{"aExaminer": true}')::text;
      note.operateur_ids := array(select distinct x.operateur_id from unnest(decisions) x);
    end if;
    perform differe_keep(note);
  end if;
  insert into outbox (sujet, organisation_id, objet) values ('redemption.creee', me.org, jsonb_build_object('acteId', v_acte));
  perform door_close('redeemPass', p_key, p_hash, 201, reponse, jsonb_build_object('atelierId', p_atelier, 'acteId', v_acte, 'pass', n), null, p_request);
end $$;

-- An act made without network whose form is wrong (400): its outcome is kept like the others'.
create function differe_refuse(p_token bytea, p_today date, p_adhesion uuid, p_roles text[], p_key uuid, p_request text, p_now timestamptz, p_atelier uuid, p_pass int, p_appareil uuid,
  p_scanne_at timestamptz, p_ecart int, p_code text, p_refus jsonb, out statut int, out reponse text, out replayed boolean)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare me record; q appareil;
begin
  replayed := false;
  me := counter_enter('redeemPass', p_token, p_today, p_adhesion, p_roles, p_request);
  if me.statut is not null then statut := me.statut; reponse := me.reponse; return; end if;
  select * into q from appareil t where t.organisation_id = me.org and t.id = p_appareil;
  if q.id is null or not exists (select 1 from atelier t where t.organisation_id = me.org and t.id = p_atelier) then
    statut := 404; reponse := jsonb_build_object('code', 'introuvable', 'requestId', p_request);
    perform door_close('redeemPass', null, null, statut, reponse, jsonb_build_object('atelierId', p_atelier, 'appareilId', p_appareil), 'introuvable', p_request);
    return;
  end if;
  -- the journal has it by the door, as every form that is refused
  statut := 400; reponse := jsonb_build_object('code', p_code, 'requestId', p_request);
  insert into acte_differe (organisation_id, id, atelier_id, appareil_id, appareil_nom, utilisateur_id, cle, scanne_at, ecart_secondes, recu_at, pass, code, refus, operateur_ids)
    values (me.org, uuidv7(), p_atelier, q.id, q.nom, me.utilisateur, p_key, p_scanne_at, p_ecart, p_now, p_pass, p_code, p_refus, '{}')
    on conflict (organisation_id, utilisateur_id, cle) do nothing;
end $$;

set role fn_redeem;
-- The very answer that redeem would give, without effect on the pass; never a person.
create or replace function verify(p_token bytea, p_today date, p_adhesion uuid, p_roles text[], p_request text, p_now timestamptz,
  p_atelier uuid, p_collectivites uuid[], p_pass bigint[], p_lookups bytea[], out statut int, out reponse text, out replayed boolean)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan as $$
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
    select array_agg(d order by d.rang) into decisions from pass_decide(me.org, p_atelier, v_cols, v_pass, p_lookups, p_now, p_today, p_today) d;
    refus := pass_refusals(decisions);
    if refus is not null then
      statut := 409; v_code := refus -> 0 ->> 'code';
      perform count_unknown(me.org, me.utilisateur, v_lieu, refus, p_now);
      perform counter_alerts_refused(me.org, me.utilisateur, v_lieu, decisions, false, p_now, p_today);
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
reset role;

------------------------------------------------------------------------------------------------------------------------
-- 5. What a counter takes along
------------------------------------------------------------------------------------------------------------------------

-- The terms of the conventions that admit a lieu of the structure of the context; `lieux` null: every lieu.
create function paquet_conventions() returns table (collectivite_id uuid, convention_id uuid, tolerance_jours int, pass_par_atelier int, pass_par_atelier_long int,
  pass_par_demi_journee int, lieux uuid[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with chez as (select l.id, l.territoires from lieu l where l.organisation_id = (select app_org('structure')))
  select v.collectivite_id, v.id, v.tolerance_jours, v.pass_par_atelier, v.pass_par_atelier_long, v.pass_par_demi_journee,
         case when v.lieux_admis <> 'tous' or v.territoire <> '{}' then x.lieux end
    from convention v cross join lateral (
      select array_agg(c.id order by c.id) lieux from chez c
       where (v.territoire = '{}' or v.territoire && c.territoires)
         and (v.lieux_admis = 'tous' or exists (select 1 from convention_lieu w where w.collectivite_id = v.collectivite_id and w.convention_id = v.id and w.lieu_id = c.id))) x
   where v.statut not in ('brouillon', 'signee') and x.lieux is not null
$$;

-- The carnets that nobody accepts, of those conventions and not expired anyway, as ranges of ids: what a QR code says (pass id / 10).
create function paquet_bloques(p_today date) returns table (de bigint, a bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with vise as (
    select c.id, c.id - row_number() over (order by c.id) ilot
      from carnet c join paquet_conventions() v on v.collectivite_id = c.collectivite_id and v.convention_id = c.convention_id
     where c.statut in ('bloque', 'annule') and c.date_fin + v.tolerance_jours >= p_today)
  select min(id), max(id) from vise group by ilot order by 1
$$;

-- granted while the migrator still owns them
grant execute on function redeem, differe_refuse to app;
grant execute on function paquet_conventions, paquet_bloques to as_structure;
alter function counter_alerts owner to fn_redeem;
alter function counter_alerts_refused owner to fn_redeem;
alter function counter_alerts_used owner to fn_redeem;
alter function conflits_keep owner to fn_redeem;
alter function pass_decide owner to fn_redeem;
alter function differe_keep owner to fn_redeem;
alter function redeem owner to fn_redeem;
alter function differe_refuse owner to fn_redeem;
alter function paquet_conventions owner to fn_redeem;
alter function paquet_bloques owner to fn_redeem;
revoke create on schema public from fn_redeem;
