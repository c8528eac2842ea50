-- People are unreadable to every type; the names of one's own organisation, and of it alone, are said here.
grant create on schema public to fn_ctx;

create function colleague_names(p_ids uuid[]) returns table (id uuid, nom text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select u.id, u.prenom || ' ' || u.nom from utilisateur u
   where u.id = any (p_ids)
     and exists (select 1 from adhesion a where a.utilisateur_id = u.id and a.organisation_id = (select org from app_verify(current_setting('app.ctx', true))))
$$;
grant execute on function colleague_names to as_anct, as_operateur, as_collectivite, as_prescripteur, as_structure, as_prefecture, as_hub, as_financeur;
alter function colleague_names owner to fn_ctx;

revoke create on schema public from fn_ctx;
