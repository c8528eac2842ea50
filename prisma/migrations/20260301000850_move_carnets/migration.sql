-- What a commande does to the carnets of its lot, set-based, one call each. All but the lock run with the caller's own rights
-- and policies. Tables written: carnet, mouvement, activation.

-- Printed and shipped in one gesture: answers how many carnets left.
create function ship_carnets(p_collectivite uuid, p_lot uuid, p_utilisateur uuid, p_at timestamptz) returns int
language plpgsql volatile security invoker set search_path = pg_catalog, public as $$
declare n int;
begin
  update carnet set statut = 'expedie' where collectivite_id = p_collectivite and lot_id = p_lot and statut in ('cree', 'imprime');
  get diagnostics n = row_count;
  insert into mouvement (collectivite_id, id, type, convention_id, lot_id, operateur_id, serie_premiere, serie_derniere, carnets, utilisateur_id, at)
  select l.collectivite_id, uuidv7(), t.type, l.convention_id, l.id, l.operateur_id, l.serie_premiere, l.serie_derniere, n, p_utilisateur, p_at
    from lot l cross join unnest(array['imprime', 'expedie']) t(type)
   where l.collectivite_id = p_collectivite and l.id = p_lot and n > 0;
  return n;
end $$;

-- Received, except the missing ones, which are blocked in the same gesture. One line of history for each run of serials.
create function receive_carnets(p_collectivite uuid, p_lot uuid, p_manquants bigint[], p_utilisateur uuid, p_at timestamptz) returns int
language plpgsql volatile security invoker set search_path = pg_catalog, public as $$
declare n int;
begin
  update carnet set statut = 'bloque', statut_avant_blocage = 'expedie', motif_blocage = 'controle'
   where collectivite_id = p_collectivite and lot_id = p_lot and statut = 'expedie' and serie = any (p_manquants);
  update carnet set statut = 'livre', livre_at = p_at where collectivite_id = p_collectivite and lot_id = p_lot and statut = 'expedie';
  get diagnostics n = row_count;
  insert into mouvement (collectivite_id, id, type, convention_id, lot_id, operateur_id, serie_premiere, serie_derniere, carnets, utilisateur_id, at)
  select p_collectivite, uuidv7(), case i.statut when 'livre' then 'recu' else 'manquant' end, l.convention_id, p_lot, l.operateur_id, min(i.serie), max(i.serie), count(*), p_utilisateur, p_at
    from (select c.serie, c.statut, c.serie - row_number() over (partition by c.statut order by c.serie) ilot
            from carnet c
           where c.collectivite_id = p_collectivite and c.lot_id = p_lot
             and (c.statut = 'livre' and c.livre_at = p_at or c.statut = 'bloque' and c.serie = any (p_manquants))) i
    join lot l on l.collectivite_id = p_collectivite and l.id = p_lot
   group by i.statut, i.ilot, l.convention_id, l.operateur_id;
  return n;
end $$;

-- Activates carnets of a lot from the first one received, neither blocked nor active: one activation for each run of serials, and
-- one write of the carnets. The caller holds lock_fonds, has checked the coverage, and posts fonds → circulation.
create function activate_carnets(p_collectivite uuid, p_lot uuid, p_carnets int, p_mandat text, p_utilisateur uuid, p_at timestamptz)
returns table (activation_id uuid, carnets int, montant_centimes bigint)
language sql volatile security invoker set search_path = pg_catalog, public as $$
  with choisis as materialized (
    select c.id, c.serie from carnet c
     where c.collectivite_id = p_collectivite and c.lot_id = p_lot and c.statut in ('livre', 'attribue', 'remis') and c.activation_id is null
     order by c.serie limit p_carnets for no key update),
  ilots as materialized (select id, serie, serie - row_number() over (order by serie) ilot from choisis),
  segments as materialized (select ilot, uuidv7() activation_id, min(serie) premiere, max(serie) derniere, count(*)::int carnets from ilots group by ilot),
  faites as (
    insert into activation (collectivite_id, id, lot_id, commande_id, convention_id, operateur_id, serie_premiere, serie_derniere, carnets, montant_centimes, numero_mandat, at, utilisateur_id)
    select l.collectivite_id, s.activation_id, l.id, l.commande_id, l.convention_id, l.operateur_id, s.premiere, s.derniere, s.carnets,
           s.carnets::bigint * l.carnet_taille * l.valeur_faciale_centimes, p_mandat, p_at, p_utilisateur
      from segments s join lot l on l.collectivite_id = p_collectivite and l.id = p_lot
    returning id, carnets, montant_centimes),
  actives as (
    update carnet c set activation_id = s.activation_id from ilots i join segments s using (ilot)
     where c.collectivite_id = p_collectivite and c.id = i.id)
  select id, carnets, montant_centimes from faites
$$;

-- The balance of `fonds`, its row locked until the end: two activations of a convention pass one after the other.
create function lock_fonds(p_collectivite uuid, p_convention uuid) returns bigint
language sql volatile security definer set search_path = pg_catalog, public as $$
  select solde_centimes from account
   where collectivite_id = p_collectivite and convention_id = p_convention and nature = 'fonds' and operateur_id = app_org('operateur')
     for no key update
$$;

grant execute on function ship_carnets, activate_carnets, lock_fonds to as_operateur;
grant execute on function receive_carnets to as_collectivite;
grant create on schema public to fn_redeem;
alter function lock_fonds owner to fn_redeem;
revoke create on schema public from fn_redeem;
