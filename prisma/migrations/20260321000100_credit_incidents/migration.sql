-- What an incident withheld is given back: a complementary avoir, under the numbers of those of the lots.

alter table avoir alter column echeance_id drop not null;
alter table avoir alter column valeur_faciale_centimes drop not null;
-- incidents that it gives back; 0 for the avoir of a lot
alter table avoir add column retenues int not null default 0 check (retenues >= 0);
alter table avoir drop constraint avoir_check;
-- either the pass of a lot at face value, or what incidents withheld
alter table avoir add constraint avoir_nature check (case when echeance_id is null
  then retenues > 0 and pass_expires = 0 and pass_annules = 0 and valeur_faciale_centimes is null
  else retenues = 0 and valeur_faciale_centimes is not null and montant_centimes = (pass_expires + pass_annules)::bigint * valeur_faciale_centimes end);
create index avoir_convention on avoir (collectivite_id, convention_id, annee desc, rang desc);

alter table incident add column avoir_id uuid;
alter table incident add foreign key (collectivite_id, avoir_id) references avoir (collectivite_id, id);
alter table incident add constraint incident_credite check (avoir_id is null or statut = 'repris');
create index incident_avoir on incident (collectivite_id, avoir_id) where avoir_id is not null;
create index incident_a_crediter on incident (collectivite_id, convention_id) where statut = 'repris' and avoir_id is null;
grant update (avoir_id) on incident to as_operateur;

-- Given back once.
create trigger incident_credite_une_fois before update of avoir_id on incident
  for each row when (old.avoir_id is not null and new.avoir_id is distinct from old.avoir_id) execute function refuse_change();

-- An avoir on withheld amounts is exactly its incidents, and each of them has reached `a_crediter`.
create function avoir_retenues() returns trigger language plpgsql security invoker set search_path = pg_catalog, public as $$
declare
  v_retenues int;
  v_montant bigint;
  v_ecrit bigint;
begin
  select count(*), coalesce(sum(i.montant_centimes), 0), coalesce(sum(t.montant), 0) into v_retenues, v_montant, v_ecrit
    from incident i
    left join lateral (select sum(t.montant_centimes) montant from transfer t where t.collectivite_id = i.collectivite_id and t.objet_id = i.id and t.motif = 'incident') t on true
   where i.collectivite_id = new.collectivite_id and i.avoir_id = new.id and i.convention_id = new.convention_id;
  if v_retenues <> new.retenues or v_montant <> new.montant_centimes or v_ecrit <> v_montant then
    raise exception 'an avoir on withheld amounts is not its incidents' using errcode = '23514', table = 'avoir', constraint = 'avoir_retenues';
  end if;
  return null;
end $$;
revoke execute on function avoir_retenues() from public;
create constraint trigger avoir_retenues after insert on avoir deferrable initially deferred
  for each row when (new.echeance_id is null) execute function avoir_retenues();
