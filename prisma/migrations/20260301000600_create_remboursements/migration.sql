create table compte_bancaire (
  organisation_id uuid not null references organisation (id),
  id uuid not null,
  iban text not null check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  iban_masque text not null,
  bic text,
  titulaire text not null check (titulaire <> ''),
  statut text not null check (statut in ('propose', 'accepte', 'refuse', 'remplace')),
  accepte_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (organisation_id, id),
  check (statut not in ('accepte', 'remplace') or accepte_at is not null)
);
create unique index compte_bancaire_accepte on compte_bancaire (organisation_id) where statut = 'accepte';

-- One SEPA file, kept as it was sent.
create table remise (
  operateur_id uuid not null references organisation (id),
  id uuid not null,
  reference text not null,
  virements int not null check (virements > 0),
  montant_centimes bigint not null check (montant_centimes > 0),
  xml text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  at timestamptz not null,
  primary key (operateur_id, id),
  unique (operateur_id, reference)
);
create trigger refuse_change before update or delete on remise for each row execute function refuse_change();

create table bordereau (
  -- the structure that is paid
  organisation_id uuid not null references organisation (id),
  id uuid not null,
  operateur_id uuid not null references organisation (id),
  reference text not null,
  mois text not null check (mois ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  statut text not null default 'arrete' check (statut in ('ouvert', 'arrete', 'controle', 'approuve', 'transmis', 'paye')),
  pass int not null check (pass > 0),
  montant_centimes bigint not null check (montant_centimes > 0),
  compte_id uuid not null,
  arrete_par uuid not null references utilisateur (id),
  arrete_at timestamptz not null,
  controle_par uuid references utilisateur (id),
  controle_at timestamptz,
  approuve_par uuid references utilisateur (id),
  approuve_at timestamptz,
  transmis_par uuid references utilisateur (id),
  transmis_at timestamptz,
  remise_id uuid,
  paye_at timestamptz,
  date_banque date,
  primary key (organisation_id, id),
  unique (operateur_id, reference),
  -- one a structure, operator and month: two closings at once make one
  unique (organisation_id, operateur_id, mois),
  foreign key (organisation_id, compte_id) references compte_bancaire (organisation_id, id),
  foreign key (operateur_id, remise_id) references remise (operateur_id, id),
  -- prepare, approve and release are three people
  check (approuve_par is null or (approuve_par <> arrete_par and approuve_par <> controle_par)),
  check (transmis_par is null or (transmis_par <> arrete_par and transmis_par <> controle_par and transmis_par <> approuve_par)),
  check ((statut in ('transmis', 'paye')) = (remise_id is not null)),
  check ((statut = 'paye') = (date_banque is not null))
);
create index bordereau_operateur on bordereau (operateur_id, id);

create table bordereau_convention (
  organisation_id uuid not null,
  bordereau_id uuid not null,
  collectivite_id uuid not null,
  convention_id uuid not null,
  operateur_id uuid not null,
  -- the collectivité's name: the structure reads no convention
  libelle text not null,
  pass int not null check (pass > 0),
  montant_centimes bigint not null check (montant_centimes > 0),
  transfer_id bigint,
  primary key (organisation_id, bordereau_id, convention_id),
  foreign key (organisation_id, bordereau_id) references bordereau (organisation_id, id),
  foreign key (collectivite_id, convention_id) references convention (collectivite_id, id),
  foreign key (collectivite_id, transfer_id) references transfer (collectivite_id, id)
);
create index bordereau_convention_collectivite on bordereau_convention (collectivite_id, convention_id);

alter table redemption add foreign key (structure_id, bordereau_id) references bordereau (organisation_id, id);
create index redemption_bordereau on redemption (structure_id, bordereau_id) where bordereau_id is not null;
