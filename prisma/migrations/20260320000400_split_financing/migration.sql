-- Circuit 2: who finances the used pass. Each closing splits its pass by the key of the convention; each financeur is called for its parts.

------------------------------------------------------------------------------------------------------------------------
-- 1. A financeur with an account here reads its own accounts and transfers
------------------------------------------------------------------------------------------------------------------------
alter table account add column financeur_id uuid;
alter table account add constraint account_financeur_id check (financeur_id is null or financeur_cle = financeur_id::text);
create index account_financeur_id on account (financeur_id, id) where financeur_id is not null;
alter table transfer add column financeur_id uuid;
create index transfer_financeur on transfer (financeur_id, id) where financeur_id is not null;

-- The organisation that a key of financeur names; null for the State and for a payer without an account here.
create function financeur_of(p_cle text) returns uuid language sql immutable set search_path = pg_catalog, public as $$
  select case when p_cle ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then p_cle::uuid end
$$;

create or replace function account_of(p_collectivite uuid, p_convention uuid, p_operateur uuid, p_nature text, p_structure uuid, p_financeur_cle text)
returns bigint language plpgsql volatile security invoker set search_path = pg_catalog, public as $$
declare v bigint;
begin
  select id into v from account where collectivite_id = p_collectivite and convention_id = p_convention and nature = p_nature
     and structure_id is not distinct from p_structure and financeur_cle is not distinct from p_financeur_cle;
  if v is null then
    insert into account (collectivite_id, convention_id, operateur_id, nature, structure_id, financeur_cle, financeur_id)
    values (p_collectivite, p_convention, p_operateur, p_nature, p_structure, p_financeur_cle, financeur_of(p_financeur_cle)) on conflict do nothing;
    select id into v from account where collectivite_id = p_collectivite and convention_id = p_convention and nature = p_nature
       and structure_id is not distinct from p_structure and financeur_cle is not distinct from p_financeur_cle;
  end if;
  return v;
end $$;
revoke execute on function financeur_of from public;
grant execute on function financeur_of to as_operateur, fn_redeem;
grant execute on function account_of(uuid, uuid, uuid, text, uuid, text) to fn_redeem;

------------------------------------------------------------------------------------------------------------------------
-- 2. What a closing charged, financeur by financeur
------------------------------------------------------------------------------------------------------------------------
-- The used pass of one closing and convention, split once.
create table partage (
  collectivite_id uuid not null,
  id uuid not null,
  convention_id uuid not null,
  operateur_id uuid not null,
  mois text not null check (mois ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  pass int not null check (pass >= 0),
  montant_centimes bigint not null check (montant_centimes > 0),
  -- of which: used from carnets handed over after the distribution stop, wholly the collectivité's
  derogation_centimes bigint not null default 0 check (derogation_centimes >= 0),
  at timestamptz not null,
  primary key (collectivite_id, id),
  foreign key (collectivite_id, convention_id) references convention (collectivite_id, id),
  check (derogation_centimes <= montant_centimes)
);
create index partage_convention on partage (collectivite_id, convention_id, id);
create index partage_operateur on partage (operateur_id, id);

-- The part of a financeur, with the key and the cap of that day; what another one's cap refused is in the fallback's.
create table partage_part (
  collectivite_id uuid not null,
  partage_id uuid not null,
  cle text not null,
  rang int not null check (rang between 1 and 11),
  convention_id uuid not null,
  operateur_id uuid not null,
  financeur_id uuid,
  nature text not null check (nature in ('etat', 'collectivite', 'fse', 'prive')),
  nom text not null check (nom <> ''),
  cle_bp int not null check (cle_bp between 0 and 10000),
  plafond_centimes bigint check (plafond_centimes > 0),
  mois text not null,
  pass int not null check (pass >= 0),
  montant_centimes bigint not null check (montant_centimes >= 0),
  derogation_centimes bigint not null default 0 check (derogation_centimes >= 0),
  at timestamptz not null,
  primary key (collectivite_id, partage_id, cle),
  foreign key (collectivite_id, partage_id) references partage (collectivite_id, id),
  check (derogation_centimes <= montant_centimes),
  check (financeur_id is null or cle = financeur_id::text)
);
create index partage_part_cle on partage_part (collectivite_id, convention_id, cle);
create index partage_part_operateur on partage_part (operateur_id, convention_id);
create index partage_part_financeur on partage_part (financeur_id, convention_id) where financeur_id is not null;
create trigger refuse_change before update or delete on partage for each row execute function refuse_change();
create trigger refuse_truncate before truncate on partage for each statement execute function refuse_change();
create trigger refuse_change before update or delete on partage_part for each row execute function refuse_change();
create trigger refuse_truncate before truncate on partage_part for each statement execute function refuse_change();

alter table bordereau_convention add column partage_id uuid;
alter table bordereau_convention add foreign key (collectivite_id, partage_id) references partage (collectivite_id, id);
alter table bordereau_convention add constraint bordereau_convention_partage check (partage_id is null or charge_at is not null);
create index bordereau_convention_partage on bordereau_convention (collectivite_id, partage_id) where partage_id is not null;
create index bordereau_convention_non_charge on bordereau_convention (operateur_id, convention_id) where charge_at is null;
create index carnet_derogation on carnet (collectivite_id, convention_id, id) where derogation_id is not null;

------------------------------------------------------------------------------------------------------------------------
-- 3. Advances, and calls for funds
------------------------------------------------------------------------------------------------------------------------
-- Paid by a financeur before any use: deducted from its next calls.
create table avance (
  collectivite_id uuid not null,
  id uuid not null,
  convention_id uuid not null,
  operateur_id uuid not null,
  cle text not null,
  financeur_id uuid,
  nature text not null check (nature in ('etat', 'collectivite', 'fse', 'prive')),
  nom text not null check (nom <> ''),
  montant_centimes bigint not null check (montant_centimes > 0),
  reference text not null check (reference <> ''),
  date_versement date not null,
  par uuid not null,
  at timestamptz not null,
  primary key (collectivite_id, id),
  -- the same payment is never entered twice
  unique (collectivite_id, convention_id, cle, reference),
  foreign key (collectivite_id, convention_id) references convention (collectivite_id, id),
  check (financeur_id is null or cle = financeur_id::text)
);
create index avance_operateur on avance (operateur_id, convention_id);
create index avance_financeur on avance (financeur_id, convention_id) where financeur_id is not null;
create trigger refuse_change before update or delete on avance for each row execute function refuse_change();
create trigger refuse_truncate before truncate on avance for each statement execute function refuse_change();

create table appel_fonds (
  collectivite_id uuid not null,
  id uuid not null,
  convention_id uuid not null,
  operateur_id uuid not null,
  cle text not null,
  financeur_id uuid,
  -- the financeur's organisation, once the call was sent: a draft is nobody else's
  destinataire_id uuid,
  nature text not null check (nature in ('etat', 'collectivite', 'fse', 'prive')),
  nom text not null check (nom <> ''),
  statut text not null default 'brouillon' check (statut in ('brouillon', 'appele', 'recu', 'refuse')),
  periode_debut text not null check (periode_debut ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  periode_fin text not null check (periode_fin ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  pass int not null check (pass >= 0),
  -- the financeur's part of these pass, what its advances take from it, what is asked
  part_centimes bigint not null check (part_centimes > 0),
  avance_centimes bigint not null check (avance_centimes >= 0),
  montant_centimes bigint not null check (montant_centimes >= 0),
  numero text,
  annee int,
  rang int check (rang > 0),
  prepare_par uuid not null,
  prepare_at timestamptz not null,
  appele_par uuid,
  appele_at timestamptz,
  clos_par uuid,
  clos_at timestamptz,
  date_reception date,
  reference_virement text,
  motif_refus text,
  primary key (collectivite_id, id),
  unique (collectivite_id, annee, rang),
  foreign key (collectivite_id, convention_id) references convention (collectivite_id, id),
  check (periode_fin >= periode_debut),
  check (montant_centimes = part_centimes - avance_centimes),
  check (financeur_id is null or cle = financeur_id::text),
  check (num_nulls(numero, annee, rang, appele_par, appele_at) = case statut when 'brouillon' then 5 else 0 end),
  check ((statut in ('recu', 'refuse')) = (clos_at is not null) and (clos_at is null) = (clos_par is null)),
  check ((statut = 'recu') = (date_reception is not null) and (date_reception is null) = (reference_virement is null)),
  check ((statut = 'refuse') = (motif_refus is not null)),
  check (destinataire_id is null or statut <> 'brouillon')
);
-- one draft a financeur: prepared again, it takes what came since
create unique index appel_fonds_brouillon on appel_fonds (collectivite_id, convention_id, cle) where statut = 'brouillon';
create index appel_fonds_operateur on appel_fonds (operateur_id, id);
create index appel_fonds_destinataire on appel_fonds (destinataire_id, id) where destinataire_id is not null;

create table appel_ligne (
  collectivite_id uuid not null,
  appel_id uuid not null,
  partage_id uuid not null,
  cle text not null,
  convention_id uuid not null,
  operateur_id uuid not null,
  financeur_id uuid,
  montant_centimes bigint not null check (montant_centimes > 0),
  -- false once the call was refused: the part may be called again
  vivante boolean not null default true,
  primary key (collectivite_id, appel_id, partage_id, cle),
  foreign key (collectivite_id, appel_id) references appel_fonds (collectivite_id, id),
  foreign key (collectivite_id, partage_id, cle) references partage_part (collectivite_id, partage_id, cle)
);
-- a part is called once
create unique index appel_ligne_vivante on appel_ligne (collectivite_id, partage_id, cle) where vivante;
create index appel_ligne_operateur on appel_ligne (operateur_id, appel_id);
create index appel_ligne_financeur on appel_ligne (financeur_id, appel_id) where financeur_id is not null;

------------------------------------------------------------------------------------------------------------------------
-- 4. Who reads, who writes
------------------------------------------------------------------------------------------------------------------------
create policy as_financeur on account to as_financeur using (financeur_id = (select app_org('financeur'))) with check (financeur_id = (select app_org('financeur')));
create policy as_financeur on transfer to as_financeur using (financeur_id = (select app_org('financeur'))) with check (financeur_id = (select app_org('financeur')));
-- appel_fonds
alter table appel_fonds enable row level security; alter table appel_fonds force row level security;
create policy migrator on appel_fonds to migrator using (true) with check (true);
create policy as_collectivite on appel_fonds to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on appel_fonds to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
create policy as_financeur on appel_fonds to as_financeur using (destinataire_id = (select app_org('financeur'))) with check (destinataire_id = (select app_org('financeur')));
-- appel_ligne
alter table appel_ligne enable row level security; alter table appel_ligne force row level security;
create policy migrator on appel_ligne to migrator using (true) with check (true);
create policy as_collectivite on appel_ligne to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on appel_ligne to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
create policy as_financeur on appel_ligne to as_financeur using (financeur_id = (select app_org('financeur'))) with check (financeur_id = (select app_org('financeur')));
-- avance
alter table avance enable row level security; alter table avance force row level security;
create policy migrator on avance to migrator using (true) with check (true);
create policy as_collectivite on avance to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on avance to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
create policy as_financeur on avance to as_financeur using (financeur_id = (select app_org('financeur'))) with check (financeur_id = (select app_org('financeur')));
-- partage
alter table partage enable row level security; alter table partage force row level security;
create policy migrator on partage to migrator using (true) with check (true);
create policy as_collectivite on partage to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on partage to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
-- partage_part
alter table partage_part enable row level security; alter table partage_part force row level security;
create policy migrator on partage_part to migrator using (true) with check (true);
create policy as_collectivite on partage_part to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));
create policy as_operateur on partage_part to as_operateur using (operateur_id = (select app_org('operateur'))) with check (operateur_id = (select app_org('operateur')));
create policy as_financeur on partage_part to as_financeur using (financeur_id = (select app_org('financeur'))) with check (financeur_id = (select app_org('financeur')));

grant select on account, transfer to as_financeur;
grant select on partage to as_collectivite, as_operateur;
grant select on partage_part, avance, appel_fonds, appel_ligne to as_collectivite, as_operateur, as_financeur;
grant insert on partage, partage_part to as_operateur;
grant insert on avance, appel_fonds, appel_ligne to as_collectivite;
grant update (statut, periode_debut, periode_fin, pass, part_centimes, avance_centimes, montant_centimes, numero, annee, rang, prepare_par, prepare_at, appele_par, appele_at, clos_par, clos_at,
  date_reception, reference_virement, motif_refus, destinataire_id) on appel_fonds to as_collectivite;
grant update (montant_centimes, vivante) on appel_ligne to as_collectivite;
grant update (partage_id) on bordereau_convention to as_operateur;

------------------------------------------------------------------------------------------------------------------------
-- 5. Splitting: the keys under lock, then the subtotals marked
------------------------------------------------------------------------------------------------------------------------
-- The financeurs of conventions that the caller serves, those conventions locked for who else would split them: two closings
-- never take the last euros of a cap twice. The lock is the account that both draw from.
create function lock_cles(p_conventions uuid[])
returns table (collectivite_id uuid, convention_id uuid, collectivite text, rang int, financeur_id uuid, nature text, nom text, cle_bp int, plafond_centimes bigint, est_repli boolean)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  perform account_of(v.collectivite_id, v.id, v.operateur_id, 'charge', null, null)
     from convention v where v.id = any (p_conventions) and v.operateur_id = app_org('operateur') order by v.collectivite_id, v.id;
  perform 1 from account a where a.convention_id = any (p_conventions) and a.nature = 'charge' and a.operateur_id = app_org('operateur')
    order by a.collectivite_id, a.id for no key update;
  return query
    select v.collectivite_id, v.id, o.nom, f.rang, f.financeur_id, f.nature, f.nom, f.cle_bp, f.plafond_centimes, f.est_repli
      from convention v join organisation o on o.id = v.collectivite_id
      left join convention_financeur f on f.collectivite_id = v.collectivite_id and f.convention_id = v.id
     where v.id = any (p_conventions) and v.operateur_id = app_org('operateur') order by v.collectivite_id, v.id, f.rang;
end $$;
revoke execute on function lock_cles from public;
grant execute on function lock_cles to as_operateur;
create policy fn_redeem on convention_financeur for select to fn_redeem using (true);
grant select (collectivite_id, convention_id, rang, financeur_id, nature, nom, cle_bp, plafond_centimes, est_repli) on convention_financeur to fn_redeem;
grant select (id, nom) on organisation to fn_redeem;

-- Subtotals of a convention that circuit 2 had not taken, taken now. Answers how many.
create function mark_charged(p_operateur uuid, p_convention uuid, p_bordereaux uuid[], p_partage uuid, p_at timestamptz) returns int
language plpgsql volatile security invoker set search_path = pg_catalog, public as $$
declare n int;
begin
  update bordereau_convention set charge_at = p_at, partage_id = p_partage where operateur_id = p_operateur and convention_id = p_convention and bordereau_id = any (p_bordereaux) and charge_at is null;
  get diagnostics n = row_count;
  return n;
end $$;
revoke execute on function mark_charged from public;
grant execute on function mark_charged to as_operateur;

------------------------------------------------------------------------------------------------------------------------
-- 6. A call moves its money; what it is based on
------------------------------------------------------------------------------------------------------------------------
-- A collectivité calls a financeur, records what came, or takes the call back: the amount is the call's own, the move is one of three.
create function move_appel(p_collectivite uuid, p_appel uuid, p_motif text, p_utilisateur uuid, p_at timestamptz) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare v bigint;
begin
  if app_org('collectivite') is distinct from p_collectivite then raise exception 'call out of reach' using errcode = '42501'; end if;
  insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, objet_id, financeur_id, utilisateur_id, at)
  select a.collectivite_id, account_of(a.collectivite_id, a.convention_id, a.operateur_id, m.de, null, a.cle), account_of(a.collectivite_id, a.convention_id, a.operateur_id, m.vers, null, a.cle),
         a.part_centimes, p_motif, a.convention_id, a.operateur_id, a.id, a.financeur_id, p_utilisateur, p_at
    from appel_fonds a
    join (values ('appel', 'appele', 'a_appeler', 'appele'), ('recette', 'recu', 'appele', 'recu'), ('appel_refuse', 'refuse', 'appele', 'a_appeler')) m(motif, statut, de, vers)
      on m.motif = p_motif and m.statut = a.statut
   where a.collectivite_id = p_collectivite and a.id = p_appel
  returning id into v;
  if v is null then raise exception 'no such move of this call' using errcode = '23514'; end if;
  return v;
end $$;
revoke execute on function move_appel from public;
grant execute on function move_appel to as_collectivite;
create policy fn_redeem on appel_fonds for select to fn_redeem using (true);
grant select on appel_fonds to fn_redeem;

-- The proofs of a call: each bordereau and atelier whose pass are in it, with the digests of its attendance. No person.
create function appel_preuves(p_appel uuid)
returns table (bordereau text, mois text, structure text, lieu text, commune text, atelier_id uuid, date_atelier date, pass int, montant_centimes bigint, signatures int, empreintes text[])
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
  return query
  with mien as (
    select a.collectivite_id, a.id from appel_fonds a
     where a.id = p_appel and (a.collectivite_id = app_org('collectivite') or a.operateur_id = app_org('operateur') or a.destinataire_id = app_org('financeur'))),
  utilise as (
    select b.organisation_id, b.reference, b.mois, r.atelier_id, r.lieu_id, r.date_atelier, count(*)::int pass, sum(r.montant_centimes)::bigint montant
      from mien m
      join appel_ligne l on l.collectivite_id = m.collectivite_id and l.appel_id = m.id
      join bordereau_convention s on s.collectivite_id = l.collectivite_id and s.partage_id = l.partage_id
      join bordereau b on b.organisation_id = s.organisation_id and b.id = s.bordereau_id
      join redemption r on r.structure_id = s.organisation_id and r.bordereau_id = s.bordereau_id and r.convention_id = s.convention_id and r.statut <> 'annulee'
     group by 1, 2, 3, 4, 5, 6)
  select u.reference, u.mois, o.nom, i.nom, i.nom_commune, u.atelier_id, u.date_atelier, u.pass, u.montant,
         (select count(*)::int from inscription n join signature g on g.organisation_id = n.organisation_id and g.inscription_id = n.id
           where n.organisation_id = u.organisation_id and n.atelier_id = u.atelier_id),
         coalesce((select array_agg(e.sha order by e.sha) from (
           select encode(g.sha256, 'hex') sha from inscription n join signature g on g.organisation_id = n.organisation_id and g.inscription_id = n.id
            where n.organisation_id = u.organisation_id and n.atelier_id = u.atelier_id
           union select encode(p.sha256, 'hex') from piece p where p.organisation_id = u.organisation_id and p.objet = 'atelier' and p.objet_id = u.atelier_id) e), '{}')
    from utilise u join organisation o on o.id = u.organisation_id join lieu i on i.id = u.lieu_id
   order by u.reference, u.date_atelier, u.atelier_id;
end $$;
revoke execute on function appel_preuves from public;
grant execute on function appel_preuves to as_collectivite, as_operateur, as_financeur;
create policy fn_redeem on appel_ligne for select to fn_redeem using (true);
create policy fn_redeem_financement on bordereau for select to fn_redeem using (true);
create policy fn_redeem_financement on bordereau_convention for select to fn_redeem using (true);
create policy fn_redeem_financement on signature for select to fn_redeem using (true);
create policy fn_redeem_financement on piece for select to fn_redeem using (true);
grant select (collectivite_id, appel_id, partage_id) on appel_ligne to fn_redeem;
grant select (organisation_id, id, reference, mois) on bordereau to fn_redeem;
grant select (organisation_id, bordereau_id, collectivite_id, convention_id, partage_id) on bordereau_convention to fn_redeem;
grant select (organisation_id, inscription_id, sha256) on signature to fn_redeem;
grant select (organisation_id, objet, objet_id, sha256) on piece to fn_redeem;

grant create on schema public to fn_redeem;
alter function lock_cles owner to fn_redeem;
alter function move_appel owner to fn_redeem;
alter function appel_preuves owner to fn_redeem;
revoke create on schema public from fn_redeem;
