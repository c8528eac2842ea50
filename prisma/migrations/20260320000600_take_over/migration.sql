-- The carnets of a former operator: its file, judged line by line, becomes carnets of ours worth what the funds cover; and what it
-- left unpaid to places is declared, examined, decided by two people, and paid through the ledger.

grant create on schema public to fn_carnet;

------------------------------------------------------------------------------------------------------------------------
-- 1. Tables
------------------------------------------------------------------------------------------------------------------------
create table reprise (
  collectivite_id uuid not null references organisation (id),
  id uuid not null,
  convention_id uuid not null,
  operateur_id uuid not null references organisation (id),
  reference text not null,
  ancien_operateur text not null check (ancien_operateur <> ''),
  statut text not null default 'ouverte' check (statut in ('ouverte', 'a_lire', 'en_erreur', 'a_confirmer', 'en_cours', 'appliquee')),
  nom text,
  -- a large file waits here for its job, sealed under a key that the database does not know
  contenu bytea,
  message text,
  lignes int not null default 0 check (lignes >= 0),
  fautes int not null default 0 check (fautes between 0 and lignes),
  carnets int not null default 0 check (carnets >= 0),
  honores int not null default 0 check (honores >= 0),
  refuses int not null default 0 check (refuses >= 0),
  montant_centimes bigint not null default 0 check (montant_centimes >= 0),
  numero_mandat text check (numero_mandat <> ''),
  ouverte_par uuid not null,
  created_at timestamptz not null,
  appliquee_par uuid,
  appliquee_at timestamptz,
  primary key (collectivite_id, id),
  unique (collectivite_id, operateur_id, reference),
  foreign key (collectivite_id, convention_id) references convention (collectivite_id, id),
  check (contenu is null or statut = 'a_lire'),
  check (statut <> 'ouverte' or nom is null),
  check ((statut = 'appliquee') = (appliquee_at is not null)),
  check (honores + refuses + fautes <= lignes)
);
create index reprise_operateur on reprise (operateur_id, id);

-- A pass of the file, known by the keyed hash of its code. Honoured when nothing is wrong and no motif refuses it.
create table reprise_ligne (
  collectivite_id uuid not null,
  reprise_id uuid not null,
  numero int not null check (numero > 0),
  operateur_id uuid not null,
  serie text,
  lookup bytea check (octet_length(lookup) = 32),
  etat text check (etat in ('neuf', 'utilise', 'impaye')),
  date_fin date,
  remis_le date,
  prescripteur_id uuid,
  preuve text,
  probleme text,
  motif text check (motif in ('deja_utilise', 'impaye', 'deja_repris', 'expire', 'validite_trop_longue', 'preuve_absente', 'couverture_insuffisante')),
  -- the serial that the carnet has here
  carnet_serie bigint,
  primary key (collectivite_id, reprise_id, numero),
  foreign key (collectivite_id, reprise_id) references reprise (collectivite_id, id),
  check (probleme is not null or num_nulls(serie, lookup, etat, date_fin) = 0),
  check (remis_le is null or prescripteur_id is not null)
);
create index reprise_ligne_lookup on reprise_ligne (collectivite_id, lookup);
create index reprise_ligne_carnet on reprise_ligne (collectivite_id, reprise_id, serie);

-- what was taken over, among the commandes and lots like any other
alter table commande add column reprise_id uuid;
alter table commande add foreign key (collectivite_id, reprise_id) references reprise (collectivite_id, id);
alter table lot add column reprise_id uuid;
alter table lot add foreign key (collectivite_id, reprise_id) references reprise (collectivite_id, id);

-- A claim: pass that a place says the former operator never paid.
create table creance (
  organisation_id uuid not null references organisation (id),
  id uuid not null,
  collectivite_id uuid not null,
  convention_id uuid not null,
  operateur_id uuid not null references organisation (id),
  reprise_id uuid not null,
  reference text not null,
  statut text not null default 'declaree' check (statut in ('declaree', 'examinee', 'acceptee', 'refusee', 'payee')),
  pass int not null check (pass between 1 and 200),
  montant_centimes bigint not null check (montant_centimes > 0),
  retenus int not null default 0 check (retenus between 0 and pass),
  montant_retenu_centimes bigint not null default 0 check (montant_retenu_centimes between 0 and montant_centimes),
  commentaire text,
  declaree_par uuid not null,
  declaree_at timestamptz not null,
  avis text check (avis in ('accepter', 'refuser')),
  motif text,
  examinee_par uuid,
  examinee_at timestamptz,
  decision_motif text,
  decidee_par uuid,
  decidee_at timestamptz,
  reference_virement text,
  date_banque date,
  payee_par uuid,
  payee_at timestamptz,
  primary key (organisation_id, id),
  unique (operateur_id, reference),
  foreign key (collectivite_id, convention_id) references convention (collectivite_id, id),
  foreign key (collectivite_id, reprise_id) references reprise (collectivite_id, id),
  check ((statut = 'declaree') = (examinee_par is null)),
  check ((statut in ('declaree', 'examinee')) = (decidee_par is null)),
  check ((statut = 'payee') = (payee_par is not null)),
  check ((statut = 'payee') = (reference_virement is not null and date_banque is not null)),
  check (statut not in ('acceptee', 'payee') or montant_retenu_centimes > 0),
  -- examined, decided and paid: nobody follows oneself
  check (decidee_par <> examinee_par),
  check (payee_par <> decidee_par)
);
create index creance_operateur on creance (operateur_id, id);
create index creance_convention on creance (collectivite_id, convention_id) where statut in ('acceptee', 'payee');

create table creance_pass (
  organisation_id uuid not null,
  creance_id uuid not null,
  rang int not null check (rang > 0),
  operateur_id uuid not null,
  lookup bytea not null check (octet_length(lookup) = 32),
  date_utilisation date not null,
  retenu boolean not null default false,
  primary key (organisation_id, creance_id, rang),
  foreign key (organisation_id, creance_id) references creance (organisation_id, id)
);
-- a pass is paid to one place, once
create unique index creance_pass_retenu on creance_pass (operateur_id, lookup) where retenu;

alter table transfer drop constraint transfer_motif_check;
alter table transfer add constraint transfer_motif_check check (motif in ('encaissement', 'frais_amont', 'activation', 'utilisation', 'annulation', 'bordereau', 'paiement', 'rejet',
  'expiration', 'avoir', 'fonds_rendus', 'frais_rendus', 'incident', 'frais_aval', 'charge', 'appel', 'recette', 'appel_refuse', 'creance', 'creance_payee'));

------------------------------------------------------------------------------------------------------------------------
-- 2. Policies (node tools/policies.mjs) and grants
------------------------------------------------------------------------------------------------------------------------
-- creance
alter table creance enable row level security; alter table creance force row level security;
create policy migrator on creance to migrator using (true) with check (true);
create policy as_structure on creance to as_structure using (organisation_id = (select app_org('structure'))) with check (organisation_id = (select app_org('structure')));
create policy as_operateur on creance to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
create policy as_collectivite on creance to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
-- creance_pass
alter table creance_pass enable row level security; alter table creance_pass force row level security;
create policy migrator on creance_pass to migrator using (true) with check (true);
create policy as_structure on creance_pass to as_structure using (organisation_id = (select app_org('structure'))) with check (organisation_id = (select app_org('structure')));
create policy as_operateur on creance_pass to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- reprise
alter table reprise enable row level security; alter table reprise force row level security;
create policy migrator on reprise to migrator using (true) with check (true);
create policy as_collectivite on reprise to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on reprise to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- reprise_ligne
alter table reprise_ligne enable row level security; alter table reprise_ligne force row level security;
create policy migrator on reprise_ligne to migrator using (true) with check (true);
create policy as_collectivite on reprise_ligne to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on reprise_ligne to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
create policy fn_carnet on reprise to fn_carnet using (true) with check (true);
create policy fn_carnet on reprise_ligne to fn_carnet using (true) with check (true);
create policy fn_carnet on creance to fn_carnet using (true) with check (true);
create policy fn_carnet on creance_pass to fn_carnet using (true) with check (true);
create policy fn_carnet on commande to fn_carnet using (true) with check (true);
create policy fn_carnet on activation to fn_carnet using (true) with check (true);
create policy fn_carnet on mouvement to fn_carnet using (true) with check (true);
create policy fn_carnet on convention for select to fn_carnet using (true);
create policy fn_carnet on lieu for select to fn_carnet using (true);

grant select, insert on reprise, reprise_ligne to as_operateur;
grant select on reprise, reprise_ligne, creance to as_collectivite;
grant update (statut, nom, contenu, message, lignes, fautes, carnets, honores, refuses, montant_centimes, numero_mandat, appliquee_par, appliquee_at) on reprise to as_operateur;
grant update (motif, probleme) on reprise_ligne to as_operateur;
grant select on creance, creance_pass to as_operateur, as_structure;
grant update (statut, retenus, montant_retenu_centimes, avis, motif, examinee_par, examinee_at, decision_motif, decidee_par, decidee_at, reference_virement, date_banque, payee_par, payee_at)
  on creance to as_operateur;
grant update (retenu) on creance_pass to as_operateur;

grant select on reprise to fn_carnet;
grant select, delete, update (carnet_serie) on reprise_ligne to fn_carnet;
-- a row is locked by who may update it
grant update (numero_mandat) on reprise to fn_carnet;
grant insert on creance, creance_pass to fn_carnet;
grant insert on commande, lot, activation, mouvement to fn_carnet;
grant select (collectivite_id, id, valeur_faciale_centimes) on convention to fn_carnet;
grant select (id, nom, territoire) on organisation to fn_carnet;
grant select (organisation_id, territoires) on lieu to fn_carnet;

------------------------------------------------------------------------------------------------------------------------
-- 3. The file of a take-over
------------------------------------------------------------------------------------------------------------------------
-- Forgets the lines of a file that another one replaces.
create function reprise_clear(p_collectivite uuid, p_reprise uuid) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select 1 from reprise r where r.collectivite_id = p_collectivite and r.id = p_reprise and r.operateur_id = app_org('operateur') and r.statut = 'a_lire') then
    raise exception 'reprise out of reach' using errcode = '42501';
  end if;
  delete from reprise_ligne l where l.collectivite_id = p_collectivite and l.reprise_id = p_reprise;
end $$;

-- The lines whose pass is one of ours already: which of the operator's own, and nothing of whose they are.
create function reprise_known(p_collectivite uuid, p_reprise uuid) returns table (numero int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select l.numero from reprise_ligne l
   where l.collectivite_id = p_collectivite and l.reprise_id = p_reprise and l.operateur_id = (select app_org('operateur'))
     and exists (select 1 from pass p where p.lookup = l.lookup)
$$;

-- The carnets of a take-over being applied, from serial p_serie on: one commande, lot and activation a number of honoured pass and
-- an end of validity, so that each is worth what is honoured. The other known pass of a carnet come after those, cancelled: the
-- counter says so rather than that it does not know them. Answers the activations; the caller posts them, and holds the funds.
create function reprise_apply(p_collectivite uuid, p_reprise uuid, p_serie bigint, p_annee int, p_utilisateur uuid, p_at timestamptz)
returns table (activation_id uuid, montant_centimes bigint)
-- lines just written have no statistics: joined one by one, each would be compared with all the others
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp set enable_nestloop = off as $$
declare r reprise; g record; v_face int; v_numero bigint; v_commande uuid; v_lot uuid;
begin
  select * into r from reprise t where t.collectivite_id = p_collectivite and t.id = p_reprise and t.operateur_id = app_org('operateur') and t.statut = 'en_cours' for no key update;
  if not found then raise exception 'reprise out of reach' using errcode = '42501'; end if;
  select v.valeur_faciale_centimes into v_face from convention v where v.collectivite_id = p_collectivite and v.id = r.convention_id;
  with honore as (
    select l.serie, count(*) n, min(l.date_fin) fin, min(l.prescripteur_id::text) prescripteur, min(l.remis_le) remis from reprise_ligne l
     where l.collectivite_id = p_collectivite and l.reprise_id = p_reprise and l.motif is null group by l.serie),
  range as (select h.serie, row_number() over (order by h.n, h.fin, h.prescripteur nulls first, h.remis nulls first, h.serie) - 1 rang from honore h)
  update reprise_ligne l set carnet_serie = p_serie + o.rang from range o
   where l.collectivite_id = p_collectivite and l.reprise_id = p_reprise and l.serie = o.serie;
  for g in
    select c.n, c.fin, min(c.s) premiere, max(c.s) derniere, count(*)::int q
      from (select l.carnet_serie s, count(*) filter (where l.motif is null)::int n, min(l.date_fin) fin from reprise_ligne l
             where l.collectivite_id = p_collectivite and l.reprise_id = p_reprise and l.carnet_serie is not null group by 1) c
     group by 1, 2 order by 3
  loop
    insert into compteur as k (organisation_id, nom, annee, valeur) values (p_collectivite, 'reprise', p_annee, 1)
      on conflict (organisation_id, nom, annee) do update set valeur = k.valeur + 1 returning k.valeur into v_numero;
    v_commande := uuidv7(); v_lot := uuidv7(); activation_id := uuidv7(); montant_centimes := g.q::bigint * g.n * v_face;
    insert into commande (collectivite_id, id, convention_id, operateur_id, reference, statut, quantite, carnet_taille, valeur_faciale_centimes, montant_centimes, numero_mandat, recus,
        created_at, reprise_id)
      values (p_collectivite, v_commande, r.convention_id, r.operateur_id, 'R' || to_char(p_annee % 100, 'FM00') || '-' || lpad(v_numero::text, greatest(4, length(v_numero::text)), '0'),
        'livree', g.q, g.n, v_face, montant_centimes, r.numero_mandat, g.q, p_at, p_reprise);
    insert into lot (collectivite_id, id, commande_id, convention_id, operateur_id, quantite, carnet_taille, valeur_faciale_centimes, serie_premiere, serie_derniere, date_fin, produits,
        created_at, reprise_id)
      values (p_collectivite, v_lot, v_commande, r.convention_id, r.operateur_id, g.q, g.n, v_face, g.premiere, g.derniere, g.fin, g.q, p_at, p_reprise);
    insert into activation (collectivite_id, id, lot_id, commande_id, convention_id, operateur_id, serie_premiere, serie_derniere, carnets, montant_centimes, numero_mandat, at, utilisateur_id)
      values (p_collectivite, activation_id, v_lot, v_commande, r.convention_id, r.operateur_id, g.premiere, g.derniere, g.q, montant_centimes, r.numero_mandat, p_at, p_utilisateur);
    with ancien as (
      select l.carnet_serie s, min(l.prescripteur_id::text)::uuid prescripteur, min(l.remis_le) remis from reprise_ligne l
       where l.collectivite_id = p_collectivite and l.reprise_id = p_reprise and l.carnet_serie between g.premiere and g.derniere group by 1)
    insert into carnet (collectivite_id, serie, lot_id, convention_id, operateur_id, taille, date_fin, statut, prescripteur_id, activation_id, livre_at, attribue_at, remis_at)
    select p_collectivite, a.s, v_lot, r.convention_id, r.operateur_id, g.n, g.fin,
           case when a.remis is not null then 'remis' when a.prescripteur is not null then 'attribue' else 'livre' end,
           a.prescripteur, activation_id, p_at, case when a.prescripteur is not null then p_at end, (a.remis + time '12:00') at time zone 'Europe/Paris'
      from ancien a order by a.s;
    insert into pass (collectivite_id, id, carnet_id, lookup, statut)
    select p_collectivite, c.id * 10 + row_number() over (partition by c.id order by l.motif is not null, l.numero) - 1, c.id, l.lookup,
           case when l.motif is null then 'neuf' else 'annule' end
      from reprise_ligne l join carnet c on c.collectivite_id = p_collectivite and c.lot_id = v_lot and c.serie = l.carnet_serie
     where l.collectivite_id = p_collectivite and l.reprise_id = p_reprise and l.motif is distinct from 'deja_repris';
    insert into mouvement (collectivite_id, id, type, convention_id, lot_id, operateur_id, serie_premiere, serie_derniere, carnets, motif, utilisateur_id, at)
      values (p_collectivite, uuidv7(), 'recu', r.convention_id, v_lot, r.operateur_id, g.premiere, g.derniere, g.q, 'Repris de ' || r.ancien_operateur, p_utilisateur, p_at);
    -- carnets of one holder and one day follow each other
    insert into mouvement (collectivite_id, id, type, convention_id, lot_id, operateur_id, prescripteur_id, serie_premiere, serie_derniere, carnets, motif, utilisateur_id, at)
    select p_collectivite, uuidv7(), case when c.remis_at is null then 'accuse' else 'remis' end, r.convention_id, v_lot, r.operateur_id, c.prescripteur_id, min(c.serie), max(c.serie), count(*),
           'Chez ' || r.ancien_operateur, p_utilisateur, p_at
      from carnet c where c.collectivite_id = p_collectivite and c.lot_id = v_lot and c.prescripteur_id is not null group by c.prescripteur_id, c.remis_at;
    return next;
  end loop;
end $$;

------------------------------------------------------------------------------------------------------------------------
-- 4. Claims
------------------------------------------------------------------------------------------------------------------------
-- What a structure may claim about: the take-overs that are done where it has a lieu, by the names of their parties.
create function reprises_faites() returns table (id uuid, ancien_operateur text, collectivite text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.id, r.ancien_operateur, o.nom from reprise r join organisation o on o.id = r.collectivite_id
   where r.statut = 'appliquee'
     and exists (select 1 from lieu l where l.organisation_id = (select app_org('structure')) and l.territoires && o.territoire)
   order by o.nom, r.ancien_operateur, r.id
$$;

-- A structure declares pass that were never paid, by the keyed hashes of their codes, 32 bytes each, one after the other. Null: no such take-over.
create function creance_declare(p_reprise uuid, p_lookups bytea, p_dates date[], p_commentaire text, p_annee int, p_utilisateur uuid, p_at timestamptz) returns uuid
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare r reprise; v_structure uuid := app_org('structure'); v_face int; v_numero bigint; v_id uuid := uuidv7(); n int := cardinality(p_dates);
begin
  if v_structure is null then raise exception 'not a structure' using errcode = '42501'; end if;
  if n is null or n = 0 or octet_length(p_lookups) is distinct from n * 32 then raise exception 'arrays' using errcode = '22023'; end if;
  select * into r from reprise t where t.id = p_reprise and exists (select 1 from reprises_faites() f where f.id = t.id);
  if not found then return null; end if;
  select v.valeur_faciale_centimes into v_face from convention v where v.collectivite_id = r.collectivite_id and v.id = r.convention_id;
  insert into compteur as k (organisation_id, nom, annee, valeur) values (r.operateur_id, 'creance', p_annee, 1)
    on conflict (organisation_id, nom, annee) do update set valeur = k.valeur + 1 returning k.valeur into v_numero;
  insert into creance (organisation_id, id, collectivite_id, convention_id, operateur_id, reprise_id, reference, pass, montant_centimes, commentaire, declaree_par, declaree_at)
    values (v_structure, v_id, r.collectivite_id, r.convention_id, r.operateur_id, r.id,
      'CR' || to_char(p_annee % 100, 'FM00') || '-' || lpad(v_numero::text, greatest(4, length(v_numero::text)), '0'), n, n::bigint * v_face, p_commentaire, p_utilisateur, p_at);
  insert into creance_pass (organisation_id, creance_id, rang, operateur_id, lookup, date_utilisation)
    select v_structure, v_id, x.rang, r.operateur_id, substring(p_lookups from (x.rang::int - 1) * 32 + 1 for 32), x.jour from unnest(p_dates) with ordinality x(jour, rang);
  return v_id;
end $$;

grant execute on function reprise_clear, reprise_known, reprise_apply to as_operateur;
grant execute on function reprises_faites, creance_declare to as_structure;
alter function reprise_clear owner to fn_carnet;
alter function reprise_known owner to fn_carnet;
alter function reprise_apply owner to fn_carnet;
alter function reprises_faites owner to fn_carnet;
alter function creance_declare owner to fn_carnet;
revoke create on schema public from fn_carnet;
