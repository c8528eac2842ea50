import type pg from 'pg'
import { ANNULATION, CANARI, COMPTAGE, INVENTAIRE, ORG, PEOPLE, SERIE, serieK } from './ids.ts'
import { insert } from './insert.ts'

const T1 = PEOPLE['collectivite.administrateur'].utilisateurId
const T2 = PEOPLE['autre:collectivite.administrateur'].utilisateurId

/** T1's campaign of February is over, T2's is open. */
const seedInventaires = (client: pg.ClientBase) =>
  insert(client, 'inventaire', [
    {
      collectivite_id: ORG.t1,
      id: INVENTAIRE.t1,
      statut: 'clos',
      echeance: '2026-02-25',
      ouvert_par: T1,
      ouvert_at: '2026-02-10T10:00:00+01:00',
      clos_par: T1,
      clos_at: '2026-02-26T10:00:00+01:00',
    },
    {
      collectivite_id: ORG.t2,
      id: INVENTAIRE.t2,
      statut: 'ouvert',
      echeance: '2026-03-25',
      ouvert_par: T2,
      ouvert_at: '2026-03-01T10:00:00+01:00',
      clos_par: null,
      clos_at: null,
    },
  ])

/** At P1 the carnet 7 is missing; the reserve of T1 is right; P9 of T2 has not counted yet. */
const seedComptages = (client: pg.ClientBase) => {
  const counted = { inventaire_id: INVENTAIRE.t1, echeance: '2026-02-25', compte_at: '2026-02-12T10:00:00+01:00', collectivite_id: ORG.t1 }
  const missing = [String(serieK(7))]
  return insert(client, 'comptage', [
    {
      ...counted,
      id: COMPTAGE.p1,
      prescripteur_id: ORG.p1,
      statut: 'ecart',
      attendus: 5,
      comptes: 4,
      manquants_de: missing,
      manquants_a: missing,
      compte_par: PEOPLE['prescripteur.responsable'].utilisateurId,
    },
    {
      ...counted,
      id: COMPTAGE.reserve,
      prescripteur_id: null,
      statut: 'juste',
      attendus: 10,
      comptes: 10,
      manquants_de: [],
      manquants_a: [],
      compte_par: T1,
    },
    {
      collectivite_id: ORG.t2,
      inventaire_id: INVENTAIRE.t2,
      echeance: '2026-03-25',
      compte_at: null,
      id: COMPTAGE.t2,
      prescripteur_id: ORG.p9,
      statut: 'a_faire',
      attendus: null,
      comptes: null,
      manquants_de: [],
      manquants_a: [],
      compte_par: null,
    },
  ])
}

/** T1's request was refused: the carnet that never arrived is still looked for. T2's waits for somebody else. */
const seedAnnulations = (client: pg.ClientBase) =>
  insert(
    client,
    'annulation',
    [
      {
        collectivite_id: ORG.t1,
        id: ANNULATION.t1,
        statut: 'refusee',
        serie: serieK(19),
        motif: 'Carnet jamais arrivé',
        par: T1,
        decide_par: PEOPLE['collectivite.gestionnaire'].utilisateurId,
        decide_at: '2026-03-03T10:00:00+01:00',
      },
      {
        collectivite_id: ORG.t2,
        id: ANNULATION.t2,
        statut: 'demandee',
        serie: SERIE.l9 + 3,
        motif: CANARI,
        par: T2,
        decide_par: null,
        decide_at: null,
      },
    ].map(({ serie, par, ...row }) => ({
      ...row,
      series_de: [String(serie)],
      series_a: [String(serie)],
      carnets: 1,
      demande_par: par,
      demande_at: '2026-03-02T10:00:00+01:00',
    })),
  )

/** Count campaigns and cancellations. */
export const seedOppositions = async (client: pg.ClientBase) => {
  await seedInventaires(client)
  await seedComptages(client)
  await seedAnnulations(client)
}
