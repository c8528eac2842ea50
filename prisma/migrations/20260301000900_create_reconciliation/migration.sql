-- What must never be: each check with its count of bad rows, only those that have some. Empty = the books agree (reliability.md section 1).
create view reconciliation with (security_invoker = true) as
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
     ('rejet', 'en_paiement', 'du'), ('expiration', 'circulation', 'a_crediter'), ('avoir', 'a_crediter', 'credite'))
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
   where coalesce(i.pass_utilises, 0) <> coalesce(r.n, 0))
select name, count from controle where count > 0;
