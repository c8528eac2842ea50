import { createHash } from 'node:crypto'
import type pg from 'pg'

/** One payment of a SEPA file, as the product's own writer takes it. */
export type Payment = { reference: string; titulaire: string; iban: string; bic: string | null; montantCentimes: number }
/** The product's SEPA writer, given by the caller: the demonstration's files are real ones. */
export type SepaWriter = (file: { reference: string; operateur: string; at: Date; payments: Payment[] }) => string

type RemiseRow = { operateur_id: string; operateur: string; mois: string; at: Date; payments: Payment[] }

/** The SEPA files of the months already sent: one an operator and month. */
const seedRemises = async (client: pg.ClientBase, write: SepaWriter) => {
  const { rows } = await client.query<RemiseRow>(`
    select b.operateur_id, o.nom operateur, b.mois, max(b.arrete_at) + interval '5 days' as at,
           jsonb_agg(jsonb_build_object('reference', b.reference, 'titulaire', c.titulaire, 'iban', c.iban, 'bic', c.bic, 'montantCentimes', b.pass * 1000) order by b.reference) payments
      from demo_bordereau b join compte_bancaire c on c.id = b.compte_id join organisation o on o.id = b.operateur_id where b.statut in ('transmis', 'paye') group by 1, 2, 3 order by b.mois, b.operateur_id`)
  await client.query('create temp table demo_remise_sepa (operateur_id uuid, mois text, id uuid)')
  const ranks = new Map<string, number>()
  for (const row of rows) {
    const year = row.at.getUTCFullYear()
    const rank = (ranks.get(`${row.operateur_id}${year}`) ?? 0) + 1
    ranks.set(`${row.operateur_id}${year}`, rank)
    const reference = `S${String(year).slice(2)}-${String(rank).padStart(4, '0')}`
    const xml = write({ reference, operateur: row.operateur, at: row.at, payments: row.payments })
    await client.query(
      `with faite as (insert into remise (operateur_id, id, reference, virements, montant_centimes, xml, sha256, at) values ($1, uuidv7(), $2, $3, $4, $5, $6, $7) returning operateur_id, id)
       insert into demo_remise_sepa select operateur_id, $8, id from faite`,
      [
        row.operateur_id,
        reference,
        row.payments.length,
        row.payments.reduce((sum, { montantCentimes }) => sum + montantCentimes, 0),
        xml,
        createHash('sha256').update(xml).digest('hex'),
        row.at,
        row.mois,
      ],
    )
    await client.query(
      `insert into compteur (organisation_id, nom, annee, valeur) values ($1, 'remise', $2, $3) on conflict (organisation_id, nom, annee) do update set valeur = excluded.valeur`,
      [row.operateur_id, year, rank],
    )
  }
}

/** Bordereaux in every statut, their subtotals and payments, then each used pass with where its money stands. */
export const seedBordereaux = async (client: pg.ClientBase, write: SepaWriter) => {
  await seedRemises(client, write)
  await client.query(`
    create temp table demo_finance as
      select o.operateur_id, (select a.utilisateur_id from adhesion a where a.organisation_id = o.operateur_id and a.role = 'operateur.finance_preparateur') preparateur,
             (select a.utilisateur_id from adhesion a where a.organisation_id = o.operateur_id and a.role = 'operateur.finance_approbateur') approbateur,
             (select a.utilisateur_id from adhesion a where a.organisation_id = o.operateur_id and a.role = 'operateur.finance_emetteur') emetteur from (select id operateur_id from demo_operateur) o;
    insert into bordereau (organisation_id, id, operateur_id, reference, mois, statut, pass, montant_centimes, compte_id, arrete_par, arrete_at, controle_par, controle_at, approuve_par, approuve_at, transmis_par, transmis_at, remise_id, paye_at, date_banque)
      select b.structure_id, b.id, b.operateur_id, b.reference, b.mois, b.statut, b.pass, b.pass * 1000, b.compte_id, f.preparateur, b.arrete_at,
             case when statut <> 'arrete' then f.preparateur end, case when statut <> 'arrete' then arrete_at + interval '1 day' end,
             case when statut not in ('arrete', 'controle') then f.approbateur end, case when statut not in ('arrete', 'controle') then arrete_at + interval '3 days' end,
             case when statut in ('transmis', 'paye') then f.emetteur end, case when statut in ('transmis', 'paye') then arrete_at + interval '5 days' end, r.id,
             case when statut = 'paye' then paye_le + interval '9 hours' end, case when statut = 'paye' then paye_le end
        from demo_bordereau b join demo_finance f using (operateur_id) left join demo_remise_sepa r on r.operateur_id = b.operateur_id and r.mois = b.mois and b.statut in ('transmis', 'paye');
    create temp table demo_sous_total as
      select b.structure_id, b.id bordereau_id, a.collectivite_id, a.convention_id, b.operateur_id, t.nom libelle, sum(a.n)::int pass, b.statut, b.arrete_at, b.paye_le, null::bigint transfer_id
        from demo_bordereau b join demo_acte a on a.structure_id = b.structure_id and a.operateur_id = b.operateur_id and to_char(a.at at time zone 'Europe/Paris', 'YYYY-MM') = b.mois join demo_tenant t on t.collectivite_id = a.collectivite_id
       group by 1, 2, 3, 4, 5, 6, 8, 9, 10;
    with verse as (
      insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, structure_id, objet_id, at)
      select collectivite_id, account_of(collectivite_id, convention_id, operateur_id, 'du', structure_id), account_of(collectivite_id, convention_id, operateur_id, 'en_paiement', structure_id), pass * 1000, 'bordereau', convention_id,
             operateur_id, structure_id, bordereau_id, arrete_at + interval '5 days' from demo_sous_total where statut in ('transmis', 'paye') returning id, objet_id, convention_id)
    update demo_sous_total s set transfer_id = v.id from verse v where v.objet_id = s.bordereau_id and v.convention_id = s.convention_id;
    insert into bordereau_convention (organisation_id, bordereau_id, collectivite_id, convention_id, operateur_id, libelle, pass, montant_centimes, transfer_id)
      select structure_id, bordereau_id, collectivite_id, convention_id, operateur_id, libelle, pass, pass * 1000, transfer_id from demo_sous_total;
    insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, structure_id, objet_id, at)
      select collectivite_id, account_of(collectivite_id, convention_id, operateur_id, 'en_paiement', structure_id), account_of(collectivite_id, convention_id, operateur_id, 'paye', structure_id), pass * 1000, 'paiement', convention_id, operateur_id,
             structure_id, bordereau_id, paye_le + interval '9 hours' from demo_sous_total where statut = 'paye';
    insert into redemption (collectivite_id, acte_id, pass_id, carnet_id, convention_id, operateur_id, structure_id, prescripteur_id, lieu_id, atelier_id, personne_id, date_atelier, demi_journee, montant_centimes, statut, transfer_id,
      bordereau_id, utilisateur_id, at)
      select u.collectivite_id, a.acte_id, u.carnet_id * 10 + u.i - 1, u.carnet_id, u.convention_id, u.operateur_id, u.structure_id, u.prescripteur_id, u.lieu_id, d.id, u.personne_id, d.jour, case when d.debut < '13:00' then 'matin' else 'apres_midi' end,
             1000, case when b.statut is null then 'a_payer' when b.statut = 'paye' then 'payee' else 'en_bordereau' end, a.transfer_id, b.id, (select id from utilisateur where courriel = 'mediateurs@exemple.fr'), a.at
        from demo_usage u join demo_atelier d using (atelier_rang) join demo_acte a on a.atelier_rang = u.atelier_rang and a.collectivite_id = u.collectivite_id
        left join demo_bordereau b on b.structure_id = u.structure_id and b.operateur_id = u.operateur_id and b.mois = to_char(a.at at time zone 'Europe/Paris', 'YYYY-MM')
       order by a.at, u.carnet_id`)
}
