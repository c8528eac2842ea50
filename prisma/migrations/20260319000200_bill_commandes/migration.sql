-- Commandes to the end: what the buyer writes on them, rates by date, invoices and avoirs with their journal.

------------------------------------------------------------------------------------------------------------------------
-- 1. Rates by date: a quote keeps the ones of its day
------------------------------------------------------------------------------------------------------------------------
create table parametre_frais (
  date_effet date primary key,
  -- first value of a new convention, which keeps its own
  frais_amont_bp int not null check (frais_amont_bp between 0 and 5000),
  frais_aval_bp int not null check (frais_aval_bp between 0 and 5000),
  abonnement_centimes int not null check (abonnement_centimes between 0 and 100000000),
  tva_bp int not null check (tva_bp between 0 and 5000)
);
insert into parametre_frais values ('2019-01-01', 400, 0, 0, 2000);

alter table commande
  add numero_marche text,
  add siret_facturation text check (siret_facturation ~ '^[0-9]{14}$'),
  -- the rates that the quote was made with
  add frais_bp int check (frais_bp between 0 and 10000),
  add tva_bp int check (tva_bp between 0 and 10000),
  -- the day by which the next act is expected
  add echeance date;
update commande o set frais_bp = c.frais_amont_bp, tva_bp = 2000
  from convention c where c.collectivite_id = o.collectivite_id and c.id = o.convention_id and o.statut <> 'brouillon';

-- What a body demands on its invoices, and what its next order starts with.
create table facturation (
  organisation_id uuid primary key references organisation (id),
  exige_marche boolean not null default false,
  exige_engagement boolean not null default false,
  exige_code_service boolean not null default false,
  numero_marche text,
  code_service text,
  siret text check (siret ~ '^[0-9]{14}$')
);

------------------------------------------------------------------------------------------------------------------------
-- 2. Invoices and avoirs
------------------------------------------------------------------------------------------------------------------------
-- The names of the numberings are said in one place, platform/numbers.ts.
alter table compteur drop constraint compteur_nom_check;
alter table compteur add constraint compteur_nom_check check (nom ~ '^[a-z_]{2,30}$');

create table facture (
  collectivite_id uuid not null references organisation (id),
  id uuid not null,
  commande_id uuid not null,
  operateur_id uuid not null references organisation (id),
  nature text not null check (nature in ('facture', 'avoir')),
  numero text not null check (numero <> ''),
  annee int not null,
  rang int not null check (rang > 0),
  statut text not null default 'deposee' check (statut in ('deposee', 'mise_a_disposition', 'suspendue', 'a_recycler', 'rejetee', 'mandatee', 'payee')),
  date_emission date not null,
  date_echeance date,
  -- the invoice that an avoir takes back
  origine_id uuid,
  motif text,
  -- as they were that day
  vendeur text not null,
  vendeur_siret text,
  acheteur text not null,
  acheteur_siret text,
  numero_marche text,
  numero_engagement text,
  code_service text,
  siret_facturation text,
  quantite int not null check (quantite > 0),
  carnet_taille int not null,
  valeur_faciale_centimes int not null,
  montant_centimes bigint not null,
  frais_centimes bigint not null check (frais_centimes >= 0),
  frais_bp int not null,
  tva_centimes bigint not null check (tva_centimes >= 0),
  tva_bp int not null,
  total_centimes bigint not null,
  created_at timestamptz not null default now(),
  primary key (collectivite_id, id),
  unique (operateur_id, nature, annee, rang),
  foreign key (collectivite_id, commande_id) references commande (collectivite_id, id),
  foreign key (collectivite_id, origine_id) references facture (collectivite_id, id),
  check (montant_centimes = quantite::bigint * carnet_taille * valeur_faciale_centimes),
  check (total_centimes = montant_centimes + frais_centimes + tva_centimes),
  check ((nature = 'avoir') = (origine_id is not null)),
  check ((nature = 'avoir') = (motif is not null))
);
-- one document of a kind lives at a time; a rejected one leaves its place
create unique index facture_vivante on facture (collectivite_id, commande_id, nature) where statut <> 'rejetee';
create index facture_operateur on facture (operateur_id, id);

-- The journal of a document: who said what of it, and when. It only grows.
create table facture_evenement (
  collectivite_id uuid not null,
  facture_id uuid not null,
  id uuid not null,
  operateur_id uuid not null,
  statut text not null,
  organisation text not null,
  acteur text not null,
  motif text,
  at timestamptz not null,
  primary key (collectivite_id, facture_id, id),
  foreign key (collectivite_id, facture_id) references facture (collectivite_id, id)
);
create trigger refuse_change before update or delete on facture_evenement for each row execute function refuse_change();
create trigger refuse_truncate before truncate on facture_evenement for each statement execute function refuse_change();

------------------------------------------------------------------------------------------------------------------------
-- 3. A launched commande given up: its carnets end, its money goes back
------------------------------------------------------------------------------------------------------------------------
alter table transfer drop constraint transfer_motif_check;
alter table transfer add constraint transfer_motif_check check (motif in ('encaissement', 'frais_amont', 'activation', 'utilisation', 'annulation', 'bordereau', 'paiement', 'rejet', 'expiration',
  'avoir', 'fonds_rendus', 'frais_rendus'));

-- Ends every carnet of a lot that is worth nothing to anybody: not active, not allocated, not on its way to a prescripteur.
-- Answers how many; the caller compares with the lot. One line of history for each run of serials.
create function cancel_carnets(p_collectivite uuid, p_lot uuid, p_motif text, p_utilisateur uuid, p_at timestamptz) returns int
language sql volatile security invoker set search_path = pg_catalog, public as $$
  with finis as materialized (
    update carnet set statut = 'annule', statut_avant_blocage = null, motif_blocage = null
     where collectivite_id = p_collectivite and lot_id = p_lot and activation_id is null and prescripteur_id is null and destination_id is null
       and statut in ('cree', 'imprime', 'expedie', 'livre', 'bloque')
    returning serie),
  ilots as (select serie, serie - row_number() over (order by serie) ilot from finis),
  notes as (
    insert into mouvement (collectivite_id, id, type, convention_id, lot_id, operateur_id, serie_premiere, serie_derniere, carnets, motif, utilisateur_id, at)
    select l.collectivite_id, uuidv7(), 'annule', l.convention_id, l.id, l.operateur_id, min(i.serie), max(i.serie), count(*), p_motif, p_utilisateur, p_at
      from ilots i join lot l on l.collectivite_id = p_collectivite and l.id = p_lot group by i.ilot, l.collectivite_id, l.convention_id, l.id, l.operateur_id)
  select count(*)::int from finis
$$;
grant execute on function cancel_carnets to as_operateur;

------------------------------------------------------------------------------------------------------------------------
-- 4. Who reads, who writes
------------------------------------------------------------------------------------------------------------------------
-- facture
alter table facture enable row level security; alter table facture force row level security;
create policy migrator on facture to migrator using (true) with check (true);
create policy as_collectivite on facture to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on facture to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- facture_evenement
alter table facture_evenement enable row level security; alter table facture_evenement force row level security;
create policy migrator on facture_evenement to migrator using (true) with check (true);
create policy as_collectivite on facture_evenement to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on facture_evenement to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- facturation
alter table facturation enable row level security; alter table facturation force row level security;
create policy migrator on facturation to migrator using (true) with check (true);
create policy as_collectivite on facturation to as_collectivite using (organisation_id = (select app_org('collectivite'))) with check (organisation_id = (select app_org('collectivite')));
-- parametre_frais
alter table parametre_frais enable row level security; alter table parametre_frais force row level security;
create policy migrator on parametre_frais to migrator using (true) with check (true);
create policy as_collectivite on parametre_frais to as_collectivite using ((select app_org('collectivite')) is not null) with check ((select app_org('collectivite')) is not null);
create policy as_operateur on parametre_frais to as_operateur using ((select app_org('operateur')) is not null) with check ((select app_org('operateur')) is not null);
create policy as_anct on parametre_frais to as_anct using ((select app_org('anct')) is not null) with check ((select app_org('anct')) is not null);

grant select on parametre_frais to as_collectivite, as_operateur, as_anct;
grant insert on parametre_frais to as_anct;
grant select, insert, update on facturation to as_collectivite;
grant select on facture, facture_evenement to as_collectivite, as_operateur;
grant insert on facture to as_operateur;
grant insert on facture_evenement to as_collectivite, as_operateur;
-- its amounts never change: what is corrected is what the buyer wrote
grant update (statut) on facture to as_collectivite;
grant update (statut, numero_marche, numero_engagement, code_service, siret_facturation) on facture to as_operateur;
grant update (numero_marche, siret_facturation, echeance) on commande to as_collectivite;
grant update (frais_bp, tva_bp, echeance) on commande to as_operateur;

------------------------------------------------------------------------------------------------------------------------
-- 5. The books agree: two motifs more, and the numbers of the documents
------------------------------------------------------------------------------------------------------------------------
create or replace view reconciliation with (security_invoker = true) as
with mouvement_compte as (
  select collectivite_id, vers_id id, montant_centimes montant from transfer
  union all select collectivite_id, de_id, -montant_centimes from transfer),
solde as (select collectivite_id, id, sum(montant) montant from mouvement_compte group by collectivite_id, id),
vivante as (select * from redemption where statut <> 'annulee'),
par_pass as (select collectivite_id, pass_id, count(*) n from vivante group by collectivite_id, pass_id),
par_transfer as (select collectivite_id, transfer_id id, sum(montant_centimes) montant from redemption group by collectivite_id, transfer_id),
par_annulation as (select collectivite_id, annulation_transfer_id id, sum(montant_centimes) montant from redemption where annulation_transfer_id is not null group by 1, 2),
par_ligne as (select structure_id, bordereau_id, convention_id, count(*) pass, sum(montant_centimes) montant from vivante where bordereau_id is not null group by 1, 2, 3),
par_inscription as (select structure_id, atelier_id, personne_id, count(*) n from vivante group by 1, 2, 3),
places as (select organisation_id, atelier_id, count(*) n from inscription where statut in ('inscrit', 'present') group by 1, 2),
controle(name, count) as (
  select 'I1 transfer between accounts of another convention', count(*)
    from transfer t join account d on d.collectivite_id = t.collectivite_id and d.id = t.de_id join account v on v.collectivite_id = t.collectivite_id and v.id = t.vers_id
   where d.convention_id <> t.convention_id or v.convention_id <> t.convention_id
  union all select 'I1 transfer between accounts that its motif does not move', count(*)
    from transfer t join account d on d.collectivite_id = t.collectivite_id and d.id = t.de_id join account v on v.collectivite_id = t.collectivite_id and v.id = t.vers_id
   where (t.motif, d.nature, v.nature) not in (('encaissement', 'payeur', 'fonds'), ('frais_amont', 'payeur', 'frais'), ('activation', 'fonds', 'circulation'),
     ('utilisation', 'circulation', 'du'), ('annulation', 'du', 'circulation'), ('bordereau', 'du', 'en_paiement'), ('paiement', 'en_paiement', 'paye'),
     ('rejet', 'en_paiement', 'du'), ('expiration', 'circulation', 'a_crediter'), ('avoir', 'a_crediter', 'credite'),
     ('fonds_rendus', 'fonds', 'payeur'), ('frais_rendus', 'frais', 'payeur'))
  union all select 'I2 balance is not the sum of its transfers', count(*)
    from account a left join solde s on s.collectivite_id = a.collectivite_id and s.id = a.id where a.solde_centimes <> coalesce(s.montant, 0)
  union all select 'I2 guarded account below zero', count(*) from account where nature not in ('payeur', 'paye', 'credite') and solde_centimes < 0
  union all select 'I2 balances of a convention do not add up to zero', count(*)
    from (select 1 from account group by collectivite_id, convention_id having sum(solde_centimes) <> 0) x
  union all select 'I3 pass with several live redemptions', count(*) from par_pass where n > 1
  union all select 'I4 used pass without a live redemption, or the reverse', count(*)
    from pass p full join par_pass r on r.collectivite_id = p.collectivite_id and r.pass_id = p.id where (p.statut is not distinct from 'utilise') <> (r.n is not null)
  union all select 'I4 redeem transfer is not the sum of its redemptions', count(*)
    from (select * from transfer where motif = 'utilisation') t full join par_transfer r on r.collectivite_id = t.collectivite_id and r.id = t.id
   where t.montant_centimes is distinct from r.montant
  union all select 'I4 reverse transfer is not the sum of its redemptions', count(*)
    from (select * from transfer where motif = 'annulation') t full join par_annulation r on r.collectivite_id = t.collectivite_id and r.id = t.id
   where t.montant_centimes is distinct from r.montant
  union all select 'I4 carnet counts other than its used pass', count(*)
    from carnet c left join (select collectivite_id, carnet_id, count(*) n from pass where statut = 'utilise' group by 1, 2) p on p.collectivite_id = c.collectivite_id and p.carnet_id = c.id
   where c.utilises <> coalesce(p.n, 0)
  union all select 'I5 circulation is not the value of the pass that can still be used', count(*)
    from convention v
    left join (select collectivite_id, convention_id, sum(solde_centimes) montant from account where nature = 'circulation' group by 1, 2) a
      on a.collectivite_id = v.collectivite_id and a.convention_id = v.id
    left join (select c.collectivite_id, c.convention_id, sum(l.valeur_faciale_centimes) montant
                 from carnet c join lot l on l.collectivite_id = c.collectivite_id and l.id = c.lot_id join pass p on p.collectivite_id = c.collectivite_id and p.carnet_id = c.id
                where c.activation_id is not null and c.statut not in ('annule', 'expire') and p.statut = 'neuf' group by 1, 2) p
      on p.collectivite_id = v.collectivite_id and p.convention_id = v.id
   where coalesce(a.montant, 0) <> coalesce(p.montant, 0)
  union all select 'I5 owed, being paid and paid is not the live redemptions', count(*)
    from (select collectivite_id, convention_id, structure_id, sum(solde_centimes) montant from account where nature in ('du', 'en_paiement', 'paye') group by 1, 2, 3) a
    full join (select collectivite_id, convention_id, structure_id, sum(montant_centimes) montant from vivante group by 1, 2, 3) r
      on r.collectivite_id = a.collectivite_id and r.convention_id = a.convention_id and r.structure_id = a.structure_id
   where coalesce(a.montant, 0) <> coalesce(r.montant, 0)
  union all select 'I6 subtotal of a bordereau is not its redemptions', count(*)
    from bordereau_convention b full join par_ligne r on r.structure_id = b.organisation_id and r.bordereau_id = b.bordereau_id and r.convention_id = b.convention_id
   where b.pass is distinct from r.pass or b.montant_centimes is distinct from r.montant
  union all select 'I6 bordereau is not the sum of its subtotals', count(*)
    from bordereau b left join (select organisation_id, bordereau_id, sum(pass) pass, sum(montant_centimes) montant from bordereau_convention group by 1, 2) c
      on c.organisation_id = b.organisation_id and c.bordereau_id = b.id
   where b.pass is distinct from c.pass or b.montant_centimes is distinct from c.montant
  union all select 'I6 released bordereau without the transfer of a convention, or another amount', count(*)
    from bordereau b join bordereau_convention c on c.organisation_id = b.organisation_id and c.bordereau_id = b.id
    left join transfer t on t.collectivite_id = c.collectivite_id and t.id = c.transfer_id
   where (b.statut in ('transmis', 'paye')) <> (t.id is not null) or (t.id is not null and (t.montant_centimes <> c.montant_centimes or t.motif <> 'bordereau'))
  union all select 'atelier counts other seats than its people', count(*)
    from atelier a left join places p on p.organisation_id = a.organisation_id and p.atelier_id = a.id where a.places_prises <> coalesce(p.n, 0)
  union all select 'person of an atelier counts other pass than they used', count(*)
    from inscription i full join par_inscription r on r.structure_id = i.organisation_id and r.atelier_id = i.atelier_id and r.personne_id = i.personne_id
   where coalesce(i.pass_utilises, 0) <> coalesce(r.n, 0)
  union all select 'numbers of the invoices or avoirs of an operator have a gap', count(*)
    from (select 1 from facture group by operateur_id, nature, annee having count(*) <> max(rang) or min(rang) <> 1) x
  union all select 'avoir is not the amount of its invoice', count(*)
    from facture a left join facture f on f.collectivite_id = a.collectivite_id and f.id = a.origine_id
   where a.nature = 'avoir' and a.total_centimes is distinct from f.total_centimes)
select name, count from controle where count > 0;
