import type pg from 'pg'
import { CANARI, IMPORT, ORG, PEOPLE, serieK } from './ids.ts'
import { insert } from './insert.ts'

const CREATED = '2026-03-09T10:00:00+01:00'

const file = (id: string, collectivite: string, nom: string, utilisateur: string) => ({
  collectivite_id: collectivite,
  id,
  nom,
  statut: 'en_erreur',
  entetes: ['Prescripteur', 'Premier numéro', 'Carnets'],
  lignes: 2,
  fautes: 1,
  carnets: 2,
  utilisateur_id: utilisateur,
  created_at: CREATED,
})

const lines = (importId: string, collectivite: string, prescripteur: string, nom: string) => [
  {
    collectivite_id: collectivite,
    import_id: importId,
    numero: 2,
    cellules: [nom, 'PN 26-0000010-5', '2'],
    prescripteur_id: prescripteur,
    serie_premiere: serieK(10),
    serie_derniere: serieK(11),
    carnets: 2,
    probleme: null,
  },
  {
    collectivite_id: collectivite,
    import_id: importId,
    numero: 3,
    cellules: [`${nom} annexe`, 'PN 26', ''],
    prescripteur_id: null,
    serie_premiere: null,
    serie_derniere: null,
    carnets: null,
    probleme: 'Colonne «\u00a0Prescripteur\u00a0»\u00a0: aucun prescripteur de votre territoire n’a ce nom.',
  },
]

/** A file of allocations with a line to correct, of T1 and of T2. */
export const seedImports = async (client: pg.ClientBase) => {
  await insert(client, 'import_attribution', [
    file(IMPORT.t1, ORG.t1, 'attributions-mars.csv', PEOPLE['collectivite.gestionnaire'].utilisateurId),
    file(IMPORT.t2, ORG.t2, `${CANARI}.csv`, PEOPLE['autre:collectivite.gestionnaire'].utilisateurId),
  ])
  await insert(client, 'import_attribution_ligne', [
    ...lines(IMPORT.t1, ORG.t1, ORG.p1, 'CCAS de Bonnat'),
    ...lines(IMPORT.t2, ORG.t2, ORG.p9, CANARI),
  ])
}
