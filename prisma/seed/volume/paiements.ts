import type pg from 'pg'

/** The account that every operator of the demonstration debits. Invented, like the banks. */
export const DEBITEUR_IBAN = 'FR7630001007941234567890185'

/** What each operator decided about its payments, who approved, and the closings that made the bordereaux: every statut can be seen. */
export const seedPaiements = async (client: pg.ClientBase) => {
  await client.query(
    `insert into parametre_paiement (operateur_id, debiteur_nom, debiteur_iban, seuils_centimes)
     select o.id, left(o.nom, 70), $1, '{0,1000000}' from organisation o where o.id in (select operateur_id from demo_finance)`,
    [DEBITEUR_IBAN],
  )
  // agreed on at first; a floor refused since; a lower threshold that waits for its second person
  await client.query(
    `insert into parametre_proposition (operateur_id, id, debiteur_nom, debiteur_iban, seuils_centimes, plancher_hebdo_centimes, statut, propose_par, propose_at, decide_par, decide_at)
     select p.operateur_id, uuidv7(), p.debiteur_nom, p.debiteur_iban, case when x.statut = 'proposee' then '{0,500000}'::bigint[] else p.seuils_centimes end,
            case when x.statut = 'refusee' then 200000 end, x.statut, f.preparateur, now() - x.jours * interval '1 day',
            case when x.statut <> 'proposee' then f.approbateur end, case when x.statut <> 'proposee' then now() - (x.jours - 1) * interval '1 day' end
       from parametre_paiement p join demo_finance f using (operateur_id)
      cross join (values ('acceptee', 220), ('refusee', 40), ('proposee', 2)) x(statut, jours)
      where f.preparateur is not null and f.approbateur is not null order by x.jours desc`,
  )
  await client.query(
    `insert into bordereau_approbation (organisation_id, bordereau_id, utilisateur_id, operateur_id, at)
     select organisation_id, id, approuve_par, operateur_id, approuve_at from bordereau where approuve_par is not null on conflict do nothing`,
  )
  // one refused before the books agreed, then one a month
  await client.query(
    `insert into cloture (operateur_id, id, mois, avant, statut, structures, faites, pass, montant_centimes, par, at, fini_at)
     select b.operateur_id, uuidv7(), b.mois, (to_date(b.mois, 'YYYY-MM') + interval '1 month')::date, x.statut, b.n, case when x.statut = 'terminee' then b.n else 0 end,
            case when x.statut = 'terminee' then b.pass else 0 end, case when x.statut = 'terminee' then b.montant else 0 end, b.par, b.at - x.avance, b.at - x.avance + interval '40 seconds'
       from (select operateur_id, mois, count(*)::int n, sum(pass)::int pass, sum(montant_centimes)::bigint montant, min(arrete_par::text)::uuid par, min(arrete_at) at,
                    row_number() over (partition by operateur_id order by mois) rang from bordereau where semaine is null group by 1, 2) b
      cross join (values ('echouee', interval '1 hour'), ('terminee', interval '0')) x(statut, avance)
      where x.statut = 'terminee' or b.rang = 1 order by b.at - x.avance`,
  )
}
