import type pg from 'pg'

/** The checks run once; then the operator of the demonstration has closed its books month by month, all but the last three. */
export const seedLivres = async (client: pg.ClientBase) => {
  await client.query('select controle_run(now())')
  await client.query(`
    with poste as (
      select operateur_id, to_char(at at time zone 'Europe/Paris', 'YYYY-MM') as mois, count(*)::int as ecritures, sum(montant_centimes) as montant
        from transfer group by 1, 2),
    mois as (
      select o.operateur_id, to_char(m, 'YYYY-MM') as mois, ((m + interval '1 month')::timestamp at time zone 'Europe/Paris') as avant
        from (select operateur_id, min(mois) as premier from poste group by 1) o
        cross join lateral generate_series((o.premier || '-01')::timestamp, date_trunc('month', now() at time zone 'Europe/Paris') - interval '3 months', interval '1 month') m)
    insert into livre_clos (operateur_id, mois, avant, ecritures, montant_centimes, collectivite_ids, par, at)
    select m.operateur_id, m.mois, m.avant, coalesce(p.ecritures, 0), coalesce(p.montant, 0),
           (select array_agg(distinct a.collectivite_id) from account a where a.operateur_id = m.operateur_id), qui.utilisateur_id, m.avant + interval '4 days 9 hours'
      from mois m left join poste p on p.operateur_id = m.operateur_id and p.mois = m.mois
      join lateral (select d.utilisateur_id from adhesion d where d.organisation_id = m.operateur_id and d.role = 'operateur.finance_approbateur' order by d.id limit 1) qui on true`)
}
