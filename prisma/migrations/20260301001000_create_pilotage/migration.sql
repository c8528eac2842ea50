-- Where carnets and money stand, stage by stage. One text of SQL: collectivités and operators read it through their own
-- rows (security_invoker), the ANCT through a function that gives counts and never a row.

create view entonnoir with (security_invoker = true) as
  with carnets as (
    select c.collectivite_id, c.convention_id, c.taille, c.taille::bigint * l.valeur_faciale_centimes centimes,
           c.livre_at is not null livre, c.activation_id is not null active, c.attribue_at is not null attribue,
           -- taken back: the custody says so; blocked, replaced or expired later: it was handed over all the same
           c.remis_at is not null and coalesce(c.statut_avant_blocage, c.statut) in ('remis', 'annule', 'expire') remis, c.utilises > 0 entame
      from carnet c join lot l on l.collectivite_id = c.collectivite_id and l.id = c.lot_id),
  comptes as (
    select collectivite_id, convention_id,
           count(*) filter (where livre) livres, sum(taille) filter (where livre) livres_pass, sum(centimes) filter (where livre) livres_centimes,
           count(*) filter (where active) actives, sum(taille) filter (where active) actives_pass, sum(centimes) filter (where active) actives_centimes,
           count(*) filter (where attribue) attribues, sum(taille) filter (where attribue) attribues_pass, sum(centimes) filter (where attribue) attribues_centimes,
           count(*) filter (where remis) remis, sum(taille) filter (where remis) remis_pass, sum(centimes) filter (where remis) remis_centimes,
           count(*) filter (where entame) entames, sum(taille) filter (where entame) entames_pass, sum(centimes) filter (where entame) entames_centimes
      from carnets group by collectivite_id, convention_id),
  usages as (
    select collectivite_id, convention_id, count(*) carnets, sum(n) pass, sum(centimes) centimes,
           count(*) filter (where payes > 0) carnets_payes, sum(payes) payes, sum(centimes_payes) centimes_payes
      from (select collectivite_id, convention_id, carnet_id, count(*) n, sum(montant_centimes) centimes,
                   count(*) filter (where statut = 'payee') payes, sum(montant_centimes) filter (where statut = 'payee') centimes_payes
              from redemption where statut <> 'annulee' group by collectivite_id, convention_id, carnet_id) u
     group by collectivite_id, convention_id)
  select collectivite_id, convention_id, 'commandes' etape, sum(quantite)::bigint carnets, sum(quantite::bigint * carnet_taille)::bigint pass, sum(montant_centimes)::bigint centimes
    from commande where statut not in ('brouillon', 'annulee') group by collectivite_id, convention_id
  union all
  select c.collectivite_id, c.convention_id, e.etape, e.carnets, coalesce(e.pass, 0)::bigint, coalesce(e.centimes, 0)::bigint
    from comptes c cross join lateral (values ('livres', livres, livres_pass, livres_centimes), ('actives', actives, actives_pass, actives_centimes),
      ('attribues', attribues, attribues_pass, attribues_centimes), ('remis', remis, remis_pass, remis_centimes),
      ('entames', entames, entames_pass, entames_centimes)) e(etape, carnets, pass, centimes)
  union all
  select u.collectivite_id, u.convention_id, e.etape, e.carnets, coalesce(e.pass, 0)::bigint, coalesce(e.centimes, 0)::bigint
    from usages u cross join lateral (values ('utilises', carnets, pass, centimes), ('rembourses', carnets_payes, payes, centimes_payes)) e(etape, carnets, pass, centimes);

-- The balances that a dashboard shows, by convention and nature.
create view argent with (security_invoker = true) as
  select collectivite_id, convention_id, nature, sum(solde_centimes)::bigint centimes from account
   where nature in ('fonds', 'circulation', 'du', 'en_paiement', 'paye') group by collectivite_id, convention_id, nature;

grant select on entonnoir, argent to as_collectivite, as_operateur, fn_stats;

-- The national reader of counts: its own policies, the columns it adds up and no other.
grant select (collectivite_id, convention_id, lot_id, taille, livre_at, activation_id, attribue_at, remis_at, statut, statut_avant_blocage, utilises) on carnet to fn_stats;
grant select (collectivite_id, id, valeur_faciale_centimes) on lot to fn_stats;
grant select (collectivite_id, convention_id, carnet_id, montant_centimes, statut) on redemption to fn_stats;
grant select (collectivite_id, convention_id, statut, quantite, carnet_taille, montant_centimes) on commande to fn_stats;
grant select (collectivite_id, convention_id, nature, solde_centimes) on account to fn_stats;
create policy fn_stats on carnet for select to fn_stats using (true);
create policy fn_stats on lot for select to fn_stats using (true);
create policy fn_stats on redemption for select to fn_stats using (true);
create policy fn_stats on commande for select to fn_stats using (true);
create policy fn_stats on account for select to fn_stats using (true);

-- Counts by collectivité, for the ANCT alone; one convention when it is named.
create function stats_entonnoir(p_convention uuid default null) returns table (collectivite_id uuid, etape text, carnets bigint, pass bigint, centimes bigint)
language sql stable security definer set search_path = pg_catalog, public as $$
  select e.collectivite_id, e.etape, sum(e.carnets)::bigint, sum(e.pass)::bigint, sum(e.centimes)::bigint
    from entonnoir e where (select app_org('anct')) is not null and (p_convention is null or e.convention_id = p_convention)
   group by e.collectivite_id, e.etape
$$;
create function stats_argent(p_convention uuid default null) returns table (collectivite_id uuid, nature text, centimes bigint)
language sql stable security definer set search_path = pg_catalog, public as $$
  select a.collectivite_id, a.nature, sum(a.centimes)::bigint
    from argent a where (select app_org('anct')) is not null and (p_convention is null or a.convention_id = p_convention)
   group by a.collectivite_id, a.nature
$$;

grant create on schema public to fn_stats;
grant execute on function stats_entonnoir, stats_argent to as_anct;
alter function stats_entonnoir owner to fn_stats;
alter function stats_argent owner to fn_stats;
revoke create on schema public from fn_stats;
