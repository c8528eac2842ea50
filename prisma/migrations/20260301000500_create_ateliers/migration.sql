create table atelier (
  organisation_id uuid not null references organisation (id),
  id uuid not null,
  lieu_id uuid not null,
  mediateur_id uuid not null references utilisateur (id),
  theme text not null,
  niveau text not null check (niveau in ('debutant', 'intermediaire', 'autonome')),
  date date not null,
  debut text not null check (debut ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  duree_minutes int not null check (duree_minutes between 15 and 480),
  capacite int not null check (capacite between 1 and 100),
  -- seats taken: a locked counter, never a count
  places_prises int not null default 0,
  sans_pass int not null default 0 check (sans_pass between 0 and 100),
  statut text not null default 'ouvert' check (statut in ('brouillon', 'ouvert', 'complet', 'tenu', 'valide', 'annule')),
  motif_annulation text,
  created_at timestamptz not null default now(),
  primary key (organisation_id, id),
  unique (id),
  foreign key (organisation_id, lieu_id) references lieu (organisation_id, id),
  check (places_prises between 0 and capacite)
);
create index atelier_jour on atelier (organisation_id, date, id);

create table inscription (
  organisation_id uuid not null,
  id uuid not null default uuidv7(),
  atelier_id uuid not null,
  collectivite_id uuid not null,
  carnet_id bigint not null,
  -- the person: the beneficiary, or the carnet itself when the hand-over is anonymous
  personne_id uuid not null,
  statut text not null check (statut in ('inscrit', 'present', 'absent_excuse', 'absent', 'annule', 'liste_attente')),
  -- enrolled by its first pass: the undo frees the seat
  par_pass boolean not null default false,
  pass_utilises int not null default 0 check (pass_utilises >= 0),
  created_at timestamptz not null default now(),
  primary key (organisation_id, id),
  unique (organisation_id, atelier_id, personne_id),
  foreign key (organisation_id, atelier_id) references atelier (organisation_id, id)
);

create table redemption (
  collectivite_id uuid not null,
  id bigint generated always as identity (cache 50),
  public_id uuid not null default uuidv7(),
  -- the call: one act uses 1..n pass of one atelier
  acte_id uuid not null,
  pass_id bigint not null,
  carnet_id bigint not null,
  convention_id uuid not null,
  operateur_id uuid not null references organisation (id),
  structure_id uuid not null references organisation (id),
  prescripteur_id uuid,
  lieu_id uuid not null,
  atelier_id uuid not null,
  personne_id uuid not null,
  date_atelier date not null,
  demi_journee text not null check (demi_journee in ('matin', 'apres_midi')),
  montant_centimes int not null check (montant_centimes > 0),
  statut text not null default 'a_payer' check (statut in ('a_payer', 'en_bordereau', 'payee', 'annulee')),
  transfer_id bigint not null,
  annulation_transfer_id bigint,
  annulation_motif text,
  annulee_at timestamptz,
  bordereau_id uuid,
  utilisateur_id uuid not null,
  at timestamptz not null,
  xid xid8 not null default pg_current_xact_id(),
  primary key (collectivite_id, id),
  unique (public_id),
  foreign key (collectivite_id, pass_id) references pass (collectivite_id, id),
  foreign key (collectivite_id, convention_id) references convention (collectivite_id, id),
  foreign key (collectivite_id, transfer_id) references transfer (collectivite_id, id),
  foreign key (collectivite_id, annulation_transfer_id) references transfer (collectivite_id, id),
  foreign key (structure_id, atelier_id) references atelier (organisation_id, id),
  check ((statut = 'annulee') = (annulation_transfer_id is not null)),
  check ((statut = 'annulee') = (annulee_at is not null)),
  check ((statut in ('en_bordereau', 'payee')) = (bordereau_id is not null))
) with (fillfactor = 90);
-- a pass is paid once: the second, independent guard
create unique index redemption_vivante on redemption (collectivite_id, pass_id) where statut <> 'annulee';
create index redemption_acte on redemption (structure_id, acte_id);
-- the atelier's page and the list of the day
create index redemption_atelier on redemption (structure_id, atelier_id);
create index redemption_personne on redemption (collectivite_id, personne_id, date_atelier) where statut <> 'annulee';
create index redemption_a_payer on redemption (operateur_id, structure_id, at) where statut = 'a_payer';

-- Wrong codes, counted for the throttle of the counter.
create table essai_code (
  organisation_id uuid not null references organisation (id),
  id bigint generated always as identity,
  utilisateur_id uuid not null,
  lieu_id uuid not null,
  nombre int not null check (nombre > 0),
  at timestamptz not null,
  primary key (organisation_id, id)
);
create index essai_code_recent on essai_code (organisation_id, at);
