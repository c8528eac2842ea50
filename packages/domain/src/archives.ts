import { addDays, formatDay } from './days.ts'
import { refuse, type Refusal } from './refusal.ts'

/**
 * The archive of a collectivité: what it needs to go on without its operator. Tables that a spreadsheet opens, a summary to read, and a
 * manifest of digests; balances and what is owed are computed again from it alone (`archive-checks.ts`).
 */
export const ARCHIVE_STATUTS = ['en_preparation', 'prete'] as const
export type ArchiveStatut = (typeof ARCHIVE_STATUTS)[number]
export const ARCHIVE_LABELS: Record<ArchiveStatut, string> = { en_preparation: 'En préparation', prete: 'Prête' }

/** Days that an archive is kept to be downloaded; another one can be asked at any time. */
export const ARCHIVE_JOURS = 30

/** The first day an archive can no longer be downloaded, from the day it was asked. */
export const archiveEndOf = (dateDemande: string): string => addDays(dateDemande, ARCHIVE_JOURS)

/** Why another archive cannot be asked: one at a time. */
export const whyNotAskArchive = ({ enPreparation }: { enPreparation: boolean }): Refusal | null =>
  enPreparation ? refuse('archive_statut', 'Une archive est déjà en préparation. Attendez qu’elle soit prête.') : null

/** Why an archive cannot be downloaded: ready, and kept 30 days (`present`: its file is there). */
export const whyNotTakeArchive = (
  { statut, dateDemande, present = true }: { statut: ArchiveStatut; dateDemande: string; present?: boolean },
  today: string,
): Refusal | null => {
  if (statut === 'en_preparation') return refuse('archive_statut', 'Cette archive est en préparation. Revenez dans quelques instants.')
  const end = archiveEndOf(dateDemande)
  if (today >= end)
    return refuse('archive_statut', `Cette archive n’est plus conservée depuis le ${formatDay(end)}. Demandez-en une autre.`)
  return present ? null : refuse('archive_statut', 'Cette archive n’est plus conservée. Demandez-en une autre.')
}

/** The form of the archive: a reader that does not know it says so. */
export const ARCHIVE_FORMAT = 'pass-numerique-archive/1'

/** What each table says, and its columns: the writer, the reader and the notice follow this one list. Amounts are in centimes. */
export const ARCHIVE_TABLES = {
  organisations: ['organisation_id', 'type', 'nom', 'siret'],
  conventions: [
    'convention',
    'nom',
    'statut',
    'date_debut',
    'date_fin',
    'montant_centimes',
    'valeur_faciale_centimes',
    'version',
    'operateur_id',
  ],
  financeurs: ['convention', 'rang', 'nature', 'nom', 'cle_bp', 'plafond_centimes', 'est_repli'],
  encaissements: ['convention', 'date_reception', 'montant_centimes', 'frais_centimes', 'reference_virement'],
  comptes: ['compte', 'convention', 'nature', 'structure_id', 'structure', 'financeur_cle', 'solde_centimes'],
  ecritures: ['ecriture', 'at', 'convention', 'de', 'vers', 'montant_centimes', 'motif', 'objet_id'],
  lots: [
    'lot',
    'convention',
    'date_fin',
    'valeur_faciale_centimes',
    'serie_premiere',
    'serie_derniere',
    'quantite',
    'carnets',
    'carnets_actifs',
    'pass_utilises',
    'pass_neufs',
    'pass_annules',
  ],
  activations: ['lot', 'convention', 'at', 'serie_premiere', 'serie_derniere', 'carnets', 'montant_centimes', 'numero_mandat'],
  carnets: ['serie', 'lot', 'statut', 'actif', 'date_fin', 'date_remise', 'pass_utilises', 'pass_neufs', 'pass_annules'],
  utilisations: [
    'utilisation_id',
    'date',
    'acte_id',
    'convention',
    'serie',
    'structure_id',
    'atelier_id',
    'montant_centimes',
    'statut',
    'bordereau_id',
  ],
  bordereaux: [
    'bordereau_id',
    'reference',
    'convention',
    'structure_id',
    'operateur_id',
    'mois',
    'semaine',
    'statut',
    'pass',
    'montant_centimes',
    'charge',
    'virement',
    'virement_statut',
    'date_banque',
    'report_id',
  ],
  lignes: ['bordereau_id', 'convention', 'nature', 'montant_centimes', 'objet_id'],
  incidents: ['incident_id', 'convention', 'structure_id', 'montant_centimes', 'statut', 'bordereau_id'],
  creances: ['creance_id', 'reference', 'convention', 'structure_id', 'statut', 'pass', 'montant_centimes', 'retenu_centimes'],
  avoirs: ['avoir_id', 'numero', 'convention', 'date_emission', 'pass_expires', 'pass_annules', 'montant_centimes'],
  partages: ['partage_id', 'convention', 'mois', 'cle', 'nature', 'nom', 'pass', 'montant_centimes'],
  appels: [
    'appel_id',
    'numero',
    'convention',
    'cle',
    'nature',
    'nom',
    'statut',
    'periode_debut',
    'periode_fin',
    'pass',
    'part_centimes',
    'avance_centimes',
    'montant_centimes',
  ],
  avances: ['convention', 'cle', 'nom', 'montant_centimes', 'reference', 'date_versement'],
  dus: ['convention', 'structure_id', 'structure', 'siret', 'pass', 'du_centimes', 'en_paiement_centimes'],
} as const satisfies Record<string, readonly string[]>

export type ArchiveTable = keyof typeof ARCHIVE_TABLES
export type ArchiveRow<T extends ArchiveTable> = Readonly<Record<(typeof ARCHIVE_TABLES)[T][number], string>>
/** The archive as it is read back: every cell a text. */
export type ArchiveData = { readonly [T in ArchiveTable]: readonly ArchiveRow<T>[] }

export const ARCHIVE_TABLE_LABELS: Record<ArchiveTable, string> = {
  organisations: 'Les structures et opérateurs cités',
  conventions: 'Les conventions',
  financeurs: 'Qui finance, et la part de chacun (10 000 = la totalité)',
  encaissements: 'Les fonds reçus',
  comptes: 'Les comptes et leurs soldes',
  ecritures: 'Chaque mouvement d’argent',
  lots: 'Les lots de carnets',
  activations: 'Les plages de carnets activées',
  carnets: 'L’état de chaque carnet, et ses pass comptés',
  utilisations: 'Chaque pass utilisé : où, quand, payé ou non',
  bordereaux: 'Les bordereaux des structures, pour vos pass',
  lignes: 'Ce que les bordereaux reportent ou retiennent',
  incidents: 'Les retenues demandées',
  creances: 'Les pass d’un ancien opérateur, réclamés par des structures',
  avoirs: 'Les avoirs sur les pass expirés et les retenues',
  partages: 'La part de chaque financeur dans ce qui a été utilisé',
  appels: 'Les appels de fonds',
  avances: 'Les avances reçues des financeurs',
  dus: 'À qui il est dû, et combien',
}
