import type pg from 'pg'
import { CANARI, COMMANDE, CONVENTION, ORG } from './ids.ts'
import { seedFactures } from './factures.ts'
import { insert } from './insert.ts'

const convention = (id: string, collectivite: string, operateur: string, reference: string, statut: string, nom: string) => ({
  collectivite_id: collectivite,
  id,
  operateur_id: operateur,
  reference,
  nom,
  statut,
  date_debut: '2026-01-01',
  date_fin: '2027-12-31',
  montant_centimes: 10_000_000,
  fse: collectivite === ORG.t1,
  identite: 'minimale',
  lieux_admis: 'tous',
  territoire: [],
  publics: ['minima_sociaux', 'demandeurs_emploi', 'seniors'],
  financeur_ids: [collectivite === ORG.t1 ? ORG.fse : ORG.fse2],
  prescripteur_ids: collectivite === ORG.t1 ? [ORG.p1, ORG.p2] : [ORG.p9],
  date_signature: statut === 'brouillon' ? null : '2026-01-02',
})

const financeurs = (collectivite: string, convention_id: string, signed: boolean) =>
  (collectivite === ORG.t1
    ? [
        { nature: 'fse', nom: 'Fonds social européen', cle_bp: 6000, financeur_id: ORG.fse },
        { nature: 'etat', nom: 'État', cle_bp: 2000, financeur_id: null },
        { nature: 'collectivite', nom: 'Département de la Creuse', cle_bp: 2000, financeur_id: null },
      ]
    : [
        { nature: 'etat', nom: 'État', cle_bp: 5000, financeur_id: ORG.fse2 },
        { nature: 'collectivite', nom: CANARI, cle_bp: 5000, financeur_id: null },
      ]
  ).map((row, i, { length }) => ({
    collectivite_id: collectivite,
    convention_id,
    rang: i + 1,
    ...row,
    est_repli: i === length - 1,
    signataire: signed ? 'Ada Exemple' : null,
    date_signature: signed ? '2026-01-02' : null,
  }))

const ETAPES = [
  ['brouillon', 'demande'],
  ['devis', 'devis'],
  ['signee', 'signature'],
  ['maquette_a_valider', 'maquette'],
  ['maquette_validee', 'validation'],
  ['en_production', 'production'],
  ['expediee', 'expedition'],
  ['livree', 'reception'],
] as const

/** When the next act is expected, seen from 10 March: a proof is late, an answer has four days. */
const ECHEANCES: Readonly<Record<string, string>> = {
  signee: '2026-03-12',
  maquette_refusee: '2026-03-09',
  maquette_a_valider: '2026-03-14',
  maquette_validee: '2026-03-16',
  en_production: '2026-03-16',
  expediee: '2026-03-16',
}

const commande = (
  id: string,
  collectivite: string,
  convention_id: string,
  operateur: string,
  reference: string,
  statut: string,
  quantite = 2,
) => ({
  collectivite_id: collectivite,
  id,
  convention_id,
  operateur_id: operateur,
  reference,
  statut,
  quantite,
  carnet_taille: 10,
  valeur_faciale_centimes: 1000,
  montant_centimes: quantite * 10_000,
  frais_centimes: quantite * 400,
  tva_centimes: quantite * 80,
  frais_bp: statut === 'brouillon' ? null : 400,
  tva_bp: statut === 'brouillon' ? null : 2000,
  echeance: ECHEANCES[statut] ?? null,
  signataire: statut === 'brouillon' || statut === 'devis' ? null : 'Ada Exemple',
  maquette_texte: collectivite === ORG.t2 ? CANARI : 'Renseignements au 05 55 00 00 00',
  numero_mandat: statut === 'livree' ? '2026-000017' : null,
  created_at: '2026-01-02T09:00:00+01:00',
  recus: statut === 'livree' || statut === 'close' ? quantite - (quantite === 20 ? 1 : 0) : null,
})

const steps = (row: ReturnType<typeof commande>) => {
  const last = Math.max(
    0,
    ETAPES.findIndex(([statut]) => statut === row.statut),
  )
  return ETAPES.slice(0, last + 1).map(([statut, action], i) => ({
    collectivite_id: row.collectivite_id,
    commande_id: row.id,
    id: row.id.replace('-8000-', `-90${String(i).padStart(2, '0')}-`),
    operateur_id: row.operateur_id,
    action,
    statut,
    organisation: i % 2 ? 'Opérateur Modèle' : 'Département de la Creuse',
    acteur: row.collectivite_id === ORG.t2 ? CANARI : 'Camille Essai',
    commentaire: null,
    at: `2026-01-0${i + 1}T10:00:00+01:00`,
  }))
}

/** Conventions in three statuts, and one commande in every statut for T1; an active convention and its commande for T2. */
export const seedCommandes = async (client: pg.ClientBase) => {
  await insert(client, 'convention', [
    convention(CONVENTION.cv1, ORG.t1, ORG.o1, 'C-2026-001', 'active', 'FSE Creuse 2026–2027'),
    convention(CONVENTION.brouillon, ORG.t1, ORG.o1, 'C-2026-002', 'brouillon', 'Seniors 2026'),
    convention(CONVENTION.signee, ORG.t1, ORG.o1, 'C-2026-003', 'signee', 'Jeunes 2026'),
    convention(CONVENTION.cv2, ORG.t2, ORG.o2, 'C-2026-901', 'active', `Convention ${CANARI}`),
  ])
  await insert(client, 'convention_financeur', [
    ...financeurs(ORG.t1, CONVENTION.cv1, true),
    ...financeurs(ORG.t1, CONVENTION.brouillon, false),
    ...financeurs(ORG.t1, CONVENTION.signee, true),
    ...financeurs(ORG.t2, CONVENTION.cv2, true),
  ])
  const others = Object.entries(COMMANDE).filter(([statut]) => statut !== 'c1' && statut !== 'c9')
  const rows = [
    commande(COMMANDE.c1, ORG.t1, CONVENTION.cv1, ORG.o1, '2026-0001', 'livree', 20),
    ...others.map(([statut, id], i) => commande(id, ORG.t1, CONVENTION.cv1, ORG.o1, `2026-00${String(i + 2).padStart(2, '0')}`, statut)),
    commande(COMMANDE.c9, ORG.t2, CONVENTION.cv2, ORG.o2, '2026-0901', 'livree', 5),
  ]
  await insert(client, 'commande', rows)
  await insert(client, 'commande_etape', rows.flatMap(steps))
  await seedFactures(client)
  const year = (organisation_id: string, nom: string, valeur: number) => ({ organisation_id, nom, annee: 2026, valeur })
  await insert(client, 'compteur', [
    year('00000000-0000-0000-0000-000000000000', 'serie', 10_000),
    year(ORG.t1, 'convention', 3),
    year(ORG.t1, 'commande', 11),
    year(ORG.t1, 'attribution', 2),
    year(ORG.t2, 'convention', 901),
    year(ORG.t2, 'commande', 901),
    year(ORG.t2, 'attribution', 901),
    year(ORG.o1, 'bordereau', 1),
    year(ORG.o2, 'bordereau', 901),
    year(ORG.o1, 'facture', 1),
    year(ORG.o2, 'facture', 1),
  ])
}
