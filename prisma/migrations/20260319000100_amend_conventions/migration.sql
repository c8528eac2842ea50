-- The life of a convention after its first draft: edited while a brouillon, then amended by versions that every financeur signs, and brought to
-- its end. The row of `convention` always holds the version in force: redeem, hand-over and orders read it there and nowhere else.

alter table convention add column version int not null default 1 check (version between 1 and 999);
-- what proves that a person belongs to a public, [{ public, texte }]
alter table convention add column criteres jsonb not null default '[]' check (jsonb_typeof(criteres) = 'array');
grant select (version, criteres) on convention to as_prescripteur;
-- under which version of the publics a carnet was handed over
alter table prescription add column convention_version int check (convention_version >= 1);

------------------------------------------------------------------------------------------------------------------------
-- 1. Tables
------------------------------------------------------------------------------------------------------------------------

-- The scan of a signature: a piece about the convention, kept by the module of files.
alter table convention_financeur add column piece_id uuid;
alter table convention_financeur add check (piece_id is null or signataire is not null);
grant update (piece_id) on convention_financeur to as_collectivite, as_anct;

-- Version 1 is the convention as first signed, written when its first avenant is prepared; the others are avenants.
create table convention_version (
  collectivite_id uuid not null,
  convention_id uuid not null,
  numero int not null check (numero between 1 and 999),
  operateur_id uuid not null,
  financeur_ids uuid[] not null default '{}',
  statut text not null check (statut in ('brouillon', 'en_vigueur', 'remplacee', 'abandonnee')),
  objet text not null check (objet <> ''),
  -- the rules, as the contract says them; its financeurs are rows below
  termes jsonb not null check (jsonb_typeof(termes) = 'object'),
  -- lots whose end of validity it moves, [{ lotId, dateFin }]
  prolongations jsonb not null default '[]' check (jsonb_typeof(prolongations) = 'array'),
  motif_abandon text,
  par text not null,
  created_at timestamptz not null,
  -- in force from this day; until the day the next one came
  date_effet date,
  date_remplacement date,
  primary key (collectivite_id, convention_id, numero),
  foreign key (collectivite_id, convention_id) references convention (collectivite_id, id),
  check ((statut in ('en_vigueur', 'remplacee')) = (date_effet is not null)),
  check ((statut = 'remplacee') = (date_remplacement is not null)),
  check ((statut = 'abandonnee') = (motif_abandon is not null))
);
create unique index convention_version_brouillon on convention_version (collectivite_id, convention_id) where statut = 'brouillon';
create unique index convention_version_en_vigueur on convention_version (collectivite_id, convention_id) where statut = 'en_vigueur';
create index convention_version_operateur on convention_version (operateur_id, convention_id, numero);

create table convention_version_financeur (
  collectivite_id uuid not null,
  convention_id uuid not null,
  numero int not null,
  rang int not null check (rang between 1 and 10),
  financeur_id uuid,
  nature text not null check (nature in ('etat', 'collectivite', 'fse', 'prive')),
  nom text not null check (nom <> ''),
  cle_bp int not null check (cle_bp between 1 and 10000),
  plafond_centimes bigint check (plafond_centimes > 0),
  est_repli boolean not null default false,
  signataire text,
  date_signature date,
  piece_id uuid,
  primary key (collectivite_id, convention_id, numero, rang),
  foreign key (collectivite_id, convention_id, numero) references convention_version (collectivite_id, convention_id, numero),
  check ((signataire is null) = (date_signature is null)),
  check (piece_id is null or signataire is not null),
  check (not est_repli or plafond_centimes is null)
);

-- What happened to a convention, for those who follow it: signatures, opening, avenants, its end.
create table convention_etape (
  collectivite_id uuid not null,
  convention_id uuid not null,
  id uuid not null,
  operateur_id uuid not null,
  action text not null check (action ~ '^[a-z_]{2,30}$'),
  statut text not null,
  detail text,
  motif text,
  organisation text not null,
  acteur text not null,
  at timestamptz not null,
  primary key (collectivite_id, convention_id, id),
  foreign key (collectivite_id, convention_id) references convention (collectivite_id, id)
);
create index convention_etape_operateur on convention_etape (operateur_id, convention_id, id);

------------------------------------------------------------------------------------------------------------------------
-- 2. Who sees and writes them
------------------------------------------------------------------------------------------------------------------------
alter table convention_version enable row level security; alter table convention_version force row level security;
create policy migrator on convention_version to migrator using (true) with check (true);
create policy as_collectivite on convention_version to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on convention_version to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
create policy as_anct on convention_version to as_anct using ((select app_org('anct')) is not null) with check ((select app_org('anct')) is not null);
create policy as_financeur on convention_version to as_financeur using ((select app_org('financeur')) = any (financeur_ids)) with check ((select app_org('financeur')) = any (financeur_ids));
alter table convention_version_financeur enable row level security; alter table convention_version_financeur force row level security;
create policy migrator on convention_version_financeur to migrator using (true) with check (true);
create policy as_collectivite on convention_version_financeur to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_anct on convention_version_financeur to as_anct using ((select app_org('anct')) is not null) with check ((select app_org('anct')) is not null);
create policy as_financeur on convention_version_financeur to as_financeur using (financeur_id = (select app_org('financeur'))) with check (financeur_id = (select app_org('financeur')));
alter table convention_etape enable row level security; alter table convention_etape force row level security;
create policy migrator on convention_etape to migrator using (true) with check (true);
create policy as_collectivite on convention_etape to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on convention_etape to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
create policy as_anct on convention_etape to as_anct using ((select app_org('anct')) is not null) with check ((select app_org('anct')) is not null);
grant select on convention_version, convention_version_financeur, convention_etape to as_collectivite, as_anct;
grant select on convention_version, convention_etape to as_operateur;
grant select on convention_version, convention_version_financeur to as_financeur;
grant insert on convention_etape to as_collectivite, as_anct;
grant update (statut, motif_abandon) on convention_version to as_collectivite;
grant update (signataire, date_signature, piece_id) on convention_version_financeur to as_collectivite, as_anct;

-- what happened does not change
create trigger refuse_change before update or delete on convention_etape for each row execute function refuse_change();
create trigger refuse_truncate before truncate on convention_etape for each statement execute function refuse_change();

------------------------------------------------------------------------------------------------------------------------
-- 3. Writing a version: its rules, its financeurs and its lieux, whole
------------------------------------------------------------------------------------------------------------------------
grant create on schema public to fn_ctx;
grant select, update on convention to fn_ctx;
grant select, insert, delete on convention_financeur, convention_lieu to fn_ctx;
grant select, insert, update on convention_version to fn_ctx;
grant select, insert, delete on convention_version_financeur to fn_ctx;
create policy fn_ctx_write on convention for update to fn_ctx using (true) with check (true);
create policy fn_ctx on convention_financeur to fn_ctx using (true) with check (true);
create policy fn_ctx on convention_lieu to fn_ctx using (true) with check (true);
create policy fn_ctx on convention_version to fn_ctx using (true) with check (true);
create policy fn_ctx on convention_version_financeur to fn_ctx using (true) with check (true);

-- The financeurs as drafted, from the contract's words.
create function convention_parts(p_financeurs jsonb) returns table (rang int, financeur_id uuid, nature text, nom text, cle_bp int, plafond_centimes bigint, est_repli boolean)
language sql immutable security invoker set search_path = pg_catalog, public, pg_temp as $$
  select f.rang, f."financeurId", f.nature, f.nom, f."cleBp", f."plafondCentimes", f."estRepli"
    from jsonb_to_recordset(p_financeurs) f(rang int, "financeurId" uuid, nature text, nom text, "cleBp" int, "plafondCentimes" bigint, "estRepli" boolean)
$$;

-- Puts rules into the convention and its list of lieux. Called by the two functions below, as their owner.
create function convention_put(p_collectivite uuid, p_convention uuid, p_termes jsonb, p_financeur_ids uuid[]) returns void
language plpgsql volatile security invoker set search_path = pg_catalog, public, pg_temp as $$
begin
  update convention c
     set date_fin = t."dateFin", montant_centimes = t."montantCentimes", carnet_taille = t."carnetTaille", valeur_faciale_centimes = t."valeurFacialeCentimes",
         validite_mois = t."validiteMois", tolerance_jours = t."toleranceJours", reclamation_jours = t."reclamationJours", pass_par_atelier = t."passParAtelier",
         pass_par_atelier_long = t."passParAtelierLong", pass_par_demi_journee = t."passParDemiJournee", quota_pic_bp = t."quotaPicBp", frais_amont_bp = t."fraisAmontBp",
         fse = t.fse, identite = t.identite, lieux_admis = t."lieuxAdmis", criteres = t.criteres,
         publics = array(select jsonb_array_elements_text(t.publics)), territoire = array(select jsonb_array_elements_text(t.territoire)), financeur_ids = p_financeur_ids
    from jsonb_to_record(p_termes) t("dateFin" date, "montantCentimes" bigint, "carnetTaille" int, "valeurFacialeCentimes" int, "validiteMois" int, "toleranceJours" int,
      "reclamationJours" int, "passParAtelier" int, "passParAtelierLong" int, "passParDemiJournee" int, "quotaPicBp" int, "fraisAmontBp" int, fse boolean, identite text,
      "lieuxAdmis" text, criteres jsonb, publics jsonb, territoire jsonb)
   where c.collectivite_id = p_collectivite and c.id = p_convention;
  delete from convention_lieu l where l.collectivite_id = p_collectivite and l.convention_id = p_convention
    and l.lieu_id <> all (array(select x::uuid from jsonb_array_elements_text(p_termes -> 'lieux') x));
  insert into convention_lieu (collectivite_id, convention_id, lieu_id)
  select p_collectivite, p_convention, x::uuid from jsonb_array_elements_text(p_termes -> 'lieux') x on conflict do nothing;
end $$;

-- A brouillon edited by its collectivité: everything is written again, signatures included (there are none left). True when it was done.
create function convention_edit(p_convention uuid, p_nom text, p_operateur uuid, p_debut date, p_termes jsonb, p_financeurs jsonb, p_financeur_ids uuid[]) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare v_col uuid := app_org('collectivite');
begin
  update convention set nom = p_nom, operateur_id = p_operateur, date_debut = p_debut, date_fin = greatest(date_fin, p_debut)
   where collectivite_id = v_col and id = p_convention and statut = 'brouillon';
  if not found then return false; end if;
  perform convention_put(v_col, p_convention, p_termes, p_financeur_ids);
  delete from convention_financeur where collectivite_id = v_col and convention_id = p_convention;
  insert into convention_financeur (collectivite_id, convention_id, rang, financeur_id, nature, nom, cle_bp, plafond_centimes, est_repli)
  select v_col, p_convention, f.rang, f.financeur_id, f.nature, f.nom, f.cle_bp, f.plafond_centimes, f.est_repli from convention_parts(p_financeurs) f;
  return true;
end $$;

-- An avenant of the collectivité, made or written again while it is a brouillon. The first one also writes down version 1, as it is in force
-- (`p_courant`). Answers its number, or null when it is no longer a brouillon.
create function avenant_write(p_convention uuid, p_numero int, p_objet text, p_termes jsonb, p_prolongations jsonb, p_financeurs jsonb, p_financeur_ids uuid[], p_courant jsonb, p_objet_initial text, p_par text, p_at timestamptz)
returns int language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare v_col uuid := app_org('collectivite'); c convention; v_numero int := p_numero;
begin
  select * into c from convention where collectivite_id = v_col and id = p_convention for no key update;
  if not found then return null; end if;
  if v_numero is null then
    insert into convention_version (collectivite_id, convention_id, numero, operateur_id, financeur_ids, statut, objet, termes, par, created_at, date_effet)
    select v_col, c.id, 1, c.operateur_id, c.financeur_ids, 'en_vigueur', p_objet_initial, p_courant, p_par, c.created_at, coalesce(c.date_signature, c.date_debut)
     where not exists (select 1 from convention_version where collectivite_id = v_col and convention_id = c.id);
    if found then
      insert into convention_version_financeur (collectivite_id, convention_id, numero, rang, financeur_id, nature, nom, cle_bp, plafond_centimes, est_repli, signataire, date_signature, piece_id)
      select collectivite_id, convention_id, 1, rang, financeur_id, nature, nom, cle_bp, plafond_centimes, est_repli, signataire, date_signature, piece_id
        from convention_financeur where collectivite_id = v_col and convention_id = c.id;
    end if;
    select max(numero) + 1 into v_numero from convention_version where collectivite_id = v_col and convention_id = c.id;
    insert into convention_version (collectivite_id, convention_id, numero, operateur_id, financeur_ids, statut, objet, termes, prolongations, par, created_at)
    values (v_col, c.id, v_numero, c.operateur_id, p_financeur_ids, 'brouillon', p_objet, p_termes, p_prolongations, p_par, p_at);
  else
    update convention_version set objet = p_objet, termes = p_termes, prolongations = p_prolongations, financeur_ids = p_financeur_ids, par = p_par
     where collectivite_id = v_col and convention_id = c.id and numero = v_numero and statut = 'brouillon';
    if not found then return null; end if;
    delete from convention_version_financeur where collectivite_id = v_col and convention_id = c.id and numero = v_numero;
  end if;
  insert into convention_version_financeur (collectivite_id, convention_id, numero, rang, financeur_id, nature, nom, cle_bp, plafond_centimes, est_repli)
  select v_col, c.id, v_numero, f.rang, f.financeur_id, f.nature, f.nom, f.cle_bp, f.plafond_centimes, f.est_repli from convention_parts(p_financeurs) f;
  return v_numero;
end $$;

-- The last signature is recorded: the avenant takes the place of the version in force. Called by whoever recorded it, the collectivité or the
-- ANCT; an unsigned one is never applied. True when it was done.
create function avenant_apply(p_collectivite uuid, p_convention uuid, p_numero int, p_today date) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare v convention_version; v_anciens uuid[];
begin
  if app_org('collectivite') is distinct from p_collectivite and app_org('anct') is null then return false; end if;
  select financeur_ids into v_anciens from convention where collectivite_id = p_collectivite and id = p_convention and statut in ('signee', 'active') for no key update;
  if not found then return false; end if;
  select * into v from convention_version where collectivite_id = p_collectivite and convention_id = p_convention and numero = p_numero and statut = 'brouillon';
  if not found or exists (select 1 from convention_version_financeur f where f.collectivite_id = p_collectivite and f.convention_id = p_convention and f.numero = p_numero and f.date_signature is null) then
    return false;
  end if;
  update convention_version set statut = 'remplacee', date_remplacement = p_today where collectivite_id = p_collectivite and convention_id = p_convention and statut = 'en_vigueur';
  update convention_version set statut = 'en_vigueur', date_effet = p_today where collectivite_id = p_collectivite and convention_id = p_convention and numero = p_numero;
  -- who paid for carnets already made still reads the convention
  perform convention_put(p_collectivite, p_convention, v.termes, array(select distinct x from unnest(v_anciens || v.financeur_ids) x order by x));
  update convention set version = p_numero where collectivite_id = p_collectivite and id = p_convention;
  delete from convention_financeur where collectivite_id = p_collectivite and convention_id = p_convention;
  insert into convention_financeur (collectivite_id, convention_id, rang, financeur_id, nature, nom, cle_bp, plafond_centimes, est_repli, signataire, date_signature, piece_id)
  select collectivite_id, convention_id, rang, financeur_id, nature, nom, cle_bp, plafond_centimes, est_repli, signataire, date_signature, piece_id
    from convention_version_financeur where collectivite_id = p_collectivite and convention_id = p_convention and numero = p_numero;
  return true;
end $$;

grant execute on function convention_parts, convention_put to fn_ctx;
grant execute on function convention_edit, avenant_write to as_collectivite;
grant execute on function avenant_apply to as_collectivite, as_anct;
alter function convention_edit owner to fn_ctx;
alter function avenant_write owner to fn_ctx;
alter function avenant_apply owner to fn_ctx;
revoke create on schema public from fn_ctx;

------------------------------------------------------------------------------------------------------------------------
-- 4. The end of validity of a lot moves by avenant only
------------------------------------------------------------------------------------------------------------------------
grant create on schema public to fn_carnet;
grant select (collectivite_id, convention_id, numero, statut, prolongations) on convention_version to fn_carnet;
create policy fn_carnet on convention_version for select to fn_carnet using (true);
grant update (date_fin) on carnet to fn_carnet;

-- Moves the lots that an avenant in force names, and their carnets that are neither cancelled nor expired. Run by a job, as often as it
-- wants: what is moved already is left. Answers the carnets moved.
create function lots_prolong(p_convention uuid, p_numero int) returns int
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare v record; n int; total int := 0;
begin
  for v in
    select x.collectivite_id, p."lotId" lot, p."dateFin" fin
      from convention_version x cross join jsonb_to_recordset(x.prolongations) p("lotId" uuid, "dateFin" date)
     where x.convention_id = p_convention and x.numero = p_numero and x.statut in ('en_vigueur', 'remplacee')
       and (x.collectivite_id = app_org('collectivite') or app_org('anct') is not null)
  loop
    update lot set date_fin = v.fin where collectivite_id = v.collectivite_id and id = v.lot and convention_id = p_convention and date_fin < v.fin;
    update carnet set date_fin = v.fin where collectivite_id = v.collectivite_id and lot_id = v.lot and convention_id = p_convention and date_fin < v.fin
      and statut not in ('annule', 'expire');
    get diagnostics n = row_count;
    total := total + n;
  end loop;
  return total;
end $$;
grant execute on function lots_prolong to as_collectivite, as_anct;
alter function lots_prolong owner to fn_carnet;
revoke create on schema public from fn_carnet;
