import { validate } from 'stdnum/lib/cjs/fr/siret.js'

/** The kinds of organisation (domain.md section 2). The public has none. */
export const ORGANISATION_TYPES = [
  'anct',
  'operateur',
  'collectivite',
  'prescripteur',
  'structure',
  'prefecture',
  'hub',
  'financeur',
] as const
export type OrganisationType = (typeof ORGANISATION_TYPES)[number]

export const ORGANISATION_TYPE_LABELS: Record<OrganisationType, string> = {
  anct: 'ANCT',
  operateur: 'Opérateur',
  collectivite: 'Collectivité',
  prescripteur: 'Prescripteur',
  structure: 'Structure de médiation',
  prefecture: 'Préfecture',
  hub: 'Hub pour un numérique inclusif',
  financeur: 'Financeur',
}

/** Where the people of each kind of organisation work: the path of their app. */
export const HOME_PATHS: Record<OrganisationType, string> = {
  anct: '/anct/',
  operateur: '/operateur/',
  collectivite: '/collectivite/',
  prescripteur: '/prescripteur/',
  structure: '/mediateur/',
  prefecture: '/partenaire/',
  hub: '/partenaire/',
  financeur: '/partenaire/',
}
/** The path of the app where the people of an organisation work. */
export const homePath = (type: OrganisationType): string => HOME_PATHS[type]

/** Every role, `type.role`. In each type the first one administers the members. */
export const ROLES = [
  'anct.pilote',
  'anct.instructeur',
  'operateur.gestionnaire',
  'operateur.labellisateur',
  'operateur.finance_preparateur',
  'operateur.finance_approbateur',
  'operateur.finance_emetteur',
  'operateur.support',
  'collectivite.administrateur',
  'collectivite.gestionnaire',
  'collectivite.lecteur',
  'prescripteur.responsable',
  'prescripteur.agent',
  'structure.responsable',
  'structure.mediateur',
  'prefecture.instructeur',
  'hub.animateur',
  'financeur.lecteur',
  'financeur.auditeur',
] as const
export type Role = (typeof ROLES)[number]

export const ROLE_LABELS: Record<Role, string> = {
  'anct.pilote': 'Pilotage national',
  'anct.instructeur': 'Instruction des dossiers',
  'operateur.gestionnaire': 'Gestion des commandes',
  'operateur.labellisateur': 'Labellisation',
  'operateur.finance_preparateur': 'Finance : préparation',
  'operateur.finance_approbateur': 'Finance : approbation',
  'operateur.finance_emetteur': 'Finance : émission',
  'operateur.support': 'Assistance',
  'collectivite.administrateur': 'Administration',
  'collectivite.gestionnaire': 'Gestion',
  'collectivite.lecteur': 'Lecture',
  'prescripteur.responsable': 'Responsable',
  'prescripteur.agent': 'Agente ou agent d’accueil',
  'structure.responsable': 'Responsable',
  'structure.mediateur': 'Médiatrice ou médiateur',
  'prefecture.instructeur': 'Instruction des labels',
  'hub.animateur': 'Animation du territoire',
  'financeur.lecteur': 'Lecture',
  'financeur.auditeur': 'Contrôle',
}

/** The role told as a sentence, for the invitation and the team page (ux.md A53). */
export const ROLE_SENTENCES: Record<Role, string> = {
  'anct.pilote': 'Publie les appels à projets, signe les conventions pour l’État, suit tous les territoires et administre l’équipe.',
  'anct.instructeur': 'Instruit les dossiers des collectivités et suit les conventions.',
  'operateur.gestionnaire': 'Établit les devis, suit la production et l’expédition, active les carnets et administre l’équipe.',
  'operateur.labellisateur': 'Instruit les dossiers des structures de médiation.',
  'operateur.finance_preparateur': 'Prépare et contrôle les remboursements, sans les approuver ni les émettre.',
  'operateur.finance_approbateur': 'Approuve les remboursements préparés par une autre personne.',
  'operateur.finance_emetteur': 'Émet les virements approuvés et traite le retour de la banque.',
  'operateur.support': 'Aide les structures et les collectivités ; chaque consultation est notée dans leur journal.',
  'collectivite.administrateur': 'Signe les conventions et les commandes, et administre l’équipe.',
  'collectivite.gestionnaire': 'Prépare les commandes, attribue les carnets et suit leur utilisation.',
  'collectivite.lecteur': 'Consulte les tableaux et les listes, sans rien modifier.',
  'prescripteur.responsable': 'Suit le stock de carnets, remet des carnets et administre l’équipe.',
  'prescripteur.agent': 'Remet les carnets aux personnes et prend le premier rendez-vous.',
  'structure.responsable': 'Tient le dossier de labellisation, suit les remboursements et administre l’équipe.',
  'structure.mediateur': 'Anime les ateliers et utilise les pass des personnes présentes.',
  'prefecture.instructeur': 'Décide du label des structures de son département.',
  'hub.animateur': 'Suit la couverture de son territoire et conseille les lieux et les prescripteurs.',
  'financeur.lecteur': 'Consulte la part financée et ses justificatifs.',
  'financeur.auditeur': 'Contrôle les pièces d’une opération ; chaque lecture est notée au journal.',
}

/** The organisation type of a role (`'structure.mediateur'` → `'structure'`). */
export const roleType = (role: Role): OrganisationType => role.slice(0, role.indexOf('.')) as OrganisationType

/** The roles of a type, the one that administers first. */
export const rolesOf = (type: OrganisationType): readonly Role[] => ROLES.filter((role) => roleType(role) === type)

/** True for the role that administers the members of its organisation. */
export const isAdministrator = (role: Role): boolean => rolesOf(roleType(role))[0] === role

const digitsOf = (text: string) => text.replace(/[\s.-]/g, '')

/**
 * True for a SIRET that exists in form: 14 digits and the Luhn key, spaces allowed. Establishments of La Poste (SIREN
 * 356 000 000) follow their own rule, kept by the library: the sum of the digits is a multiple of 5, except the head office.
 */
export const isSiret = (text: string): boolean => /^\d{14}$/.test(digitsOf(text)) && validate(digitsOf(text)).isValid

/** `21230250900014` → `212 302 509 00014`, grouped as people read it. Anything else comes back as it was. */
export const formatSiret = (text: string): string => {
  const siret = digitsOf(text)
  return /^\d{14}$/.test(siret) ? siret.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/, '$1 $2 $3 $4') : text
}

/** The 14 digits alone, as stored. */
export const bareSiret = (text: string): string => digitsOf(text)
