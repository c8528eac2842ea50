import type pg from 'pg'
import { ACTE, CANARI, CONVENTION, INCIDENT, ORG, PEOPLE, RETOUR } from './ids.ts'
import { insert } from './insert.ts'

const T1 = PEOPLE['operateur.finance_preparateur'].utilisateurId
const T2 = PEOPLE['autre:operateur.finance_preparateur'].utilisateurId

const useOf = async (client: pg.ClientBase, acte: string) => {
  const { rows } = await client.query<{ id: string }>('select id from redemption where acte_id = $1 order by id limit 1', [acte])
  return rows[0]!.id
}

/** A request of each side, that nobody has decided. */
const seedIncidents = async (client: pg.ClientBase) =>
  insert(client, 'incident', [
    {
      organisation_id: ORG.s1,
      id: INCIDENT.t1,
      operateur_id: ORG.o1,
      collectivite_id: ORG.t1,
      convention_id: CONVENTION.cv1,
      redemption_id: await useOf(client, ACTE.fevrier),
      montant_centimes: 400,
      motif: 'Atelier d’une heure, payé deux heures.',
      demande_par: T1,
      demande_at: '2026-03-05T10:00:00+01:00',
    },
    {
      organisation_id: ORG.s9,
      id: INCIDENT.t2,
      operateur_id: ORG.o2,
      collectivite_id: ORG.t2,
      convention_id: CONVENTION.cv2,
      redemption_id: await useOf(client, ACTE.t2),
      montant_centimes: 400,
      motif: CANARI,
      demande_par: T2,
      demande_at: '2026-03-10T08:45:00+01:00',
    },
  ])

/** A file of each bank that named no transfer of ours. */
const seedRetours = async (client: pg.ClientBase) => {
  const retour = { format: 'csv', statut: 'applique', lignes: 1, inconnus: 1, at: '2026-03-06T10:00:00+01:00' }
  await insert(client, 'retour_bancaire', [
    { ...retour, operateur_id: ORG.o1, id: RETOUR.t1, nom: 'retour-fevrier.csv', sha256: '1'.repeat(64), utilisateur_id: T1 },
    { ...retour, operateur_id: ORG.o2, id: RETOUR.t2, nom: `${CANARI}.csv`, sha256: '2'.repeat(64), utilisateur_id: T2 },
  ])
  const ligne = { rang: 1, numero: 2, effet: 'inconnu', montant_centimes: 4200, date_banque: '2026-03-05' }
  await insert(client, 'retour_bancaire_ligne', [
    { ...ligne, operateur_id: ORG.o1, retour_id: RETOUR.t1, reference: 'LOYER-MARS' },
    { ...ligne, operateur_id: ORG.o2, retour_id: RETOUR.t2, reference: CANARI },
  ])
}

/** What came from the bank, and what was put in question since. */
export const seedBanque = async (client: pg.ClientBase) => {
  await seedIncidents(client)
  await seedRetours(client)
}
