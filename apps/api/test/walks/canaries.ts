import * as ids from '../../../../prisma/seed/base/ids.ts'

const T2_KEYS = new Set(['cv2', 'c9', 'l9', 'a9', 'b9', 'k9', 't2', 's9'])
const PRIVATE = [
  ids.CONVENTION,
  ids.CONVENTION_ETAPE,
  ids.COMMANDE,
  ids.FACTURE,
  ids.LOT,
  ids.ACTIVATION,
  ids.ATELIER,
  ids.BENEFICIAIRE,
  ids.PRESCRIPTION,
  ids.ATTRIBUTION,
  ids.IMPORT,
  ids.CARNET,
  ids.ACTE,
  ids.BORDEREAU,
  ids.COMPTE_BANCAIRE,
  ids.PARTAGE,
  ids.APPEL,
  ids.AVANCE,
  ids.PROPOSITION,
  ids.CLOTURE,
  ids.INCIDENT,
  ids.RETOUR,
  ids.INVITATION,
  ids.RECUPERATION,
  ids.NOTIFICATION,
  ids.POSTE,
  ids.CONSULTATION,
  ids.PASSKEY,
  ids.SESSION,
  ids.APPAREIL,
  ids.ACTE_DIFFERE,
  ids.CONFLIT,
  ids.ALERTE,
  ids.INSCRIPTION,
  ids.PIECE,
  ids.IMPRESSION,
  ids.ARCHIVE,
  ids.COLIS,
  ids.RECLAMATION,
  ids.INVENTAIRE,
  ids.COMPTAGE,
  ids.ANNULATION,
  ids.REPRISE,
  ids.CREANCE,
  ids.ECHEANCE,
  ids.DEROGATION,
  { t1: ids.MEMBRE.t1.adhesionId, t2: ids.MEMBRE.t2.adhesionId },
  { t1: ids.MEMBRE.t1.utilisateurId, t2: ids.MEMBRE.t2.utilisateurId },
]
const privateIds = (ofT2: boolean): string[] =>
  PRIVATE.flatMap((table) => Object.entries(table))
    .filter(([key]) => T2_KEYS.has(key) === ofT2)
    .map(([, id]) => id)

/** What an answer to the other side must never hold: ids of private rows, and words that only they carry. */
export const CANARIES = {
  t1: [...privateIds(false), 'Basile', 'Blanche', 'FSE Creuse', 'B26-0001', ids.MEMBRE.t1.prenom, 'Inès', 'Téléphone de Marie'],
  t2: [...privateIds(true), ids.CANARI, 'B26-0901'],
} as const
