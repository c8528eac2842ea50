import type pg from 'pg'
import { CANARI, ORG } from './ids.ts'
import { insert } from './insert.ts'
import { post, type Tenant } from './tenant.ts'

type PersonRow = { id: string; collectivite: string; prescripteur: string; prenom: string; nom: string }
const people = (client: pg.ClientBase, rows: PersonRow[]) =>
  insert(
    client,
    'beneficiaire',
    rows.map(({ id, collectivite, prescripteur, prenom, nom }) => ({
      collectivite_id: collectivite,
      id,
      prescripteur_id: prescripteur,
      prenom,
      nom,
      tranche_age: '60_69',
      statut_emploi: 'retraite',
      commune: collectivite === ORG.t1 ? '23025' : '62498',
      contact: null,
    })),
  )

/** The attributions of the carnets seeded at P1 (3, 4: acknowledged; 5, 6: in transit) or, for T2, of the third one. */
const custody = async (
  client: pg.ClientBase,
  t: Tenant,
  { accusee, envoyee, prescripteur }: { accusee: string | null; envoyee: string; prescripteur: string },
) => {
  const row = (id: string, n: number, carnets: number, accuseeAt: string | null, rank: number) => ({
    collectivite_id: t.collectivite,
    id,
    reference: `A26-${String(rank).padStart(4, '0')}`,
    convention_id: t.convention,
    lot_id: t.lotId,
    prescripteur_id: prescripteur,
    serie_premiere: t.serie + n - 1,
    serie_derniere: t.serie + n + carnets - 2,
    carnets,
    statut: accuseeAt ? 'accusee' : 'envoyee',
    envoyee_at: '2026-01-18T10:00:00+01:00',
    accusee_at: accuseeAt,
  })
  const rows = accusee ? [row(accusee, 1, 4, '2026-01-20T10:00:00+01:00', 1), row(envoyee, 5, 2, null, 2)] : [row(envoyee, 3, 1, null, 901)]
  await insert(client, 'attribution', rows)
  await insert(
    client,
    'mouvement',
    rows.map((a) => ({
      collectivite_id: t.collectivite,
      id: a.id.replace('-8000-', '-9100-'),
      type: 'attribue',
      convention_id: t.convention,
      lot_id: t.lotId,
      operateur_id: t.operateur,
      prescripteur_id: prescripteur,
      serie_premiere: a.serie_premiere,
      serie_derniere: a.serie_derniere,
      carnets: a.carnets,
      motif: t.collectivite === ORG.t2 ? CANARI : null,
      at: a.envoyee_at,
    })),
  )
}

type PrescriptionRow = { id: string; t: Tenant; prescripteur: string; carnet: bigint; beneficiaire: string; agent: string }
const prescriptions = (client: pg.ClientBase, rows: PrescriptionRow[]) =>
  insert(
    client,
    'prescription',
    rows.map(({ id, t, prescripteur, carnet, beneficiaire, agent }) => ({
      collectivite_id: t.collectivite,
      id,
      prescripteur_id: prescripteur,
      convention_id: t.convention,
      carnet_id: carnet,
      beneficiaire_id: beneficiaire,
      reponses: JSON.stringify({ usage: 'jamais', demarches: 'quelquun_fait', courriel: 'non' }),
      niveau: 'debutant',
      besoin: 'demarches',
      public: 'seniors',
      consentement: true,
      utilisateur_id: agent,
      remis_at: '2026-02-01T10:00:00+01:00',
    })),
  )

type AtelierRow = {
  id: string
  structure: string
  lieu: string
  mediateur: string
  date: string
  debut: string
  statut?: string
  capacite?: number
}
const ateliers = (client: pg.ClientBase, rows: AtelierRow[]) =>
  insert(
    client,
    'atelier',
    rows.map(({ id, structure, lieu, mediateur, date, debut, statut = 'ouvert', capacite = 12 }) => ({
      organisation_id: structure,
      id,
      lieu_id: lieu,
      mediateur_id: mediateur,
      theme: 'demarches_administratives',
      niveau: 'debutant',
      date,
      debut,
      duree_minutes: 120,
      capacite,
      statut,
      motif_annulation: statut === 'annule' ? 'Salle indisponible' : null,
    })),
  )

type BordereauRow = { id: string; structure: string; compte: string; pass: number; preparateur: string; libelle: string }
const bordereau = async (client: pg.ClientBase, t: Tenant, { id, structure, compte, pass, preparateur, libelle }: BordereauRow) => {
  const montant_centimes = pass * 1000
  await insert(client, 'bordereau', [
    {
      organisation_id: structure,
      id,
      operateur_id: t.operateur,
      reference: t.lot === 'l1' ? 'B26-0001' : 'B26-0901',
      mois: '2026-02',
      pass,
      montant_centimes,
      compte_id: compte,
      arrete_par: preparateur,
      arrete_at: '2026-03-03T10:00:00+01:00',
    },
  ])
  await insert(client, 'bordereau_convention', [
    {
      organisation_id: structure,
      bordereau_id: id,
      collectivite_id: t.collectivite,
      convention_id: t.convention,
      operateur_id: t.operateur,
      libelle,
      pass,
      montant_centimes,
    },
  ])
}

type ActRow = {
  acte: string
  structure: string
  lieu: string
  mediateur: string
  atelier: string
  carnet: bigint
  rangs: number[]
  personne: string
  prescripteur: string
  date: string
  at: string
  bordereau: string | null
}
/** Pass used in an atelier, as redeem() would have written them. */
const act = async (client: pg.ClientBase, t: Tenant, row: ActRow) => {
  const n = row.rangs.length
  const transfer = await post(client, t, {
    de: 'circulation',
    vers: 'du',
    structure: row.structure,
    centimes: n * 1000,
    motif: 'utilisation',
    objet: row.acte,
    at: row.at,
  })
  await insert(client, 'inscription', [
    {
      organisation_id: row.structure,
      id: row.acte.replace('-8000-', '-9200-'),
      atelier_id: row.atelier,
      collectivite_id: t.collectivite,
      carnet_id: row.carnet,
      personne_id: row.personne,
      statut: 'present',
      par_pass: true,
      pass_utilises: n,
    },
  ])
  await client.query('update atelier set places_prises = places_prises + 1 where organisation_id = $1 and id = $2', [
    row.structure,
    row.atelier,
  ])
  await client.query('update carnet set utilises = utilises + $3 where collectivite_id = $1 and id = $2', [t.collectivite, row.carnet, n])
  for (const rang of row.rangs) {
    const pass = row.carnet * 10n + BigInt(rang - 1)
    await client.query(`update pass set statut = 'utilise' where collectivite_id = $1 and id = $2`, [t.collectivite, pass])
    await client.query(
      `insert into redemption (collectivite_id, acte_id, pass_id, carnet_id, convention_id, operateur_id, structure_id, prescripteur_id, lieu_id, atelier_id, personne_id, date_atelier, demi_journee,
         montant_centimes, statut, transfer_id, bordereau_id, utilisateur_id, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'matin', 1000, $13, $14, $15, $16, $17)`,
      [
        t.collectivite,
        row.acte,
        pass,
        row.carnet,
        t.convention,
        t.operateur,
        row.structure,
        row.prescripteur,
        row.lieu,
        row.atelier,
        row.personne,
        row.date,
        row.bordereau ? 'en_bordereau' : 'a_payer',
        transfer,
        row.bordereau,
        row.mediateur,
        row.at,
      ],
    )
  }
}

export const seedUses = { people, custody, prescriptions, ateliers, bordereau, act }
