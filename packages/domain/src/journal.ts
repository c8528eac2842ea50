/**
 * What the journal of accesses says of an action that no route names: the acts of a session and the work done in background. Every other
 * action is said by the summary of its route.
 */
export const JOURNAL_SENTENCES: Readonly<Record<string, string>> = {
  'session.ouverte': 'Se connecter',
  'session.changee': 'Changer d’organisation ou de rôle',
  'session.fermee': 'Fermer une session',
  'session.prouvee': 'Confirmer son identité',
  'session.preuve_refusee': 'Confirmer son identité, sans y parvenir',
  'proconnect.lie': 'Relier son compte à ProConnect',
  'recuperation.demandee': 'Signaler la perte de son second facteur',
  'consultation.ouverte': 'Voir l’écran d’une personne, pour l’assistance',
  'consultation.fermee': 'Cesser de voir l’écran d’une personne, pour l’assistance',
  'job:produce-lot': 'Produire un lot de carnets (tâche automatique)',
  'job:make-impression': 'Préparer un fichier d’impression (tâche automatique)',
  'job:move-lot': 'Expédier ou recevoir un lot de carnets (tâche automatique)',
  'job:activate-lot': 'Activer un lot de carnets (tâche automatique)',
  'job:prolong-lots': 'Prolonger les carnets après un avenant (tâche automatique)',
  'job:read-import': 'Lire un fichier d’attributions (tâche automatique)',
  'job:apply-import': 'Appliquer un fichier d’attributions (tâche automatique)',
  'job:run-controles': 'Contrôler les comptes (tâche automatique)',
  'job:make-archive': 'Préparer une archive de continuité (tâche automatique)',
  'job:read-reprise': 'Lire un fichier de reprise (tâche automatique)',
  'job:apply-reprise': 'Appliquer une reprise (tâche automatique)',
  'job:close-lot': 'Clore un lot échu (tâche automatique)',
  'job:close-period': 'Arrêter une période (tâche automatique)',
  'job:apply-retour': 'Appliquer un retour de la banque (tâche automatique)',
  'job:lieux-import': 'Importer des lieux (tâche automatique)',
}

/** The actions that are about coming in, leaving and proving who one is. */
export const JOURNAL_CONNEXIONS: readonly string[] = [
  'session.ouverte',
  'session.changee',
  'session.fermee',
  'session.prouvee',
  'session.preuve_refusee',
  'proconnect.lie',
  'recuperation.demandee',
  'acceptInvitation',
  'takeGuichet',
]

/** What is said of an action that no version of the service names any more. */
export const JOURNAL_UNKNOWN = 'Action d’une version précédente'

/** Kinds of line that the journal filters. */
export const JOURNAL_GENRES = ['connexions', 'actes', 'refus', 'assistance'] as const
export type JournalGenre = (typeof JOURNAL_GENRES)[number]
export const JOURNAL_GENRE_LABELS: Record<JournalGenre, string> = {
  connexions: 'Connexions',
  actes: 'Actes',
  refus: 'Refus',
  assistance: 'Assistance',
}
