-- The books kept: months closed for good, the checks of the whole with the date of their last run.

------------------------------------------------------------------------------------------------------------------------
-- 1. A month closed by the operator: nothing can be posted into it any more
------------------------------------------------------------------------------------------------------------------------
create table livre_clos (
  operateur_id uuid not null references organisation (id),
  mois text not null check (mois ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  -- its first instant after, in Paris: nothing is posted before it
  avant timestamptz not null,
  -- what it was closed with: counted again by the checks
  ecritures int not null check (ecritures >= 0),
  montant_centimes bigint not null check (montant_centimes >= 0),
  -- whose books these were: they read it too
  collectivite_ids uuid[] not null,
  par uuid not null references utilisateur (id),
  at timestamptz not null,
  primary key (operateur_id, mois)
);
create trigger refuse_change before update or delete on livre_clos for each row execute function refuse_change();
create trigger refuse_truncate before truncate on livre_clos for each statement execute function refuse_change();

-- One look a statement: the whole batch is refused. Whoever posts needs no right on the closed months.
create function refuse_closed_month() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select 1 from (select operateur_id, min(at) at from inserted group by operateur_id) i
             join livre_clos l on l.operateur_id = i.operateur_id and i.at < l.avant) then
    raise exception 'the books of this month are closed' using errcode = 'LC001', table = 'transfer', constraint = 'transfer_mois_clos';
  end if;
  return null;
end $$;
create trigger refuse_closed_month after insert on transfer referencing new table as inserted for each statement execute function refuse_closed_month();

------------------------------------------------------------------------------------------------------------------------
-- 2. Each run of the checks: every check with its count, 0 included
------------------------------------------------------------------------------------------------------------------------
create table controle (
  passage uuid not null,
  nom text not null,
  ecarts bigint not null check (ecarts >= 0),
  at timestamptz not null,
  duree_ms int not null check (duree_ms >= 0),
  primary key (passage, nom)
);
create trigger refuse_change before update or delete on controle for each row execute function refuse_change();
create trigger refuse_truncate before truncate on controle for each statement execute function refuse_change();
create index controle_at on controle (at desc, passage);

grant select on controle to as_operateur, as_collectivite;
grant select, insert on livre_clos to as_operateur;
-- what the other collectivités hold is not theirs to read
grant select (operateur_id, mois, avant, collectivite_ids, at) on livre_clos to as_collectivite;

-- controle
alter table controle enable row level security; alter table controle force row level security;
create policy migrator on controle to migrator using (true) with check (true);
create policy as_operateur on controle to as_operateur using ((select app_org('operateur')) is not null) with check ((select app_org('operateur')) is not null);
create policy as_collectivite on controle to as_collectivite using ((select app_org('collectivite')) is not null) with check ((select app_org('collectivite')) is not null);
-- livre_clos
alter table livre_clos enable row level security; alter table livre_clos force row level security;
create policy migrator on livre_clos to migrator using (true) with check (true);
create policy as_operateur on livre_clos to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
create policy as_collectivite on livre_clos to as_collectivite using ((select app_org('collectivite')) = any (collectivite_ids)) with check ((select app_org('collectivite')) = any (collectivite_ids));

------------------------------------------------------------------------------------------------------------------------
-- 3. The checks: what must never be, each with its count of bad rows (reliability.md section 1)
------------------------------------------------------------------------------------------------------------------------
drop view reconciliation;
-- A structure works for few conventions and has one bordereau a month: without it the planner expects a group for ten uses and sorts them all on disk.
create statistics redemption_usage (ndistinct) on convention_id, structure_id, bordereau_id, statut from redemption;
create view reconciliation_controle with (security_invoker = true) as
-- The ledger read once: what moved between two accounts for one reason.
with recursive flux as materialized (
  select collectivite_id, de_id, vers_id, motif, convention_id, structure_id, count(*) n, sum(montant_centimes) montant,
         sum(montant_centimes::numeric * (hashint8extended(id, 0) >> 33)) haut, sum(montant_centimes::numeric * (hashint8extended(id, 0) & 2147483647)) bas
    from transfer group by 1, 2, 3, 4, 5, 6),
mouvement_compte as (
  select collectivite_id, vers_id id, montant from flux
  union all select collectivite_id, de_id, -montant from flux),
solde as (select collectivite_id, id, sum(montant) montant from mouvement_compte group by collectivite_id, id),
ecart_ecriture as materialized (
  select coalesce(sum(n) filter (where d.convention_id <> t.convention_id or v.convention_id <> t.convention_id), 0)::bigint convention,
         coalesce(sum(n) filter (where (t.motif, d.nature, v.nature) not in (
           ('encaissement', 'payeur', 'fonds'), ('frais_amont', 'payeur', 'frais'), ('activation', 'fonds', 'circulation'),
           ('utilisation', 'circulation', 'du'), ('annulation', 'du', 'circulation'), ('bordereau', 'du', 'en_paiement'), ('paiement', 'en_paiement', 'paye'),
           ('rejet', 'en_paiement', 'du'), ('expiration', 'circulation', 'a_crediter'), ('avoir', 'a_crediter', 'credite'),
           ('fonds_rendus', 'fonds', 'payeur'), ('frais_rendus', 'frais', 'payeur'), ('incident', 'du', 'a_crediter'), ('frais_aval', 'du', 'frais'),
           ('charge', 'charge', 'a_appeler'), ('appel', 'a_appeler', 'appele'), ('recette', 'appele', 'recu'), ('appel_refuse', 'appele', 'a_appeler'),
           ('creance', 'fonds', 'du'), ('creance_payee', 'du', 'paye'))), 0)::bigint nature,
         coalesce(sum(n) filter (where d.structure_id <> v.structure_id or d.financeur_cle <> v.financeur_cle
           or coalesce(d.structure_id, v.structure_id) is distinct from t.structure_id), 0)::bigint tiers
    from flux t join account d on d.collectivite_id = t.collectivite_id and d.id = t.de_id join account v on v.collectivite_id = t.collectivite_id and v.id = t.vers_id),
-- Uses and pass by the million, each read once. Row by row they would be joined and grouped by pass, by transfer, by atelier; instead both sides
-- of an equality are summed, each row times the hash of its key (48 bits or more): equal sums are equal rows. Sums that differ
-- say only that there is something to find: the check is then counted row by row (par_lot, par_transfer, atelier_douteux), which costs what it costs.
-- Each key is narrow, since a transfer, a carnet, an atelier are of one collectivité or structure (their foreign keys see to it).
-- A pass is its carnet and its rank (id = 10 × carnet + rank).
usage as materialized (
  select convention_id, structure_id, bordereau_id, statut, count(*) pass, sum(montant_centimes) montant,
         sum(hashint8extended(carnet_id * 10 + pass_id % 10, 0)) passes,
         sum(uuid_hash_extended(atelier_id, uuid_hash_extended(personne_id, 0)) >> 16) personnes,
         sum(montant_centimes * (hashint8extended(transfer_id, 0) >> 33)) haut, sum(montant_centimes * (hashint8extended(transfer_id, 0) & 2147483647)) bas,
         sum(montant_centimes * (hashint8extended(annulation_transfer_id, 0) >> 33)) annule_haut,
         sum(montant_centimes * (hashint8extended(annulation_transfer_id, 0) & 2147483647)) annule_bas
    from redemption group by 1, 2, 3, 4),
-- what is left in each lot if its carnets count well
reste as materialized (
  select collectivite_id, convention_id, lot_id, sum(taille - utilises - annules) filter (where activation_id is not null and statut not in ('annule', 'expire')) neufs,
         sum((hashint8extended(id, 0) >> 16) * utilises) somme_utilises, sum((hashint8extended(id, 0) >> 16) * (taille - utilises - annules)) somme_neufs
    from carnet group by 1, 2, 3),
somme_pass as (
  select sum(hashint8extended(id, 0)) filter (where statut = 'utilise') passes, sum(hashint8extended(carnet_id, 0) >> 16) filter (where statut = 'utilise') utilises,
         sum(hashint8extended(carnet_id, 0) >> 16) filter (where statut = 'neuf') neufs from pass),
somme_inscription as (
  select sum(uuid_hash_extended(atelier_id, 0) >> 16) filter (where statut in ('inscrit', 'present')) places,
         sum((uuid_hash_extended(atelier_id, uuid_hash_extended(personne_id, 0)) >> 16) * least(pass_utilises, 32767)) filter (where pass_utilises > 0) personnes
    from inscription),
somme_usage as (
  select sum(passes) filter (where statut <> 'annulee') passes, sum(personnes) filter (where statut <> 'annulee') personnes,
         sum(haut) haut, sum(bas) bas, sum(annule_haut) annule_haut, sum(annule_bas) annule_bas from usage),
somme_flux as (
  select sum(haut) filter (where motif = 'utilisation') haut, sum(bas) filter (where motif = 'utilisation') bas,
         sum(haut) filter (where motif = 'annulation') annule_haut, sum(bas) filter (where motif = 'annulation') annule_bas from flux),
egal as materialized (
  select p.passes is not distinct from u.passes passes, coalesce(p.utilises, 0) = coalesce(r.utilises, 0) utilises, coalesce(p.neufs, 0) = coalesce(r.neufs, 0) neufs,
         (f.haut, f.bas) is not distinct from (u.haut, u.bas) utilisations, (f.annule_haut, f.annule_bas) is not distinct from (u.annule_haut, u.annule_bas) annulations,
         coalesce(i.places, 0) = coalesce(a.places, 0) places, i.personnes is not distinct from u.personnes personnes
    from somme_pass p, somme_usage u, somme_flux f, somme_inscription i, (select sum(somme_utilises) utilises, sum(somme_neufs) neufs from reste) r,
         (select sum((uuid_hash_extended(id, 0) >> 16) * places_prises::numeric) places from atelier) a),
par_structure as (
  select convention_id, structure_id, sum(montant) montant from usage where statut <> 'annulee' group by 1, 2),
par_ligne as (
  select structure_id, bordereau_id, convention_id, sum(pass) pass, sum(montant) montant from usage where statut <> 'annulee' and bordereau_id is not null group by 1, 2, 3),
-- row by row: only read when the sums differ
par_lot as materialized (
  select c.collectivite_id, c.convention_id, c.lot_id,
         count(*) filter (where c.utilises <> coalesce(bit_count(p.rangs::bit(10)), 0)) mal_comptes,
         sum(p.neufs) filter (where c.activation_id is not null and c.statut not in ('annule', 'expire')) neufs,
         sum(bit_count((coalesce(p.rangs, 0) # coalesce(u.rangs, 0))::bit(10))) sans_pareil,
         sum(coalesce(u.vivantes - bit_count(u.rangs::bit(10)), 0)) doubles
    from carnet c
    left join (select carnet_id, count(*) filter (where statut = 'neuf') neufs, bit_or(1 << (id % 10)::int) filter (where statut = 'utilise') rangs from pass group by 1) p
      on p.carnet_id = c.id
    left join (select carnet_id, count(*) vivantes, bit_or(1 << (pass_id % 10)::int) rangs from redemption where statut <> 'annulee' group by 1) u on u.carnet_id = c.id
   group by 1, 2, 3),
atelier_douteux as (
  select coalesce(i.atelier_id, u.atelier_id) atelier_id
    from (select atelier_id, sum(pass_utilises) pass, sum((uuid_hash_extended(personne_id, 0) >> 16) * least(pass_utilises, 32767)) personnes from inscription group by 1) i
    full join (select atelier_id, count(*) vivantes, sum(uuid_hash_extended(personne_id, 0) >> 16) personnes from redemption where statut <> 'annulee' group by 1) u
      on u.atelier_id = i.atelier_id
   where coalesce(i.pass, 0) <> coalesce(u.vivantes, 0) or coalesce(i.personnes, 0) <> coalesce(u.personnes, 0)),
par_lignes as (select organisation_id, bordereau_id, convention_id, nature, sum(montant_centimes) montant from bordereau_ligne group by 1, 2, 3, 4),
-- a rejected bordereau, and those that pay it again one after the other
suite(organisation_id, origine, id, statut, report_id) as (
  select organisation_id, id, id, statut, report_id from bordereau where statut = 'rejete'
  union all select s.organisation_id, s.origine, b.id, b.statut, b.report_id from suite s join bordereau b on b.organisation_id = s.organisation_id and b.id = s.report_id),
bordereau_fini as (
  select organisation_id, id from bordereau where statut = 'paye' union select organisation_id, origine from suite where statut = 'paye'),
par_motif as (
  select collectivite_id, convention_id, structure_id, objet_id, motif, count(*) n, sum(montant_centimes) montant from transfer
   where motif in ('bordereau', 'paiement', 'rejet', 'incident', 'frais_aval') group by 1, 2, 3, 4, 5),
-- what each financeur was charged with, closing after closing
part as (
  select p.collectivite_id, p.convention_id, p.cle, p.plafond_centimes, p.montant_centimes - p.derogation_centimes montant,
         sum(p.montant_centimes - p.derogation_centimes) over (partition by p.collectivite_id, p.convention_id, p.cle order by p.at, p.partage_id) cumul
    from partage_part p),
controle(name, count) as (
  select 'I1 transfer between accounts of another convention', convention from ecart_ecriture
  union all select 'I1 transfer between accounts that its motif does not move', nature from ecart_ecriture
  union all select 'I1 transfer from a structure or a financeur to another', tiers from ecart_ecriture
  union all select 'I2 balance is not the sum of its transfers', count(*)
    from account a left join solde s on s.collectivite_id = a.collectivite_id and s.id = a.id where a.solde_centimes <> coalesce(s.montant, 0)
  union all select 'I2 guarded account below zero', count(*) from account where nature not in ('payeur', 'paye', 'credite', 'charge', 'recu') and solde_centimes < 0
  union all select 'I2 balances of a convention do not add up to zero', count(*)
    from (select 1 from account group by collectivite_id, convention_id having sum(solde_centimes) <> 0) x
  union all select 'I3 pass with several live redemptions', case when passes then 0 else (select coalesce(sum(doubles), 0)::bigint from par_lot) end from egal
  union all select 'I4 used pass without a live redemption, or the reverse', case when passes then 0 else (select coalesce(sum(sans_pareil), 0)::bigint from par_lot) end from egal
  union all select 'I4 redeem transfer is not the sum of its redemptions', case when utilisations then 0 else (
    select count(*) from (select * from transfer where motif = 'utilisation') t
      full join (select transfer_id id, sum(montant_centimes) montant from redemption group by 1) r on r.id = t.id where t.montant_centimes is distinct from r.montant) end from egal
  union all select 'I4 reverse transfer is not the sum of its redemptions', case when annulations then 0 else (
    select count(*) from (select * from transfer where motif = 'annulation') t
      full join (select annulation_transfer_id id, sum(montant_centimes) montant from redemption where annulation_transfer_id is not null group by 1) r on r.id = t.id
     where t.montant_centimes is distinct from r.montant) end from egal
  union all select 'I4 carnet counts other than its used pass', case when utilises then 0 else (select coalesce(sum(mal_comptes), 0)::bigint from par_lot) end from egal
  union all select 'I5 circulation is not the value of the pass that can still be used', count(*)
    from convention v
    left join (select collectivite_id, convention_id, sum(solde_centimes) montant from account where nature = 'circulation' group by 1, 2) a
      on a.collectivite_id = v.collectivite_id and a.convention_id = v.id
    left join (select p.collectivite_id, p.convention_id, sum(l.valeur_faciale_centimes * p.neufs) montant
                 from (select collectivite_id, convention_id, lot_id, neufs from reste where (select neufs from egal)
                       union all select collectivite_id, convention_id, lot_id, neufs from par_lot where not (select neufs from egal)) p
                 join lot l on l.collectivite_id = p.collectivite_id and l.id = p.lot_id group by 1, 2) p
      on p.collectivite_id = v.collectivite_id and p.convention_id = v.id
   where coalesce(a.montant, 0) <> coalesce(p.montant, 0)
  union all select 'I5 owed, being paid and paid is not the live redemptions', count(*)
    from (select collectivite_id, convention_id, structure_id, sum(solde_centimes) montant from account where nature in ('du', 'en_paiement', 'paye') group by 1, 2, 3) a
    full join par_structure r on r.convention_id = a.convention_id and r.structure_id = a.structure_id
    -- withheld for an incident or a fee: no longer owed
    left join (select collectivite_id, convention_id, structure_id, sum(montant) montant from par_motif where motif in ('incident', 'frais_aval') group by 1, 2, 3) m
      on m.collectivite_id = a.collectivite_id and m.convention_id = a.convention_id and m.structure_id = a.structure_id
    -- what a former operator never paid
    left join (select collectivite_id, convention_id, organisation_id, sum(montant_retenu_centimes) montant from creance where statut in ('acceptee', 'payee') group by 1, 2, 3) k
      on k.collectivite_id = a.collectivite_id and k.convention_id = a.convention_id and k.organisation_id = a.structure_id
   where coalesce(a.montant, 0) + coalesce(m.montant, 0) <> coalesce(r.montant, 0) + coalesce(k.montant, 0)
  union all select 'I6 subtotal of a bordereau is not its redemptions', count(*)
    from bordereau_convention b
    full join par_ligne r on r.structure_id = b.organisation_id and r.bordereau_id = b.bordereau_id and r.convention_id = b.convention_id
    left join (select organisation_id, bordereau_id, convention_id, sum(montant) montant from par_lignes group by 1, 2, 3) l
      on l.organisation_id = b.organisation_id and l.bordereau_id = b.bordereau_id and l.convention_id = b.convention_id
   where b.pass is distinct from coalesce(r.pass, 0) or b.montant_centimes is distinct from coalesce(r.montant, 0) + coalesce(l.montant, 0)
  union all select 'I6 bordereau is not the sum of its subtotals', count(*)
    from bordereau b left join (select organisation_id, bordereau_id, sum(pass) pass, sum(montant_centimes) montant from bordereau_convention group by 1, 2) c
      on c.organisation_id = b.organisation_id and c.bordereau_id = b.id
   where b.pass is distinct from c.pass or b.montant_centimes is distinct from c.montant
  union all select 'I6 released bordereau without the transfer of a convention, or another amount', count(*)
    from bordereau b join bordereau_convention c on c.organisation_id = b.organisation_id and c.bordereau_id = b.id
    left join transfer t on t.collectivite_id = c.collectivite_id and t.id = c.transfer_id
   where (b.statut in ('transmis', 'paye', 'rejete') and c.montant_centimes > 0) <> (t.id is not null)
      or (t.id is not null and (t.montant_centimes <> c.montant_centimes or t.motif <> 'bordereau'))
  union all select 'I6 paid or rejected bordereau without its transfers, or others', count(*)
    from (select b.organisation_id, b.id, c.convention_id, c.montant_centimes, case b.statut when 'paye' then 'paiement' else 'rejet' end motif
            from bordereau b join bordereau_convention c on c.organisation_id = b.organisation_id and c.bordereau_id = b.id
           where b.statut in ('paye', 'rejete') and c.montant_centimes > 0) b
    full join (select * from par_motif m where motif in ('paiement', 'rejet') and exists (select 1 from bordereau b where b.organisation_id = m.structure_id and b.id = m.objet_id)) t
      on t.structure_id = b.organisation_id and t.objet_id = b.id and t.convention_id = b.convention_id and t.motif = b.motif
   where b.montant_centimes is distinct from t.montant or t.n <> 1
  union all select 'I6 use paid before its bordereau, or not paid with it', count(*)
    from usage r left join bordereau_fini f on f.organisation_id = r.structure_id and f.id = r.bordereau_id
   where r.statut in ('en_bordereau', 'payee') and (r.statut = 'payee') <> (f.id is not null)
  union all select 'I6 transfer at the bank is not its bordereau', count(*)
    from (select organisation_id, id, montant_centimes, remise_id, statut from bordereau where statut in ('transmis', 'paye', 'rejete') and montant_centimes > 0) b
    full join virement v on v.organisation_id = b.organisation_id and v.bordereau_id = b.id
   where b.montant_centimes is distinct from v.montant_centimes or b.remise_id is distinct from v.remise_id
      or v.statut <> case b.statut when 'transmis' then 'emis' when 'paye' then 'execute' else 'rejete' end
  union all select 'I6 file sent to the bank is not the sum of its transfers', count(*)
    from remise r left join (select operateur_id, remise_id, count(*) n, sum(montant_centimes) montant from virement group by 1, 2) v
      on v.operateur_id = r.operateur_id and v.remise_id = r.id
   where r.virements is distinct from v.n or r.montant_centimes is distinct from v.montant
  union all select 'I6 rejected amount carried twice, or another', count(*)
    from (select b.organisation_id, b.id, b.report_id, c.convention_id, c.montant_centimes
            from bordereau b join bordereau_convention c on c.organisation_id = b.organisation_id and c.bordereau_id = b.id
           where b.statut = 'rejete' and b.report_id is not null and c.montant_centimes > 0) b
    full join (select * from bordereau_ligne where nature = 'report') l on l.organisation_id = b.organisation_id and l.objet_id = b.id and l.convention_id = b.convention_id
   where b.report_id is distinct from l.bordereau_id or b.montant_centimes is distinct from l.montant_centimes
  union all select 'I6 incident withheld twice, or another amount', count(*)
    from (select * from incident where statut = 'repris') i
    full join (select * from bordereau_ligne where nature = 'incident') l on l.organisation_id = i.organisation_id and l.objet_id = i.id and l.convention_id = i.convention_id
   where i.bordereau_id is distinct from l.bordereau_id or i.montant_centimes is distinct from -l.montant_centimes
  union all select 'I6 incident of another use, or worth more than it', count(*)
    from incident i join redemption r on r.collectivite_id = i.collectivite_id and r.id = i.redemption_id
   where i.statut <> 'refuse' and (r.structure_id <> i.organisation_id or r.convention_id <> i.convention_id or r.montant_centimes < i.montant_centimes)
  union all select 'I6 line of a released bordereau without its transfer, or another amount', count(*)
    from (select l.organisation_id, l.convention_id, l.objet_id, case l.nature when 'incident' then 'incident' else 'frais_aval' end motif, sum(-l.montant_centimes) montant
            from bordereau_ligne l join bordereau b on b.organisation_id = l.organisation_id and b.id = l.bordereau_id
           where l.nature <> 'report' and b.statut in ('transmis', 'paye', 'rejete') group by 1, 2, 3, 4) l
    full join (select * from par_motif where motif in ('incident', 'frais_aval')) t
      on t.structure_id = l.organisation_id and t.objet_id = l.objet_id and t.convention_id = l.convention_id and t.motif = l.motif
   where l.montant is distinct from t.montant
  union all select 'I7 amount shared is not the used pass of its closings', count(*)
    from partage p
    full join (select c.collectivite_id, c.partage_id, sum(c.montant_centimes - coalesce(l.montant, 0)) montant
                 from bordereau_convention c
                 left join (select organisation_id, bordereau_id, convention_id, sum(montant) montant from par_lignes where nature <> 'incident' group by 1, 2, 3) l
                   on l.organisation_id = c.organisation_id and l.bordereau_id = c.bordereau_id and l.convention_id = c.convention_id
                where c.partage_id is not null group by 1, 2) c on c.collectivite_id = p.collectivite_id and c.partage_id = p.id
   where p.montant_centimes is distinct from c.montant
  union all select 'I7 shares of the financeurs do not add up to the whole', count(*)
    from partage p left join (select collectivite_id, partage_id, sum(montant_centimes) montant from partage_part group by 1, 2) x
      on x.collectivite_id = p.collectivite_id and x.partage_id = p.id
   where p.montant_centimes is distinct from x.montant
  union all select 'I7 share of a financeur without its transfer, or another amount', count(*)
    from (select * from partage_part where montant_centimes > 0) p
    full join (select t.collectivite_id, t.objet_id, a.financeur_cle, sum(t.montant_centimes) montant
                 from transfer t join account a on a.collectivite_id = t.collectivite_id and a.id = t.vers_id where t.motif = 'charge' group by 1, 2, 3) t
      on t.collectivite_id = p.collectivite_id and t.objet_id = p.partage_id and t.financeur_cle = p.cle
   where p.montant_centimes is distinct from t.montant
  union all select 'I7 share of a financeur beyond its cap', count(*)
    from part p
   where p.montant > 0 and p.cumul > p.plafond_centimes
     -- the one that takes what the others no longer can has no cap
     and not exists (select 1 from convention_financeur f where f.collectivite_id = p.collectivite_id and f.convention_id = p.convention_id and f.est_repli
                      and coalesce(f.financeur_id::text, f.nature || ':' || lower(f.nom)) = p.cle)
  union all select 'I7 called or received is not the calls for funds', count(*)
    from (select collectivite_id, convention_id, financeur_cle, nature, solde_centimes from account where nature in ('appele', 'recu')) a
    full join (select collectivite_id, convention_id, cle, statut, sum(part_centimes) montant from appel_fonds where statut in ('appele', 'recu') group by 1, 2, 3, 4) f
      on f.collectivite_id = a.collectivite_id and f.convention_id = a.convention_id and f.cle = a.financeur_cle and f.statut = a.nature
   where coalesce(a.solde_centimes, 0) <> coalesce(f.montant, 0)
  union all select 'I7 numbers of the calls for funds of a collectivité have a gap', count(*)
    from (select 1 from appel_fonds where rang is not null group by collectivite_id, annee having count(*) <> max(rang) or min(rang) <> 1) x
  union all select 'I8 closed month no longer holds what it was closed with', count(*)
    from livre_clos l
    left join (select operateur_id, to_char(mois, 'YYYY-MM') mois, n, montant
                 from (select operateur_id, date_trunc('month', at at time zone 'Europe/Paris') mois, count(*) n, sum(montant_centimes) montant from transfer
                        where operateur_id in (select operateur_id from livre_clos) group by 1, 2) x) t
      on t.operateur_id = l.operateur_id and t.mois = l.mois
   where l.ecritures <> coalesce(t.n, 0) or l.montant_centimes <> coalesce(t.montant, 0)
  union all select 'atelier counts other seats than its people', case when places then 0 else (
    select count(*) from atelier a
      left join (select organisation_id, atelier_id, count(*) places from inscription where statut in ('inscrit', 'present') group by 1, 2) p
        on p.organisation_id = a.organisation_id and p.atelier_id = a.id where a.places_prises <> coalesce(p.places, 0)) end from egal
  union all select 'person of an atelier counts other pass than they used', case when personnes then 0 else (
    select coalesce(sum(x.n), 0)::bigint
      from atelier_douteux d join atelier a on a.id = d.atelier_id
      cross join lateral (
        select count(*) n
          from (select personne_id, pass_utilises from inscription where organisation_id = a.organisation_id and atelier_id = a.id) i
          full join (select personne_id, count(*) n from redemption where structure_id = a.organisation_id and atelier_id = a.id and statut <> 'annulee' group by 1) r
            on r.personne_id = i.personne_id
         where coalesce(i.pass_utilises, 0) <> coalesce(r.n, 0)) x) end from egal
  union all select 'numbers of the invoices or avoirs of an operator have a gap', count(*)
    from (select 1 from facture group by operateur_id, nature, annee having count(*) <> max(rang) or min(rang) <> 1) x
  union all select 'avoir is not the amount of its invoice', count(*)
    from facture a left join facture f on f.collectivite_id = a.collectivite_id and f.id = a.origine_id
   where a.nature = 'avoir' and a.total_centimes is distinct from f.total_centimes
  union all select 'avoir of an expired lot is not its transfer, or its parts', count(*)
    from avoir a
    full join (select collectivite_id, objet_id, sum(montant_centimes) montant from transfer where motif = 'avoir' group by 1, 2) t on t.collectivite_id = a.collectivite_id and t.objet_id = a.id
    left join (select collectivite_id, avoir_id, sum(montant_centimes) montant from avoir_part group by 1, 2) p on p.collectivite_id = a.collectivite_id and p.avoir_id = a.id
   where a.montant_centimes is distinct from t.montant or a.montant_centimes is distinct from p.montant
  union all select 'numbers of the avoirs of expired lots of an operator have a gap', count(*)
    from (select 1 from avoir group by operateur_id, annee having count(*) <> max(rang) or min(rang) <> 1) x)
select name, count from controle;

-- Only what is wrong: empty when the books agree.
create view reconciliation with (security_invoker = true) as select name, count from reconciliation_controle where count > 0;

------------------------------------------------------------------------------------------------------------------------
-- 4. Run by the worker, for whoever reads the results
------------------------------------------------------------------------------------------------------------------------
do $$
declare t text;
begin
  foreach t in array array['bordereau', 'bordereau_convention', 'bordereau_ligne', 'virement', 'incident', 'facture', 'convention_financeur', 'livre_clos', 'controle',
    'partage', 'partage_part', 'appel_fonds', 'avoir', 'avoir_part', 'creance'] loop
    execute format('create policy fn_redeem_controle on %I for select to fn_redeem using (true)', t);
    execute format('grant select on %I to fn_redeem', t);
  end loop;
end $$;
create policy fn_redeem_controle on remise for select to fn_redeem using (true);
-- never the file itself
grant select (operateur_id, id, virements, montant_centimes) on remise to fn_redeem;
create policy fn_redeem_passage on controle for insert to fn_redeem with check (true);
grant insert on controle to fn_redeem;
grant select on reconciliation_controle to fn_redeem;

-- Every check, now, kept with its date. Answers how many bad rows there are in all. It says nothing of anyone and changes nothing else.
create function controle_run(p_now timestamptz) returns bigint
-- the plan is wide and each part of it short: compiling it would cost more than running it
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp set jit = off as $$
declare
  v_debut constant timestamptz := clock_timestamp();
  v_passage constant uuid := uuidv7();
  v_noms text[];
  v_ecarts bigint[];
begin
  select array_agg(name), array_agg(count) into v_noms, v_ecarts from reconciliation_controle;
  insert into controle (passage, nom, ecarts, at, duree_ms)
  select v_passage, c.nom, c.ecarts, p_now, (extract(epoch from clock_timestamp() - v_debut) * 1000)::int from unnest(v_noms, v_ecarts) c(nom, ecarts);
  return (select sum(e) from unnest(v_ecarts) e);
end $$;

revoke execute on function controle_run from public;
grant execute on function controle_run to worker, as_operateur;
grant create on schema public to fn_redeem;
alter function controle_run owner to fn_redeem;
alter function refuse_closed_month owner to fn_redeem;
revoke create on schema public from fn_redeem;
-- the command line and the seeds run it too
set role fn_redeem;
grant execute on function controle_run to migrator;
reset role;
