import type { OrganisationType } from './organisations.ts'

/** An organisation type, or the public without a session. */
export type Viewer = OrganisationType | 'public'

/**
 * How a viewer reaches rows: the column that holds its organisation's id (several: any of them; `ids[]`: a uuid array
 * column), `all` rows, or the `publie` ones.
 */
export type Reach = string | readonly string[]

/** Rows of one's own organisation, whatever its type. */
const OWN = {
  anct: 'organisation_id',
  operateur: 'organisation_id',
  collectivite: 'organisation_id',
  prescripteur: 'organisation_id',
  structure: 'organisation_id',
  prefecture: 'organisation_id',
  hub: 'organisation_id',
  financeur: 'organisation_id',
} as const

/** The same, and those whom the owner lets read it: their ids are on the row. */
const OWN_AND_READERS = {
  anct: ['organisation_id', 'lecteur_ids[]'],
  operateur: ['organisation_id', 'lecteur_ids[]'],
  collectivite: ['organisation_id', 'lecteur_ids[]'],
  prescripteur: ['organisation_id', 'lecteur_ids[]'],
  structure: ['organisation_id', 'lecteur_ids[]'],
  prefecture: ['organisation_id', 'lecteur_ids[]'],
  hub: ['organisation_id', 'lecteur_ids[]'],
  financeur: ['organisation_id', 'lecteur_ids[]'],
} as const

/**
 * Table × viewer → the column that opens its rows: `domain.md` section 11 in code. A viewer left out reaches nothing.
 * The queries' WHERE, the SQL policies and the isolation tests follow this one constant.
 */
export const REACH = {
  account: { collectivite: 'collectivite_id', operateur: 'operateur_id', structure: 'structure_id', financeur: 'financeur_id' },
  acte_differe: { structure: 'organisation_id', operateur: 'operateur_ids[]' },
  activation: { collectivite: 'collectivite_id', operateur: 'operateur_id' },
  alerte: { operateur: 'operateur_id' },
  annulation: { collectivite: 'collectivite_id' },
  appareil: { structure: 'organisation_id' },
  // a draft names no addressee yet
  appel_fonds: { collectivite: 'collectivite_id', operateur: 'operateur_id', financeur: 'destinataire_id' },
  appel_ligne: { collectivite: 'collectivite_id', operateur: 'operateur_id', financeur: 'financeur_id' },
  archive: { collectivite: 'collectivite_id' },
  atelier: { structure: 'organisation_id' },
  attribution: { collectivite: 'collectivite_id', prescripteur: ['prescripteur_id', 'expediteur_id'] },
  avance: { collectivite: 'collectivite_id', operateur: 'operateur_id', financeur: 'financeur_id' },
  avoir: { collectivite: 'collectivite_id', operateur: 'operateur_id' },
  avoir_part: { collectivite: 'collectivite_id', operateur: 'operateur_id' },
  beneficiaire: { collectivite: 'collectivite_id', prescripteur: 'prescripteur_id' },
  bordereau: { structure: 'organisation_id', operateur: 'operateur_id' },
  bordereau_approbation: { operateur: 'operateur_id' },
  bordereau_convention: { collectivite: 'collectivite_id', structure: 'organisation_id', operateur: 'operateur_id' },
  bordereau_ligne: { collectivite: 'collectivite_id', structure: 'organisation_id', operateur: 'operateur_id' },
  carnet: { collectivite: 'collectivite_id', prescripteur: ['prescripteur_id', 'destination_id'], operateur: 'operateur_id' },
  conflit: { structure: 'organisation_id' },
  consultation: { ...OWN, operateur: ['organisation_id', 'operateur_id'] },
  cloture: { operateur: 'operateur_id' },
  colis: { collectivite: 'collectivite_id', operateur: 'operateur_id' },
  commande: { collectivite: 'collectivite_id', operateur: 'operateur_id', anct: 'all' },
  commande_etape: { collectivite: 'collectivite_id', operateur: 'operateur_id' },
  compte_bancaire: { structure: 'organisation_id', operateur: 'all' },
  comptage: { collectivite: 'collectivite_id', prescripteur: 'prescripteur_id' },
  controle: { collectivite: 'all', operateur: 'all' },
  convention: {
    collectivite: 'collectivite_id',
    prescripteur: 'prescripteur_ids[]',
    operateur: 'operateur_id',
    anct: 'all',
    financeur: 'financeur_ids[]',
  },
  convention_etape: { collectivite: 'collectivite_id', operateur: 'operateur_id', anct: 'all' },
  convention_financeur: { collectivite: 'collectivite_id', anct: 'all', financeur: 'financeur_id' },
  convention_lieu: { collectivite: 'collectivite_id', anct: 'all' },
  convention_version: { collectivite: 'collectivite_id', operateur: 'operateur_id', anct: 'all', financeur: 'financeur_ids[]' },
  convention_version_financeur: { collectivite: 'collectivite_id', anct: 'all', financeur: 'financeur_id' },
  derogation: { collectivite: 'collectivite_id', operateur: 'operateur_id' },
  echeance: { collectivite: 'collectivite_id', operateur: 'operateur_id' },
  echeance_accord: { collectivite: 'collectivite_id', operateur: 'operateur_id' },
  echeance_alerte: { collectivite: 'collectivite_id', operateur: 'operateur_id' },
  creance: { structure: 'organisation_id', operateur: 'operateur_id', collectivite: 'collectivite_id' },
  creance_pass: { structure: 'organisation_id', operateur: 'operateur_id' },
  encaissement: { collectivite: 'collectivite_id', operateur: 'operateur_id' },
  essai_code: { structure: 'organisation_id' },
  facture: { collectivite: 'collectivite_id', operateur: 'operateur_id' },
  facture_evenement: { collectivite: 'collectivite_id', operateur: 'operateur_id' },
  facturation: { collectivite: 'organisation_id' },
  incident: { collectivite: 'collectivite_id', structure: 'organisation_id', operateur: 'operateur_id' },
  import_attribution: { collectivite: 'collectivite_id' },
  import_attribution_ligne: { collectivite: 'collectivite_id' },
  impression: { collectivite: 'collectivite_id', operateur: 'operateur_id' },
  inscription: { structure: 'organisation_id' },
  inventaire: { collectivite: 'collectivite_id' },
  invitation: OWN,
  labellisation: { structure: 'organisation_id', operateur: 'all', anct: 'all' },
  lieu: {
    structure: ['organisation_id', 'publie'],
    operateur: 'all',
    anct: 'all',
    collectivite: 'publie',
    prescripteur: 'publie',
    prefecture: 'publie',
    hub: 'publie',
    financeur: 'publie',
    public: 'publie',
  },
  lieu_service: {
    structure: 'all',
    operateur: 'all',
    anct: 'all',
    collectivite: 'all',
    prescripteur: 'all',
    prefecture: 'all',
    hub: 'all',
    financeur: 'all',
    public: 'all',
  },
  livre_clos: { collectivite: 'collectivite_ids[]', operateur: 'operateur_id' },
  lot_cle: { operateur: 'operateur_id' },
  lot: { collectivite: 'collectivite_id', operateur: 'operateur_id' },
  maquette: { collectivite: 'collectivite_id', operateur: 'operateur_id' },
  mouvement: { collectivite: 'collectivite_id', prescripteur: 'prescripteur_id', operateur: 'operateur_id' },
  notification: OWN,
  parametre_frais: { collectivite: 'all', operateur: 'all', anct: 'all' },
  parametre_paiement: { operateur: 'operateur_id' },
  parametre_proposition: { operateur: 'operateur_id' },
  partage: { collectivite: 'collectivite_id', operateur: 'operateur_id' },
  partage_part: { collectivite: 'collectivite_id', operateur: 'operateur_id', financeur: 'financeur_id' },
  pass: { collectivite: 'collectivite_id' },
  piece: OWN_AND_READERS,
  poste: OWN,
  prescription: { collectivite: 'collectivite_id', prescripteur: 'prescripteur_id' },
  reclamation: { collectivite: 'collectivite_id', operateur: 'operateur_id' },
  recuperation: OWN,
  reprise: { collectivite: 'collectivite_id', operateur: 'operateur_id' },
  reprise_ligne: { collectivite: 'collectivite_id', operateur: 'operateur_id' },
  redemption: { collectivite: 'collectivite_id', prescripteur: 'prescripteur_id', structure: 'structure_id', operateur: 'operateur_id' },
  remise: { operateur: 'operateur_id' },
  retour_bancaire: { operateur: 'operateur_id' },
  retour_bancaire_ligne: { operateur: 'operateur_id' },
  signature: { structure: 'organisation_id' },
  transfer: { collectivite: 'collectivite_id', operateur: 'operateur_id', structure: 'structure_id', financeur: 'financeur_id' },
  virement: { structure: 'organisation_id', operateur: 'operateur_id' },
} as const satisfies Record<string, Partial<Record<Viewer, Reach>>>

export type ReachTable = keyof typeof REACH
