import {
  CARNET_TAILLE_MAX,
  CARNET_TAILLE_MIN,
  CONVENTION_LABELS,
  type ConventionStatut,
  FINANCEUR_NATURE_LABELS,
  type FinanceurNature,
  IDENTITE_MODE_LABELS,
  type IdentiteMode,
  LIEUX_ADMIS_LABELS,
  type LieuxAdmis,
  PUBLIC_LABELS,
  type PublicCode,
  whyNotSaveFinanceurs,
} from './conventions.ts'
import { endOfMonth, formatDay } from './days.ts'
import { euros, percent, plural, pluralPass } from './money.ts'
import { refuse, type Refusal } from './refusal.ts'

/** What proves that a person belongs to a public, in the convention's own words. */
export type Critere = { public: PublicCode; texte: string }

export type FinanceurDraft = {
  nature: FinanceurNature
  nom: string
  cleBp: number
  plafondCentimes: number | null
  estRepli: boolean
}

/** Every rule of a convention that an avenant may change: what a version keeps, whole (domain.md section 3). */
export type Termes = {
  dateFin: string
  montantCentimes: number
  carnetTaille: number
  valeurFacialeCentimes: number
  validiteMois: number
  toleranceJours: number
  reclamationJours: number
  passParAtelier: number
  passParAtelierLong: number
  passParDemiJournee: number
  quotaPicBp: number
  fraisAmontBp: number
  fse: boolean
  identite: IdentiteMode
  publics: readonly PublicCode[]
  criteres: readonly Critere[]
  /** Codes of communes, EPCI, départements or régions; none: everywhere. */
  territoire: readonly string[]
  lieuxAdmis: LieuxAdmis
  /** Ids of the lieux of the list; none when every labelled lieu is admitted. */
  lieux: readonly string[]
  financeurs: readonly FinanceurDraft[]
}

/** The versions of a convention: prepared, in force, replaced by the next one, or given up before its last signature. */
export const VERSION_STATUTS = ['brouillon', 'en_vigueur', 'remplacee', 'abandonnee'] as const
export type VersionStatut = (typeof VERSION_STATUTS)[number]
export const VERSION_LABELS: Record<VersionStatut, string> = {
  brouillon: 'En préparation',
  en_vigueur: 'En vigueur',
  remplacee: 'Remplacée',
  abandonnee: 'Abandonnée',
}

/** How a version is called: `Convention initiale`, then `Avenant n° 1`… Version 2 is the first avenant. */
export const versionTitle = (numero: number): string => (numero === 1 ? 'Convention initiale' : `Avenant n° ${numero - 1}`)

const invalid = (chemin: string, message: string): Refusal => refuse('convention_invalide', message, [{ chemin, message }])

const whyNotCount = ({ passParAtelier, passParAtelierLong, passParDemiJournee }: Termes): Refusal | null => {
  if (passParAtelierLong < passParAtelier)
    return invalid('passParAtelierLong', 'Un atelier de plus de 2 h ne peut pas prendre moins de pass qu’un atelier court.')
  if (passParDemiJournee < passParAtelierLong)
    return invalid(
      'passParDemiJournee',
      `Un atelier de plus de 2 h prend ${pluralPass(passParAtelierLong)} : autorisez-en au moins autant par demi-journée.`,
    )
  return null
}

const whyNotPublics = ({ publics, criteres }: Termes): Refusal | null => {
  if (new Set(publics).size !== publics.length) return invalid('publics', 'Chaque public n’est choisi qu’une fois.')
  if (new Set(criteres.map((one) => one.public)).size !== criteres.length) return invalid('criteres', 'Un seul critère par public.')
  const stray = criteres.find((one) => !publics.includes(one.public))
  return stray ? invalid('criteres', `Le public « ${PUBLIC_LABELS[stray.public]} » a un critère, mais n’est pas choisi.`) : null
}

/** Why rules cannot be kept, by themselves (400): the key, the counts of pass, the publics and their criteria, the list of lieux. */
export const whyNotSaveTermes = (termes: Termes): Refusal | null => {
  const { carnetTaille, identite, fse, lieuxAdmis, lieux } = termes
  const refused = whyNotSaveFinanceurs(termes.financeurs) ?? whyNotCount(termes) ?? whyNotPublics(termes)
  if (refused) return refused
  if (carnetTaille < CARNET_TAILLE_MIN || carnetTaille > CARNET_TAILLE_MAX)
    return invalid('carnetTaille', 'Un carnet compte de 1 à 10 pass.')
  if (identite === 'fse' && !fse)
    return invalid('identite', 'Le questionnaire du Fonds social européen demande que ce fonds participe à la convention.')
  if (lieuxAdmis === 'liste' && lieux.length === 0)
    return invalid('lieux', 'Ajoutez au moins un lieu à la liste, ou admettez tous les lieux labellisés.')
  if (lieuxAdmis === 'tous' && lieux.length > 0) return invalid('lieux', 'Tous les lieux labellisés sont admis : videz la liste.')
  return null
}

/** A brouillon whose signatures have begun is edited by beginning them again, knowingly. */
export const whyNotEditSigned = ({ signees, recommencer }: { signees: number; recommencer: boolean }): Refusal | null =>
  signees > 0 && !recommencer ? refuse('signature_presente') : null

/** A lot whose end of validity an avenant moves. */
export type Prolongation = { lotId: string; dateFin: string }
type Lot = { id: string; dateFin: string }

const whyNotProlong = (prolongations: readonly Prolongation[], lots: readonly Lot[]): Refusal | null => {
  if (new Set(prolongations.map(({ lotId }) => lotId)).size !== prolongations.length)
    return invalid('prolongations', 'Chaque lot n’est prolongé qu’une fois.')
  for (const [i, { lotId, dateFin }] of prolongations.entries()) {
    const lot = lots.find(({ id }) => id === lotId)
    if (!lot) return invalid(`prolongations.${i}.lotId`, 'Choisissez un lot de cette convention.')
    if (dateFin !== endOfMonth(dateFin))
      return invalid(`prolongations.${i}.dateFin`, 'La validité d’un lot finit le dernier jour d’un mois. Exemple : 30/06/2027.')
    if (dateFin <= lot.dateFin)
      return invalid(`prolongations.${i}.dateFin`, `La nouvelle fin de validité vient après le ${formatDay(lot.dateFin)}.`)
  }
  return null
}

/**
 * Why an avenant cannot carry these rules (409): the period still runs and begins before it ends, what is ordered already is covered,
 * lots are only prolonged, and something does change.
 */
export const whyNotDraftAvenant = (
  {
    avant,
    apres,
    prolongations = [],
    lots = [],
  }: { avant: Termes; apres: Termes; prolongations?: readonly Prolongation[]; lots?: readonly Lot[] },
  { dateDebut, commandeCentimes }: { dateDebut: string; commandeCentimes: number },
  today: string,
): Refusal | null => {
  if (apres.dateFin < dateDebut || apres.dateFin < today)
    return invalid('dateFin', 'La nouvelle fin de la convention ne peut pas être passée.')
  if (apres.montantCentimes < commandeCentimes)
    return invalid('montantCentimes', `${euros(commandeCentimes)} sont déjà commandés : le montant ne peut pas être inférieur.`)
  const refused = whyNotProlong(prolongations, lots)
  if (refused) return refused
  return prolongations.length === 0 && diffTermes(avant, apres).length === 0 ? refuse('avenant_sans_changement') : null
}

/** Why an avenant is neither changed, signed nor given up any more. */
export const whyNotTouchVersion = ({ statut, numero }: { statut: VersionStatut; numero: number }): Refusal | null =>
  statut === 'brouillon'
    ? null
    : refuse('avenant_statut', `${versionTitle(numero)} : statut « ${VERSION_LABELS[statut]} », plus rien n’y change.`)

/** Why a signature cannot be recorded on an avenant: in preparation, on a convention still signed or active, by who has not signed. */
export const whyNotSignAvenant = (
  version: { statut: VersionStatut; numero: number; dejaSigne?: boolean },
  convention: { statut: ConventionStatut },
): Refusal | null => {
  const refused = whyNotTouchVersion(version)
  if (refused) return refused
  if (convention.statut !== 'signee' && convention.statut !== 'active')
    return refuse('convention_statut', `Statut « ${CONVENTION_LABELS[convention.statut]} » : signature impossible.`)
  return version.dejaSigne ? refuse('avenant_statut', 'Ce financeur a déjà signé cet avenant.') : null
}

/** Why the day written on a signed paper is refused: it is not to come, and not from another time. A 400. */
export const whyNotDateSignature = (dateSignature: string, today: string): Refusal | null => {
  if (dateSignature > today) return invalid('dateSignature', 'La date de signature ne peut pas être à venir.')
  return dateSignature < '2019-01-01'
    ? invalid('dateSignature', 'Indiquez la date écrite sur le document signé. Exemple : 10/03/2026.')
    : null
}

/** A rule that differs between two versions, in words. */
export type Difference = { champ: keyof Termes | 'prolongations'; libelle: string; avant: string; apres: string }

const financeurInWords = ({ nom, nature, cleBp, plafondCentimes, estRepli }: FinanceurDraft): string =>
  [
    `${nom} (${FINANCEUR_NATURE_LABELS[nature]}) ${percent(cleBp)}`,
    ...(plafondCentimes === null ? [] : [`jusqu’à ${euros(plafondCentimes)}`]),
    ...(estRepli ? ['prend le reste'] : []),
  ].join(', ')

// several stand on one line: the full stop of each is left out
const critereInWords = (one: Critere): string => `${PUBLIC_LABELS[one.public]} : ${one.texte.replace(/\.$/, '')}`
const lines = (items: readonly string[], none: string): string => (items.length === 0 ? none : items.join(' ; '))
const jours = (n: number): string => plural(n, 'jour')

/** Names that a comparison needs besides the rules: lieux by id, territories by code. */
export type Noms = { lieux?: ReadonlyMap<string, string>; territoires?: ReadonlyMap<string, string> }

const lieuxInWords = ({ lieuxAdmis, lieux }: Termes, noms: Noms['lieux']): string =>
  lieuxAdmis === 'tous' ? LIEUX_ADMIS_LABELS.tous : lines(lieux.map((id) => noms?.get(id) ?? 'Un lieu').toSorted(), 'Aucun lieu')

type Rule = { champ: keyof Termes; libelle: string; say: (termes: Termes, noms: Noms) => string }

/** Every rule, in the order of the document, with its words. */
export const TERME_RULES: readonly Rule[] = [
  { champ: 'dateFin', libelle: 'Fin de la convention', say: ({ dateFin }) => formatDay(dateFin) },
  { champ: 'montantCentimes', libelle: 'Montant', say: ({ montantCentimes }) => euros(montantCentimes) },
  { champ: 'financeurs', libelle: 'Financeurs', say: ({ financeurs }) => lines(financeurs.map(financeurInWords), 'Aucun') },
  { champ: 'carnetTaille', libelle: 'Pass par carnet', say: ({ carnetTaille }) => pluralPass(carnetTaille) },
  { champ: 'valeurFacialeCentimes', libelle: 'Valeur d’un pass', say: ({ valeurFacialeCentimes }) => euros(valeurFacialeCentimes) },
  { champ: 'validiteMois', libelle: 'Validité des carnets', say: ({ validiteMois }) => `${validiteMois} mois` },
  { champ: 'toleranceJours', libelle: 'Tolérance après la validité', say: ({ toleranceJours }) => jours(toleranceJours) },
  { champ: 'reclamationJours', libelle: 'Délai de réclamation après la validité', say: ({ reclamationJours }) => jours(reclamationJours) },
  { champ: 'passParAtelier', libelle: 'Pass par personne, atelier jusqu’à 2 h', say: ({ passParAtelier }) => pluralPass(passParAtelier) },
  { champ: 'passParAtelierLong', libelle: 'Pass par personne, atelier de plus de 2 h', say: (t) => pluralPass(t.passParAtelierLong) },
  { champ: 'passParDemiJournee', libelle: 'Pass par personne et demi-journée', say: (t) => pluralPass(t.passParDemiJournee) },
  {
    champ: 'publics',
    libelle: 'Publics',
    say: ({ publics }) =>
      lines(
        publics.map((code) => PUBLIC_LABELS[code]).toSorted((a, b) => a.localeCompare(b, 'fr')),
        'Aucun',
      ),
  },
  { champ: 'criteres', libelle: 'Critères des publics', say: ({ criteres }) => lines(criteres.map(critereInWords).toSorted(), 'Aucun') },
  { champ: 'quotaPicBp', libelle: 'Part minimale du public cible de l’État', say: ({ quotaPicBp }) => percent(quotaPicBp) },
  { champ: 'identite', libelle: 'Demandé à la remise', say: ({ identite }) => IDENTITE_MODE_LABELS[identite] },
  { champ: 'fse', libelle: 'Fonds social européen', say: ({ fse }) => (fse ? 'Oui' : 'Non') },
  { champ: 'lieux', libelle: 'Lieux admis', say: (termes, { lieux }) => lieuxInWords(termes, lieux) },
  {
    champ: 'territoire',
    libelle: 'Territoire',
    say: ({ territoire }, { territoires }) =>
      lines(territoire.map((code) => territoires?.get(code) ?? code).toSorted(), 'Partout en France'),
  },
  { champ: 'fraisAmontBp', libelle: 'Frais de l’opérateur', say: ({ fraisAmontBp }) => percent(fraisAmontBp) },
]

const keyOf = (termes: Termes, champ: keyof Termes): string => {
  if (champ === 'lieux') return JSON.stringify([termes.lieuxAdmis, termes.lieux.toSorted()])
  if (champ === 'publics' || champ === 'territoire') return JSON.stringify([...(termes[champ] as readonly string[])].toSorted())
  if (champ === 'criteres') return JSON.stringify(termes.criteres.map((one) => JSON.stringify([one.public, one.texte])).toSorted())
  if (champ === 'financeurs')
    return JSON.stringify(termes.financeurs.map((one) => [one.nature, one.nom, one.cleBp, one.plafondCentimes, one.estRepli]))
  return JSON.stringify(termes[champ])
}

/** What changes from one version to the next, in words and in the order of the document; nothing when they say the same. */
export const diffTermes = (avant: Termes, apres: Termes, noms: Noms = {}): Difference[] =>
  TERME_RULES.filter(({ champ }) => keyOf(avant, champ) !== keyOf(apres, champ)).map(({ champ, libelle, say }) => ({
    champ,
    libelle,
    avant: say(avant, noms),
    apres: say(apres, noms),
  }))
