-- From the validated proof to carnets received: how the carnet looks, print files taken once, parcels and their labels, what is
-- missing and claimed; carnets written, sent and received by chunks, so that a lot of 100 000 passes as one of 10.

grant create on schema public to fn_carnet;

------------------------------------------------------------------------------------------------------------------------
-- 1. Tables
------------------------------------------------------------------------------------------------------------------------

-- What an order adds to the printed carnet besides its text: a telephone on its own line, a logo.
create table maquette (
  collectivite_id uuid not null,
  commande_id uuid not null,
  operateur_id uuid not null,
  telephone text check (length(telephone) between 1 and 40),
  logo bytea check (octet_length(logo) between 1 and 40000),
  updated_at timestamptz not null,
  primary key (collectivite_id, commande_id),
  foreign key (collectivite_id, commande_id) references commande (collectivite_id, id)
);

-- A print file of a lot: made by a job, sealed under a key that dies with the lot's, taken once by a named account.
create table impression (
  collectivite_id uuid not null,
  id uuid not null,
  lot_id uuid not null,
  commande_id uuid not null,
  operateur_id uuid not null,
  format text not null check (format in ('csv', 'pdf')),
  statut text not null default 'en_preparation' check (statut in ('en_preparation', 'prete', 'retiree', 'detruite')),
  demandee_par uuid not null,
  demandee_at timestamptz not null,
  prete_at timestamptz,
  octets bigint check (octets > 0),
  -- sha256 of the file as it is given
  empreinte bytea check (octet_length(empreinte) = 32),
  retiree_par uuid,
  -- the person as known then: the receipt of the file names it
  retiree_nom text,
  retiree_at timestamptz,
  primary key (collectivite_id, id),
  -- one file a format: what was taken is never made again
  unique (collectivite_id, lot_id, format),
  foreign key (collectivite_id, lot_id) references lot (collectivite_id, id),
  foreign key (collectivite_id, commande_id) references commande (collectivite_id, id),
  check (num_nulls(prete_at, octets, empreinte) in (0, 3)),
  check (num_nulls(retiree_par, retiree_nom, retiree_at) in (0, 3)),
  check (statut not in ('prete', 'retiree') or prete_at is not null),
  check (statut not in ('en_preparation', 'prete') or retiree_at is null),
  check (statut <> 'retiree' or retiree_at is not null)
);
create index impression_commande on impression (collectivite_id, commande_id);
create index impression_operateur on impression (operateur_id, id);

-- A carton: a range of the lot, in bundles of `par_paquet` carnets.
create table colis (
  collectivite_id uuid not null,
  id uuid not null,
  lot_id uuid not null,
  commande_id uuid not null,
  operateur_id uuid not null,
  rang int not null check (rang > 0),
  serie_premiere bigint not null,
  serie_derniere bigint not null,
  carnets int not null check (carnets > 0),
  par_paquet int not null check (par_paquet > 0),
  -- scanned at the reception, the whole or a part of it
  recu_at timestamptz,
  primary key (collectivite_id, id),
  unique (collectivite_id, lot_id, rang),
  foreign key (collectivite_id, lot_id) references lot (collectivite_id, id),
  foreign key (collectivite_id, commande_id) references commande (collectivite_id, id),
  check (carnets = serie_derniere - serie_premiere + 1),
  constraint colis_series exclude using gist (int8range(serie_premiere, serie_derniere, '[]') with &&)
);
create index colis_commande on colis (collectivite_id, commande_id);

-- Carnets that did not arrive, claimed from the operator in the gesture that blocks them.
create table reclamation (
  collectivite_id uuid not null,
  id uuid not null,
  lot_id uuid not null,
  commande_id uuid not null,
  operateur_id uuid not null,
  series_premieres bigint[] not null,
  series_dernieres bigint[] not null,
  carnets int not null check (carnets > 0),
  statut text not null default 'ouverte' check (statut in ('ouverte', 'acceptee', 'refusee')),
  ouverte_par uuid not null,
  ouverte_at timestamptz not null,
  reponse text check (length(reponse) between 1 and 500),
  repondue_par uuid,
  repondue_at timestamptz,
  primary key (collectivite_id, id),
  foreign key (collectivite_id, lot_id) references lot (collectivite_id, id),
  foreign key (collectivite_id, commande_id) references commande (collectivite_id, id),
  check (cardinality(series_premieres) = cardinality(series_dernieres) and cardinality(series_premieres) > 0),
  check (num_nulls(reponse, repondue_par, repondue_at) = case statut when 'ouverte' then 3 else 0 end)
);
create index reclamation_commande on reclamation (collectivite_id, commande_id);
create index reclamation_operateur on reclamation (operateur_id, id);

------------------------------------------------------------------------------------------------------------------------
-- 2. Policies (node tools/policies.mjs) and grants
------------------------------------------------------------------------------------------------------------------------
-- colis
alter table colis enable row level security; alter table colis force row level security;
create policy migrator on colis to migrator using (true) with check (true);
create policy as_collectivite on colis to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on colis to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- impression
alter table impression enable row level security; alter table impression force row level security;
create policy migrator on impression to migrator using (true) with check (true);
create policy as_collectivite on impression to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on impression to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- maquette
alter table maquette enable row level security; alter table maquette force row level security;
create policy migrator on maquette to migrator using (true) with check (true);
create policy as_collectivite on maquette to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on maquette to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- reclamation
alter table reclamation enable row level security; alter table reclamation force row level security;
create policy migrator on reclamation to migrator using (true) with check (true);
create policy as_collectivite on reclamation to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on reclamation to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));

create policy fn_carnet on lot_cle to fn_carnet using (true) with check (true);
create policy fn_carnet on impression to fn_carnet using (true) with check (true);
create policy fn_carnet on colis to fn_carnet using (true) with check (true);

grant select on maquette, impression, colis, reclamation to as_operateur, as_collectivite;
grant insert on maquette, impression to as_operateur;
grant update (telephone, logo, updated_at) on maquette to as_operateur;
grant update (statut, prete_at, octets, empreinte, retiree_par, retiree_nom, retiree_at) on impression to as_operateur;
grant update (statut, reponse, repondue_par, repondue_at) on reclamation to as_operateur;
grant insert on reclamation to as_collectivite;
grant update (recu_at) on colis to as_collectivite;
grant select, delete on lot_cle to fn_carnet;
grant select, update on impression to fn_carnet;
grant select, insert, delete on colis to fn_carnet;

------------------------------------------------------------------------------------------------------------------------
-- 3. Production
------------------------------------------------------------------------------------------------------------------------

set role fn_carnet;
drop function produce_carnets(uuid, uuid, int, bytea[]);
reset role;

-- A pass is always of a carnet of its collectivité: a reference asked row by row is two thirds of the time of a production, and the
-- same question is asked here once a statement. The other side cannot break it: a carnet is never deleted, and neither changes number.
alter table pass drop constraint pass_collectivite_id_carnet_id_fkey;
create function pass_carnet() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off as $$
begin
  if exists (select 1 from (select distinct collectivite_id, carnet_id from ajoutes) p
              where not exists (select 1 from carnet c where c.collectivite_id = p.collectivite_id and c.id = p.carnet_id)) then
    raise exception 'a pass without its carnet' using errcode = '23503', table = 'pass', constraint = 'pass_carnet';
  end if;
  return null;
end $$;
create trigger pass_carnet after insert on pass referencing new table as ajoutes for each statement execute function pass_carnet();
create trigger refuse_change before delete or update of collectivite_id, id, carnet_id on pass for each statement execute function refuse_change();
create trigger refuse_truncate before truncate on pass for each statement execute function refuse_change();
create trigger refuse_change before delete or update of collectivite_id, id on carnet for each statement execute function refuse_change();
create trigger refuse_truncate before truncate on carnet for each statement execute function refuse_change();

-- Writes carnets p_de … of a lot with the keyed hashes of their pass, 32 bytes each, one after the other: as one value, an array
-- of a million hashes is read far slower. Answers how many carnets the lot holds afterwards: the job goes on from there, so a
-- second run of the same chunk writes nothing twice.
create function produce_carnets(p_collectivite uuid, p_lot uuid, p_de int, p_lookups bytea) returns int
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare l lot; n int;
begin
  select * into l from lot where collectivite_id = p_collectivite and id = p_lot and operateur_id = app_org('operateur') for no key update;
  if not found then raise exception 'lot out of reach' using errcode = '42501'; end if;
  n := octet_length(p_lookups) / 32 / l.carnet_taille;
  if p_de <> l.produits then return l.produits; end if;
  if n = 0 or n * l.carnet_taille * 32 <> octet_length(p_lookups) or p_de + n > l.quantite then raise exception 'chunk' using errcode = '22023'; end if;
  with made as (
    insert into carnet (collectivite_id, serie, lot_id, convention_id, operateur_id, taille, date_fin)
    select p_collectivite, l.serie_premiere + p_de + i, p_lot, l.convention_id, l.operateur_id, l.carnet_taille, l.date_fin from generate_series(0, n - 1) i
    returning id, serie)
  insert into pass (collectivite_id, id, carnet_id, lookup)
  select p_collectivite, m.id * 10 + r, m.id, substring(p_lookups from ((m.serie - l.serie_premiere - p_de)::int * l.carnet_taille + r) * 32 + 1 for 32)
    from made m cross join generate_series(0, l.carnet_taille - 1) r;
  update lot set produits = produits + n where collectivite_id = p_collectivite and id = p_lot;
  return p_de + n;
end $$;
grant execute on function produce_carnets to as_operateur;
alter function produce_carnets owner to fn_carnet;

-- The cartons of a lot, one after the other from its first carnet; those of before are forgotten. The caller holds the commande,
-- which nobody has shipped.
create function pack_lot(p_collectivite uuid, p_lot uuid, p_par_carton int, p_par_paquet int) returns int
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare l lot; n int;
begin
  select * into l from lot where collectivite_id = p_collectivite and id = p_lot and operateur_id = app_org('operateur');
  if not found then raise exception 'lot out of reach' using errcode = '42501'; end if;
  delete from colis where collectivite_id = p_collectivite and lot_id = p_lot;
  insert into colis (collectivite_id, id, lot_id, commande_id, operateur_id, rang, serie_premiere, serie_derniere, carnets, par_paquet)
  select p_collectivite, uuidv7(), p_lot, l.commande_id, l.operateur_id, i + 1, c.premiere, c.derniere, c.derniere - c.premiere + 1, p_par_paquet
    from generate_series(0, (l.quantite - 1) / p_par_carton) i
    cross join lateral (select l.serie_premiere + i * p_par_carton premiere, least(l.serie_premiere + (i + 1) * p_par_carton - 1, l.serie_derniere) derniere) c;
  get diagnostics n = row_count;
  return n;
end $$;
grant execute on function pack_lot to as_operateur;
alter function pack_lot owner to fn_carnet;

-- Destroys the keys of the lots whose print file was taken p_jours days before p_now, and the files that they opened: nobody derives
-- their codes any more. Answers them; one line of journal a lot.
create function lot_cles_destroy(p_now timestamptz, p_jours int, p_role text) returns table (lot_id uuid, impression_ids uuid[])
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare x record;
begin
  for x in
    select k.collectivite_id, k.lot_id, k.operateur_id from lot_cle k
     where exists (select 1 from impression i where i.collectivite_id = k.collectivite_id and i.lot_id = k.lot_id and i.retiree_at <= p_now - make_interval(days => p_jours))
     order by k.lot_id
  loop
    delete from lot_cle k where k.collectivite_id = x.collectivite_id and k.lot_id = x.lot_id;
    update impression i set statut = 'detruite' where i.collectivite_id = x.collectivite_id and i.lot_id = x.lot_id and i.statut in ('en_preparation', 'prete');
    insert into audit_event (organisation_id, organisation_type, role, action, objet, statut)
      values (x.operateur_id, 'operateur', p_role, 'job:destroy-lot-keys', jsonb_build_object('lotId', x.lot_id), 200);
    insert into outbox (sujet, organisation_id, collectivite_id, objet)
      values ('lot.cle_detruite', x.operateur_id, x.collectivite_id, jsonb_build_object('lotId', x.lot_id));
    lot_id := x.lot_id;
    impression_ids := array(select i.id from impression i where i.collectivite_id = x.collectivite_id and i.lot_id = x.lot_id);
    return next;
  end loop;
end $$;
grant execute on function lot_cles_destroy to worker;
alter function lot_cles_destroy owner to fn_carnet;

------------------------------------------------------------------------------------------------------------------------
-- 4. Shipped and received, a range at a time: a second run of the same range changes nothing
------------------------------------------------------------------------------------------------------------------------

drop function ship_carnets(uuid, uuid, uuid, timestamptz);
drop function receive_carnets(uuid, uuid, bigint[], uuid, timestamptz);

create function ship_carnets(p_collectivite uuid, p_lot uuid, p_de bigint, p_a bigint) returns int
language plpgsql volatile security invoker set search_path = pg_catalog, public, pg_temp as $$
declare n int;
begin
  update carnet set statut = 'expedie' where collectivite_id = p_collectivite and lot_id = p_lot and serie between p_de and p_a and statut in ('cree', 'imprime');
  get diagnostics n = row_count;
  return n;
end $$;

create function receive_carnets(p_collectivite uuid, p_lot uuid, p_de bigint, p_a bigint, p_at timestamptz) returns int
language plpgsql volatile security invoker set search_path = pg_catalog, public, pg_temp as $$
declare n int;
begin
  update carnet set statut = 'livre', livre_at = p_at where collectivite_id = p_collectivite and lot_id = p_lot and serie between p_de and p_a and statut = 'expedie';
  get diagnostics n = row_count;
  return n;
end $$;

-- Those that did not come: blocked at once, whatever waits for the others.
create function miss_carnets(p_collectivite uuid, p_lot uuid, p_de bigint[], p_a bigint[]) returns int
language plpgsql volatile security invoker set search_path = pg_catalog, public, pg_temp as $$
declare n int;
begin
  update carnet c set statut = 'bloque', statut_avant_blocage = 'expedie', motif_blocage = 'controle'
    from unnest(p_de, p_a) m(de, a)
   where c.collectivite_id = p_collectivite and c.lot_id = p_lot and c.statut = 'expedie' and c.serie between m.de and m.a;
  get diagnostics n = row_count;
  return n;
end $$;

-- The history of a lot, one line a range.
create function lot_mouvements(p_collectivite uuid, p_lot uuid, p_types text[], p_de bigint[], p_a bigint[], p_utilisateur uuid, p_at timestamptz) returns void
language sql volatile security invoker set search_path = pg_catalog, public, pg_temp as $$
  insert into mouvement (collectivite_id, id, type, convention_id, lot_id, operateur_id, serie_premiere, serie_derniere, carnets, utilisateur_id, at)
  select l.collectivite_id, uuidv7(), m.type, l.convention_id, l.id, l.operateur_id, m.de, m.a, m.a - m.de + 1, p_utilisateur, p_at
    from lot l cross join unnest(p_types, p_de, p_a) m(type, de, a)
   where l.collectivite_id = p_collectivite and l.id = p_lot
$$;

-- As it was, but that the carnets are found by the ranges of their activations: one by one, thousands of them were compared with
-- all the others as long as the table had no statistics.
create or replace function activate_carnets(p_collectivite uuid, p_lot uuid, p_carnets int, p_mandat text, p_utilisateur uuid, p_at timestamptz)
returns table (activation_id uuid, carnets int, montant_centimes bigint)
language sql volatile security invoker set search_path = pg_catalog, public, pg_temp set enable_seqscan = off as $$
  with choisis as materialized (
    select c.serie from carnet c
     where c.collectivite_id = p_collectivite and c.lot_id = p_lot and c.statut in ('livre', 'attribue', 'remis') and c.activation_id is null
     order by c.serie limit p_carnets for no key update),
  segments as materialized (
    select uuidv7() activation_id, min(serie) premiere, max(serie) derniere, count(*)::int carnets
      from (select serie, serie - row_number() over (order by serie) ilot from choisis) i group by ilot),
  faites as (
    insert into activation (collectivite_id, id, lot_id, commande_id, convention_id, operateur_id, serie_premiere, serie_derniere, carnets, montant_centimes, numero_mandat, at, utilisateur_id)
    select l.collectivite_id, s.activation_id, l.id, l.commande_id, l.convention_id, l.operateur_id, s.premiere, s.derniere, s.carnets,
           s.carnets::bigint * l.carnet_taille * l.valeur_faciale_centimes, p_mandat, p_at, p_utilisateur
      from segments s join lot l on l.collectivite_id = p_collectivite and l.id = p_lot
    returning id, carnets, montant_centimes),
  -- a segment is a run of chosen carnets: nothing else lies between its two ends
  actives as (
    update carnet c set activation_id = s.activation_id from segments s
     where c.collectivite_id = p_collectivite and c.lot_id = p_lot and c.serie between s.premiere and s.derniere)
  select id, carnets, montant_centimes from faites
$$;

grant execute on function ship_carnets to as_operateur;
grant execute on function receive_carnets, miss_carnets to as_collectivite;
grant execute on function lot_mouvements to as_operateur, as_collectivite;

revoke create on schema public from fn_carnet;
