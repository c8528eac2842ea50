import type pg from 'pg'
import { ACTE, ACTE_DIFFERE, ALERTE, APPAREIL, ATELIER, CANARI, CONFLIT, ORG, PEOPLE, serieK, SERIE } from './ids.ts'
import { insert } from './insert.ts'

const SIDES = [
  {
    key: 't1',
    structure: ORG.s1,
    operateur: ORG.o1,
    mediateur: PEOPLE['structure.mediateur'],
    gestionnaire: PEOPLE['operateur.gestionnaire'],
    atelier: ATELIER.plein,
    acte: ACTE.mars,
    serie: serieK(2),
    rang: 3,
    at: '2026-03-09T11:30:00+01:00',
    nom: 'Téléphone de Marie',
    classee: null,
  },
  {
    key: 't2',
    structure: ORG.s9,
    operateur: ORG.o2,
    mediateur: PEOPLE['autre:structure.mediateur'],
    gestionnaire: PEOPLE['autre:operateur.gestionnaire'],
    atelier: ATELIER.a9,
    acte: ACTE.t2,
    serie: SERIE.l9,
    rang: 1,
    at: '2026-03-10T08:40:00+01:00',
    nom: CANARI,
    classee: CANARI,
  },
] as const

type Side = (typeof SIDES)[number]

/** A device, an act that it kept, and the look that the operator gave to it. */
const seedActe = async (client: pg.ClientBase, { key, structure, operateur, mediateur, gestionnaire, atelier, acte, at, nom }: Side) => {
  await insert(client, 'appareil', [
    {
      organisation_id: structure,
      id: APPAREIL[key],
      nom,
      cree_par: mediateur.utilisateurId,
      cree_at: '2026-02-01T09:00:00+01:00',
      vu_at: at,
    },
  ])
  await insert(client, 'acte_differe', [
    {
      organisation_id: structure,
      id: ACTE_DIFFERE[key],
      atelier_id: atelier,
      appareil_id: APPAREIL[key],
      appareil_nom: nom,
      utilisateur_id: mediateur.utilisateurId,
      cle: acte,
      scanne_at: at,
      ecart_secondes: 900,
      recu_at: at,
      pass: 1,
      acte_id: acte,
      operateur_ids: [operateur],
    },
  ])
  await client.query(
    `update redemption set examine_at = $3, examine_par = $4, examine_motif = $5 where structure_id = $1 and acte_id = $2`,
    [structure, acte, at, gestionnaire.utilisateurId, `Heure confirmée par ${nom}.`],
  )
}

const seedConflit = (client: pg.ClientBase, { key, structure, operateur, serie, rang, atelier, at }: Side) =>
  insert(client, 'conflit', [
    {
      organisation_id: structure,
      id: CONFLIT[key],
      role: 'gagnant',
      operateur_id: operateur,
      serie,
      rang_pass: rang,
      atelier_id: atelier,
      at,
      releve_at: at,
    },
  ])

const seedAlerte = (client: pg.ClientBase, { key, structure, operateur, gestionnaire, at, classee }: Side) =>
  insert(client, 'alerte', [
    {
      organisation_id: structure,
      id: ALERTE[key],
      operateur_id: operateur,
      regle: 'pas_remis',
      jour: at.slice(0, 10),
      nombre: 2,
      debut_at: at,
      dernier_at: at,
      statut: classee ? 'classee' : 'ouverte',
      decision: classee && 'sans_suite',
      motif: classee,
      decidee_par: classee && gestionnaire.utilisateurId,
      decidee_at: classee && at,
    },
  ])

/** What a counter without network leaves, for T1 and, with its canary, for T2: an act examined, a pass accepted twice, an alert. */
export const seedGuichet = async (client: pg.ClientBase) => {
  for (const side of SIDES) {
    await seedActe(client, side)
    await seedConflit(client, side)
    await seedAlerte(client, side)
  }
}
