import type pg from 'pg'

/**
 * An invoice for each delivered commande, and in the Creuse one document of every other statut: rejected then made again, sent back to
 * be corrected, suspended and taken back by an avoir. Numbers follow each other, operator by operator, as the counters then say.
 */
export const seedFactures = async (client: pg.ClientBase) => {
  await client.query(`
    update commande o set frais_bp = c.frais_amont_bp, tva_bp = 2000,
           echeance = case o.statut when 'signee' then current_date + 2 when 'maquette_refusee' then current_date - 1 when 'maquette_a_valider' then current_date + 4
             when 'maquette_validee' then current_date + 6 when 'en_production' then current_date + 5 when 'expediee' then current_date + 2 end
      from convention c where c.collectivite_id = o.collectivite_id and c.id = o.convention_id and o.statut <> 'brouillon';
    create temp table demo_facture as
      select c.collectivite_id, c.id commande_id, c.operateur_id, uuidv7() id, f.nature, f.statut, f.motif, current_date - f.jours jour, f.rang suite, extract(year from current_date - f.jours)::int annee, null::int rang
        from commande c join demo_tenant t using (collectivite_id)
        join (values ('livree', 1, 'facture', 'payee', 230, null), ('close', 1, 'facture', 'payee', 34, null),
          ('en_production', 1, 'facture', 'rejetee', 15, 'Mauvais destinataire.'), ('en_production', 2, 'facture', 'deposee', 10, null), ('expediee', 1, 'facture', 'a_recycler', 12, 'Le numéro d’engagement manque.'),
          ('annulee', 1, 'facture', 'suspendue', 25, 'Commande passée deux fois.'), ('annulee', 2, 'avoir', 'mise_a_disposition', 22, 'Commande passée deux fois.')) f(commande, rang, nature, statut, jours, motif)
          on f.commande = c.statut and (c.statut = 'livree' or t.code = 'creuse')
       where c.statut <> 'livree' or c.id = t.commande_id;
    -- one that is not paid yet, in another collectivité
    update demo_facture set statut = 'mandatee' where commande_id = (select commande_id from demo_tenant where code <> 'creuse' order by rang limit 1);
    update demo_facture f set rang = n.rang from (select id, row_number() over (partition by operateur_id, nature, annee order by jour, id) rang from demo_facture) n where n.id = f.id;
    insert into facture (collectivite_id, id, commande_id, operateur_id, nature, numero, annee, rang, statut, date_emission, date_echeance, origine_id, motif, vendeur, vendeur_siret, acheteur, acheteur_siret, numero_engagement,
      quantite, carnet_taille, valeur_faciale_centimes, montant_centimes, frais_centimes, frais_bp, tva_centimes, tva_bp, total_centimes, created_at)
      select f.collectivite_id, f.id, f.commande_id, f.operateur_id, f.nature, case f.nature when 'facture' then 'F' else 'AV' end || lpad((f.annee % 100)::text, 2, '0') || '-' || lpad(f.rang::text, 4, '0'), f.annee, f.rang, f.statut, f.jour,
             case f.nature when 'facture' then f.jour + 30 end, case f.nature when 'avoir' then (select o.id from demo_facture o where o.commande_id = f.commande_id and o.nature = 'facture') end,
             case f.nature when 'avoir' then f.motif end, v.nom, v.siret, a.nom, a.siret, c.numero_engagement, c.quantite, c.carnet_taille, c.valeur_faciale_centimes, c.montant_centimes, c.frais_centimes, c.frais_bp, c.tva_centimes, c.tva_bp,
             c.montant_centimes + c.frais_centimes + c.tva_centimes, f.jour + time '10:00'
        from demo_facture f join commande c on c.collectivite_id = f.collectivite_id and c.id = f.commande_id join organisation v on v.id = f.operateur_id join organisation a on a.id = f.collectivite_id order by f.nature desc, f.jour;
    insert into facture_evenement (collectivite_id, facture_id, id, operateur_id, statut, organisation, acteur, motif, at)
      select f.collectivite_id, f.id, uuidv7(), f.operateur_id, e.statut, case when e.statut in ('deposee', 'payee') then v.nom else a.nom end, case when e.statut in ('deposee', 'payee') then 'Fanny Prépare' else 'Claire Essai' end,
             case when e.statut = f.statut then f.motif end, f.jour + time '10:00' + e.n * interval '1 day'
        from demo_facture f join organisation v on v.id = f.operateur_id join organisation a on a.id = f.collectivite_id
        cross join (values (0, 'deposee'), (1, 'mise_a_disposition'), (2, 'suspendue'), (2, 'a_recycler'), (2, 'rejetee'), (3, 'mandatee'), (4, 'payee')) e(n, statut)
       where e.statut in ('deposee', f.statut) or f.statut in ('suspendue', 'mandatee', 'payee') and e.statut = 'mise_a_disposition' or f.statut = 'payee' and e.statut = 'mandatee';
    insert into compteur (organisation_id, nom, annee, valeur) select operateur_id, nature, annee, count(*) from demo_facture group by 1, 2, 3`)
}
