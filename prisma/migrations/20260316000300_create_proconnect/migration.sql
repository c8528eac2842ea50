-- ProConnect: one way out and back, who comes back, and what it needs to forget them too.

grant create on schema public to fn_ctx;

create index proconnect_age on door.proconnect (created_at);

-- A browser leaves. What is an hour old is forgotten on the way.
create function proconnect_leave(p_id_hash bytea, p_etat text, p_nonce text, p_verifieur text, p_retour text) returns void
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from door.proconnect where created_at < now() - interval '1 hour';
  insert into door.proconnect (id_hash, etat, nonce, verifieur, retour) values (p_id_hash, p_etat, p_nonce, p_verifieur, p_retour)
$$;
grant execute on function proconnect_leave to app;
alter function proconnect_leave owner to fn_ctx;

-- It comes back, once. No row: it never left, or already came back. `perime`: more than ten minutes ago.
create function proconnect_return(p_id_hash bytea, out etat text, out nonce text, out verifieur text, out retour text, out perime boolean) returns setof record
language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from door.proconnect p where p.id_hash = p_id_hash
  returning p.etat, p.nonce, p.verifieur, p.retour, p.created_at < now() - interval '10 minutes'
$$;
grant execute on function proconnect_return to app;
alter function proconnect_return owner to fn_ctx;

-- Who ProConnect says this is, and for which organisation: the person and one adhesion in force there, or why not. The address
-- serves the first time only; from then on the person is known by the identifier, whatever becomes of the address.
create function proconnect_enter(p_sub text, p_courriel text, p_siret text, p_today date, p_now timestamptz, out motif text, out utilisateur_id uuid, out adhesion_id uuid)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  u utilisateur;
  a adhesion;
begin
  select * into u from utilisateur t where t.proconnect_sub = p_sub;
  if not found then
    -- two windows of the same person link it once
    select * into u from utilisateur t where t.courriel = lower(p_courriel) for update;
    if u.proconnect_sub <> p_sub then motif := 'compte_deja_lie'; return; end if;
  end if;
  if u.desactive_at is not null then motif := 'compte_desactive'; return; end if;
  select t.* into a from adhesion t join organisation o on o.id = t.organisation_id
   where t.utilisateur_id = u.id and o.siret = p_siret and adhesion_en_cours(t, p_today) order by t.date_debut desc, t.id limit 1;
  if not found then
    motif := case
      when exists (select 1 from invitation i join organisation o on o.id = i.organisation_id where o.siret = p_siret
                    and i.courriel in (lower(p_courriel), u.courriel) and i.statut = 'envoyee' and i.expire_at > p_now) then 'invitation_en_attente'
      when exists (select 1 from organisation o where o.siret = p_siret) then 'pas_membre'
      else 'siret_inconnu' end;
    return;
  end if;
  if u.proconnect_sub is null then
    update utilisateur t set proconnect_sub = p_sub where t.id = u.id;
    insert into audit_event (organisation_id, organisation_type, role, utilisateur_id, action, objet, statut)
      select a.organisation_id, o.type, a.role, u.id, 'proconnect.lie', '{}', 200 from organisation o where o.id = a.organisation_id;
  end if;
  utilisateur_id := u.id;
  adhesion_id := a.id;
end $$;
grant execute on function proconnect_enter to app;
alter function proconnect_enter owner to fn_ctx;

revoke create on schema public from fn_ctx;
