import type pg from 'pg'
import { APPEL, AVANCE, BORDEREAU, CANARI, CONVENTION, ORG, PARTAGE, PEOPLE } from './ids.ts'

const SIDES = [
  {
    collectivite: ORG.t1,
    convention: CONVENTION.cv1,
    partage: PARTAGE.t1,
    appel: APPEL.t1,
    avance: AVANCE.t1,
    bordereau: BORDEREAU.fevrier,
    financeur: ORG.fse,
    avanceCle: 'etat:état',
    reference: 'AVANCE-2026-1',
    par: PEOPLE['collectivite.administrateur'].utilisateurId,
  },
  {
    collectivite: ORG.t2,
    convention: CONVENTION.cv2,
    partage: PARTAGE.t2,
    appel: APPEL.t2,
    avance: AVANCE.t2,
    bordereau: BORDEREAU.t2,
    financeur: ORG.fse2,
    avanceCle: ORG.fse2,
    reference: CANARI,
    par: PEOPLE['autre:collectivite.administrateur'].utilisateurId,
  },
] as const

const CLE = `coalesce(f.financeur_id::text, f.nature || ':' || lower(f.nom))`
const COMPTE = (nature: string, cle: string) => `account_of(p.collectivite_id, p.convention_id, p.operateur_id, '${nature}', null, ${cle})`

/** The pass of a seeded bordereau, split by the key: whole centimes, as ten euros always are. */
const SPLIT = `
  with prise as (
    insert into partage (collectivite_id, id, convention_id, operateur_id, mois, pass, montant_centimes, at)
    select s.collectivite_id, $1, s.convention_id, s.operateur_id, b.mois, s.pass, s.montant_centimes, b.arrete_at
      from bordereau_convention s join bordereau b on b.id = s.bordereau_id where s.bordereau_id = $2 returning *)
  insert into partage_part (collectivite_id, partage_id, cle, rang, convention_id, operateur_id, financeur_id, nature, nom, cle_bp, plafond_centimes, mois, pass, montant_centimes, at)
  select p.collectivite_id, p.id, ${CLE}, f.rang, p.convention_id, p.operateur_id, f.financeur_id, f.nature, f.nom, f.cle_bp, f.plafond_centimes, p.mois, p.pass, p.montant_centimes * f.cle_bp / 10000, p.at
    from prise p join convention_financeur f on f.collectivite_id = p.collectivite_id and f.convention_id = p.convention_id`

const CHARGE = `
  insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, financeur_id, objet_id, at)
  select p.collectivite_id, ${COMPTE('charge', 'null')}, ${COMPTE('a_appeler', 'p.cle')}, p.montant_centimes, 'charge', p.convention_id, p.operateur_id, p.financeur_id, p.partage_id, p.at
    from partage_part p where p.partage_id = $1 order by p.rang`

const CALL = `
  insert into appel_fonds (collectivite_id, id, convention_id, operateur_id, cle, financeur_id, destinataire_id, nature, nom, statut, periode_debut, periode_fin, pass, part_centimes, avance_centimes, montant_centimes,
    numero, annee, rang, prepare_par, prepare_at, appele_par, appele_at)
  select p.collectivite_id, $1, p.convention_id, p.operateur_id, p.cle, p.financeur_id, p.financeur_id, p.nature, p.nom, 'appele', p.mois, p.mois, p.pass, p.montant_centimes, 0, p.montant_centimes,
         'AF26-0001', 2026, 1, $2, $3, $2, $3
    from partage_part p where p.partage_id = $4 and p.financeur_id = $5`

/** The closed bordereaux of February are charged; the financeur with an account is called, another one paid an advance. */
export const seedFinancement = async (client: pg.ClientBase) => {
  for (const side of SIDES) {
    await client.query(SPLIT, [side.partage, side.bordereau])
    await client.query(CHARGE, [side.partage])
    await client.query(
      'update bordereau_convention set charge_at = (select at from partage where id = $1), partage_id = $1 where bordereau_id = $2',
      [side.partage, side.bordereau],
    )
    await client.query(CALL, [side.appel, side.par, '2026-03-05T10:00:00+01:00', side.partage, side.financeur])
    await client.query(
      `insert into appel_ligne (collectivite_id, appel_id, partage_id, cle, convention_id, operateur_id, financeur_id, montant_centimes)
       select collectivite_id, $1, partage_id, cle, convention_id, operateur_id, financeur_id, montant_centimes from partage_part where partage_id = $2 and financeur_id = $3`,
      [side.appel, side.partage, side.financeur],
    )
    await client.query(
      `insert into transfer (collectivite_id, de_id, vers_id, montant_centimes, motif, convention_id, operateur_id, financeur_id, objet_id, utilisateur_id, at)
       select p.collectivite_id, ${COMPTE('a_appeler', 'p.cle')}, ${COMPTE('appele', 'p.cle')}, p.part_centimes, 'appel', p.convention_id, p.operateur_id, p.financeur_id, p.id, p.appele_par, p.appele_at from appel_fonds p where p.id = $1`,
      [side.appel],
    )
    await client.query(`insert into compteur (organisation_id, nom, annee, valeur) values ($1, 'appel', 2026, 1)`, [side.collectivite])
    await client.query(
      `insert into avance (collectivite_id, id, convention_id, operateur_id, cle, financeur_id, nature, nom, montant_centimes, reference, date_versement, par, at)
       select v.collectivite_id, $1, v.id, v.operateur_id, $2, f.financeur_id, f.nature, f.nom, 300, $3, '2026-01-20', $4, '2026-01-21T10:00:00+01:00'
         from convention v join convention_financeur f on f.collectivite_id = v.collectivite_id and f.convention_id = v.id where v.id = $5 and ${CLE} = $2`,
      [side.avance, side.avanceCle, side.reference, side.par, side.convention],
    )
  }
}
