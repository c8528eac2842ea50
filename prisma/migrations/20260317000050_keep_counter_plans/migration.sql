-- The counter's plans are made once a connection (force_generic_plan) and kept for its whole life. A connection opened while the tables are
-- nearly empty sees that reading a whole table costs least, keeps that plan, and as the tables grow spends most of a redeem in it: measured, 1.5
-- to 20 ms in pass_decide and up to 10 ms in counter_alerts_used, against about 1 and 0.3 ms. Both always enter by a key or by the person, so
-- that a sequential read is never the right plan here: it is not offered to them. The rest of counter_alerts_used is unchanged in what it says.

grant create on schema public to fn_redeem;
set role fn_redeem;
alter function pass_decide set enable_seqscan = off;

-- After a success: `p_hors` used outside the slot of its day; the same person in another atelier whose hours overlap these.
create or replace function counter_alerts_used(p_structure uuid, p_atelier uuid, p_date date, p_decisions pass_decision[], p_debut timestamptz, p_fin timestamptz, p_hors boolean,
  p_now timestamptz, p_today date) returns void
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare v_operateurs uuid[]; v_regles text[];
begin
  if p_hors then
    select array_agg(d.operateur_id), array_agg('hors_creneau'::text) into v_operateurs, v_regles from unnest(p_decisions) d;
  end if;
  if (select bool_or(d.ailleurs) from unnest(p_decisions) d) then
    -- one person after the other, by their own index
    select v_operateurs || array_agg(d.operateur_id), v_regles || array_agg('meme_personne'::text) into v_operateurs, v_regles
      from unnest(p_decisions) d cross join lateral (
        select 1 from redemption r cross join lateral (
            select (b.date + b.debut::time) at time zone l.fuseau debut, b.duree_minutes from atelier b join lieu l on l.organisation_id = b.organisation_id and l.id = b.lieu_id
             where b.organisation_id = r.structure_id and b.id = r.atelier_id limit 1) y
         where r.collectivite_id = d.collectivite_id and r.personne_id = d.personne_id and r.date_atelier = p_date and r.statut <> 'annulee' and r.atelier_id <> p_atelier
           and y.debut < p_fin and y.debut + make_interval(mins => y.duree_minutes) > p_debut limit 1) x
     where d.ailleurs;
  end if;
  if v_regles is not null then
    perform counter_alerts(array_fill(p_structure, array[cardinality(v_regles)]), v_operateurs, v_regles, p_now, p_today);
  end if;
end $$;
reset role;
revoke create on schema public from fn_redeem;
