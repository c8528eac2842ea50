-- What the bank says of the transfers it was asked for: a file, applied whole or refused whole, and its report.

create table retour_bancaire (
  operateur_id uuid not null references organisation (id),
  id uuid not null,
  nom text not null check (nom <> ''),
  -- said by its first lines; null until it was read
  format text check (format in ('csv', 'camt053', 'pain002')),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- the bytes of a large file, until a job has read them: a bank's file names people
  contenu bytea,
  statut text not null default 'a_lire' check (statut in ('a_lire', 'applique', 'refuse')),
  -- why it was refused
  message text,
  lignes int not null default 0 check (lignes >= 0),
  executes int not null default 0 check (executes >= 0),
  rejetes int not null default 0 check (rejetes >= 0),
  attentes int not null default 0 check (attentes >= 0),
  inconnus int not null default 0 check (inconnus >= 0),
  execute_centimes bigint not null default 0 check (execute_centimes >= 0),
  rejete_centimes bigint not null default 0 check (rejete_centimes >= 0),
  utilisateur_id uuid not null references utilisateur (id),
  at timestamptz not null,
  primary key (operateur_id, id),
  check ((statut = 'a_lire') = (contenu is not null)),
  check ((statut = 'refuse') = (message is not null)),
  check (statut <> 'applique' or format is not null)
);
-- the same bytes are applied once; a file that was refused may come back
create unique index retour_bancaire_une_fois on retour_bancaire (operateur_id, sha256) where statut <> 'refuse';

create table retour_bancaire_ligne (
  operateur_id uuid not null,
  retour_id uuid not null,
  rang int not null check (rang > 0),
  -- line of a CSV, rank of an operation of an XML
  numero int not null check (numero > 0),
  reference text,
  effet text not null check (effet in ('execute', 'rejete', 'attente', 'inconnu')),
  montant_centimes bigint,
  date_banque date,
  motif text,
  structure_id uuid,
  bordereau_id uuid,
  primary key (operateur_id, retour_id, rang),
  foreign key (operateur_id, retour_id) references retour_bancaire (operateur_id, id),
  foreign key (structure_id, bordereau_id) references bordereau (organisation_id, id),
  check ((effet = 'inconnu') = (bordereau_id is null)),
  check ((structure_id is null) = (bordereau_id is null))
);
create trigger refuse_change before update or delete on retour_bancaire_ligne for each row execute function refuse_change();
create trigger refuse_truncate before truncate on retour_bancaire_ligne for each statement execute function refuse_change();

-- retour_bancaire
alter table retour_bancaire enable row level security; alter table retour_bancaire force row level security;
create policy migrator on retour_bancaire to migrator using (true) with check (true);
create policy as_operateur on retour_bancaire to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- retour_bancaire_ligne
alter table retour_bancaire_ligne enable row level security; alter table retour_bancaire_ligne force row level security;
create policy migrator on retour_bancaire_ligne to migrator using (true) with check (true);
create policy as_operateur on retour_bancaire_ligne to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));

grant select, insert on retour_bancaire, retour_bancaire_ligne to as_operateur;
grant update (format, contenu, statut, message, lignes, executes, rejetes, attentes, inconnus, execute_centimes, rejete_centimes) on retour_bancaire to as_operateur;
-- an account that the bank refused for one transfer is replaced in those that have not left
grant update (compte_id) on bordereau to as_operateur;
