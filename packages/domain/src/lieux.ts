import { isSiret } from './organisations.ts'
import { formatDuration } from './days.ts'
import { allows, type Machine } from './machine.ts'
import { refuse, type Refusal } from './refusal.ts'

/** The structure's file, from its first draft to the end of its label (domain.md section 5). */
export const STRUCTURE_STATUTS = [
  'brouillon',
  'soumis',
  'complement_demande',
  'eligible',
  'refuse',
  'charte_signee',
  'labellise',
  'suspendu',
  'retire',
  'caduc',
] as const
export type StructureStatut = (typeof STRUCTURE_STATUTS)[number]

export const STRUCTURE_LABELS: Record<StructureStatut, string> = {
  brouillon: 'Brouillon',
  soumis: 'Soumis',
  complement_demande: 'Complément demandé',
  eligible: 'Éligible',
  refuse: 'Refusé',
  charte_signee: 'Charte signée',
  labellise: 'Labellisé',
  suspendu: 'Suspendu',
  retire: 'Retiré',
  caduc: 'Caduc',
}

export const structureMachine = {
  submit: { from: ['brouillon', 'complement_demande'], to: 'soumis' },
  request_complement: { from: ['soumis'], to: 'complement_demande' },
  accept: { from: ['soumis'], to: 'eligible' },
  reject: { from: ['soumis'], to: 'refuse' },
  sign_charte: { from: ['eligible'], to: 'charte_signee' },
  label: { from: ['charte_signee'], to: 'labellise' },
  suspend: { from: ['labellise'], to: 'suspendu' },
  reinstate: { from: ['suspendu'], to: 'labellise' },
  withdraw: { from: ['labellise', 'suspendu'], to: 'retire' },
  lapse: { from: ['labellise', 'suspendu'], to: 'caduc' },
} as const satisfies Machine<StructureStatut>
export type StructureAction = keyof typeof structureMachine

/** The nine services of the national schema (lieux-schema.md, field 22); the label is the schema's own value. */
export const THEMES = [
  { code: 'demarches_administratives', label: 'Aide aux démarches administratives' },
  { code: 'outils_quotidien', label: 'Maîtrise des outils numériques du quotidien' },
  { code: 'insertion_professionnelle', label: 'Insertion professionnelle via le numérique' },
  { code: 'utilisation_securisee', label: 'Utilisation sécurisée du numérique' },
  { code: 'parentalite_education', label: 'Parentalité et éducation avec le numérique' },
  { code: 'loisirs_creations', label: 'Loisirs et créations numériques' },
  { code: 'comprehension_monde', label: 'Compréhension du monde numérique' },
  { code: 'acces_materiel', label: 'Accès internet et matériel informatique' },
  { code: 'materiel_solidaire', label: 'Acquisition de matériel informatique à prix solidaire' },
] as const
export type ThemeCode = (typeof THEMES)[number]['code']
export const THEME_CODES = THEMES.map(({ code }) => code) as [ThemeCode, ...ThemeCode[]]
export const THEME_LABELS = Object.fromEntries(THEMES.map(({ code, label }) => [code, label])) as Record<ThemeCode, string>

/** Opening asked for the label: 24 h a week. */
export const MINUTES_HEBDO_MIN = 1440

const ACTION_NAMES: Record<StructureAction, string> = {
  submit: 'envoi impossible',
  request_complement: 'demande de complément impossible',
  accept: 'décision impossible',
  reject: 'décision impossible',
  sign_charte: 'signature de la charte impossible',
  label: 'labellisation impossible',
  suspend: 'suspension impossible',
  reinstate: 'levée de la suspension impossible',
  withdraw: 'retrait impossible',
  lapse: 'fin du label impossible',
}

/** Actions that write to the structure: each is explained. */
const NEEDS_REASON: readonly StructureAction[] = ['request_complement', 'reject', 'suspend', 'reinstate', 'withdraw']

/** Why this action is refused on this file: its statut, then the reason that some actions ask for. */
export const whyNotStructure = (
  action: StructureAction,
  { statut, motif }: { statut: StructureStatut; motif?: string | null },
): Refusal | null => {
  if (!allows(structureMachine, action, statut))
    return refuse('structure_statut', `Statut « ${STRUCTURE_LABELS[statut]} » : ${ACTION_NAMES[action]}.`)
  return NEEDS_REASON.includes(action) && !motif?.trim() ? refuse('motif_manquant') : null
}

/** Why the structure cannot edit its file: open in brouillon, then only when a complement is asked (acceptance G25). */
export const whyNotEditStructure = ({ statut }: { statut: StructureStatut }): Refusal | null =>
  statut === 'brouillon' || statut === 'complement_demande'
    ? null
    : refuse(
        'structure_statut',
        `Statut « ${STRUCTURE_LABELS[statut]} » : le dossier se modifie avant son envoi, ou quand un complément est demandé.`,
      )

type OpeningFacts = {
  /** Weekly minutes of each lieu, from its opening hours; null when they cannot be read. */
  lieux: readonly { nom: string; minutesHebdo: number | null }[]
  /** Reason of the waiver on the 24 hours, when one was given. */
  derogation?: string | null
}

/** Why the opening hours do not reach the label: every lieu readable and open 24 h a week, or a waiver with its reason. */
export const whyNotOpeningHours = ({ lieux, derogation }: OpeningFacts): Refusal | null => {
  if (derogation?.trim()) return null
  for (const { nom, minutesHebdo } of lieux) {
    if (minutesHebdo === null)
      return refuse('horaires_illisibles', `Les horaires du lieu « ${nom} » ne peuvent pas être lus. Vérifiez chaque jour.`)
    if (minutesHebdo < MINUTES_HEBDO_MIN)
      return refuse(
        'horaires_insuffisants',
        `Le lieu « ${nom} » ouvre ${formatDuration(minutesHebdo)} par semaine : le label demande 24 h, ou une dérogation motivée.`,
      )
  }
  return null
}

type FileFacts = OpeningFacts & { statut: StructureStatut; siret: string; nbServices: number }

/** Why the file cannot be sent: a valid SIRET, a lieu, a service, and opening hours that reach the label. */
export const whyNotSubmit = ({ statut, siret, lieux, nbServices, derogation = null }: FileFacts): Refusal | null => {
  const refused = whyNotStructure('submit', { statut })
  if (refused) return refused
  if (!isSiret(siret)) return refuse('siret_invalide')
  if (lieux.length === 0) return refuse('lieu_absent')
  if (nbServices === 0) return refuse('service_absent')
  return whyNotOpeningHours({ lieux, derogation })
}

type LabelFacts = FileFacts & {
  /** Version of the charter signed, and the one in force. */
  charteSignee: string | null
  charteEnVigueur: string
  /** Different persons who checked the bank account. */
  compteVerifiePar: readonly string[]
}

/** Why the préfet cannot give the label: the file's own conditions, the charter in force, the account checked by two persons. */
export const whyNotLabel = (facts: LabelFacts): Refusal | null => {
  const { statut, siret, lieux, nbServices, derogation = null, charteSignee, charteEnVigueur, compteVerifiePar } = facts
  const refused = whyNotStructure('label', { statut })
  if (refused) return refused
  if (!isSiret(siret)) return refuse('siret_invalide')
  if (lieux.length === 0) return refuse('lieu_absent')
  if (nbServices === 0) return refuse('service_absent')
  const hours = whyNotOpeningHours({ lieux, derogation })
  if (hours) return hours
  if (charteSignee !== charteEnVigueur) return refuse('charte_non_signee')
  return new Set(compteVerifiePar).size >= 2 ? null : refuse('compte_non_verifie')
}

/** What the public reads of a lieu; nothing is said of a file on its way. */
export const PUBLIC_STATUTS = ['accepte', 'suspendu', 'ferme', 'non_labellise'] as const
export type PublicStatut = (typeof PUBLIC_STATUTS)[number]
export const PUBLIC_STATUT_LABELS: Record<PublicStatut, string> = {
  accepte: 'Accepte le Pass numérique',
  suspendu: 'N’accepte pas le Pass numérique en ce moment',
  ferme: 'Fermé',
  non_labellise: 'N’accepte pas le Pass numérique',
}

type LieuFacts = {
  statut: StructureStatut
  /** First and last day of the label, and closing day of the lieu, when there are some. */
  dateDebutLabel?: string | null
  dateFinLabel?: string | null
  dateFermeture?: string | null
}

/** The public word for a lieu today: the same order as the redemption (label, suspension, closing). */
export const publicStatut = ({ statut, dateDebutLabel, dateFinLabel, dateFermeture }: LieuFacts, today: string): PublicStatut => {
  if (statut === 'suspendu') return 'suspendu'
  if (statut !== 'labellise' || (dateDebutLabel && today < dateDebutLabel) || (dateFinLabel && dateFinLabel < today)) return 'non_labellise'
  return dateFermeture && dateFermeture <= today ? 'ferme' : 'accepte'
}

/** Check 8 of the redemption without the authority: why this lieu may not accept a pass today. */
export const whyNotAccept = (facts: LieuFacts, today: string): Refusal | null => {
  const code = ({ accepte: null, suspendu: 'lieu_suspendu', ferme: 'lieu_ferme', non_labellise: 'lieu_non_labellise' } as const)[
    publicStatut(facts, today)
  ]
  return code && refuse(code)
}
