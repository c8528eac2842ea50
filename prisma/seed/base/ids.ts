import type { Role } from '../../../packages/domain/src/organisations.ts'

/** Fixed ids of the base seed: kind (2 hex digits), then a rank. Version 7, so that every validator takes them. */
const id = (kind: string, rank: number) => `0192d1c0-0000-7000-8000-${kind}${rank.toString(16).padStart(12 - kind.length, '0')}`

/** T1 is the Creuse with everything around it; T2 is another collectivité that must never be met from T1. */
export const ORG = {
  anct: id('a0', 1),
  o1: id('a1', 1),
  o2: id('a1', 2),
  t1: id('b0', 1),
  t2: id('b0', 2),
  p1: id('c0', 1),
  p2: id('c0', 2),
  p9: id('c0', 9),
  s1: id('d0', 1),
  s2: id('d0', 2),
  s3: id('d0', 3),
  s4: id('d0', 4),
  s9: id('d0', 9),
  prefecture: id('e0', 1),
  hub: id('e0', 2),
  fse: id('e0', 3),
  fse2: id('e0', 4),
} as const

/** A convention's history lines. */
export const CONVENTION_ETAPE = { t1: id('9e', 1), t2: id('9e', 9) } as const
export const CONVENTION = { cv1: id('10', 1), brouillon: id('10', 2), signee: id('10', 3), cv2: id('10', 9) } as const
export const COMMANDE = {
  c1: id('20', 1),
  brouillon: id('20', 2),
  devis: id('20', 3),
  signee: id('20', 4),
  maquette_a_valider: id('20', 5),
  maquette_refusee: id('20', 6),
  maquette_validee: id('20', 7),
  en_production: id('20', 8),
  expediee: id('20', 9),
  annulee: id('20', 10),
  close: id('20', 11),
  c9: id('20', 99),
} as const
export const LOT = { l1: id('21', 1), l9: id('21', 9) } as const
export const IMPRESSION = { t1: id('24', 1), t2: id('24', 9) } as const
export const COLIS = { t1: id('25', 1), t2: id('25', 9) } as const
export const RECLAMATION = { t1: id('26', 1), t2: id('26', 9) } as const
/** The end of the lots, as it was before an avenant moved it. */
export const ECHEANCE = { t1: id('ec', 1), t2: id('ec', 9) } as const
export const DEROGATION = { t1: id('ed', 1), t2: id('ed', 9) } as const
export const ACTIVATION = { a1: id('22', 1), a9: id('22', 9) } as const
/** Continuity archives. */
export const ARCHIVE = { t1: id('2f', 1), t2: id('2f', 9) } as const
export const FACTURE = { t1: id('23', 1), t2: id('23', 9) } as const
export const LIEU = { l1: id('30', 1), l2: id('30', 2), l3: id('30', 3), l4: id('30', 4), l9: id('30', 9) } as const
/** a1: today 09:00 at L1, 12 seats; passe: in February; offert, liste: next week, offered; l2…: today at the other places; a9, t2: T2's. */
export const ATELIER = {
  a1: id('40', 1),
  passe: id('40', 2),
  annule: id('40', 3),
  l2: id('40', 4),
  l3: id('40', 5),
  l4: id('40', 6),
  plein: id('40', 7),
  demain: id('40', 8),
  a9: id('40', 9),
  offert: id('40', 10),
  liste: id('40', 11),
  brouillon: id('40', 12),
  valide: id('40', 13),
  t2: id('40', 99),
} as const
/** B1's seat in the offered atelier, taken by P1; T2's own. */
export const INSCRIPTION = { t1: id('41', 1), t2: id('41', 9) } as const
export const PIECE = { t1: id('42', 1), t2: id('42', 9) } as const
export const BENEFICIAIRE = { b1: id('50', 1), b2: id('50', 2), b9: id('50', 9) } as const
export const PRESCRIPTION = { k1: id('51', 1), k2: id('51', 2), k9: id('51', 9) } as const
export const ATTRIBUTION = { accusee: id('52', 1), envoyee: id('52', 2), t2: id('52', 9) } as const
export const IMPORT = { t1: id('53', 1), t2: id('53', 9) } as const
export const CARNET = { k1: id('60', 1), k2: id('60', 2), k3: id('60', 3), k9: id('60', 9) } as const
export const ACTE = { fevrier: id('70', 1), mars: id('70', 2), t2: id('70', 9) } as const
export const BORDEREAU = { fevrier: id('80', 1), t2: id('80', 9) } as const
export const PROPOSITION = { t1: id('85', 1), t2: id('85', 9) } as const
export const CLOTURE = { t1: id('86', 1), t2: id('86', 9) } as const
export const PARTAGE = { t1: id('8d', 1), t2: id('8d', 9) } as const
export const APPEL = { t1: id('8e', 1), t2: id('8e', 9) } as const
export const AVANCE = { t1: id('8f', 1), t2: id('8f', 9) } as const
export const COMPTE_BANCAIRE = { s1: id('81', 1), s9: id('81', 9) } as const
/** A request not decided yet, on a use of February. */
export const INCIDENT = { t1: id('82', 1), t2: id('82', 9) } as const
export const RETOUR = { t1: id('83', 1), t2: id('83', 9) } as const
/** Of nobody: a file leaves with money, which the base seed does not move. */
const REMISE_ABSENTE = id('84', 1)
/** `t1`: judged, not applied; `faite`: done, what claims are about. */
export const REPRISE = { faite: id('2a', 1), t1: id('2a', 2), t2: id('2a', 9) } as const
export const CREANCE = { t1: id('2b', 1), t2: id('2b', 9) } as const
export const INVITATION = { t1: id('90', 1), t2: id('90', 9) } as const
export const RECUPERATION = { t1: id('91', 1), t2: id('91', 9) } as const
export const NOTIFICATION = { t1: id('92', 1), t2: id('92', 9) } as const
export const POSTE = { t1: id('93', 1), t2: id('93', 9) } as const
export const CONSULTATION = { t1: id('94', 1), t2: id('94', 9) } as const
export const PASSKEY = { t1: id('95', 1), t2: id('95', 9) } as const
export const SESSION = { t1: id('96', 1), t2: id('96', 9) } as const
export const APPAREIL = { t1: id('97', 1), t2: id('97', 9) } as const
export const ACTE_DIFFERE = { t1: id('98', 1), t2: id('98', 9) } as const
export const CONFLIT = { t1: id('99', 1), t2: id('99', 9) } as const
export const ALERTE = { t1: id('9a', 1), t2: id('9a', 9) } as const

export const INVENTAIRE = { t1: id('9b', 1), t2: id('9b', 9) } as const
export const COMPTAGE = { p1: id('9c', 1), reserve: id('9c', 2), t2: id('9c', 9) } as const
export const ANNULATION = { t1: id('9d', 1), t2: id('9d', 9) } as const

/** Serials: T1's lot is PN 26-0000001 … 20, T2's PN 26-0009001 … 05. */
export const SERIE = { l1: 260_000_001, l9: 260_009_001 } as const
/** Serial of the n-th carnet (from 1) of T1's lot. */
export const serieK = (n: number) => SERIE.l1 + n - 1

/** Lot keys of the base seed: fixed, so that its codes can be recomputed anywhere. They guard nothing. */
export const lotKey = (lot: 'l1' | 'l9') => Buffer.alloc(32, lot)

/** A word that T2's private rows carry: the walks look for it in every answer given to T1. */
export const CANARI = 'CANARI'

export type Person = { utilisateurId: string; adhesionId: string; organisationId: string; role: Role; prenom: string; nom: string }

const person = (rank: number, organisationId: string, role: Role, prenom: string, nom: string): Person => ({
  utilisateurId: id('f0', rank),
  adhesionId: id('f1', rank),
  organisationId,
  role,
  prenom,
  nom,
})

/** One person a role around T1 (key = the role), and `autre:` ones around T2. Names are invented and plainly so. */
export const PEOPLE = {
  'anct.pilote': person(1, ORG.anct, 'anct.pilote', 'Ada', 'Exemple'),
  'anct.instructeur': person(2, ORG.anct, 'anct.instructeur', 'Ali', 'Exemple'),
  'operateur.gestionnaire': person(3, ORG.o1, 'operateur.gestionnaire', 'Odile', 'Modèle'),
  'operateur.labellisateur': person(4, ORG.o1, 'operateur.labellisateur', 'Omar', 'Modèle'),
  'operateur.finance_preparateur': person(5, ORG.o1, 'operateur.finance_preparateur', 'Fanny', 'Prépare'),
  'operateur.finance_approbateur': person(6, ORG.o1, 'operateur.finance_approbateur', 'Farid', 'Approuve'),
  'operateur.finance_emetteur': person(7, ORG.o1, 'operateur.finance_emetteur', 'Fleur', 'Transmet'),
  'operateur.support': person(8, ORG.o1, 'operateur.support', 'Sam', 'Modèle'),
  'collectivite.administrateur': person(9, ORG.t1, 'collectivite.administrateur', 'Claire', 'Essai'),
  'collectivite.gestionnaire': person(10, ORG.t1, 'collectivite.gestionnaire', 'Camille', 'Essai'),
  'collectivite.lecteur': person(11, ORG.t1, 'collectivite.lecteur', 'Lou', 'Essai'),
  'prescripteur.responsable': person(12, ORG.p1, 'prescripteur.responsable', 'Rosa', 'Témoin'),
  'prescripteur.agent': person(13, ORG.p1, 'prescripteur.agent', 'Paul', 'Témoin'),
  'structure.responsable': person(14, ORG.s1, 'structure.responsable', 'Safia', 'Fictive'),
  'structure.mediateur': person(15, ORG.s1, 'structure.mediateur', 'Marie', 'Fictive'),
  'prefecture.instructeur': person(16, ORG.prefecture, 'prefecture.instructeur', 'Perle', 'Exemple'),
  'hub.animateur': person(17, ORG.hub, 'hub.animateur', 'Hugo', 'Exemple'),
  'financeur.lecteur': person(18, ORG.fse, 'financeur.lecteur', 'Flora', 'Exemple'),
  'financeur.auditeur': person(19, ORG.fse, 'financeur.auditeur', 'Félix', 'Exemple'),
  'p2:prescripteur.agent': person(23, ORG.p2, 'prescripteur.agent', 'Pia', 'Témoin'),
  's2:structure.mediateur': person(24, ORG.s2, 'structure.mediateur', 'Malo', 'Fictif'),
  's3:structure.mediateur': person(25, ORG.s3, 'structure.mediateur', 'Mina', 'Fictive'),
  's4:structure.mediateur': person(26, ORG.s4, 'structure.mediateur', 'Milo', 'Fictif'),
  'autre:operateur.gestionnaire': person(33, ORG.o2, 'operateur.gestionnaire', 'Oscar', 'Lointain'),
  'autre:operateur.labellisateur': person(34, ORG.o2, 'operateur.labellisateur', 'Olga', 'Lointaine'),
  'autre:operateur.finance_preparateur': person(35, ORG.o2, 'operateur.finance_preparateur', 'Fabien', 'Lointain'),
  'autre:operateur.finance_approbateur': person(36, ORG.o2, 'operateur.finance_approbateur', 'Fatou', 'Lointaine'),
  'autre:operateur.finance_emetteur': person(37, ORG.o2, 'operateur.finance_emetteur', 'Flavie', 'Lointaine'),
  'autre:operateur.support': person(38, ORG.o2, 'operateur.support', 'Sacha', 'Lointain'),
  'autre:collectivite.administrateur': person(39, ORG.t2, 'collectivite.administrateur', 'Chloé', 'Ailleurs'),
  'autre:collectivite.gestionnaire': person(40, ORG.t2, 'collectivite.gestionnaire', 'Cyril', 'Ailleurs'),
  'autre:collectivite.lecteur': person(41, ORG.t2, 'collectivite.lecteur', 'Louise', 'Ailleurs'),
  'autre:prescripteur.responsable': person(42, ORG.p9, 'prescripteur.responsable', 'Rémi', 'Ailleurs'),
  'autre:prescripteur.agent': person(43, ORG.p9, 'prescripteur.agent', 'Perrine', 'Ailleurs'),
  'autre:structure.responsable': person(44, ORG.s9, 'structure.responsable', 'Sylvain', 'Ailleurs'),
  'autre:structure.mediateur': person(45, ORG.s9, 'structure.mediateur', 'Manon', 'Ailleurs'),
  'autre:financeur.lecteur': person(48, ORG.fse2, 'financeur.lecteur', 'Fanch', 'Ailleurs'),
  'autre:financeur.auditeur': person(49, ORG.fse2, 'financeur.auditeur', 'Faustine', 'Ailleurs'),
} as const satisfies Record<string, Person>
export type PersonKey = keyof typeof PEOPLE

/** Two people of whom things are told (a lost key, an invitation, a notification) and who never sign in. */
export const MEMBRE = {
  t1: person(60, ORG.t1, 'collectivite.lecteur', 'Léonie', 'Membre'),
  t2: person(69, ORG.t2, 'collectivite.lecteur', 'Léandre', CANARI),
} as const satisfies Record<string, Person>

/** A real id of T1 for every path parameter of the route table: what the walks put into the paths. */
export const PARAMS = {
  conventionId: CONVENTION.cv1,
  commandeId: COMMANDE.c1,
  lotId: LOT.l1,
  // no lot is closed yet: nobody finds it
  numero: 'AL26-0001',
  factureId: FACTURE.t1,
  impressionId: IMPRESSION.t1,
  archiveId: ARCHIVE.t1,
  reclamationId: RECLAMATION.t1,
  carnetId: CARNET.k1,
  attributionId: ATTRIBUTION.envoyee,
  importId: IMPORT.t1,
  prescriptionId: PRESCRIPTION.k1,
  lieuId: LIEU.l1,
  atelierId: ATELIER.a1,
  acteId: ACTE.mars,
  inscriptionId: INSCRIPTION.t1,
  pieceId: PIECE.t1,
  theme: 'outils_quotidien',
  appelId: APPEL.t1,
  bordereauId: BORDEREAU.fevrier,
  incidentId: INCIDENT.t1,
  retourId: RETOUR.t1,
  remiseId: REMISE_ABSENTE,
  compteId: COMPTE_BANCAIRE.s1,
  mois: '2026-02',
  periode: '2026-02',
  propositionId: PROPOSITION.t1,
  // the first line of the books
  cle: '1',
  adhesionId: MEMBRE.t1.adhesionId,
  utilisateurId: MEMBRE.t1.utilisateurId,
  // nobody administers it yet
  organisationId: ORG.s2,
  invitationId: INVITATION.t1,
  recuperationId: RECUPERATION.t1,
  notificationId: NOTIFICATION.t1,
  posteId: POSTE.t1,
  passkeyId: PASSKEY.t1,
  sessionId: SESSION.t1,
  appareilId: APPAREIL.t1,
  acteDiffereId: ACTE_DIFFERE.t1,
  alerteId: ALERTE.t1,
  inventaireId: INVENTAIRE.t1,
  comptageId: COMPTAGE.p1,
  annulationId: ANNULATION.t1,
  repriseId: REPRISE.t1,
  creanceId: CREANCE.t1,
  categorie: 'suivi',
  version: '1',
} as const
