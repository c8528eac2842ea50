import type pg from 'pg'
import { ORG, PEOPLE } from './ids.ts'
import { insert } from './insert.ts'

/** The books before the first line of each operator are closed, and the checks ran in the night: nothing is wrong. */
export const seedLivres = async (client: pg.ClientBase) => {
  const closed = (operateur: string, collectivite: string, par: string) => ({
    operateur_id: operateur,
    mois: '2025-12',
    avant: '2026-01-01T00:00:00+01:00',
    ecritures: 0,
    montant_centimes: 0,
    collectivite_ids: [collectivite],
    par,
    at: '2026-01-05T10:00:00+01:00',
  })
  await insert(client, 'livre_clos', [
    closed(ORG.o1, ORG.t1, PEOPLE['operateur.finance_approbateur'].utilisateurId),
    closed(ORG.o2, ORG.t2, PEOPLE['autre:operateur.finance_preparateur'].utilisateurId),
  ])
  await client.query('select controle_run($1)', ['2026-03-10T03:30:00+01:00'])
}
