import type pg from 'pg'
import { ARCHIVE, CANARI, COLIS, COMMANDE, IMPRESSION, LOT, ORG, PEOPLE, RECLAMATION, SERIE } from './ids.ts'
import { insert } from './insert.ts'

const T1 = { collectivite_id: ORG.t1, operateur_id: ORG.o1, lot_id: LOT.l1, commande_id: COMMANDE.c1 }
const T2 = { collectivite_id: ORG.t2, operateur_id: ORG.o2, lot_id: LOT.l9, commande_id: COMMANDE.c9 }

/** A print file asked for and never taken, the carton that arrived, the carnet that was missing from it: for T1, and for T2. */
export const seedProduction = async (client: pg.ClientBase) => {
  const pret = { format: 'csv', statut: 'prete', prete_at: '2026-01-05T10:05:00+01:00', octets: 4096, empreinte: Buffer.alloc(32, 7) }
  const asked = { ...pret, demandee_at: '2026-01-05T10:00:00+01:00' }
  await insert(client, 'impression', [
    { ...T1, id: IMPRESSION.t1, ...asked, demandee_par: PEOPLE['operateur.gestionnaire'].utilisateurId },
    { ...T2, id: IMPRESSION.t2, ...asked, demandee_par: PEOPLE['autre:operateur.gestionnaire'].utilisateurId },
  ])
  const archive = {
    statut: 'prete',
    demandee_at: '2026-03-02T10:00:00+01:00',
    prete_at: '2026-03-02T10:01:00+01:00',
    octets: 4096,
    empreinte: Buffer.alloc(32, 7),
  }
  await insert(client, 'archive', [
    { ...archive, collectivite_id: ORG.t1, id: ARCHIVE.t1, demandee_par: PEOPLE['collectivite.administrateur'].utilisateurId },
    { ...archive, collectivite_id: ORG.t2, id: ARCHIVE.t2, demandee_par: PEOPLE['autre:collectivite.administrateur'].utilisateurId },
  ])
  const carton = { rang: 1, par_paquet: 10, recu_at: '2026-01-10T10:00:00+01:00' }
  await insert(client, 'colis', [
    { ...T1, id: COLIS.t1, ...carton, serie_premiere: SERIE.l1, serie_derniere: SERIE.l1 + 19, carnets: 20 },
    { ...T2, id: COLIS.t2, ...carton, serie_premiere: SERIE.l9, serie_derniere: SERIE.l9 + 4, carnets: 5 },
  ])
  await insert(client, 'maquette', [
    {
      collectivite_id: ORG.t1,
      operateur_id: ORG.o1,
      commande_id: COMMANDE.c1,
      telephone: '05 55 00 00 00',
      updated_at: '2026-01-03T10:00:00+01:00',
    },
    { collectivite_id: ORG.t2, operateur_id: ORG.o2, commande_id: COMMANDE.c9, telephone: CANARI, updated_at: '2026-01-03T10:00:00+01:00' },
  ])
  await client.query(
    `insert into reclamation (collectivite_id, id, lot_id, commande_id, operateur_id, series_premieres, series_dernieres, carnets, ouverte_par, ouverte_at)
     values ($1, $2, $3, $4, $5, array[$6::bigint], array[$6::bigint], 1, $7, '2026-01-10T10:00:00+01:00'),
            ($8, $9, $10, $11, $12, array[$13::bigint], array[$13::bigint], 1, $14, '2026-01-10T10:00:00+01:00')`,
    [
      ORG.t1,
      RECLAMATION.t1,
      LOT.l1,
      COMMANDE.c1,
      ORG.o1,
      SERIE.l1 + 18,
      PEOPLE['collectivite.gestionnaire'].utilisateurId,
      ORG.t2,
      RECLAMATION.t2,
      LOT.l9,
      COMMANDE.c9,
      ORG.o2,
      SERIE.l9 + 4,
      PEOPLE['autre:collectivite.gestionnaire'].utilisateurId,
    ],
  )
}
