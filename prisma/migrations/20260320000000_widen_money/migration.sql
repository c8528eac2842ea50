-- Money from end to end: what a bordereau is made of, who approves it, how its transfer ends, and the second circuit (who finances what).

------------------------------------------------------------------------------------------------------------------------
-- 1. Accounts and motifs of both circuits
------------------------------------------------------------------------------------------------------------------------
alter table transfer drop constraint transfer_motif_check;
alter table transfer add constraint transfer_motif_check check (motif in ('encaissement', 'frais_amont', 'activation', 'utilisation', 'annulation', 'bordereau', 'paiement', 'rejet',
  'expiration', 'avoir', 'fonds_rendus', 'frais_rendus', 'incident', 'frais_aval', 'charge', 'appel', 'recette', 'appel_refuse'));

-- a financeur of a convention, whatever the avenant: its organisation, or its nature and name
alter table account add column financeur_cle text;
alter table account drop constraint account_nature_check;
alter table account add constraint account_nature_check check (nature in ('payeur', 'fonds', 'circulation', 'du', 'en_paiement', 'paye', 'a_crediter', 'credite', 'frais',
  'charge', 'a_appeler', 'appele', 'recu'));
alter table account add constraint account_financeur check ((nature in ('a_appeler', 'appele', 'recu')) = (financeur_cle is not null));
alter table account drop constraint account_garde;
alter table account add constraint account_garde check (nature in ('payeur', 'paye', 'credite', 'charge', 'recu') or solde_centimes >= 0);
alter table account drop constraint account_collectivite_id_convention_id_nature_structure_id_key;
alter table account add constraint account_collectivite_id_convention_id_nature_structure_id_f_key
  unique nulls not distinct (collectivite_id, convention_id, nature, structure_id, financeur_cle);

-- The account of a nature, for a financeur too. The shorter one stays: redemption calls it, and knows no financeur.
create function account_of(p_collectivite uuid, p_convention uuid, p_operateur uuid, p_nature text, p_structure uuid, p_financeur_cle text)
returns bigint language plpgsql volatile security invoker set search_path = pg_catalog, public as $$
declare v bigint;
begin
  select id into v from account where collectivite_id = p_collectivite and convention_id = p_convention and nature = p_nature
     and structure_id is not distinct from p_structure and financeur_cle is not distinct from p_financeur_cle;
  if v is null then
    insert into account (collectivite_id, convention_id, operateur_id, nature, structure_id, financeur_cle)
    values (p_collectivite, p_convention, p_operateur, p_nature, p_structure, p_financeur_cle) on conflict do nothing;
    select id into v from account where collectivite_id = p_collectivite and convention_id = p_convention and nature = p_nature
       and structure_id is not distinct from p_structure and financeur_cle is not distinct from p_financeur_cle;
  end if;
  return v;
end $$;
revoke execute on function account_of(uuid, uuid, uuid, text, uuid, text) from public;
grant execute on function account_of(uuid, uuid, uuid, text, uuid, text) to as_operateur;

------------------------------------------------------------------------------------------------------------------------
-- 2. Bordereaux: by month or by week, several approvals, lines that are not uses, a transfer that may come back
------------------------------------------------------------------------------------------------------------------------
alter table bordereau drop constraint bordereau_statut_check;
alter table bordereau add constraint bordereau_statut_check check (statut in ('ouvert', 'arrete', 'controle', 'approuve', 'transmis', 'paye', 'rejete'));
-- ISO week, for an operator that pays big amounts every week; null: the whole month
alter table bordereau add column semaine int check (semaine between 1 and 53);
alter table bordereau drop constraint bordereau_organisation_id_operateur_id_mois_key;
alter table bordereau add constraint bordereau_organisation_id_operateur_id_mois_semaine_key unique nulls not distinct (organisation_id, operateur_id, mois, semaine);
-- uses may be none: what the bank refused last month is paid alone
alter table bordereau drop constraint bordereau_pass_check;
alter table bordereau add constraint bordereau_pass_check check (pass >= 0);
alter table bordereau drop constraint bordereau_check2;
alter table bordereau add constraint bordereau_remise check ((statut in ('transmis', 'paye', 'rejete')) = (remise_id is not null));
-- the bordereau that pays again what the bank refused
alter table bordereau add column report_id uuid;
alter table bordereau add foreign key (organisation_id, report_id) references bordereau (organisation_id, id);
alter table bordereau add constraint bordereau_report check (report_id is null or statut = 'rejete');
create index bordereau_rejete on bordereau (operateur_id, organisation_id) where statut = 'rejete' and report_id is null;

create table bordereau_approbation (
  organisation_id uuid not null,
  bordereau_id uuid not null,
  utilisateur_id uuid not null references utilisateur (id),
  operateur_id uuid not null references organisation (id),
  at timestamptz not null,
  -- one approval a person: two thresholds ask for two people
  primary key (organisation_id, bordereau_id, utilisateur_id),
  foreign key (organisation_id, bordereau_id) references bordereau (organisation_id, id)
);
insert into bordereau_approbation (organisation_id, bordereau_id, utilisateur_id, operateur_id, at)
  select organisation_id, id, approuve_par, operateur_id, approuve_at from bordereau where approuve_par is not null;

-- montant_centimes is what is paid: the uses of the bordereau and its lines
alter table bordereau_convention drop constraint bordereau_convention_pass_check;
alter table bordereau_convention add constraint bordereau_convention_pass_check check (pass >= 0);
alter table bordereau_convention drop constraint bordereau_convention_montant_centimes_check;
alter table bordereau_convention add constraint bordereau_convention_montant_centimes_check check (montant_centimes >= 0);
-- when the financeurs were charged with it (circuit 2)
alter table bordereau_convention add column charge_at timestamptz;
create index bordereau_convention_a_charger on bordereau_convention (operateur_id, bordereau_id) where charge_at is null;

create table bordereau_ligne (
  organisation_id uuid not null,
  id uuid not null,
  bordereau_id uuid not null,
  collectivite_id uuid not null,
  convention_id uuid not null,
  operateur_id uuid not null references organisation (id),
  -- carried from a rejected bordereau, withheld for an incident, downstream fee
  nature text not null check (nature in ('report', 'incident', 'frais')),
  montant_centimes bigint not null check (montant_centimes <> 0),
  -- the rejected bordereau, the incident; for a fee the bordereau itself
  objet_id uuid not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, bordereau_id) references bordereau (organisation_id, id),
  foreign key (collectivite_id, convention_id) references convention (collectivite_id, id),
  check ((nature = 'report') = (montant_centimes > 0)),
  -- what is withheld or carried is so once
  unique (organisation_id, nature, objet_id, convention_id)
);
create index bordereau_ligne_bordereau on bordereau_ligne (organisation_id, bordereau_id);
create trigger refuse_change before update or delete on bordereau_ligne for each row execute function refuse_change();
create trigger refuse_truncate before truncate on bordereau_ligne for each statement execute function refuse_change();

-- One a bordereau: what the bank is asked to do, and what it did.
create table virement (
  organisation_id uuid not null,
  id uuid not null,
  bordereau_id uuid not null,
  operateur_id uuid not null,
  remise_id uuid not null,
  compte_id uuid not null,
  -- end-to-end reference: what the bank sends back
  reference text not null,
  montant_centimes bigint not null check (montant_centimes > 0),
  statut text not null default 'emis' check (statut in ('emis', 'execute', 'rejete')),
  date_banque date,
  motif_rejet text,
  at timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, bordereau_id),
  unique (operateur_id, reference),
  foreign key (organisation_id, bordereau_id) references bordereau (organisation_id, id),
  foreign key (organisation_id, compte_id) references compte_bancaire (organisation_id, id),
  foreign key (operateur_id, remise_id) references remise (operateur_id, id),
  check ((statut = 'emis') = (date_banque is null)),
  check ((statut = 'rejete') = (motif_rejet is not null))
);
create index virement_remise on virement (operateur_id, remise_id);
insert into virement (organisation_id, id, bordereau_id, operateur_id, remise_id, compte_id, reference, montant_centimes, statut, date_banque, at)
  select organisation_id, uuidv7(), id, operateur_id, remise_id, compte_id, reference, montant_centimes, case when statut = 'paye' then 'execute' else 'emis' end, date_banque, transmis_at
    from bordereau where remise_id is not null;

-- Paid for more than was done: withheld from the next bordereau of the same convention that is worth as much, once two people agreed.
create table incident (
  organisation_id uuid not null references organisation (id),
  id uuid not null,
  operateur_id uuid not null references organisation (id),
  collectivite_id uuid not null,
  convention_id uuid not null,
  redemption_id bigint not null,
  montant_centimes bigint not null check (montant_centimes > 0),
  motif text not null check (motif <> ''),
  statut text not null default 'demande' check (statut in ('demande', 'approuve', 'refuse', 'repris')),
  demande_par uuid not null references utilisateur (id),
  demande_at timestamptz not null,
  decide_par uuid references utilisateur (id),
  decide_at timestamptz,
  -- the bordereau that withholds it
  bordereau_id uuid,
  primary key (organisation_id, id),
  foreign key (collectivite_id, convention_id) references convention (collectivite_id, id),
  foreign key (collectivite_id, redemption_id) references redemption (collectivite_id, id),
  foreign key (organisation_id, bordereau_id) references bordereau (organisation_id, id),
  check (decide_par <> demande_par),
  check ((statut = 'demande') = (decide_par is null)),
  check ((statut = 'repris') = (bordereau_id is not null))
);
-- a use is put in question once at a time
create unique index incident_vivant on incident (collectivite_id, redemption_id) where statut <> 'refuse';
create index incident_a_reprendre on incident (operateur_id, organisation_id, convention_id) where statut = 'approuve';

------------------------------------------------------------------------------------------------------------------------
-- 3. Closings, and what an operator decides about its payments
------------------------------------------------------------------------------------------------------------------------
create table cloture (
  operateur_id uuid not null references organisation (id),
  id uuid not null,
  mois text not null check (mois ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  semaine int check (semaine between 1 and 53),
  -- uses before this day in Paris
  avant date not null,
  statut text not null default 'en_cours' check (statut in ('en_cours', 'terminee', 'echouee')),
  structures int not null default 0 check (structures >= 0),
  faites int not null default 0 check (faites >= 0),
  pass int not null default 0 check (pass >= 0),
  montant_centimes bigint not null default 0 check (montant_centimes >= 0),
  par uuid not null references utilisateur (id),
  at timestamptz not null,
  fini_at timestamptz,
  primary key (operateur_id, id),
  check ((statut = 'en_cours') = (fini_at is null))
);
-- one at a time
create unique index cloture_en_cours on cloture (operateur_id) where statut = 'en_cours';

create table parametre_paiement (
  operateur_id uuid not null references organisation (id),
  debiteur_nom text not null check (debiteur_nom <> ''),
  debiteur_iban text not null check (debiteur_iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  -- each amount reached asks for one approval more (centimes, rising)
  seuils_centimes bigint[] not null default '{0}' check (cardinality(seuils_centimes) between 1 and 5),
  -- a structure owed this much is paid by the week; null: by the month only
  plancher_hebdo_centimes bigint check (plancher_hebdo_centimes > 0),
  primary key (operateur_id)
);

------------------------------------------------------------------------------------------------------------------------
-- 4. Handed over after the distribution stop: charged to the collectivité
------------------------------------------------------------------------------------------------------------------------
alter table carnet add column derogation_id uuid;

------------------------------------------------------------------------------------------------------------------------
-- 5. Who reads, who writes
------------------------------------------------------------------------------------------------------------------------
-- bordereau_approbation
alter table bordereau_approbation enable row level security; alter table bordereau_approbation force row level security;
create policy migrator on bordereau_approbation to migrator using (true) with check (true);
create policy as_operateur on bordereau_approbation to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- bordereau_ligne
alter table bordereau_ligne enable row level security; alter table bordereau_ligne force row level security;
create policy migrator on bordereau_ligne to migrator using (true) with check (true);
create policy as_collectivite on bordereau_ligne to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_structure on bordereau_ligne to as_structure using (organisation_id = (select app_org('structure'))) with check (organisation_id = (select app_org('structure')));
create policy as_operateur on bordereau_ligne to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- cloture
alter table cloture enable row level security; alter table cloture force row level security;
create policy migrator on cloture to migrator using (true) with check (true);
create policy as_operateur on cloture to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- incident
alter table incident enable row level security; alter table incident force row level security;
create policy migrator on incident to migrator using (true) with check (true);
create policy as_collectivite on incident to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_structure on incident to as_structure using (organisation_id = (select app_org('structure'))) with check (organisation_id = (select app_org('structure')));
create policy as_operateur on incident to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- parametre_paiement
alter table parametre_paiement enable row level security; alter table parametre_paiement force row level security;
create policy migrator on parametre_paiement to migrator using (true) with check (true);
create policy as_operateur on parametre_paiement to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- virement
alter table virement enable row level security; alter table virement force row level security;
create policy migrator on virement to migrator using (true) with check (true);
create policy as_structure on virement to as_structure using (organisation_id = (select app_org('structure'))) with check (organisation_id = (select app_org('structure')));
create policy as_operateur on virement to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));

grant select on bordereau_approbation, cloture, parametre_paiement, virement, incident, bordereau_ligne to as_operateur;
grant select on bordereau_ligne, incident to as_collectivite, as_structure;
grant select on virement to as_structure;
grant insert on bordereau_approbation, bordereau_ligne, virement, incident, cloture, parametre_paiement to as_operateur;
grant update (statut, date_banque, motif_rejet) on virement to as_operateur;
grant update (statut, decide_par, decide_at, bordereau_id) on incident to as_operateur;
grant update (statut, structures, faites, pass, montant_centimes, fini_at) on cloture to as_operateur;
grant update (debiteur_nom, debiteur_iban, seuils_centimes, plancher_hebdo_centimes) on parametre_paiement to as_operateur;
grant update (report_id) on bordereau to as_operateur;
grant update (charge_at) on bordereau_convention to as_operateur;
