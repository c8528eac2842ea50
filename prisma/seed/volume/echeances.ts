import type pg from 'pg'

/**
 * Three small lots of the Creuse at the end of their validity: one whose distribution is about to stop, one whose joint statement waits
 * for its signatures, one closed with its avoir. And what is known of the lots that were there: one whose date was moved, one that
 * ended without ever being active.
 */
export const seedEcheances = async (client: pg.ClientBase) => {
  await seedLots(client)
  await seedSuivi(client)
  await seedAvoir(client)
}

const seedLots = (client: pg.ClientBase) =>
  client.query(`
    create temp table demo_echeance as
      select t.collectivite_id, t.operateur_id, t.convention_id, s.n, s.statut, uuidv7() id, uuidv7() commande_id, uuidv7() lot_id, uuidv7() activation_id, uuidv7() avoir_id,
             (select max(serie) from carnet) + 1 + (s.n - 1) * 10 serie, (select valeur from compteur where organisation_id = t.collectivite_id and nom = 'commande' and annee = extract(year from current_date)) + s.n rang,
             case s.n when 1 then (date_trunc('month', current_date) + interval '1 month - 1 day')::date when 2 then date_trunc('month', current_date - 37)::date - 1
               else (date_trunc('month', current_date - 37) - interval '1 month')::date - 1 end date_fin
        from demo_tenant t cross join (values (1, 'en_cours'), (2, 'releve'), (3, 'close')) s(n, statut) where t.code = 'creuse';
    update compteur c set valeur = valeur + 3 from demo_tenant t where t.code = 'creuse' and c.organisation_id = t.collectivite_id and c.nom = 'commande' and c.annee = extract(year from current_date);
    update compteur set valeur = valeur + 30 where nom = 'serie';
    insert into commande (collectivite_id, id, convention_id, operateur_id, reference, statut, quantite, carnet_taille, valeur_faciale_centimes, montant_centimes, signataire, maquette_texte, numero_mandat, colis, recus, created_at)
      select collectivite_id, commande_id, convention_id, operateur_id, extract(year from current_date) || '-' || lpad(rang::text, 4, '0'), 'livree', 10, 5, 1000, 50000, 'Claire Essai', 'Renseignements au 05 55 00 00 00', 'M-E-' || n, 1, 10,
             now() - interval '230 days' + n * interval '1 day' from demo_echeance;
    insert into commande_etape (collectivite_id, commande_id, id, operateur_id, action, statut, organisation, acteur, at)
      select collectivite_id, commande_id, uuidv7(), operateur_id, 'demande', 'brouillon', 'Département de la Creuse', 'Camille Essai', now() - interval '230 days' from demo_echeance;
    insert into encaissement (collectivite_id, id, convention_id, commande_id, operateur_id, montant_centimes, reference_virement, date_reception)
      select collectivite_id, uuidv7(), convention_id, commande_id, operateur_id, 50000, 'VIR-E-' || n, current_date - 222 from demo_echeance;
    insert into lot (collectivite_id, id, commande_id, convention_id, operateur_id, quantite, carnet_taille, valeur_faciale_centimes, serie_premiere, serie_derniere, date_fin, produits, imprime_at)
      select collectivite_id, lot_id, commande_id, convention_id, operateur_id, 10, 5, 1000, serie, serie + 9, date_fin, 10, now() - interval '226 days' from demo_echeance;
    insert into activation (collectivite_id, id, lot_id, commande_id, convention_id, operateur_id, serie_premiere, serie_derniere, carnets, montant_centimes, numero_mandat, at, utilisateur_id)
      select collectivite_id, activation_id, lot_id, commande_id, convention_id, operateur_id, serie, serie + 9, 10, 50000, 'M-E-' || n, now() - interval '221 days', (select id from utilisateur order by id limit 1) from demo_echeance;
    with fait as (
      insert into carnet (collectivite_id, serie, lot_id, convention_id, operateur_id, taille, date_fin, activation_id, statut, livre_at)
      select collectivite_id, serie + i, lot_id, convention_id, operateur_id, 5, date_fin, activation_id, case statut when 'close' then 'expire' else 'livre' end, now() - interval '224 days'
        from demo_echeance cross join generate_series(0, 9) i returning collectivite_id, id)
    -- nobody prints these: their codes are unknown to everyone
    insert into pass (collectivite_id, id, carnet_id, lookup) select collectivite_id, id * 10 + r, id, sha256(convert_to('echeance ' || id || ' ' || r, 'UTF8')) from fait cross join generate_series(0, 4) r;
    insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, objet_id, at)
      select collectivite_id, account_of(collectivite_id, convention_id, operateur_id, m.de, null), account_of(collectivite_id, convention_id, operateur_id, m.vers, null), 50000, m.motif, convention_id, operateur_id,
             case m.motif when 'activation' then activation_id else commande_id end, now() - m.jours * interval '1 day'
        from demo_echeance cross join (values ('payeur', 'fonds', 'encaissement', 222), ('fonds', 'circulation', 'activation', 221)) m(de, vers, motif, jours)`)

/** What was announced and agreed on its day; the statement of the two lots that are over. */
const seedSuivi = (client: pg.ClientBase) =>
  client.query(`
    insert into echeance (collectivite_id, id, lot_id, convention_id, operateur_id, date_fin, statut, releve_version, releve_jour, emis, remis, jamais_remis, entames, pass_utilises, pass_expires, pass_annules, clos_par, clos_at)
      select collectivite_id, id, lot_id, convention_id, operateur_id, date_fin, statut, 1, date_fin + 37, 10, 0, 10, 0, 0, 50, 0, case statut when 'close' then (select id from utilisateur order by id limit 1) end,
             case statut when 'close' then (date_fin + 38)::timestamptz end from demo_echeance where n > 1
      union all select collectivite_id, id, lot_id, convention_id, operateur_id, date_fin, statut, 0, null, null, null, null, null, null, null, null, null, null from demo_echeance where n = 1
      -- the main lot was prolonged; the one that was never active ended by itself
      union all select t.collectivite_id, uuidv7(), t.lot_id, t.convention_id, t.operateur_id, (date_trunc('month', l.date_fin))::date - 1, 'prolongee', 0, null, null, null, null, null, null, null, null, null, null
        from demo_tenant t join lot l on l.collectivite_id = t.collectivite_id and l.id = t.lot_id where t.code = 'creuse'
      union all select l.collectivite_id, uuidv7(), l.id, l.convention_id, l.operateur_id, l.date_fin, 'close', 1, l.date_fin + 37, l.quantite, 0, l.quantite, 0, 0, 0, 0, (select id from utilisateur order by id limit 1), (l.date_fin + 38)::timestamptz
        from lot l where not exists (select 1 from carnet c where c.collectivite_id = l.collectivite_id and c.lot_id = l.id and c.statut <> 'expire') and not exists (select 1 from demo_echeance d where d.lot_id = l.id);
    insert into echeance_alerte (collectivite_id, echeance_id, etape, operateur_id, jour, emis, remis, jamais_remis, entames, at)
      select collectivite_id, id, e.etape, operateur_id, date_fin + e.jours, 10, 0, 10, 0, (date_fin + e.jours)::timestamptz + interval '5 hours'
        from demo_echeance cross join (values ('alerte', -30), ('arret_distribution', -15), ('constat', -7), ('releve', 37)) e(etape, jours) where date_fin + e.jours <= current_date;
    insert into echeance_accord (collectivite_id, echeance_id, etape, partie, version, operateur_id, jour, acteur, utilisateur_id, at)
      select collectivite_id, id, a.etape, a.partie, a.version, operateur_id, date_fin + a.jours, case a.partie when 'operateur' then 'Odile Modèle' else 'Claire Essai' end, (select id from utilisateur order by id limit 1), (date_fin + a.jours)::timestamptz + interval '11 hours'
        from demo_echeance cross join (values ('arret_distribution', 'collectivite', 0, -15, 2), ('constat', 'collectivite', 0, -7, 2), ('constat', 'operateur', 0, -6, 2), ('releve', 'operateur', 1, 37, 2), ('releve', 'collectivite', 1, 38, 3)) a(etape, partie, version, jours, des)
       where n >= a.des`)

/** The closed lot: its pass leave the circulation, their value is given back, shared by the key. */
const seedAvoir = (client: pg.ClientBase) =>
  client.query(`
    insert into avoir (collectivite_id, id, echeance_id, convention_id, operateur_id, numero, annee, rang, date_emission, pass_expires, pass_annules, valeur_faciale_centimes, montant_centimes, vendeur, acheteur, created_at)
      select d.collectivite_id, d.avoir_id, d.id, d.convention_id, d.operateur_id, 'AL' || to_char(d.date_fin + 38, 'YY') || '-0001', extract(year from d.date_fin + 38)::int, 1, d.date_fin + 38, 50, 0, 1000, 50000, o.nom, t.nom, (d.date_fin + 38)::timestamptz + interval '14 hours'
        from demo_echeance d join organisation o on o.id = d.operateur_id join organisation t on t.id = d.collectivite_id where d.statut = 'close';
    insert into avoir_part (collectivite_id, avoir_id, rang, operateur_id, nature, nom, cle_bp, montant_centimes)
      select d.collectivite_id, d.avoir_id, f.rang, d.operateur_id, f.nature, f.nom, f.cle_bp, 5 * f.cle_bp from demo_echeance d
        join convention_financeur f on f.collectivite_id = d.collectivite_id and f.convention_id = d.convention_id where d.statut = 'close';
    insert into compteur (organisation_id, nom, annee, valeur) select operateur_id, 'avoir_lot', extract(year from date_fin + 38)::int, 1 from demo_echeance where statut = 'close';
    insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, objet_id, at)
      select collectivite_id, account_of(collectivite_id, convention_id, operateur_id, m.de, null), account_of(collectivite_id, convention_id, operateur_id, m.vers, null), 50000, m.motif, convention_id, operateur_id,
             case m.motif when 'avoir' then avoir_id else id end, (date_fin + 38)::timestamptz + interval '14 hours'
        from demo_echeance cross join (values ('circulation', 'a_crediter', 'expiration'), ('a_crediter', 'credite', 'avoir')) m(de, vers, motif) where statut = 'close'`)
