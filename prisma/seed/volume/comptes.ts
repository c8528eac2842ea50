import type pg from 'pg'

/** An invented IBAN of an invented bank, its two keys right, always the same for a text; and how every screen shows it. */
const FUNCTIONS = `
  create function pg_temp.iban(t text) returns text language sql as $$
    select 'FR' || lpad((98 - mod((bban || '152700')::numeric, 97))::text, 2, '0') || bban
      from (select '3000600001' || n || lpad((97 - mod(89 * 30006 + 15 * 1 + 3 * n::numeric, 97))::text, 2, '0') bban
              from (select lpad(mod(abs(hashtextextended(t, 7)), 100000000000)::text, 11, '0') n) x) y
  $$;
  create function pg_temp.masque(t text) returns text language sql as $$ select left(t, 4) || E'\\u00A0••••\\u00A0••••\\u00A0' || right(t, 4) $$;`

/** A different IBAN for each structure, and the address told of what happens to it. */
export const seedIbans = async (client: pg.ClientBase) => {
  await client.query(FUNCTIONS)
  await client.query(`
    update compte_bancaire c set iban = d.iban, iban_masque = pg_temp.masque(d.iban), bic = 'AGRIFRPPXXX', contact = 'tresorerie@exemple.fr', created_at = c.accepte_at - interval '5 days'
      from (select organisation_id, pg_temp.iban(organisation_id::text) iban from compte_bancaire) d where d.organisation_id = c.organisation_id`)
}

/** Accounts asked for: `etape` 1 waits for its check, 2 was checked and waits for its second person, 3 was refused. */
const REQUEST = `
  insert into compte_bancaire (organisation_id, id, iban, iban_masque, bic, titulaire, contact, statut, created_at, verifie_par, verifie_at, verification, refuse_par, refuse_at, motif_refus)
    select d.structure_id, uuidv7(), d.iban, pg_temp.masque(d.iban), 'AGRIFRPPXXX', d.nom, 'tresorerie@exemple.fr', case when d.etape = 3 then 'refuse' else 'propose' end,
           now() - case when d.etape = 1 then interval '30 hours' else interval '4 days' end,
           case when d.etape = 2 then f.preparateur end, case when d.etape = 2 then now() - interval '3 days' end, case when d.etape = 2 then 'conforme' end,
           case when d.etape = 3 then f.preparateur end, case when d.etape = 3 then now() - interval '3 days' end, case when d.etape = 3 then 'Le titulaire n’est pas la structure.' end
      from demo_demande d join demo_finance f on f.operateur_id = d.operateur_id`

/**
 * Accounts in every statut. The first structure of each collectivité is a régie and had another account before; the next ones ask for
 * another, or were refused one; those that have none ask for their first. One IBAN is asked for by two structures, which the screen says.
 */
export const seedComptes = (client: pg.ClientBase) =>
  client.query(`
    insert into compte_bancaire (organisation_id, id, iban, iban_masque, bic, titulaire, contact, statut, created_at, accepte_at, fin_at)
      select c.organisation_id, uuidv7(), d.iban, pg_temp.masque(d.iban), 'AGRIFRPPXXX', c.titulaire, 'ancien@exemple.fr', 'remplace', c.created_at - interval '400 days', c.accepte_at - interval '395 days', c.accepte_at
        from compte_bancaire c join demo_lieu l on l.structure_id = c.organisation_id cross join lateral (select pg_temp.iban('ancien' || c.organisation_id) iban) d where l.rang = 1 and c.statut = 'accepte';
    update labellisation f set date_fin_regie = current_date + 500 from demo_lieu l where l.structure_id = f.organisation_id and l.rang = 1;
    create temp table demo_demande as
      select l.structure_id, l.nom, l.operateur_id, l.rang - 1 etape, pg_temp.iban(case when l.rang = 2 then 'commun' || l.operateur_id else 'nouveau' || l.structure_id end) iban from demo_lieu l where l.rang between 2 and 4
      union all
      select l.structure_id, l.nom, l.operateur_id, row_number() over (partition by l.operateur_id order by l.structure_id), pg_temp.iban('premier' || l.structure_id)
        from demo_lieu l where not exists (select 1 from compte_bancaire c where c.organisation_id = l.structure_id);
    delete from demo_demande d where d.etape > 3 or exists (select 1 from compte_bancaire c where c.organisation_id = d.structure_id and c.statut = 'propose');
    ${REQUEST}`)
