import type pg from 'pg'
import { CANARI, CONVENTION, CONVENTION_ETAPE, ORG } from './ids.ts'
import { insert } from './insert.ts'

const SIDES = [
  { key: 't1', collectivite: ORG.t1, operateur: ORG.o1, convention: CONVENTION.cv1, nom: 'Camille Essai', critere: 'À partir de 60 ans.' },
  { key: 't2', collectivite: ORG.t2, operateur: ORG.o2, convention: CONVENTION.cv2, nom: CANARI, critere: CANARI },
] as const

/** The rules of a seeded convention, as a version keeps them. */
const termes = (fse: boolean, critere: string) => ({
  dateFin: '2027-12-31',
  montantCentimes: 10_000_000,
  carnetTaille: 10,
  valeurFacialeCentimes: 1000,
  validiteMois: 12,
  toleranceJours: 30,
  reclamationJours: 60,
  passParAtelier: 1,
  passParAtelierLong: 2,
  passParDemiJournee: 2,
  quotaPicBp: 5000,
  fraisAmontBp: 400,
  fse,
  identite: 'minimale',
  publics: ['minima_sociaux', 'demandeurs_emploi', 'seniors'],
  criteres: [{ public: 'seniors', texte: critere }],
  territoire: [],
  lieuxAdmis: 'tous',
  lieux: [],
})

/**
 * CV1 and CV2 are at version 2, an avenant that wrote the criterion of a public; version 1 stays readable. The signed convention of T1 has
 * an avenant in preparation.
 */
export const seedVersions = async (client: pg.ClientBase) => {
  const version = (side: (typeof SIDES)[number], convention_id: string, numero: number, statut: string) => ({
    collectivite_id: side.collectivite,
    convention_id,
    numero,
    operateur_id: side.operateur,
    financeur_ids: [side.key === 't1' ? ORG.fse : ORG.fse2],
    statut,
    objet: numero === 1 ? 'Convention telle que signée par ses financeurs.' : `Préciser le public (${side.nom}).`,
    termes: JSON.stringify({ ...termes(side.key === 't1', side.critere), ...(numero === 1 && { criteres: [] }) }),
    par: side.nom,
    created_at: `2026-01-0${numero + 1}T10:00:00+01:00`,
    date_effet: statut === 'brouillon' ? null : `2026-01-0${numero + 1}`,
    date_remplacement: statut === 'remplacee' ? '2026-01-03' : null,
  })
  const [t1, t2] = SIDES
  const rows = [
    ...[t1, t2].flatMap((side) => [version(side, side.convention, 1, 'remplacee'), version(side, side.convention, 2, 'en_vigueur')]),
    version(t1, CONVENTION.signee, 1, 'en_vigueur'),
    version(t1, CONVENTION.signee, 2, 'brouillon'),
  ]
  await insert(client, 'convention_version', rows)
  for (const row of rows)
    await client.query(
      `insert into convention_version_financeur (collectivite_id, convention_id, numero, rang, financeur_id, nature, nom, cle_bp, plafond_centimes, est_repli, signataire, date_signature)
       select collectivite_id, convention_id, $3, rang, financeur_id, nature, nom, cle_bp, plafond_centimes, est_repli,
              case when $4 then signataire end, case when $4 then date_signature end
         from convention_financeur where collectivite_id = $1 and convention_id = $2`,
      [row.collectivite_id, row.convention_id, row.numero, row.statut !== 'brouillon'],
    )
  for (const side of SIDES)
    await client.query(`update convention set version = 2, criteres = $2 where id = $1`, [
      side.convention,
      JSON.stringify([{ public: 'seniors', texte: side.critere }]),
    ])
  await insert(
    client,
    'convention_etape',
    SIDES.map((side) => ({
      collectivite_id: side.collectivite,
      convention_id: side.convention,
      id: CONVENTION_ETAPE[side.key],
      operateur_id: side.operateur,
      action: 'ouverture',
      statut: 'active',
      organisation: side.nom,
      acteur: side.nom,
      at: '2026-01-03T10:00:00+01:00',
    })),
  )
}
