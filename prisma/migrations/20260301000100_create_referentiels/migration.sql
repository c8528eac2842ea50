-- References (family c): the official geographic code, readable by every role, written by migrations, seeds and imports.
-- A text as searches compare it: no accent, lower case, anything but letters and digits one space (domain/recherche.ts, held
-- equal by a test). The prefix search is `^@`: leakproof, hence an index condition under row security, which LIKE is not.
create function recherche_de(p text) returns text language sql immutable strict parallel safe set search_path = pg_catalog
return btrim(regexp_replace(lower(replace(replace(replace(replace(regexp_replace(normalize(p, nfd), '[\u0300-\u036f]', '', 'g'),
  'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae')) collate "C", '[^a-z0-9]+', ' ', 'g')) collate "C";

create table departement (
  code text primary key check (code ~ '^(0[1-9]|[1-8][0-9]|9[0-5]|2[AB]|97[1-8]|98[4-9])$'),
  nom text not null,
  region text not null,
  fuseau text not null default 'Europe/Paris'
);

create table epci (
  code text primary key check (code ~ '^[0-9]{9}$'),
  nom text not null
);

create table commune (
  code text primary key check (code ~ '^[0-9AB]{5}$'),
  nom text not null,
  -- unaccented lower case, for the prefix search (`^@` is leakproof, LIKE is not)
  recherche text collate "C" not null,
  departement text not null references departement (code),
  region text not null,
  epci text references epci (code),
  codes_postaux text[] not null default '{}',
  population int not null default 0 check (population >= 0)
);
create index commune_recherche on commune (recherche, code);
create index commune_departement on commune (departement, recherche);

-- Places of mediation are national: a labelled one is public, its structure, the operators and the ANCT see it before.
create table lieu (
  organisation_id uuid not null references organisation (id),
  id uuid not null,
  nom text not null check (nom <> ''),
  recherche_nom text collate "C" generated always as (recherche_de(nom)) stored,
  adresse text not null,
  complement_adresse text,
  code_postal text not null check (code_postal ~ '^[0-9]{5}$'),
  commune text not null references commune (code),
  nom_commune text not null,
  recherche_commune text collate "C" generated always as (recherche_de(nom_commune)) stored,
  departement text not null references departement (code),
  -- commune, EPCI, département and région of the place, what a convention's territory is compared with
  territoires text[] not null,
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  telephone text,
  courriel text,
  horaires text,
  minutes_semaine int check (minutes_semaine between 0 and 10080),
  itinerant boolean not null default false,
  fuseau text not null default 'Europe/Paris',
  -- labelled, neither suspended nor closed: kept by the use-cases of lieux, read by the public list
  publie boolean not null default false,
  date_fermeture date,
  source text,
  source_id text,
  -- SHA-256 of the imported row: a second run of the same file changes nothing
  empreinte text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organisation_id, id),
  unique (id),
  unique (source, source_id),
  check ((source is null) = (source_id is null))
);
create index lieu_publie on lieu (departement, nom, id) where publie;
create index lieu_nom on lieu (nom, id);
create index lieu_recherche_nom on lieu (recherche_nom) where publie;
create index lieu_recherche_commune on lieu (recherche_commune) where publie;

create table lieu_service (
  organisation_id uuid not null,
  lieu_id uuid not null,
  theme text not null,
  duree_minutes int not null default 120 check (duree_minutes between 15 and 480),
  prix_pass int not null default 1 check (prix_pass between 1 and 10),
  primary key (organisation_id, lieu_id, theme),
  foreign key (organisation_id, lieu_id) references lieu (organisation_id, id)
);

-- The structure's label file: one a structure.
create table labellisation (
  organisation_id uuid primary key references organisation (id),
  operateur_id uuid references organisation (id),
  statut text not null check (statut in ('brouillon', 'soumis', 'complement_demande', 'eligible', 'refuse', 'charte_signee', 'labellise', 'suspendu', 'retire', 'caduc')),
  date_debut date,
  date_fin date,
  charte_version text,
  derogation_horaires text,
  -- public bodies: the acte de régie or convention de mandat; null when none is needed
  date_fin_regie date,
  updated_at timestamptz not null default now(),
  check (statut not in ('labellise', 'suspendu') or date_debut is not null)
);
