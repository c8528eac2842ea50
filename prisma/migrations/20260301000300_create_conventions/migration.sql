create table convention (
  collectivite_id uuid not null references organisation (id),
  id uuid not null,
  operateur_id uuid not null references organisation (id),
  reference text not null,
  nom text not null check (nom <> ''),
  statut text not null default 'brouillon' check (statut in ('brouillon', 'signee', 'active', 'en_bilan', 'soldee', 'close', 'resiliee')),
  date_debut date not null,
  date_fin date not null,
  montant_centimes bigint not null check (montant_centimes > 0),
  carnet_taille int not null default 10 check (carnet_taille between 1 and 10),
  valeur_faciale_centimes int not null default 1000 check (valeur_faciale_centimes between 100 and 100000),
  validite_mois int not null default 12 check (validite_mois between 1 and 60),
  tolerance_jours int not null default 30 check (tolerance_jours between 0 and 365),
  reclamation_jours int not null default 60 check (reclamation_jours between 0 and 365),
  pass_par_atelier int not null default 1 check (pass_par_atelier between 1 and 10),
  pass_par_atelier_long int not null default 2 check (pass_par_atelier_long between 1 and 10),
  pass_par_demi_journee int not null default 2 check (pass_par_demi_journee between 1 and 10),
  quota_pic_bp int not null default 5000 check (quota_pic_bp between 0 and 10000),
  frais_amont_bp int not null default 400 check (frais_amont_bp between 0 and 5000),
  fse boolean not null default false,
  identite text not null default 'minimale' check (identite in ('anonyme', 'minimale', 'fse')),
  lieux_admis text not null default 'tous' check (lieux_admis in ('tous', 'liste')),
  -- codes of communes, EPCI, départements or régions where its pass are accepted; empty = everywhere
  territoire text[] not null default '{}',
  publics text[] not null default '{}',
  -- who may read it besides its own: kept by the use-cases, so that every policy is a column test
  financeur_ids uuid[] not null default '{}',
  prescripteur_ids uuid[] not null default '{}',
  date_signature date,
  created_at timestamptz not null default now(),
  primary key (collectivite_id, id),
  unique (collectivite_id, reference),
  check (date_fin >= date_debut)
);
create index convention_operateur on convention (operateur_id, id);
create index convention_recente on convention (id);

create table convention_financeur (
  collectivite_id uuid not null,
  convention_id uuid not null,
  rang int not null check (rang between 1 and 10),
  -- null for the State and for a payer without an account here
  financeur_id uuid references organisation (id),
  nature text not null check (nature in ('etat', 'collectivite', 'fse', 'prive')),
  nom text not null check (nom <> ''),
  cle_bp int not null check (cle_bp between 1 and 10000),
  plafond_centimes bigint check (plafond_centimes > 0),
  est_repli boolean not null default false,
  signataire text,
  date_signature date,
  primary key (collectivite_id, convention_id, rang),
  foreign key (collectivite_id, convention_id) references convention (collectivite_id, id) on delete cascade,
  check ((signataire is null) = (date_signature is null)),
  -- the fallback takes what a cap refuses: it has none
  check (not est_repli or plafond_centimes is null)
);
create unique index convention_financeur_repli on convention_financeur (collectivite_id, convention_id) where est_repli;

-- The key adds up to 10 000 basis points, checked when the transaction ends.
create function convention_cle_complete() returns trigger language plpgsql set search_path = pg_catalog, public as $$
declare v_col uuid := coalesce(new.collectivite_id, old.collectivite_id); v_conv uuid := coalesce(new.convention_id, old.convention_id); v_total int;
begin
  select sum(cle_bp) into v_total from convention_financeur where collectivite_id = v_col and convention_id = v_conv;
  if v_total is not null and v_total <> 10000 then
    raise exception 'key of convention % is % basis points', v_conv, v_total using errcode = '23514', constraint = 'convention_cle_complete';
  end if;
  return null;
end $$;
create constraint trigger convention_cle_complete after insert or update or delete on convention_financeur
  deferrable initially deferred for each row execute function convention_cle_complete();

create table convention_lieu (
  collectivite_id uuid not null,
  convention_id uuid not null,
  lieu_id uuid not null references lieu (id),
  primary key (collectivite_id, convention_id, lieu_id),
  foreign key (collectivite_id, convention_id) references convention (collectivite_id, id)
);

alter table account add foreign key (collectivite_id, convention_id) references convention (collectivite_id, id);

create table commande (
  collectivite_id uuid not null references organisation (id),
  id uuid not null,
  convention_id uuid not null,
  operateur_id uuid not null references organisation (id),
  reference text not null,
  statut text not null default 'brouillon' check (statut in ('brouillon', 'devis', 'signee', 'maquette_a_valider', 'maquette_refusee', 'maquette_validee', 'en_production', 'expediee', 'livree', 'close', 'annulee')),
  quantite int not null check (quantite between 1 and 100000),
  carnet_taille int not null check (carnet_taille between 1 and 10),
  valeur_faciale_centimes int not null check (valeur_faciale_centimes > 0),
  montant_centimes bigint not null,
  frais_centimes bigint not null default 0 check (frais_centimes >= 0),
  tva_centimes bigint not null default 0 check (tva_centimes >= 0),
  numero_engagement text,
  code_service text,
  signataire text,
  maquette_texte text,
  maquette_commentaire text,
  numero_mandat text,
  colis int check (colis between 1 and 10000),
  recus int check (recus >= 0),
  created_at timestamptz not null default now(),
  primary key (collectivite_id, id),
  unique (collectivite_id, reference),
  foreign key (collectivite_id, convention_id) references convention (collectivite_id, id),
  -- the face value is what the carnets are worth, never a figure of its own
  check (montant_centimes = quantite::bigint * carnet_taille * valeur_faciale_centimes),
  check (statut <> 'livree' or recus is not null),
  check (recus is null or recus <= quantite)
);
create index commande_operateur on commande (operateur_id, id);
create index commande_convention on commande (collectivite_id, convention_id);

create table commande_etape (
  collectivite_id uuid not null,
  commande_id uuid not null,
  id uuid not null,
  operateur_id uuid not null,
  action text not null,
  statut text not null,
  organisation text not null,
  acteur text not null,
  commentaire text,
  at timestamptz not null,
  primary key (collectivite_id, commande_id, id),
  foreign key (collectivite_id, commande_id) references commande (collectivite_id, id)
);

create table encaissement (
  collectivite_id uuid not null,
  id uuid not null,
  convention_id uuid not null,
  commande_id uuid not null,
  operateur_id uuid not null,
  montant_centimes bigint not null check (montant_centimes > 0),
  frais_centimes bigint not null default 0 check (frais_centimes >= 0),
  reference_virement text not null check (reference_virement <> ''),
  date_reception date not null,
  created_at timestamptz not null default now(),
  primary key (collectivite_id, id),
  -- the same bank line is never entered twice
  unique (collectivite_id, operateur_id, reference_virement),
  foreign key (collectivite_id, commande_id) references commande (collectivite_id, id),
  foreign key (collectivite_id, convention_id) references convention (collectivite_id, id)
);

create table lot (
  collectivite_id uuid not null,
  id uuid not null,
  commande_id uuid not null,
  convention_id uuid not null,
  operateur_id uuid not null,
  quantite int not null check (quantite between 1 and 100000),
  carnet_taille int not null check (carnet_taille between 1 and 10),
  valeur_faciale_centimes int not null check (valeur_faciale_centimes > 0),
  serie_premiere bigint not null,
  serie_derniere bigint not null,
  date_fin date not null,
  -- how many carnets the job has written: where it resumes after a stop
  produits int not null default 0 check (produits between 0 and quantite),
  imprime_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (collectivite_id, id),
  unique (collectivite_id, commande_id),
  foreign key (collectivite_id, commande_id) references commande (collectivite_id, id),
  foreign key (collectivite_id, convention_id) references convention (collectivite_id, id),
  check (serie_derniere = serie_premiere + quantite - 1),
  constraint lot_series exclude using gist (int8range(serie_premiere, serie_derniere, '[]') with &&)
);

-- The lot's 256-bit key, enveloped by the server's key: codes are derived from it and never stored. The row goes 7 days
-- after the print file was taken.
create table lot_cle (
  collectivite_id uuid not null,
  lot_id uuid not null,
  operateur_id uuid not null,
  cle_chiffree bytea not null,
  primary key (collectivite_id, lot_id),
  foreign key (collectivite_id, lot_id) references lot (collectivite_id, id)
);

create table activation (
  collectivite_id uuid not null,
  id uuid not null,
  lot_id uuid not null,
  commande_id uuid not null,
  convention_id uuid not null,
  operateur_id uuid not null,
  serie_premiere bigint not null,
  serie_derniere bigint not null,
  carnets int not null check (carnets > 0),
  montant_centimes bigint not null check (montant_centimes > 0),
  numero_mandat text not null check (numero_mandat <> ''),
  at timestamptz not null,
  utilisateur_id uuid not null,
  primary key (collectivite_id, id),
  foreign key (collectivite_id, lot_id) references lot (collectivite_id, id),
  foreign key (collectivite_id, commande_id) references commande (collectivite_id, id),
  check (serie_derniere >= serie_premiere),
  -- a carnet is active by one activation only
  constraint activation_series exclude using gist (int8range(serie_premiere, serie_derniere, '[]') with &&)
);
create index activation_commande on activation (collectivite_id, commande_id);
