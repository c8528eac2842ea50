import type pg from 'pg'
import { CANARI, COMMANDE, FACTURE, ORG } from './ids.ts'
import { insert } from './insert.ts'

const facture = (id: string, collectivite: string, commande_id: string, operateur: string, quantite: number) => ({
  collectivite_id: collectivite,
  id,
  commande_id,
  operateur_id: operateur,
  nature: 'facture',
  numero: 'F26-0001',
  annee: 2026,
  rang: 1,
  statut: 'mandatee',
  date_emission: '2026-01-09',
  date_echeance: '2026-02-08',
  vendeur: collectivite === ORG.t2 ? 'Autre opérateur' : 'Opérateur Modèle',
  acheteur: collectivite === ORG.t2 ? CANARI : 'Département de la Creuse',
  numero_engagement: collectivite === ORG.t2 ? CANARI : 'EJ-2026-04',
  quantite,
  carnet_taille: 10,
  valeur_faciale_centimes: 1000,
  montant_centimes: quantite * 10_000,
  frais_centimes: quantite * 400,
  frais_bp: 400,
  tva_centimes: quantite * 80,
  tva_bp: 2000,
  total_centimes: quantite * 10_480,
  created_at: '2026-01-09T10:00:00+01:00',
})

const JOURNAL = [
  ['deposee', 'Fanny Prépare', '2026-01-09T10:00:00+01:00'],
  ['mise_a_disposition', 'Camille Essai', '2026-01-10T10:00:00+01:00'],
  ['mandatee', 'Camille Essai', '2026-01-12T10:00:00+01:00'],
] as const

const journal = ({ collectivite_id, id, operateur_id }: ReturnType<typeof facture>) =>
  JOURNAL.map(([statut, acteur, at], i) => ({
    collectivite_id,
    facture_id: id,
    id: id.replace('-8000-', `-910${i}-`),
    operateur_id,
    statut,
    organisation: i === 0 ? 'Opérateur Modèle' : 'Département de la Creuse',
    acteur: collectivite_id === ORG.t2 ? CANARI : acteur,
    motif: null,
    at,
  }))

const nothing = { exige_marche: false, exige_engagement: false, exige_code_service: false, siret: null }

/** The invoice of the delivered commande of each, mandated, its journal, and what each body says of its invoices. */
export const seedFactures = async (client: pg.ClientBase) => {
  const rows = [facture(FACTURE.t1, ORG.t1, COMMANDE.c1, ORG.o1, 20), facture(FACTURE.t2, ORG.t2, COMMANDE.c9, ORG.o2, 5)]
  // rates already fixed for later
  await insert(client, 'parametre_frais', [
    { date_effet: '2028-01-01', frais_amont_bp: 400, frais_aval_bp: 0, abonnement_centimes: 0, tva_bp: 2000 },
  ])
  await insert(client, 'facture', rows)
  await insert(client, 'facture_evenement', rows.flatMap(journal))
  await insert(client, 'facturation', [
    { organisation_id: ORG.t1, ...nothing, numero_marche: null, code_service: 'FINANCES' },
    { organisation_id: ORG.t2, ...nothing, numero_marche: CANARI, code_service: CANARI },
  ])
}
