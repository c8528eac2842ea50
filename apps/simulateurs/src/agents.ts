/** What ProConnect tells of a public agent. */
export type Agent = {
  sub: string
  given_name: string
  usual_name: string
  email: string
  uid: string
  siret: string
  /** How the sign-in page presents the agent: what they do, and where. */
  fonction: string
  organisation: string
}

type Line = [prenom: string, nom: string, courriel: string, siret: string, fonction: string, organisation: string]

/** One identifier an agent, always the same: the service remembers who it has already met. */
const agentOf =
  (jeu: string) =>
  ([given_name, usual_name, email, siret, fonction, organisation]: Line, rank: number): Agent => ({
    sub: `${jeu}-${String(rank + 1).padStart(4, '0')}-6f9c2d1e8b7a`,
    given_name,
    usual_name,
    email: `${email}@exemple.fr`,
    uid: String(700_000 + rank),
    siret,
    fonction,
    organisation,
  })

const ANCT = '13002603200016'
const NATIONALE = 'Agence nationale de la cohésion des territoires'
/** Known to nobody: the service names it and says what to do. */
export const SIRET_INCONNU = '26990001500018'

const CREUSE = '22230001000013'
const BONNAT = '26230015500013'
const LOINTAINE = '20003318700014'
const CCAS_LOINTAIN = '26620093000011'
const ETAT = '11000901600012'

/** Public agents of the base seed (browser tests), by the role that they hold there. */
const BASE: Line[] = [
  ['Ada', 'Exemple', 'anct-pilote', ANCT, 'Pilotage national', NATIONALE],
  ['Ali', 'Exemple', 'anct-instructeur', ANCT, 'Instruction des dossiers', NATIONALE],
  ['Claire', 'Essai', 'collectivite-administrateur', CREUSE, 'Administration', 'Département de la Creuse'],
  ['Camille', 'Essai', 'collectivite-gestionnaire', CREUSE, 'Gestion', 'Département de la Creuse'],
  ['Lou', 'Essai', 'collectivite-lecteur', CREUSE, 'Lecture', 'Département de la Creuse'],
  ['Rosa', 'Témoin', 'prescripteur-responsable', BONNAT, 'Responsable', 'CCAS de Bonnat'],
  ['Paul', 'Témoin', 'prescripteur-agent', BONNAT, 'Accueil', 'CCAS de Bonnat'],
  ['Perle', 'Exemple', 'prefecture-instructeur', '17230001400013', 'Instruction des labels', 'Préfecture de la Creuse'],
  ['Flora', 'Exemple', 'financeur-lecteur', ETAT, 'Lecture', 'Fonds social européen'],
  ['Félix', 'Exemple', 'financeur-auditeur', ETAT, 'Contrôle', 'Fonds social européen'],
  ['Cyril', 'Ailleurs', 'autre-collectivite-gestionnaire', LOINTAINE, 'Gestion', 'Communauté Lointaine'],
  ['Perrine', 'Ailleurs', 'autre-prescripteur-agent', CCAS_LOINTAIN, 'Accueil', 'CCAS Lointain'],
  ['Nadia', 'Nouvelle', 'nadia-nouvelle', CREUSE, 'Vient d’arriver, aucun accès', 'Département de la Creuse'],
  ['Ugo', 'Inconnu', 'ugo-inconnu', SIRET_INCONNU, 'Aucune convention', 'Commune qui n’a pas rejoint le dispositif'],
]

const TENANTS = [
  ['creuse', CREUSE, '26230021300010', 'CCAS de Guéret', 'Département de la Creuse', 'Claire', 'Camille', 'Paul'],
  ['guyane', '20005267800014', '26973004000012', 'CCAS de Cayenne', 'Collectivité territoriale de Guyane', 'Célia', 'Coralie', 'Prisca'],
  ['lens', '24620036400012', '26620051800014', 'CCAS de Lens', 'Communauté d’agglomération de Lens-Liévin', 'Cyril', 'Colin', 'Pauline'],
  ['creil', '20006804700015', '26600042100013', 'CCAS de Creil', 'Agglomération Creil Sud Oise', 'Chloé', 'Capucine', 'Pierre'],
  [
    'hautegaronne',
    '22310001700423',
    '26310033100010',
    'CCAS de Toulouse',
    'Département de la Haute-Garonne',
    'Clément',
    'Cédric',
    'Perrine',
  ],
] as const

/** Public agents of the demonstration: its five collectivités, one CCAS each, and the State. */
const DEMO: Line[] = [
  ['Ada', 'Exemple', 'anct-pilote-anct', ANCT, 'Pilotage national', NATIONALE],
  ...TENANTS.flatMap(([code, siret, siretCcas, ccas, nom, administre, gere, accueille]): Line[] => [
    [administre, 'Essai', `collectivite-administrateur-${code}`, siret, 'Administration', nom],
    [gere, 'Essai', `collectivite-gestionnaire-${code}`, siret, 'Gestion', nom],
    [accueille, 'Témoin', `prescripteur-agent-${code}-prescripteur`, siretCcas, 'Accueil', ccas],
  ]),
  ['Nadia', 'Nouvelle', 'nadia-nouvelle', CREUSE, 'Vient d’arriver, aucun accès', 'Département de la Creuse'],
  ['Ugo', 'Inconnu', 'ugo-inconnu', SIRET_INCONNU, 'Aucune convention', 'Commune qui n’a pas rejoint le dispositif'],
]

/** The agents who may sign in, in the order of the page. */
export const AGENTS: Record<'base' | 'demo', readonly Agent[]> = { base: BASE.map(agentOf('base')), demo: DEMO.map(agentOf('demo')) }
