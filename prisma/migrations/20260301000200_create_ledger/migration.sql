-- The ledger, circuit 1: pass money, per convention. Transfers are the truth, balances follow by trigger.
create table account (
  collectivite_id uuid not null,
  id bigint generated always as identity,
  convention_id uuid not null,
  operateur_id uuid not null references organisation (id),
  nature text not null check (nature in ('payeur', 'fonds', 'circulation', 'du', 'en_paiement', 'paye', 'a_crediter', 'credite', 'frais')),
  structure_id uuid references organisation (id),
  solde_centimes bigint not null default 0,
  primary key (collectivite_id, id),
  unique nulls not distinct (collectivite_id, convention_id, nature, structure_id),
  check ((nature in ('du', 'en_paiement', 'paye')) = (structure_id is not null)),
  -- guarded accounts never go below zero: what is not in `fonds` cannot be activated
  constraint account_garde check (nature in ('payeur', 'paye', 'credite') or solde_centimes >= 0)
);
create index account_operateur on account (operateur_id, convention_id, id);
create index account_structure on account (structure_id, id) where structure_id is not null;

create table transfer (
  collectivite_id uuid not null,
  id bigint generated always as identity,
  de_id bigint not null,
  vers_id bigint not null,
  montant_centimes bigint not null check (montant_centimes > 0),
  motif text not null check (motif in ('encaissement', 'frais_amont', 'activation', 'utilisation', 'annulation', 'bordereau', 'paiement', 'rejet', 'expiration', 'avoir')),
  convention_id uuid not null,
  operateur_id uuid not null,
  structure_id uuid,
  -- what caused it: encaissement, activation, act of redemption, bordereau
  objet_id uuid not null,
  utilisateur_id uuid,
  at timestamptz not null,
  xid xid8 not null default pg_current_xact_id(),
  primary key (collectivite_id, id),
  foreign key (collectivite_id, de_id) references account (collectivite_id, id),
  foreign key (collectivite_id, vers_id) references account (collectivite_id, id),
  check (de_id <> vers_id)
);
create index transfer_objet on transfer (collectivite_id, objet_id);
create index transfer_convention on transfer (collectivite_id, convention_id, id);
create index transfer_operateur on transfer (operateur_id, id);
create index transfer_structure on transfer (structure_id, id) where structure_id is not null;

create trigger refuse_change before update or delete on transfer for each row execute function refuse_change();
create trigger refuse_truncate before truncate on transfer for each statement execute function refuse_change();

-- Balances follow the inserted transfers, accounts locked in id order so that two batches never wait for each other.
create function transfer_balances() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform 1 from account a
    where (a.collectivite_id, a.id) in (select collectivite_id, de_id from inserted union select collectivite_id, vers_id from inserted)
    order by a.collectivite_id, a.id for no key update;
  update account a set solde_centimes = a.solde_centimes + d.delta
    from (select collectivite_id, id, sum(montant) delta
            from (select collectivite_id, vers_id id, montant_centimes montant from inserted
                  union all select collectivite_id, de_id, -montant_centimes from inserted) m
           group by collectivite_id, id) d
   where a.collectivite_id = d.collectivite_id and a.id = d.id;
  return null;
end $$;
create trigger transfer_balances after insert on transfer referencing new table as inserted for each statement execute function transfer_balances();

-- The account of a nature, made at its first use.
create function account_of(p_collectivite uuid, p_convention uuid, p_operateur uuid, p_nature text, p_structure uuid)
returns bigint language plpgsql volatile security invoker set search_path = pg_catalog, public as $$
declare v bigint;
begin
  select id into v from account
   where collectivite_id = p_collectivite and convention_id = p_convention and nature = p_nature and structure_id is not distinct from p_structure;
  if v is null then
    insert into account (collectivite_id, convention_id, operateur_id, nature, structure_id)
    values (p_collectivite, p_convention, p_operateur, p_nature, p_structure) on conflict do nothing;
    select id into v from account
     where collectivite_id = p_collectivite and convention_id = p_convention and nature = p_nature and structure_id is not distinct from p_structure;
  end if;
  return v;
end $$;

-- Numbers without gap, per organisation and year; the row is the lock. `serie` is the one numbering shared by all.
create table compteur (
  organisation_id uuid not null,
  nom text not null check (nom in ('convention', 'commande', 'attribution', 'bordereau', 'remise', 'serie')),
  annee int not null,
  valeur bigint not null default 0 check (valeur >= 0),
  primary key (organisation_id, nom, annee)
);
-- Takes `p_combien` numbers and answers the first. Only the caller's own organisation, or the shared serials for an operator.
create function next_number(p_nom text, p_annee int, p_combien bigint default 1)
returns bigint language plpgsql volatile security definer set search_path = pg_catalog, public as $$
declare v bigint; me record; v_scope uuid;
begin
  select * into me from app_verify(current_setting('app.ctx', true));
  if me.org is null or p_combien < 1 then raise exception 'no context' using errcode = '28000'; end if;
  v_scope := me.org;
  if p_nom = 'serie' then
    if me.type <> 'operateur' then raise exception 'serials belong to operators' using errcode = '42501'; end if;
    v_scope := '00000000-0000-0000-0000-000000000000';
  end if;
  insert into compteur (organisation_id, nom, annee, valeur) values (v_scope, p_nom, p_annee, p_combien)
    on conflict (organisation_id, nom, annee) do update set valeur = compteur.valeur + p_combien returning valeur into v;
  return v - p_combien + 1;
end $$;
