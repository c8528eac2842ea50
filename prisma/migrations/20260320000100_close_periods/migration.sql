-- What an operator decides about its payments is decided by two people; who approved a bordereau did nothing else of it.

create table parametre_proposition (
  operateur_id uuid not null references organisation (id),
  id uuid not null,
  debiteur_nom text not null check (debiteur_nom <> ''),
  debiteur_iban text not null check (debiteur_iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
  seuils_centimes bigint[] not null check (cardinality(seuils_centimes) between 1 and 5),
  plancher_hebdo_centimes bigint check (plancher_hebdo_centimes > 0),
  statut text not null default 'proposee' check (statut in ('proposee', 'acceptee', 'refusee')),
  propose_par uuid not null references utilisateur (id),
  propose_at timestamptz not null,
  decide_par uuid references utilisateur (id),
  decide_at timestamptz,
  primary key (operateur_id, id),
  check (decide_par <> propose_par),
  check ((statut = 'proposee') = (decide_par is null)),
  check ((decide_par is null) = (decide_at is null))
);
-- one at a time: two people speak of the same one
create unique index parametre_proposition_en_attente on parametre_proposition (operateur_id) where statut = 'proposee';

alter table parametre_proposition enable row level security; alter table parametre_proposition force row level security;
create policy migrator on parametre_proposition to migrator using (true) with check (true);
create policy as_operateur on parametre_proposition to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
grant select, insert on parametre_proposition to as_operateur;
grant update (statut, decide_par, decide_at) on parametre_proposition to as_operateur;

-- The second guard of « three different people »: several approve now, and the columns of a bordereau name the last one only.
create function bordereau_approbation_personne() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  if exists (select 1 from bordereau b where b.organisation_id = new.organisation_id and b.id = new.bordereau_id and new.utilisateur_id in (b.arrete_par, b.controle_par)) then
    raise exception 'who prepared does not approve' using errcode = '23514', constraint = 'bordereau_approbation_personne';
  end if;
  return new;
end $$;
create trigger bordereau_approbation_personne before insert or update on bordereau_approbation for each row execute function bordereau_approbation_personne();

create function bordereau_transmis_personne() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  if exists (select 1 from bordereau_approbation a where a.organisation_id = new.organisation_id and a.bordereau_id = new.id and a.utilisateur_id = new.transmis_par) then
    raise exception 'who approved does not release' using errcode = '23514', constraint = 'bordereau_transmis_personne';
  end if;
  return new;
end $$;
create trigger bordereau_transmis_personne before update of transmis_par on bordereau for each row when (new.transmis_par is distinct from old.transmis_par)
  execute function bordereau_transmis_personne();
create trigger refuse_change before update or delete on bordereau_approbation for each row execute function refuse_change();
