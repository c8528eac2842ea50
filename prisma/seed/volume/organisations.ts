import type pg from 'pg'
import { OPERATEURS, TENANTS } from './tenants.ts'

/** A person of the demonstration: invented, and plainly so. */
export type DemoPerson = { organisation: string; role: string; prenom: string; nom: string }

/** Who signs in: a few people an organisation. */
export const people = (): DemoPerson[] => [
  { organisation: 'anct', role: 'anct.pilote', prenom: 'Ada', nom: 'Exemple' },
  { organisation: 'fse', role: 'financeur.lecteur', prenom: 'Flora', nom: 'Exemple' },
  ...(['o1', 'o2'] as const).flatMap((o) => [
    { organisation: o, role: 'operateur.gestionnaire', prenom: o === 'o1' ? 'Odile' : 'Oscar', nom: 'Modèle' },
    { organisation: o, role: 'operateur.finance_preparateur', prenom: 'Fanny', nom: 'Prépare' },
    { organisation: o, role: 'operateur.finance_approbateur', prenom: 'Farid', nom: 'Approuve' },
    { organisation: o, role: 'operateur.finance_emetteur', prenom: 'Fleur', nom: 'Transmet' },
  ]),
  ...TENANTS.flatMap(({ code }, i) => [
    { organisation: code, role: 'collectivite.administrateur', prenom: ['Claire', 'Célia', 'Cyril', 'Chloé', 'Clément'][i]!, nom: 'Essai' },
    {
      organisation: code,
      role: 'collectivite.gestionnaire',
      prenom: ['Camille', 'Coralie', 'Colin', 'Capucine', 'Cédric'][i]!,
      nom: 'Essai',
    },
    {
      organisation: `${code}:prescripteur`,
      role: 'prescripteur.agent',
      prenom: ['Paul', 'Prisca', 'Pauline', 'Pierre', 'Perrine'][i]!,
      nom: 'Témoin',
    },
    {
      organisation: `${code}:structure`,
      role: 'structure.mediateur',
      prenom: ['Marie', 'Myriam', 'Malik', 'Mona', 'Manon'][i]!,
      nom: 'Fictive',
    },
    {
      organisation: `${code}:structure`,
      role: 'structure.responsable',
      prenom: ['Safia', 'Sonia', 'Simon', 'Sarah', 'Sylvie'][i]!,
      nom: 'Fictive',
    },
  ]),
]

/**
 * Organisations of the demonstration and their places: `demo_tenant`, `demo_prescripteur` and `demo_lieu` (temporary tables)
 * say who is who for the steps that follow. The places are the real ones of the import, the nearest to the centre first.
 */
export const seedOrganisations = async (client: pg.ClientBase, passwordHash: string) => {
  await client.query(`
    insert into organisation (id, type, nom) values (uuidv7(), 'financeur', 'Fonds social européen');
    create temp table demo_tenant (code text primary key, rang int, collectivite_id uuid default uuidv7(), convention_id uuid default uuidv7(), commande_id uuid default uuidv7(), lot_id uuid default uuidv7(),
      activation_id uuid default uuidv7(), operateur_id uuid, operateur text, nom text, siret text, siret_ccas text, territoire text, departement text, latitude float8, longitude float8, convention text, cle int[], identite text,
      publics text[], carnets int, taille int, lieux int, prescripteurs int, attribues float8, remis float8, entames float8, actives float8, serie bigint, fuseau text);
    create temp table demo_operateur (code text primary key, id uuid default uuidv7(), nom text)`)
  await client.query('insert into demo_operateur (code, nom) select key, value from jsonb_each_text($1)', [JSON.stringify(OPERATEURS)])
  await client.query(
    `insert into demo_tenant (code, rang, operateur, nom, siret, siret_ccas, territoire, departement, latitude, longitude, convention, cle, identite, publics, carnets, taille, lieux, prescripteurs, attribues, remis, entames, actives)
     select t ->> 'code', n, t ->> 'operateur', t ->> 'nom', t ->> 'siret', t ->> 'siretCcas', t ->> 'territoire', t ->> 'departement', (t -> 'centre' ->> 0)::float8, (t -> 'centre' ->> 1)::float8, t ->> 'convention',
            (select array_agg(c::int) from jsonb_array_elements_text(t -> 'cle') c), t ->> 'identite', (select array_agg(p) from jsonb_array_elements_text(t -> 'publics') p),
            (t ->> 'carnets')::int, (t ->> 'taille')::int, (t ->> 'lieux')::int, (t ->> 'prescripteurs')::int, (t ->> 'attribues')::float8, (t ->> 'remis')::float8, (t ->> 'entames')::float8, (t ->> 'actives')::float8
       from jsonb_array_elements($1) with ordinality x(t, n)`,
    [JSON.stringify(TENANTS)],
  )
  await client.query(`
    update demo_tenant t set operateur_id = o.id, fuseau = d.fuseau from demo_operateur o, departement d where o.code = t.operateur and d.code = t.departement;
    insert into organisation (id, type, nom) select id, 'operateur', nom from demo_operateur;
    insert into organisation (id, type, nom, siret, territoire, departement) select collectivite_id, 'collectivite', nom, siret, array[territoire], departement from demo_tenant;

    -- prescripteurs: the CCAS of the largest communes of the territory, and three services found everywhere
    create temp table demo_prescripteur as
      select t.code, t.collectivite_id, row_number() over (partition by t.code order by p.ordre, p.population desc) rang, uuidv7() id, p.nom
        from demo_tenant t cross join lateral (
          select 0 ordre, 0 population, unnest(array['Mission locale', 'Caisse d’allocations familiales', 'France Travail']) || ' – ' || t.nom nom
          union all
          select 1, c.population, 'CCAS de ' || c.nom from commune c
           where case when t.territoire like 'D%' then c.departement = substr(t.territoire, 2) else c.epci = substr(t.territoire, 2) end) p;
    delete from demo_prescripteur p using demo_tenant t where p.code = t.code and p.rang > t.prescripteurs;
    insert into organisation (id, type, nom, siret, territoire, departement)
      select p.id, 'prescripteur', p.nom, case when p.rang = 4 then t.siret_ccas end, array[t.territoire], t.departement from demo_prescripteur p join demo_tenant t using (code);

    -- places: each gets a structure of its own, labelled
    create temp table demo_lieu as
      select * from (
        select t.code, t.collectivite_id, t.operateur_id, l.id lieu_id, l.nom, l.fuseau, uuidv7() structure_id,
               row_number() over (partition by t.code order by (l.latitude - t.latitude) ^ 2 + (l.longitude - t.longitude) ^ 2) rang, t.lieux
          from demo_tenant t join lieu l on l.departement = t.departement where l.latitude is not null and l.source is not null) x where rang <= lieux;
    insert into organisation (id, type, nom, territoire) select structure_id, 'structure', 'Structure ' || regexp_replace(nom, '^(Bus )?France services (de |d’|d''|du |des )?', ''), '{}' from demo_lieu;
    update lieu l set organisation_id = d.structure_id, publie = true from demo_lieu d where l.id = d.lieu_id;
    insert into labellisation (organisation_id, operateur_id, statut, date_debut, date_fin, charte_version)
      select structure_id, operateur_id, 'labellise', current_date - 400, current_date + 700, '2025' from demo_lieu;
    insert into lieu_service (organisation_id, lieu_id, theme, duree_minutes)
      select structure_id, lieu_id, theme, 120 from demo_lieu cross join unnest(array['demarches_administratives', 'outils_quotidien', 'utilisation_securisee', 'insertion_professionnelle']) theme;
    -- one place in fifteen has no verified account yet: what it is owed waits, and says why
    insert into compte_bancaire (organisation_id, id, iban, iban_masque, bic, titulaire, statut, accepte_at)
      select structure_id, uuidv7(), 'FR1420041010050500013M02606', 'FR14 •••• •••• •••• •••• ••02 606', 'PSSTFRPPXXX', nom, 'accepte', now() - interval '300 days' from demo_lieu where rang % 15 <> 14;
    insert into organisation (id, type, nom, territoire, departement) select uuidv7(), 'prefecture', 'Préfecture – ' || d.nom, array['D' || d.code], d.code from departement d join demo_tenant t on t.departement = d.code`)
  await seedDemoPeople(client, passwordHash)
}

const seedDemoPeople = async (client: pg.ClientBase, passwordHash: string) => {
  await client.query(
    `with qui as (
       select p ->> 'organisation' cle, p ->> 'role' role, p ->> 'prenom' prenom, p ->> 'nom' nom, n from jsonb_array_elements($1) with ordinality x(p, n)),
     ou as (
       select 'anct' cle, id from organisation where type = 'anct'
       union all select 'fse', id from organisation where type = 'financeur'
       union all select code, id from demo_operateur union all select code, collectivite_id from demo_tenant
       union all select code || ':prescripteur', id from demo_prescripteur where rang = 4
       union all select code || ':structure', structure_id from demo_lieu where rang = 1),
     fait as (
       insert into utilisateur (id, courriel, prenom, nom, mot_de_passe, demo)
       select uuidv7(), lower(replace(role, '.', '-') || '-' || replace(cle, ':', '-') || '@exemple.fr'), prenom, nom, $2, true from qui returning id, courriel)
     insert into adhesion (id, organisation_id, utilisateur_id, role, date_debut)
     select uuidv7(), ou.id, fait.id, qui.role, current_date - 400 from qui join ou using (cle)
       join fait on fait.courriel = lower(replace(qui.role, '.', '-') || '-' || replace(qui.cle, ':', '-') || '@exemple.fr')`,
    [JSON.stringify(people()), passwordHash],
  )
}
