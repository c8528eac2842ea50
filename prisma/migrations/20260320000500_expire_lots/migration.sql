-- The end of a lot as a workflow: alerts with their counts, agreements, joint statement, closing and avoir.

------------------------------------------------------------------------------------------------------------------------
-- 1. Tables
------------------------------------------------------------------------------------------------------------------------

-- One row a lot and a date: an avenant that moves the date begins again on another row.
create table echeance (
  collectivite_id uuid not null references organisation (id),
  id uuid not null,
  lot_id uuid not null,
  convention_id uuid not null,
  operateur_id uuid not null references organisation (id),
  date_fin date not null,
  statut text not null default 'en_cours' check (statut in ('en_cours', 'releve', 'cloture', 'close', 'prolongee')),
  -- the joint statement: written again, it takes the next version and asks for new signatures
  releve_version int not null default 0 check (releve_version >= 0),
  releve_jour date,
  emis int check (emis >= 0),
  remis int check (remis >= 0),
  jamais_remis int check (jamais_remis >= 0),
  entames int check (entames >= 0),
  pass_utilises int check (pass_utilises >= 0),
  pass_expires int check (pass_expires >= 0),
  pass_annules int check (pass_annules >= 0),
  clos_par uuid references utilisateur (id),
  clos_at timestamptz,
  primary key (collectivite_id, id),
  unique (collectivite_id, lot_id, date_fin),
  foreign key (collectivite_id, lot_id) references lot (collectivite_id, id),
  foreign key (collectivite_id, convention_id) references convention (collectivite_id, id),
  check (num_nulls(releve_jour, emis, remis, jamais_remis, entames, pass_utilises, pass_expires, pass_annules) = case releve_version when 0 then 8 else 0 end),
  check (statut in ('en_cours', 'prolongee') or releve_version > 0),
  check ((statut = 'close') = (clos_at is not null))
);
create index echeance_operateur on echeance (operateur_id, id);

-- What was announced, once each, with the counts of that day.
create table echeance_alerte (
  collectivite_id uuid not null,
  echeance_id uuid not null,
  etape text not null check (etape in ('alerte', 'arret_distribution', 'constat', 'releve')),
  operateur_id uuid not null references organisation (id),
  jour date not null,
  emis int not null,
  remis int not null,
  jamais_remis int not null,
  entames int not null,
  at timestamptz not null,
  primary key (collectivite_id, echeance_id, etape),
  foreign key (collectivite_id, echeance_id) references echeance (collectivite_id, id)
);

-- What each side agreed to, and who said so.
create table echeance_accord (
  collectivite_id uuid not null,
  echeance_id uuid not null,
  etape text not null check (etape in ('arret_distribution', 'constat', 'releve')),
  partie text not null check (partie in ('collectivite', 'operateur')),
  -- of the statement that was signed; 0 for the other steps
  version int not null default 0 check ((etape = 'releve') = (version > 0)),
  operateur_id uuid not null references organisation (id),
  jour date not null,
  acteur text not null check (acteur <> ''),
  utilisateur_id uuid not null references utilisateur (id),
  at timestamptz not null,
  primary key (collectivite_id, echeance_id, etape, partie, version),
  foreign key (collectivite_id, echeance_id) references echeance (collectivite_id, id)
);

-- Handed over after the stop: on the word of the collectivité, and at its cost.
create table derogation (
  collectivite_id uuid not null references organisation (id),
  id uuid not null,
  echeance_id uuid not null,
  operateur_id uuid not null references organisation (id),
  serie_premiere bigint not null,
  serie_derniere bigint not null check (serie_derniere >= serie_premiere),
  carnets int not null check (carnets > 0),
  motif text not null check (length(motif) between 1 and 300),
  jour date not null,
  acteur text not null check (acteur <> ''),
  utilisateur_id uuid not null references utilisateur (id),
  at timestamptz not null,
  primary key (collectivite_id, id),
  foreign key (collectivite_id, echeance_id) references echeance (collectivite_id, id)
);
create index derogation_echeance on derogation (collectivite_id, echeance_id);

-- The face value of what was never used, given back: a number of the year without gap, shared by the key of the convention.
create table avoir (
  collectivite_id uuid not null references organisation (id),
  id uuid not null,
  echeance_id uuid not null,
  convention_id uuid not null,
  operateur_id uuid not null references organisation (id),
  numero text not null check (numero <> ''),
  annee int not null,
  rang int not null check (rang > 0),
  date_emission date not null,
  pass_expires int not null check (pass_expires >= 0),
  pass_annules int not null check (pass_annules >= 0),
  valeur_faciale_centimes int not null check (valeur_faciale_centimes > 0),
  montant_centimes bigint not null check (montant_centimes > 0),
  -- as they were that day
  vendeur text not null,
  vendeur_siret text,
  acheteur text not null,
  acheteur_siret text,
  created_at timestamptz not null,
  primary key (collectivite_id, id),
  unique (collectivite_id, echeance_id),
  unique (operateur_id, annee, rang),
  foreign key (collectivite_id, echeance_id) references echeance (collectivite_id, id),
  foreign key (collectivite_id, convention_id) references convention (collectivite_id, id),
  check (montant_centimes = (pass_expires + pass_annules)::bigint * valeur_faciale_centimes)
);
create table avoir_part (
  collectivite_id uuid not null,
  avoir_id uuid not null,
  rang int not null,
  operateur_id uuid not null references organisation (id),
  nature text not null,
  nom text not null,
  cle_bp int not null check (cle_bp between 0 and 10000),
  montant_centimes bigint not null check (montant_centimes >= 0),
  primary key (collectivite_id, avoir_id, rang),
  foreign key (collectivite_id, avoir_id) references avoir (collectivite_id, id)
);

create trigger refuse_change before update or delete on echeance_alerte for each row execute function refuse_change();
create trigger refuse_truncate before truncate on echeance_alerte for each statement execute function refuse_change();
create trigger refuse_change before update or delete on echeance_accord for each row execute function refuse_change();
create trigger refuse_truncate before truncate on echeance_accord for each statement execute function refuse_change();
create trigger refuse_change before update or delete on derogation for each row execute function refuse_change();
create trigger refuse_truncate before truncate on derogation for each statement execute function refuse_change();
create trigger refuse_change before update or delete on avoir for each row execute function refuse_change();
create trigger refuse_truncate before truncate on avoir for each statement execute function refuse_change();
create trigger refuse_change before update or delete on avoir_part for each row execute function refuse_change();
create trigger refuse_truncate before truncate on avoir_part for each statement execute function refuse_change();

alter table mouvement drop constraint mouvement_type_check;
alter table mouvement add constraint mouvement_type_check check (type in ('imprime', 'expedie', 'recu', 'manquant', 'attribue', 'transfere', 'retourne', 'rappele', 'accuse', 'rendu',
  'remis', 'repris', 'bloque', 'debloque', 'annule', 'expire'));

------------------------------------------------------------------------------------------------------------------------
-- 2. Policies (node tools/policies.mjs) and grants
------------------------------------------------------------------------------------------------------------------------
-- avoir
alter table avoir enable row level security; alter table avoir force row level security;
create policy migrator on avoir to migrator using (true) with check (true);
create policy as_collectivite on avoir to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on avoir to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- avoir_part
alter table avoir_part enable row level security; alter table avoir_part force row level security;
create policy migrator on avoir_part to migrator using (true) with check (true);
create policy as_collectivite on avoir_part to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on avoir_part to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- derogation
alter table derogation enable row level security; alter table derogation force row level security;
create policy migrator on derogation to migrator using (true) with check (true);
create policy as_collectivite on derogation to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on derogation to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- echeance
alter table echeance enable row level security; alter table echeance force row level security;
create policy migrator on echeance to migrator using (true) with check (true);
create policy as_collectivite on echeance to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on echeance to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- echeance_accord
alter table echeance_accord enable row level security; alter table echeance_accord force row level security;
create policy migrator on echeance_accord to migrator using (true) with check (true);
create policy as_collectivite on echeance_accord to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on echeance_accord to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- echeance_alerte
alter table echeance_alerte enable row level security; alter table echeance_alerte force row level security;
create policy migrator on echeance_alerte to migrator using (true) with check (true);
create policy as_collectivite on echeance_alerte to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on echeance_alerte to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));

grant select on echeance, echeance_alerte, echeance_accord, derogation, avoir, avoir_part to as_collectivite, as_operateur;
grant insert on echeance, echeance_accord to as_collectivite, as_operateur;
grant insert on derogation to as_collectivite;
grant insert on echeance_alerte, avoir, avoir_part to as_operateur;
grant update (statut, releve_version, releve_jour, emis, remis, jamais_remis, entames, pass_utilises, pass_expires, pass_annules, clos_par, clos_at) on echeance to as_operateur;
grant update (derogation_id) on carnet to as_collectivite, as_operateur;
-- a carnet that ends goes nowhere any more
grant update (destination_id) on carnet to as_operateur;

------------------------------------------------------------------------------------------------------------------------
-- 3. What is read across: the stop by who hands over, the key by who writes the avoir, the lots by the daily job
------------------------------------------------------------------------------------------------------------------------
grant create on schema public to fn_carnet, fn_ctx;

-- The day when the collectivité agreed to stop handing over the carnets of a lot, for its date as it stands; null without it. Answered to
-- the collectivité, the operator of the lot, and the prescripteurs that hold a carnet of it.
create function lot_accord_arret(p_collectivite uuid, p_lot uuid) returns date
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.jour from lot l
    join echeance e on e.collectivite_id = l.collectivite_id and e.lot_id = l.id and e.date_fin = l.date_fin
    join echeance_accord a on a.collectivite_id = e.collectivite_id and a.echeance_id = e.id and a.etape = 'arret_distribution'
   where l.collectivite_id = p_collectivite and l.id = p_lot
     and (l.collectivite_id = app_org('collectivite') or l.operateur_id = app_org('operateur')
       or exists (select 1 from carnet c where c.collectivite_id = l.collectivite_id and c.lot_id = l.id and app_org('prescripteur') in (c.prescripteur_id, c.destination_id)))
$$;
grant select on echeance, echeance_accord to fn_carnet;
create policy fn_carnet on echeance for select to fn_carnet using (true);
create policy fn_carnet on echeance_accord for select to fn_carnet using (true);
grant execute on function lot_accord_arret to as_collectivite, as_operateur, as_prescripteur;
alter function lot_accord_arret owner to fn_carnet;

-- The operators that have lots whose end is near or past, and not closed: whom the daily job works for.
create function echeances_operateurs(p_horizon date) returns table (operateur_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select distinct l.operateur_id from lot l
   where l.produits > 0
     and (l.date_fin <= p_horizon or exists (select 1 from echeance e where e.collectivite_id = l.collectivite_id and e.lot_id = l.id and e.statut in ('en_cours', 'releve')
       and e.date_fin <> l.date_fin))
     and not exists (select 1 from echeance e where e.collectivite_id = l.collectivite_id and e.lot_id = l.id and e.statut in ('cloture', 'close'))
   order by 1
$$;
grant execute on function echeances_operateurs to worker;
alter function echeances_operateurs owner to fn_carnet;

-- The key of a convention, read by its operator to share an avoir.
create function convention_key(p_collectivite uuid, p_convention uuid) returns table (rang int, nature text, nom text, cle_bp int)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select f.rang, f.nature, f.nom, f.cle_bp from convention v
    join convention_financeur f on f.collectivite_id = v.collectivite_id and f.convention_id = v.id
   where v.collectivite_id = p_collectivite and v.id = p_convention and v.operateur_id = app_org('operateur') order by f.rang
$$;
grant execute on function convention_key to as_operateur;
alter function convention_key owner to fn_ctx;

revoke create on schema public from fn_carnet, fn_ctx;
