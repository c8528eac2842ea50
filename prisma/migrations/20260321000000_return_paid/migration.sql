-- The bank sends money back days after it had paid. What was paid stays written as it was; what came back is written beside it, and is due again.

------------------------------------------------------------------------------------------------------------------------
-- 1. Money that comes back: paye -> du
------------------------------------------------------------------------------------------------------------------------
alter table transfer drop constraint transfer_motif_check;
alter table transfer add constraint transfer_motif_check check (motif in ('encaissement', 'frais_amont', 'activation', 'utilisation', 'annulation', 'bordereau', 'paiement', 'rejet',
  'retour', 'expiration', 'avoir', 'fonds_rendus', 'frais_rendus', 'incident', 'frais_aval', 'charge', 'appel', 'recette', 'appel_refuse', 'creance', 'creance_payee'));

------------------------------------------------------------------------------------------------------------------------
-- 2. A bordereau that was paid, then rejected, keeps the day of its payment; its transfer says the day it came back
------------------------------------------------------------------------------------------------------------------------
alter table bordereau drop constraint bordereau_check3;
alter table bordereau add constraint bordereau_date_banque
  check (case statut when 'paye' then date_banque is not null when 'rejete' then true else date_banque is null end);
alter table virement add column revenu_le date;
alter table virement add constraint virement_revenu check (revenu_le is null or (statut = 'rejete' and revenu_le >= date_banque));
grant update (revenu_le) on virement to as_operateur;

-- Paid: it can only come back, and be carried by another bordereau.
create function keep_paid() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.statut not in ('paye', 'rejete') or (new.date_banque, new.paye_at, new.pass, new.montant_centimes, new.compte_id, new.remise_id)
       is distinct from (old.date_banque, old.paye_at, old.pass, old.montant_centimes, old.compte_id, old.remise_id)
     or (old.statut = 'rejete' and new.statut = 'paye') then
    raise exception 'what was paid is not edited' using errcode = '23514', table = 'bordereau', constraint = 'bordereau_paye';
  end if;
  return new;
end $$;
create trigger keep_paid before update on bordereau for each row when (old.date_banque is not null) execute function keep_paid();

-- Answered by the bank: an executed transfer may still come back, once; nothing else changes any more.
create function keep_answered() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.statut <> 'execute' or new.statut <> 'rejete' or new.revenu_le is null
     or (new.date_banque, new.reference, new.montant_centimes, new.compte_id, new.remise_id)
       is distinct from (old.date_banque, old.reference, old.montant_centimes, old.compte_id, old.remise_id) then
    raise exception 'the bank has answered' using errcode = '23514', table = 'virement', constraint = 'virement_repondu';
  end if;
  return new;
end $$;
create trigger keep_answered before update on virement for each row when (old.statut <> 'emis') execute function keep_answered();
revoke execute on function keep_paid(), keep_answered() from public;

------------------------------------------------------------------------------------------------------------------------
-- 3. The report of a file says it, and a notice of entries (camt.054) is read as a statement is
------------------------------------------------------------------------------------------------------------------------
alter table retour_bancaire add column revenus int not null default 0 check (revenus >= 0);
alter table retour_bancaire add column revenu_centimes bigint not null default 0 check (revenu_centimes >= 0);
grant update (revenus, revenu_centimes) on retour_bancaire to as_operateur;
alter table retour_bancaire drop constraint retour_bancaire_format_check;
alter table retour_bancaire add constraint retour_bancaire_format_check check (format in ('csv', 'camt053', 'camt054', 'pain002'));
alter table retour_bancaire_ligne drop constraint retour_bancaire_ligne_effet_check;
alter table retour_bancaire_ligne add constraint retour_bancaire_ligne_effet_check check (effet in ('execute', 'rejete', 'revenu', 'attente', 'inconnu'));

------------------------------------------------------------------------------------------------------------------------
-- 4. The checks know the move, and ask of a bordereau that came back both of its transfers
------------------------------------------------------------------------------------------------------------------------
create or replace view reconciliation_controle with (security_invoker = true) as
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
           ('rejet', 'en_paiement', 'du'), ('retour', 'paye', 'du'), ('expiration', 'circulation', 'a_crediter'), ('avoir', 'a_crediter', 'credite'),
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
   where motif in ('bordereau', 'paiement', 'rejet', 'retour', 'incident', 'frais_aval') group by 1, 2, 3, 4, 5),
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
    from (select b.organisation_id, b.id, c.convention_id, c.montant_centimes, m.motif
            from bordereau b join bordereau_convention c on c.organisation_id = b.organisation_id and c.bordereau_id = b.id
            -- rejected with the day of its payment: paid first, then sent back
            cross join lateral unnest(case when b.statut = 'paye' then array['paiement'] when b.date_banque is null then array['rejet'] else array['paiement', 'retour'] end) m(motif)
           where b.statut in ('paye', 'rejete') and c.montant_centimes > 0) b
    full join (select * from par_motif m where motif in ('paiement', 'rejet', 'retour') and exists (select 1 from bordereau b where b.organisation_id = m.structure_id and b.id = m.objet_id)) t
      on t.structure_id = b.organisation_id and t.objet_id = b.id and t.convention_id = b.convention_id and t.motif = b.motif
   where b.montant_centimes is distinct from t.montant or t.n <> 1
  union all select 'I6 use paid before its bordereau, or not paid with it', count(*)
    from usage r left join bordereau_fini f on f.organisation_id = r.structure_id and f.id = r.bordereau_id
   where r.statut in ('en_bordereau', 'payee') and (r.statut = 'payee') <> (f.id is not null)
  union all select 'I6 transfer at the bank is not its bordereau', count(*)
    from (select organisation_id, id, montant_centimes, remise_id, statut, date_banque from bordereau where statut in ('transmis', 'paye', 'rejete') and montant_centimes > 0) b
    full join virement v on v.organisation_id = b.organisation_id and v.bordereau_id = b.id
   where b.montant_centimes is distinct from v.montant_centimes or b.remise_id is distinct from v.remise_id
      or v.statut <> case b.statut when 'transmis' then 'emis' when 'paye' then 'execute' else 'rejete' end
      or (v.revenu_le is null) <> (b.statut <> 'rejete' or b.date_banque is null)
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
