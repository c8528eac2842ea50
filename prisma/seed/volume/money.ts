import type pg from 'pg'

/** Account ids are made once a convention and nature; `motif` names the move. */
const ACCOUNT = (nature: string, structure = 'null') =>
  `account_of(collectivite_id, convention_id, operateur_id, '${nature}', ${structure})`

/**
 * The ledger: funds received, fees, activation, then every used pass (one transfer an atelier and convention), monthly
 * bordereaux paid the month after, and the last month caught in the middle of its circuit: every statut can be seen.
 */
export const seedMoney = async (client: pg.ClientBase) => {
  await client.query(`
    insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, objet_id, at)
      select collectivite_id, ${ACCOUNT('payeur')}, ${ACCOUNT('fonds')}, carnets::bigint * taille * 1000, 'encaissement', convention_id, operateur_id, commande_id, now() - interval '226 days' from demo_tenant;
    insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, objet_id, at)
      select collectivite_id, ${ACCOUNT('payeur')}, ${ACCOUNT('frais')}, carnets::bigint * taille * 48, 'frais_amont', convention_id, operateur_id, commande_id, now() - interval '226 days' from demo_tenant;
    insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, objet_id, at)
      select collectivite_id, ${ACCOUNT('fonds')}, ${ACCOUNT('circulation')}, floor(carnets * actives)::bigint * taille * 1000, 'activation', convention_id, operateur_id, activation_id, now() - interval '224 days' from demo_tenant;

    create temp table demo_acte as
      select atelier_rang, collectivite_id, convention_id, operateur_id, structure_id, count(*) n, uuidv7() acte_id, (min(a.jour) + (min(a.debut))::time + interval '2 hours 10 minutes') at time zone min(a.fuseau) at
        from demo_usage u join demo_atelier a using (atelier_rang, structure_id) group by 1, 2, 3, 4, 5;
    alter table demo_acte add column transfer_id bigint;
    with verse as (
      insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, structure_id, objet_id, at)
      select collectivite_id, ${ACCOUNT('circulation')}, ${ACCOUNT('du', 'structure_id')}, n * 1000, 'utilisation', convention_id, operateur_id, structure_id, acte_id, at from demo_acte
      returning id, objet_id)
    update demo_acte a set transfer_id = v.id from verse v where v.objet_id = a.acte_id;

    -- months closed since: paid around the 14th of the next one
    create temp table demo_bordereau as
      select x.*, uuidv7() id, (select b.id from compte_bancaire b where b.organisation_id = x.structure_id) compte_id
        from (select structure_id, operateur_id, to_char(at at time zone 'Europe/Paris', 'YYYY-MM') mois, sum(n)::int pass from demo_acte group by 1, 2, 3 order by 3, 1) x;
    delete from demo_bordereau where compte_id is null or to_date(mois, 'YYYY-MM') + interval '1 month 2 days' > now();
    alter table demo_bordereau add column arrete_at timestamptz, add column paye_le date, add column statut text, add column reference text;
    update demo_bordereau set arrete_at = (to_date(mois, 'YYYY-MM') + interval '1 month 2 days 10 hours') at time zone 'Europe/Paris',
           paye_le = (to_date(mois, 'YYYY-MM') + interval '1 month 13 days')::date + case when pg_temp.hasard(id::text) < 0.06 then 12 else 0 end;
    update demo_bordereau b set statut = case when paye_le < current_date and mois < (select max(mois) from demo_bordereau) then 'paye'
             else (array['arrete', 'controle', 'approuve', 'transmis', 'paye'])[1 + floor(pg_temp.hasard('s' || id) * case when paye_le < current_date then 5 else 4 end)::int] end;
    update demo_bordereau b set reference = 'B' || to_char(arrete_at, 'YY') || '-' || lpad(x.n::text, 4, '0')
      from (select id, row_number() over (partition by operateur_id, extract(year from arrete_at) order by mois, structure_id) n from demo_bordereau) x where x.id = b.id;
    insert into compteur (organisation_id, nom, annee, valeur) select operateur_id, 'bordereau', extract(year from arrete_at), count(*) from demo_bordereau group by 1, 3`)
}
