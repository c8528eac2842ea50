import type pg from 'pg'

/** What the days have not brought by themselves: label files, ateliers, enrolments and an undone use in the statuts that are left. */
export const seedRareStatuts = async (client: pg.ClientBase) => {
  await client.query(`
    with dossier as (
      insert into organisation (id, type, nom, territoire, departement)
      select uuidv7(), 'structure', 'Dossier ' || s, array['D23'], '23'
        from unnest(array['brouillon', 'soumis', 'complement_demande', 'eligible', 'refuse', 'charte_signee', 'suspendu', 'retire', 'caduc']) s returning id, split_part(nom, ' ', 2) statut)
    insert into labellisation (organisation_id, operateur_id, statut, date_debut)
      select d.id, t.operateur_id, d.statut, case when d.statut in ('suspendu', 'retire', 'caduc') then current_date - 300 end from dossier d join demo_tenant t on t.code = 'creuse';
    insert into atelier (organisation_id, id, lieu_id, mediateur_id, theme, niveau, date, debut, duree_minutes, capacite, places_prises, statut, motif_annulation)
      select l.structure_id, uuidv7(), l.lieu_id, (select id from utilisateur where courriel = 'mediateurs@exemple.fr'), 'outils_quotidien', 'debutant', current_date + 9, '10:00', 90, 1, case when s = 'complet' then 1 else 0 end, s,
             case when s = 'annule' then 'Salle indisponible' end
        from demo_lieu l cross join unnest(array['brouillon', 'complet', 'annule']) s where l.rang = 1;
    -- somebody who comes takes the one seat, two others wait or gave up
    insert into inscription (organisation_id, id, atelier_id, collectivite_id, carnet_id, personne_id, statut)
      select a.organisation_id, uuidv7(), a.id, c.collectivite_id, c.id, c.beneficiaire_id, (array['inscrit', 'liste_attente', 'annule'])[c.n]
        from atelier a join demo_lieu l on l.lieu_id = a.lieu_id
        cross join lateral (select x.*, row_number() over (order by x.serie) n from carnet x where x.collectivite_id = l.collectivite_id and x.statut = 'remis' and x.beneficiaire_id is not null order by x.serie limit 3) c
       where a.statut = 'complet'`)
  await undoOne(client)
}

/** The last pass used of each collectivité was used by mistake: undone the same day, both transfers readable. */
const undoOne = (client: pg.ClientBase) =>
  client.query(`
    create temp table demo_annulee as
      select distinct on (collectivite_id) collectivite_id, id, pass_id, carnet_id, convention_id, operateur_id, structure_id, atelier_id, personne_id, acte_id, montant_centimes, at + interval '1 hour' as annulee_at, null::bigint transfer_id
        from redemption where statut = 'a_payer' order by collectivite_id, at desc, id desc;
    with rendu as (
      insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, structure_id, objet_id, at)
      select collectivite_id, account_of(collectivite_id, convention_id, operateur_id, 'du', structure_id), account_of(collectivite_id, convention_id, operateur_id, 'circulation', null), montant_centimes, 'annulation', convention_id, operateur_id,
             structure_id, acte_id, annulee_at from demo_annulee returning id, collectivite_id)
    update demo_annulee a set transfer_id = r.id from rendu r where r.collectivite_id = a.collectivite_id;
    update redemption r set statut = 'annulee', annulation_transfer_id = a.transfer_id, annulation_motif = 'Erreur de scan', annulee_at = a.annulee_at from demo_annulee a where r.collectivite_id = a.collectivite_id and r.id = a.id;
    update pass p set statut = 'neuf' from demo_annulee a where p.collectivite_id = a.collectivite_id and p.id = a.pass_id;
    update carnet c set utilises = c.utilises - 1 from demo_annulee a where c.collectivite_id = a.collectivite_id and c.id = a.carnet_id;
    update inscription i set pass_utilises = i.pass_utilises - 1 from demo_annulee a where i.organisation_id = a.structure_id and i.atelier_id = a.atelier_id and i.personne_id = a.personne_id`)
