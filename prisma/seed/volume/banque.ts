import type pg from 'pg'

/** One transfer a bordereau sent, with what the bank said; the last one of the list came back, its account refused. */
const seedVirements = (client: pg.ClientBase) =>
  client.query(`
    insert into virement (organisation_id, id, bordereau_id, operateur_id, remise_id, compte_id, reference, montant_centimes, statut, date_banque, at)
      select organisation_id, uuidv7(), id, operateur_id, remise_id, compte_id, reference, montant_centimes, case when statut = 'paye' then 'execute' else 'emis' end, date_banque, transmis_at
        from bordereau where remise_id is not null order by operateur_id, reference;
    create temp table demo_rejet as
      select b.organisation_id, b.id, b.compte_id, least((b.transmis_at at time zone 'Europe/Paris')::date + 2, current_date) jour, least(b.transmis_at + interval '2 days', now()) as quand
        from bordereau b where b.statut = 'transmis'
       order by exists (select 1 from bordereau o where o.organisation_id = b.organisation_id and o.id <> b.id and o.statut in ('arrete', 'controle', 'approuve', 'transmis')), b.reference limit 1;
    insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, structure_id, objet_id, at)
      select c.collectivite_id, account_of(c.collectivite_id, c.convention_id, c.operateur_id, 'en_paiement', c.organisation_id), account_of(c.collectivite_id, c.convention_id, c.operateur_id, 'du', c.organisation_id),
             c.montant_centimes, 'rejet', c.convention_id, c.operateur_id, c.organisation_id, c.bordereau_id, d.quand
        from demo_rejet d join bordereau_convention c on c.organisation_id = d.organisation_id and c.bordereau_id = d.id where c.montant_centimes > 0;
    update bordereau b set statut = 'rejete' from demo_rejet d where b.organisation_id = d.organisation_id and b.id = d.id;
    update virement v set statut = 'rejete', date_banque = d.jour, motif_rejet = 'Compte clos (AC04)' from demo_rejet d where v.organisation_id = d.organisation_id and v.bordereau_id = d.id;
    update compte_bancaire c set statut = 'refuse', fin_at = d.quand, refuse_at = d.quand, motif_refus = 'Virement rejeté par la banque.'
      from demo_rejet d where c.organisation_id = d.organisation_id and c.id = d.compte_id and c.statut = 'accepte'`)

/** Uses put in question: two wait, one is to be withheld, one was refused, one is withheld from a bordereau not approved yet. */
const seedIncidents = (client: pg.ClientBase) =>
  client.query(`
    create temp table demo_incident as
      select r.structure_id, r.operateur_id, r.collectivite_id, r.convention_id, r.id redemption_id, row_number() over (order by r.structure_id) rang
        from (select distinct on (structure_id) * from redemption where statut = 'payee' order by structure_id, at desc, id) r
        where not exists (select 1 from demo_rejet d where d.organisation_id = r.structure_id) limit 4;
    insert into incident (organisation_id, id, operateur_id, collectivite_id, convention_id, redemption_id, montant_centimes, motif, statut, demande_par, demande_at, decide_par, decide_at)
      select i.structure_id, uuidv7(), i.operateur_id, i.collectivite_id, i.convention_id, i.redemption_id, 400, 'Atelier d’une heure, payé deux heures.', s.statut, f.preparateur, now() - interval '3 days',
             case when s.statut <> 'demande' then f.approbateur end, case when s.statut <> 'demande' then now() - interval '1 day' end
        from demo_incident i join demo_finance f using (operateur_id) join unnest(array['demande', 'demande', 'approuve', 'refuse']) with ordinality s(statut, rang) on s.rang = i.rang;
    create temp table demo_retenue as
      select b.organisation_id, b.id bordereau_id, c.collectivite_id, c.convention_id, b.operateur_id, r.id redemption_id, uuidv7() incident_id, b.arrete_at
        from bordereau b join bordereau_convention c on c.organisation_id = b.organisation_id and c.bordereau_id = b.id and c.montant_centimes >= 2000
        cross join lateral (select x.id from redemption x where x.structure_id = b.organisation_id and x.convention_id = c.convention_id and x.statut = 'payee'
                              and not exists (select 1 from incident i where i.collectivite_id = x.collectivite_id and i.redemption_id = x.id) order by x.at desc, x.id limit 1) r
       where b.statut = 'arrete' order by b.reference limit 1;
    insert into incident (organisation_id, id, operateur_id, collectivite_id, convention_id, redemption_id, montant_centimes, motif, statut, demande_par, demande_at, decide_par, decide_at, bordereau_id)
      select d.organisation_id, d.incident_id, d.operateur_id, d.collectivite_id, d.convention_id, d.redemption_id, 500, 'La personne n’était pas venue.', 'repris', f.preparateur, d.arrete_at - interval '5 days', f.approbateur,
             d.arrete_at - interval '4 days', d.bordereau_id from demo_retenue d join demo_finance f using (operateur_id);
    insert into bordereau_ligne (organisation_id, id, bordereau_id, collectivite_id, convention_id, operateur_id, nature, montant_centimes, objet_id)
      select organisation_id, uuidv7(), bordereau_id, collectivite_id, convention_id, operateur_id, 'incident', -500, incident_id from demo_retenue;
    update bordereau_convention c set montant_centimes = c.montant_centimes - 500 from demo_retenue d where c.organisation_id = d.organisation_id and c.bordereau_id = d.bordereau_id and c.convention_id = d.convention_id;
    update bordereau b set montant_centimes = b.montant_centimes - 500 from demo_retenue d where b.organisation_id = d.organisation_id and b.id = d.bordereau_id`)

/** The bank's file of each month that was paid, and one that was refused whole. */
const seedRetours = (client: pg.ClientBase) =>
  client.query(`
    create temp table demo_retour as
      select m.operateur_id, m.id remise_id, uuidv7() id, m.reference, max(b.paye_at) as quand from remise m join bordereau b on b.operateur_id = m.operateur_id and b.remise_id = m.id and b.statut = 'paye' group by 1, 2, m.reference;
    insert into retour_bancaire (operateur_id, id, nom, format, sha256, statut, lignes, executes, execute_centimes, utilisateur_id, at)
      select d.operateur_id, d.id, 'releve-' || lower(d.reference) || '.xml', 'camt053', encode(sha256(d.id::text::bytea), 'hex'), 'applique', count(*), count(*), sum(v.montant_centimes), f.emetteur, d.quand
        from demo_retour d join virement v on v.operateur_id = d.operateur_id and v.remise_id = d.remise_id and v.statut = 'execute' join demo_finance f on f.operateur_id = d.operateur_id
       group by d.operateur_id, d.id, d.reference, f.emetteur, d.quand order by d.quand;
    insert into retour_bancaire_ligne (operateur_id, retour_id, rang, numero, reference, effet, montant_centimes, date_banque, structure_id, bordereau_id)
      select d.operateur_id, d.id, row_number() over (partition by d.id order by v.reference), row_number() over (partition by d.id order by v.reference), v.reference, 'execute', v.montant_centimes, v.date_banque, v.organisation_id,
             v.bordereau_id from demo_retour d join virement v on v.operateur_id = d.operateur_id and v.remise_id = d.remise_id and v.statut = 'execute';
    insert into retour_bancaire (operateur_id, id, nom, format, sha256, statut, message, utilisateur_id, at)
      select f.operateur_id, uuidv7(), 'retour-a-corriger.csv', 'csv', encode(sha256(f.operateur_id::text::bytea), 'hex'), 'refuse',
             'Ligne 4, « Montant » : écrivez le montant en euros. Exemple : 120,50.', f.emetteur, now() - interval '2 days' from demo_finance f`)

/** What the bank was asked and what it answered, and the uses put in question since. */
export const seedBanque = async (client: pg.ClientBase) => {
  await seedVirements(client)
  await seedIncidents(client)
  await seedRetours(client)
}
