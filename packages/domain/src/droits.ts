import { ADMINISTRATORS } from './acces.ts'
import type { Role } from './organisations.ts'

const COLLECTIVITE = ['collectivite.administrateur', 'collectivite.gestionnaire', 'collectivite.lecteur'] as const
const COLLECTIVITE_GESTION = ['collectivite.administrateur', 'collectivite.gestionnaire'] as const
const OPERATEUR_GESTION = ['operateur.gestionnaire'] as const
const OPERATEUR_FINANCE = ['operateur.finance_preparateur', 'operateur.finance_approbateur', 'operateur.finance_emetteur'] as const
const OPERATEUR = [...OPERATEUR_GESTION, 'operateur.labellisateur', ...OPERATEUR_FINANCE, 'operateur.support'] as const
const ANCT = ['anct.pilote', 'anct.instructeur'] as const
const PRESCRIPTEUR = ['prescripteur.responsable', 'prescripteur.agent'] as const
const STRUCTURE = ['structure.responsable', 'structure.mediateur'] as const
const PARTENAIRE = ['prefecture.instructeur', 'hub.animateur', 'financeur.lecteur', 'financeur.auditeur'] as const
const ALL = [...ANCT, ...OPERATEUR, ...COLLECTIVITE, ...PRESCRIPTEUR, ...STRUCTURE, ...PARTENAIRE] as const

/**
 * Which roles hold which droit: the whole of the permissions, one row a droit (`noun:verb`), source `domain.md`
 * section 2. Which rows they may touch is `REACH`. A role left out is refused with 403.
 */
export const DROITS = {
  'session:read': ALL,
  'utilisateur:self': ALL,
  'membre:manage': ADMINISTRATORS,
  'journal:read': [...ADMINISTRATORS, 'financeur.auditeur'],
  'organisation:create': ['anct.pilote', 'operateur.gestionnaire', 'operateur.labellisateur'],
  'utilisateur:disable': ['anct.pilote', 'operateur.gestionnaire'],
  'poste:manage': ADMINISTRATORS,
  'consultation:open': ['operateur.support'],
  'consultation:read': [...ADMINISTRATORS, 'operateur.support'],
  'accueil:read': ALL,
  'organisation:read': ALL,
  'referentiel:read': ALL,

  'convention:read': [...COLLECTIVITE, ...OPERATEUR, ...ANCT, 'financeur.lecteur', 'financeur.auditeur'],
  'convention:create': COLLECTIVITE_GESTION,
  'convention:sign': ['collectivite.administrateur', 'anct.pilote'],
  'convention:open': ['collectivite.administrateur'],
  'convention:edit': COLLECTIVITE_GESTION,
  'convention:amend': COLLECTIVITE_GESTION,
  'convention:end': ['collectivite.administrateur'],

  'commande:read': [...COLLECTIVITE, ...OPERATEUR, ...ANCT],
  'commande:create': COLLECTIVITE_GESTION,
  'commande:sign': COLLECTIVITE_GESTION,
  'commande:produce': OPERATEUR_GESTION,
  'commande:receive': COLLECTIVITE_GESTION,
  'commande:fund': ['operateur.finance_preparateur'],
  'commande:mandate': COLLECTIVITE_GESTION,
  'commande:activate': OPERATEUR_GESTION,
  'commande:cancel': COLLECTIVITE_GESTION,
  'facture:read': [...COLLECTIVITE, ...OPERATEUR],
  'facture:issue': [...OPERATEUR_GESTION, 'operateur.finance_preparateur'],
  'facture:follow': [...COLLECTIVITE_GESTION, ...OPERATEUR_GESTION, 'operateur.finance_preparateur'],
  'facturation:read': COLLECTIVITE,
  'facturation:manage': COLLECTIVITE_GESTION,
  'frais:read': [...COLLECTIVITE, ...OPERATEUR, ...ANCT],
  'frais:set': ['anct.pilote'],
  'lot:print': OPERATEUR_GESTION,

  'financement:read': [...COLLECTIVITE, ...OPERATEUR, 'financeur.lecteur', 'financeur.auditeur'],
  'financement:manage': ['collectivite.administrateur'],

  'carnet:read': [...COLLECTIVITE, ...PRESCRIPTEUR, ...OPERATEUR],
  'carnet:allocate': COLLECTIVITE_GESTION,
  'carnet:transfer': [...COLLECTIVITE_GESTION, ...PRESCRIPTEUR],
  // the collectivité confirms what comes back to it
  'carnet:acknowledge': [...COLLECTIVITE_GESTION, ...PRESCRIPTEUR],
  'carnet:block': [...COLLECTIVITE_GESTION, ...PRESCRIPTEUR, ...OPERATEUR_GESTION],
  'carnet:unblock': COLLECTIVITE_GESTION,
  'carnet:replace': COLLECTIVITE_GESTION,
  'carnet:cancel': COLLECTIVITE_GESTION,
  'inventaire:read': COLLECTIVITE,
  'inventaire:manage': COLLECTIVITE_GESTION,
  'comptage:make': [...COLLECTIVITE_GESTION, ...PRESCRIPTEUR],
  'stock:plan': COLLECTIVITE,

  'prescription:create': PRESCRIPTEUR,
  'prescription:read': PRESCRIPTEUR,
  'prescription:correct': COLLECTIVITE_GESTION,

  'lieu:read': ALL,
  'lieu:serve': STRUCTURE,

  'atelier:read': STRUCTURE,
  'atelier:schedule': STRUCTURE,
  'atelier:attend': STRUCTURE,
  'pass:verify': STRUCTURE,
  'redemption:create': STRUCTURE,
  'redemption:undo': STRUCTURE,
  'redemption:read': [...STRUCTURE, ...OPERATEUR, ...COLLECTIVITE],

  'alerte:read': OPERATEUR,
  'alerte:decide': ['operateur.gestionnaire', 'operateur.labellisateur'],
  'creneau:read': PRESCRIPTEUR,
  'creneau:take': PRESCRIPTEUR,
  'prestation:manage': ['structure.responsable'],

  'bordereau:read': ['structure.responsable', 'structure.mediateur', ...OPERATEUR],
  'bordereau:close': ['operateur.finance_preparateur'],
  'bordereau:check': ['operateur.finance_preparateur'],
  'bordereau:approve': ['operateur.finance_approbateur'],
  'bordereau:release': ['operateur.finance_emetteur'],
  'bordereau:pay': ['operateur.finance_emetteur'],
  'parametre:read': [...OPERATEUR_GESTION, ...OPERATEUR_FINANCE],
  'parametre:set': OPERATEUR_FINANCE,

  'echeance:read': [...COLLECTIVITE, ...OPERATEUR],
  // each side signs for itself
  'echeance:agree': [...COLLECTIVITE_GESTION, ...OPERATEUR_GESTION],
  'echeance:override': COLLECTIVITE_GESTION,
  'echeance:close': [...OPERATEUR_GESTION, 'operateur.finance_preparateur'],

  'reprise:read': OPERATEUR,
  'reprise:import': OPERATEUR_GESTION,
  'creance:read': [...STRUCTURE, ...OPERATEUR],
  'creance:declare': ['structure.responsable'],
  'creance:examine': [...OPERATEUR_GESTION, 'operateur.finance_preparateur'],
  'creance:decide': ['operateur.finance_approbateur'],
  'creance:pay': ['operateur.finance_emetteur'],

  'remise:read': OPERATEUR,
  'incident:read': ['structure.responsable', 'structure.mediateur', ...OPERATEUR],
  'incident:ask': ['operateur.gestionnaire', 'operateur.finance_preparateur'],
  'incident:decide': ['operateur.finance_approbateur'],

  'compte_bancaire:read': ['structure.responsable', ...OPERATEUR_GESTION, ...OPERATEUR_FINANCE],
  'compte_bancaire:propose': ['structure.responsable'],
  // checked by one, accepted by another; who releases the transfers does neither
  'compte_bancaire:check': ['operateur.finance_preparateur', 'operateur.finance_approbateur'],
  'compte_bancaire:accept': ['operateur.finance_approbateur'],
  'compte:read': [...COLLECTIVITE, ...OPERATEUR],
  // the books of a month are closed for good: neither the preparer nor the releaser of its transfers does it
  'livre:close': ['operateur.finance_approbateur'],
  'controle:run': OPERATEUR,
  'archive:read': COLLECTIVITE,
  'archive:make': ['collectivite.administrateur'],
  'pilotage:read': [...COLLECTIVITE, ...ANCT, ...OPERATEUR],
  'pilotage:nation': ANCT,
} as const satisfies Record<string, readonly Role[]>

export type Droit = keyof typeof DROITS

/** True when the role holds the droit. */
export const isAllowed = (role: Role, droit: Droit): boolean => (DROITS[droit] as readonly Role[]).includes(role)

/** The roles that hold a droit, given to the SQL functions that check it themselves (`door.md` section 5). */
export const rolesWith = (droit: Droit): readonly Role[] => DROITS[droit]

/** The droits of a role, sorted: what a screen needs to know to show what is possible. */
export const droitsOf = (role: Role): Droit[] => (Object.keys(DROITS) as Droit[]).filter((droit) => isAllowed(role, droit)).toSorted()
