-- A range of carnets sent to a prescripteur: in transit until it acknowledges.
create table attribution (
  collectivite_id uuid not null references organisation (id),
  id uuid not null,
  reference text not null,
  convention_id uuid not null,
  lot_id uuid not null,
  prescripteur_id uuid not null references organisation (id),
  serie_premiere bigint not null,
  serie_derniere bigint not null,
  carnets int not null check (carnets > 0),
  statut text not null default 'envoyee' check (statut in ('envoyee', 'accusee', 'annulee')),
  envoyee_at timestamptz not null,
  accusee_at timestamptz,
  primary key (collectivite_id, id),
  unique (collectivite_id, reference),
  foreign key (collectivite_id, convention_id) references convention (collectivite_id, id),
  foreign key (collectivite_id, lot_id) references lot (collectivite_id, id),
  check (serie_derniere >= serie_premiere),
  check ((statut = 'accusee') = (accusee_at is not null))
);
create index attribution_prescripteur on attribution (prescripteur_id, id);

create table beneficiaire (
  collectivite_id uuid not null references organisation (id),
  id uuid not null,
  prescripteur_id uuid not null references organisation (id),
  prenom text not null check (prenom <> ''),
  nom text not null check (nom <> ''),
  tranche_age text not null,
  statut_emploi text not null,
  commune text references commune (code),
  contact text,
  created_at timestamptz not null default now(),
  primary key (collectivite_id, id)
);
create index beneficiaire_prescripteur on beneficiaire (prescripteur_id, id);

create table carnet (
  collectivite_id uuid not null references organisation (id),
  id bigint generated always as identity (cache 50),
  public_id uuid not null default uuidv7(),
  serie bigint not null,
  lot_id uuid not null,
  convention_id uuid not null,
  operateur_id uuid not null,
  -- current custodian below the collectivité, kept at hand-over: who handed it over stays readable by one column
  prescripteur_id uuid references organisation (id),
  -- in transit: custody stays with the sender until the receiver acknowledges
  destination_id uuid references organisation (id),
  statut text not null default 'cree' check (statut in ('cree', 'imprime', 'expedie', 'livre', 'attribue', 'remis', 'bloque', 'annule', 'expire')),
  statut_avant_blocage text check (statut_avant_blocage in ('cree', 'imprime', 'expedie', 'livre', 'attribue', 'remis')),
  motif_blocage text check (motif_blocage in ('perdu', 'vole', 'controle')),
  taille int not null check (taille between 1 and 10),
  -- legal end of validity, moved by avenant only; the tolerance is the convention's
  date_fin date not null,
  activation_id uuid,
  beneficiaire_id uuid,
  -- used pass; the carnet's row is the lock of its pass
  utilises int not null default 0,
  livre_at timestamptz,
  attribue_at timestamptz,
  remis_at timestamptz,
  primary key (collectivite_id, id),
  unique (id),
  unique (public_id),
  unique (serie),
  foreign key (collectivite_id, lot_id) references lot (collectivite_id, id),
  foreign key (collectivite_id, convention_id) references convention (collectivite_id, id),
  foreign key (collectivite_id, activation_id) references activation (collectivite_id, id),
  foreign key (collectivite_id, beneficiaire_id) references beneficiaire (collectivite_id, id),
  check (utilises between 0 and taille),
  check ((statut = 'bloque') = (motif_blocage is not null)),
  check ((statut = 'bloque') = (statut_avant_blocage is not null)),
  check (statut <> 'remis' or (prescripteur_id is not null and remis_at is not null)),
  check (statut <> 'attribue' or prescripteur_id is not null),
  check (destination_id is null or statut in ('livre', 'attribue', 'bloque'))
) with (fillfactor = 90);
create index carnet_collectivite on carnet (collectivite_id, serie);
create index carnet_prescripteur on carnet (prescripteur_id, serie) where prescripteur_id is not null;
create index carnet_destination on carnet (destination_id, serie) where destination_id is not null;
create index carnet_operateur on carnet (operateur_id, serie);
create index carnet_lot on carnet (collectivite_id, lot_id, serie);
create index carnet_beneficiaire on carnet (collectivite_id, beneficiaire_id) where beneficiaire_id is not null;

-- A voucher. id = carnet.id * 10 + rank - 1; the code is never stored, only its keyed hash.
create table pass (
  collectivite_id uuid not null,
  id bigint not null,
  carnet_id bigint not null,
  statut text not null default 'neuf' check (statut in ('neuf', 'utilise', 'annule')),
  lookup bytea not null check (octet_length(lookup) = 32),
  lookup_key int not null default 1,
  primary key (collectivite_id, id),
  foreign key (collectivite_id, carnet_id) references carnet (collectivite_id, id),
  check (carnet_id = id / 10)
) with (fillfactor = 90);
create unique index pass_lookup on pass (lookup);

-- The history of custody: what, when, from whom to whom, on which range. Never changed.
create table mouvement (
  collectivite_id uuid not null references organisation (id),
  id uuid not null,
  type text not null check (type in ('imprime', 'expedie', 'recu', 'manquant', 'attribue', 'accuse', 'remis', 'repris', 'bloque', 'debloque', 'annule')),
  convention_id uuid not null,
  lot_id uuid not null,
  operateur_id uuid not null,
  prescripteur_id uuid,
  serie_premiere bigint not null,
  serie_derniere bigint not null,
  carnets int not null check (carnets > 0),
  motif text,
  utilisateur_id uuid,
  at timestamptz not null,
  primary key (collectivite_id, id),
  foreign key (collectivite_id, lot_id) references lot (collectivite_id, id),
  check (serie_derniere >= serie_premiere)
);
create index mouvement_serie on mouvement (collectivite_id, lot_id, serie_premiere);
create index mouvement_prescripteur on mouvement (prescripteur_id, id) where prescripteur_id is not null;
create trigger refuse_change before update or delete on mouvement for each row execute function refuse_change();
create trigger refuse_truncate before truncate on mouvement for each statement execute function refuse_change();

create table prescription (
  collectivite_id uuid not null references organisation (id),
  id uuid not null,
  prescripteur_id uuid not null references organisation (id),
  convention_id uuid not null,
  carnet_id bigint not null,
  beneficiaire_id uuid,
  reponses jsonb not null,
  niveau text not null,
  besoin text not null,
  public text not null,
  consentement boolean not null check (consentement),
  motif_derogation text,
  utilisateur_id uuid not null,
  remis_at timestamptz not null,
  annulee_at timestamptz,
  primary key (collectivite_id, id),
  foreign key (collectivite_id, carnet_id) references carnet (collectivite_id, id),
  foreign key (collectivite_id, beneficiaire_id) references beneficiaire (collectivite_id, id),
  foreign key (collectivite_id, convention_id) references convention (collectivite_id, id)
);
create index prescription_prescripteur on prescription (prescripteur_id, id);
-- a carnet is handed over once at a time
create unique index prescription_vivante on prescription (collectivite_id, carnet_id) where annulee_at is null;

-- Writes carnets p_de … of a lot with the keyed hashes of their pass (taille hashes a carnet, in order), as the operator
-- of the lot. Answers how many carnets the lot holds afterwards: the job goes on from there, so a second run of the same
-- chunk writes nothing twice.
create function produce_carnets(p_collectivite uuid, p_lot uuid, p_de int, p_lookups bytea[])
returns int language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare l lot; n int;
begin
  select * into l from lot where collectivite_id = p_collectivite and id = p_lot and operateur_id = app_org('operateur') for no key update;
  if not found then raise exception 'lot out of reach' using errcode = '42501'; end if;
  n := cardinality(p_lookups) / l.carnet_taille;
  if p_de <> l.produits then return l.produits; end if;
  if n = 0 or n * l.carnet_taille <> cardinality(p_lookups) or p_de + n > l.quantite then raise exception 'chunk' using errcode = '22023'; end if;
  with made as (
    insert into carnet (collectivite_id, serie, lot_id, convention_id, operateur_id, taille, date_fin)
    select p_collectivite, l.serie_premiere + p_de + i, p_lot, l.convention_id, l.operateur_id, l.carnet_taille, l.date_fin from generate_series(0, n - 1) i
    returning id, serie)
  -- unnest, never a subscript: reading the n-th bytea of an array walks over the n - 1 before it
  insert into pass (collectivite_id, id, carnet_id, lookup)
  select p_collectivite, m.id * 10 + (u.k - 1) % l.carnet_taille, m.id, u.lookup
    from unnest(p_lookups) with ordinality u(lookup, k) join made m on m.serie = l.serie_premiere + p_de + (u.k - 1) / l.carnet_taille;
  update lot set produits = produits + n where collectivite_id = p_collectivite and id = p_lot;
  return p_de + n;
end $$;
