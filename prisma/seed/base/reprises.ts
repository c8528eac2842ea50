import { createHash } from 'node:crypto'
import type pg from 'pg'
import { CANARI, CONVENTION, CREANCE, ORG, PEOPLE, REPRISE } from './ids.ts'
import { insert } from './insert.ts'

const AT = '2026-03-06T10:00:00+01:00'
/** The keyed hash of a code that nobody has. */
const lookup = (text: string) => createHash('sha256').update(`reprise ${text}`).digest()

const reprise = (id: string, side: 't1' | 't2', row: Record<string, string | number | null>) => ({
  collectivite_id: ORG[side],
  id,
  convention_id: side === 't1' ? CONVENTION.cv1 : CONVENTION.cv2,
  operateur_id: side === 't1' ? ORG.o1 : ORG.o2,
  reference: 'RP26-0001',
  ancien_operateur: side === 't1' ? 'Ancien opérateur' : CANARI,
  statut: 'a_confirmer',
  nom: 'carnets.csv',
  lignes: 2,
  carnets: 1,
  honores: 1,
  refuses: 1,
  montant_centimes: 1000,
  numero_mandat: null,
  ouverte_par: PEOPLE[side === 't1' ? 'operateur.gestionnaire' : 'autre:operateur.gestionnaire'].utilisateurId,
  created_at: AT,
  appliquee_par: null,
  appliquee_at: null,
  ...row,
})

const lines = (repriseId: string, side: 't1' | 't2', etats: readonly string[]) =>
  etats.map((etat, i) => ({
    collectivite_id: ORG[side],
    reprise_id: repriseId,
    numero: i + 2,
    operateur_id: side === 't1' ? ORG.o1 : ORG.o2,
    serie: side === 't1' ? 'ANC-000123' : CANARI,
    lookup: lookup(`${repriseId} ${i}`),
    etat,
    date_fin: '2026-06-30',
    preuve: 'État du stock, page 1',
    motif: etat === 'neuf' ? null : etat === 'utilise' ? 'deja_utilise' : 'impaye',
  }))

const DONE = { statut: 'appliquee', carnets: 0, honores: 0, montant_centimes: 0, numero_mandat: 'M-2026-100', appliquee_at: AT }

const seedReprisesOnly = async (client: pg.ClientBase) => {
  const par = PEOPLE['operateur.gestionnaire'].utilisateurId
  await insert(client, 'reprise', [
    reprise(REPRISE.t1, 't1', { reference: 'RP26-0002' }),
    reprise(REPRISE.faite, 't1', { ...DONE, refuses: 2, appliquee_par: par }),
    reprise(REPRISE.t2, 't2', { ...DONE, refuses: 2, appliquee_par: PEOPLE['autre:operateur.gestionnaire'].utilisateurId }),
  ])
  await insert(client, 'reprise_ligne', [
    ...lines(REPRISE.t1, 't1', ['neuf', 'utilise']),
    ...lines(REPRISE.faite, 't1', ['impaye', 'utilise']),
    ...lines(REPRISE.t2, 't2', ['impaye', 'utilise']),
  ])
  await client.query(
    `insert into compteur (organisation_id, nom, annee, valeur) values ($1, 'reprise', 2026, 2), ($2, 'reprise', 2026, 1), ($1, 'creance', 2026, 1), ($2, 'creance', 2026, 1)`,
    [ORG.o1, ORG.o2],
  )
}

const creance = (side: 't1' | 't2') => ({
  organisation_id: side === 't1' ? ORG.s1 : ORG.s9,
  id: CREANCE[side],
  collectivite_id: ORG[side],
  convention_id: side === 't1' ? CONVENTION.cv1 : CONVENTION.cv2,
  operateur_id: side === 't1' ? ORG.o1 : ORG.o2,
  reprise_id: side === 't1' ? REPRISE.faite : REPRISE.t2,
  reference: 'CR26-0001',
  pass: 2,
  montant_centimes: 2000,
  commentaire: side === 't1' ? 'Ateliers de l’automne 2023, jamais payés.' : CANARI,
  declaree_par: PEOPLE[side === 't1' ? 'structure.responsable' : 'autre:structure.responsable'].utilisateurId,
  declaree_at: AT,
})

const claimed = (side: 't1' | 't2') =>
  [0, 1].map((i) => ({
    organisation_id: side === 't1' ? ORG.s1 : ORG.s9,
    creance_id: CREANCE[side],
    rang: i + 1,
    operateur_id: side === 't1' ? ORG.o1 : ORG.o2,
    lookup: lookup(`${side === 't1' ? REPRISE.faite : REPRISE.t2} ${i}`),
    date_utilisation: '2023-11-14',
  }))

/** A file judged and not applied, one that is done (nothing was left to honour), and a claim about it; the same of T2. */
export const seedReprises = async (client: pg.ClientBase) => {
  await seedReprisesOnly(client)
  await insert(client, 'creance', [creance('t1'), creance('t2')])
  await insert(client, 'creance_pass', [...claimed('t1'), ...claimed('t2')])
}
