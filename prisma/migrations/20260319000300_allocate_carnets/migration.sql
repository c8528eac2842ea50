-- Carnets leave in parcels: from the reserve to a prescripteur, between two prescripteurs, or back to the reserve. A parcel is a set
-- of ranges of one lot; until its receiver confirms, custody stays with the sender and the carnets only have a destination.

------------------------------------------------------------------------------------------------------------------------
-- Parcels
------------------------------------------------------------------------------------------------------------------------
-- who sends (null: the collectivité's reserve) and who receives (null: that reserve)
alter table attribution add column expediteur_id uuid references organisation (id);
alter table attribution alter column prescripteur_id drop not null;
alter table attribution add constraint attribution_deux_parties check (prescripteur_id is distinct from expediteur_id);
-- serie_premiere and serie_derniere stay the two ends of the whole
alter table attribution add column plages int8multirange;
update attribution set plages = int8multirange(int8range(serie_premiere, serie_derniere, '[]'));
alter table attribution alter column plages set not null;
alter table attribution add constraint attribution_plages check (lower(plages) = serie_premiere and upper(plages) = serie_derniere + 1);
create index attribution_expediteur on attribution (expediteur_id, id) where expediteur_id is not null;

-- A parcel of one range says it once, by its two ends. Parcels are few: a trigger a row costs nothing.
create function attribution_one_range() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  new.plages := coalesce(new.plages, int8multirange(int8range(new.serie_premiere, new.serie_derniere, '[]')));
  return new;
end $$;
create trigger one_range before insert on attribution for each row execute function attribution_one_range();

create policy as_prescripteur_expediteur_id on attribution to as_prescripteur using (expediteur_id = (select app_org('prescripteur'))) with check (expediteur_id = (select app_org('prescripteur')));
grant insert on attribution to as_prescripteur;

alter table mouvement drop constraint mouvement_type_check;
alter table mouvement add constraint mouvement_type_check check (type in ('imprime', 'expedie', 'recu', 'manquant', 'attribue', 'transfere', 'retourne', 'rappele', 'accuse', 'rendu',
  'remis', 'repris', 'bloque', 'debloque', 'annule'));

-- Whether prescripteurs of a convention may send carnets to each other without asking: a rule of logistics, not of money.
alter table convention add column transferts_entre_points boolean not null default false;
grant update (transferts_entre_points) on convention to as_collectivite;
grant select (transferts_entre_points) on convention to as_prescripteur;

-- Numbers of parcels are the collectivité's, whoever of its custodians sends: a prescripteur takes one as long as it holds a carnet of it.
create function next_parcels(p_collectivite uuid, p_annee int, p_combien bigint)
returns bigint language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare v bigint;
begin
  if p_combien < 1 then raise exception 'how many' using errcode = '22023'; end if;
  if app_org('collectivite') is distinct from p_collectivite
     and not exists (select 1 from carnet c where c.collectivite_id = p_collectivite and c.prescripteur_id = app_org('prescripteur')) then
    raise exception 'numbers of somebody else' using errcode = '42501';
  end if;
  insert into compteur (organisation_id, nom, annee, valeur) values (p_collectivite, 'attribution', p_annee, p_combien)
    on conflict (organisation_id, nom, annee) do update set valeur = compteur.valeur + p_combien returning valeur into v;
  return v - p_combien + 1;
end $$;
grant execute on function next_parcels to as_collectivite, as_prescripteur;
grant create on schema public to fn_carnet;
alter function next_parcels owner to fn_carnet;
revoke create on schema public from fn_carnet;

------------------------------------------------------------------------------------------------------------------------
-- Allocation by file: what was read of it, line by line, until it is applied in one go or left
------------------------------------------------------------------------------------------------------------------------
create table import_attribution (
  collectivite_id uuid not null references organisation (id),
  id uuid not null,
  nom text not null check (nom <> ''),
  -- a large file is read by a job: its bytes wait here until then, and no longer
  contenu bytea,
  statut text not null check (statut in ('a_lire', 'illisible', 'en_erreur', 'a_confirmer', 'en_cours', 'applique')),
  message text,
  entetes text[] not null default '{}',
  lignes int not null default 0 check (lignes >= 0),
  fautes int not null default 0 check (fautes between 0 and lignes),
  carnets int not null default 0 check (carnets >= 0),
  attributions int not null default 0,
  utilisateur_id uuid,
  created_at timestamptz not null,
  applique_at timestamptz,
  primary key (collectivite_id, id),
  check ((statut = 'a_lire') = (contenu is not null)),
  check ((statut = 'applique') = (applique_at is not null)),
  check (statut <> 'illisible' or message is not null)
);

create table import_attribution_ligne (
  collectivite_id uuid not null references organisation (id),
  import_id uuid not null,
  -- the line of the file, so that a person finds it again
  numero int not null check (numero > 0),
  cellules text[] not null,
  prescripteur_id uuid references organisation (id),
  serie_premiere bigint,
  serie_derniere bigint,
  carnets int,
  probleme text,
  primary key (collectivite_id, import_id, numero),
  foreign key (collectivite_id, import_id) references import_attribution (collectivite_id, id),
  check (probleme is not null or prescripteur_id is not null and serie_premiere is not null and serie_derniere >= serie_premiere)
);
create index import_attribution_ligne_probleme on import_attribution_ligne (collectivite_id, import_id, numero) where probleme is not null;

-- import_attribution
alter table import_attribution enable row level security; alter table import_attribution force row level security;
create policy migrator on import_attribution to migrator using (true) with check (true);
create policy as_collectivite on import_attribution to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
-- import_attribution_ligne
alter table import_attribution_ligne enable row level security; alter table import_attribution_ligne force row level security;
create policy migrator on import_attribution_ligne to migrator using (true) with check (true);
create policy as_collectivite on import_attribution_ligne to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));

grant select, insert on import_attribution, import_attribution_ligne to as_collectivite;
grant update (contenu, statut, message, entetes, lignes, fautes, carnets, attributions, applique_at) on import_attribution to as_collectivite;
grant update (probleme) on import_attribution_ligne to as_collectivite;
