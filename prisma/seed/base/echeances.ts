import type pg from 'pg'
import { CANARI, CONVENTION, DEROGATION, ECHEANCE, LOT, ORG, PEOPLE, SERIE } from './ids.ts'
import { insert } from './insert.ts'

const T1 = {
  collectivite_id: ORG.t1,
  id: ECHEANCE.t1,
  lot_id: LOT.l1,
  convention_id: CONVENTION.cv1,
  operateur_id: ORG.o1,
  serie: SERIE.l1 as number,
  acteur: 'Claire Essai',
  par: PEOPLE['collectivite.administrateur'].utilisateurId,
  derogation: DEROGATION.t1,
  motif: 'Rendez-vous pris avant l’arrêt',
}
const T2: typeof T1 = {
  ...T1,
  collectivite_id: ORG.t2,
  id: ECHEANCE.t2,
  lot_id: LOT.l9,
  convention_id: CONVENTION.cv2,
  operateur_id: ORG.o2,
  serie: SERIE.l9,
  acteur: CANARI,
  par: PEOPLE['autre:collectivite.administrateur'].utilisateurId,
  derogation: DEROGATION.t2,
  motif: CANARI,
}

/** The lot of each first ended in March: announced, its distribution stopped, one carnet let through. Then an avenant moved it to June. */
const seedOne = async (
  client: pg.ClientBase,
  { collectivite_id, id, lot_id, convention_id, operateur_id, serie, acteur, par, derogation, motif }: typeof T1,
) => {
  const of = { collectivite_id, echeance_id: id, operateur_id }
  await insert(client, 'echeance', [
    { collectivite_id, id, lot_id, convention_id, operateur_id, date_fin: '2026-03-31', statut: 'prolongee' },
  ])
  await insert(client, 'echeance_alerte', [
    { ...of, etape: 'alerte', jour: '2026-03-01', emis: 4, remis: 2, jamais_remis: 2, entames: 1, at: '2026-03-01T04:30:00+01:00' },
  ])
  const said = { jour: '2026-03-02', acteur, utilisateur_id: par, at: '2026-03-02T10:00:00+01:00' }
  await insert(client, 'echeance_accord', [{ ...of, etape: 'arret_distribution', partie: 'collectivite', version: 0, ...said }])
  await insert(client, 'derogation', [
    { ...of, id: derogation, serie_premiere: serie + 1, serie_derniere: serie + 1, carnets: 1, motif, ...said },
  ])
}

/** What was said about the end of the lots, for T1 and for T2. */
export const seedEcheances = async (client: pg.ClientBase) => {
  await seedOne(client, T1)
  await seedOne(client, T2)
}
