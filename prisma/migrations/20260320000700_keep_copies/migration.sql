-- The continuity archive of a collectivité: what it needs to go on without its operator. Its file waits sealed beside the pieces.

create table archive (
  collectivite_id uuid not null references organisation (id),
  id uuid not null,
  statut text not null default 'en_preparation' check (statut in ('en_preparation', 'prete')),
  demandee_par uuid not null,
  demandee_at timestamptz not null,
  prete_at timestamptz,
  octets bigint check (octets > 0),
  -- sha256 of the file as it is given
  empreinte bytea check (octet_length(empreinte) = 32),
  primary key (collectivite_id, id),
  check (num_nulls(prete_at, octets, empreinte) = case statut when 'prete' then 0 else 3 end)
);
-- one at a time
create unique index archive_en_cours on archive (collectivite_id) where statut = 'en_preparation';

-- archive (node tools/policies.mjs)
alter table archive enable row level security; alter table archive force row level security;
create policy migrator on archive to migrator using (true) with check (true);
create policy as_collectivite on archive to as_collectivite using (collectivite_id = (select app_org('collectivite'))) with check (collectivite_id = (select app_org('collectivite')));

grant select, insert on archive to as_collectivite;
grant update (statut, demandee_par, demandee_at, prete_at, octets, empreinte) on archive to as_collectivite;

-- A collectivité reads the sums of its pass in a bordereau, not the bordereau, which is the structure's. To know who was paid and by
-- which transfer, it reads here the way of those that hold its pass: no amount of others, no bank account, nobody's name.
create policy fn_ctx_archive on bordereau for select to fn_ctx using (true);
create policy fn_ctx_archive on bordereau_convention for select to fn_ctx using (true);
create policy fn_ctx_archive on virement for select to fn_ctx using (true);
grant select (organisation_id, id, operateur_id, reference, mois, semaine, statut, date_banque, report_id) on bordereau to fn_ctx;
grant select (organisation_id, bordereau_id, collectivite_id) on bordereau_convention to fn_ctx;
grant select (organisation_id, bordereau_id, reference, statut) on virement to fn_ctx;

grant create on schema public to fn_ctx;
create function bordereaux_suivis() returns table (organisation_id uuid, bordereau_id uuid, operateur_id uuid, reference text, mois text, semaine int, statut text,
  date_banque date, report_id uuid, virement text, virement_statut text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select b.organisation_id, b.id, b.operateur_id, b.reference, b.mois, b.semaine, b.statut, b.date_banque, b.report_id, v.reference, v.statut
    from bordereau b left join virement v on v.organisation_id = b.organisation_id and v.bordereau_id = b.id
   where exists (select from bordereau_convention c where c.organisation_id = b.organisation_id and c.bordereau_id = b.id
     and c.collectivite_id = (select app_org('collectivite')))
$$;
revoke execute on function bordereaux_suivis() from public;
grant execute on function bordereaux_suivis() to as_collectivite;
alter function bordereaux_suivis() owner to fn_ctx;

-- Who acts from the command line of the service: a person of an operator, by the address they sign in with, in the role they hold today.
create function command_context(p_courriel text, p_today date) returns table (ctx text, role text, utilisateur_id uuid, prenom text, nom text, adhesion_id uuid,
  organisation_id uuid, organisation_nom text, territoire text[])
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select ctx_sign(o.id, o.type, a.role, u.id, o.territoire), a.role, u.id, u.prenom, u.nom, a.id, o.id, o.nom, o.territoire
    from utilisateur u join adhesion a on a.utilisateur_id = u.id join organisation o on o.id = a.organisation_id
   where lower(u.courriel) = lower(p_courriel) and u.desactive_at is null and o.type = 'operateur' and adhesion_en_cours(a, p_today) order by a.id
$$;
revoke execute on function command_context(text, date) from public;
grant execute on function command_context(text, date) to worker;
alter function command_context(text, date) owner to fn_ctx;
revoke create on schema public from fn_ctx;
