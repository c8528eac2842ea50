import type { Niveau } from './ateliers.ts'
import type { ThemeCode } from './lieux.ts'
import { refuse, type Refusal } from './refusal.ts'

/** The three questions of the counter. Points add up to a level: the more points, the more at ease. */
export const DIAGNOSTIC = [
  {
    code: 'usage',
    question: 'Utilisez-vous internet, sur un téléphone ou un ordinateur ?',
    reponses: [
      { code: 'jamais', label: 'Jamais ou presque', points: 0 },
      { code: 'parfois', label: 'De temps en temps', points: 1 },
      { code: 'chaque_jour', label: 'Chaque jour ou presque', points: 2 },
    ],
  },
  {
    code: 'demarches',
    question: 'Faites-vous vos démarches en ligne ?',
    reponses: [
      { code: 'quelquun_fait', label: 'Quelqu’un les fait à ma place', points: 0 },
      { code: 'avec_aide', label: 'Oui, avec de l’aide', points: 1 },
      { code: 'sans_aide', label: 'Oui, sans aide', points: 2 },
    ],
  },
  {
    code: 'courriel',
    question: 'Savez-vous envoyer un courriel avec un document joint ?',
    reponses: [
      { code: 'non', label: 'Non', points: 0 },
      { code: 'difficilement', label: 'Oui, avec difficulté', points: 1 },
      { code: 'oui', label: 'Oui, facilement', points: 2 },
    ],
  },
] as const
type Question = (typeof DIAGNOSTIC)[number]
export type DiagnosticQuestion = Question['code']

/** The answer of each question. */
export type DiagnosticReponses = { [Q in Question as Q['code']]: Q['reponses'][number]['code'] }

/** The answer codes of a question, for the contract. */
export const reponsesOf = <C extends DiagnosticQuestion>(question: C): [DiagnosticReponses[C], ...DiagnosticReponses[C][]] =>
  DIAGNOSTIC.find(({ code }) => code === question)!.reponses.map(({ code }) => code) as [DiagnosticReponses[C], ...DiagnosticReponses[C][]]

/** The level that three answers give: 0–2 points `debutant`, 3–4 `intermediaire`, 5–6 `autonome`; null while an answer is missing or unknown. */
export const niveauOf = (reponses: Partial<Record<DiagnosticQuestion, string>>): Niveau | null => {
  const points = DIAGNOSTIC.flatMap(({ code, reponses: choices }): number[] =>
    choices.filter((choice) => choice.code === reponses[code]).map((choice) => choice.points),
  )
  if (points.length < DIAGNOSTIC.length) return null
  const total = points.reduce((sum, value) => sum + value, 0)
  return total <= 2 ? 'debutant' : total <= 4 ? 'intermediaire' : 'autonome'
}

/** What the person comes for, in everyday words, and the service of the national list that answers it. */
export const BESOINS = [
  { code: 'demarches', label: 'Faire ses démarches en ligne', theme: 'demarches_administratives' },
  { code: 'bases', label: 'Se servir d’un ordinateur ou d’un téléphone', theme: 'outils_quotidien' },
  { code: 'communiquer', label: 'Écrire et appeler ses proches', theme: 'outils_quotidien' },
  { code: 'emploi', label: 'Chercher du travail', theme: 'insertion_professionnelle' },
  { code: 'securite', label: 'Se protéger sur internet', theme: 'utilisation_securisee' },
  { code: 'enfants', label: 'Suivre l’école de ses enfants', theme: 'parentalite_education' },
  { code: 'loisirs', label: 'Photos, création et loisirs', theme: 'loisirs_creations' },
  { code: 'comprendre', label: 'Comprendre le numérique', theme: 'comprehension_monde' },
  { code: 'equipement', label: 'Avoir accès à internet ou à un ordinateur', theme: 'acces_materiel' },
] as const satisfies readonly { code: string; label: string; theme: ThemeCode }[]
export type BesoinCode = (typeof BESOINS)[number]['code']
export const BESOIN_CODES = BESOINS.map(({ code }) => code) as [BesoinCode, ...BesoinCode[]]
export const BESOIN_LABELS = Object.fromEntries(BESOINS.map(({ code, label }) => [code, label])) as Record<BesoinCode, string>

/** The service that answers a need. */
export const themeOf = (besoin: BesoinCode): ThemeCode => BESOINS.find(({ code }) => code === besoin)!.theme

/** Sex, year, month (fictive ones included), département (2A and 2B too), commune, order, then the key when it was typed; groups may be apart. */
const GROUP = '[\\s.\\-/]?'
const NIR = new RegExp(
  `(?<![0-9])[1-478]${GROUP}[0-9]{2}${GROUP}(?:0[1-9]|1[0-2]|[2-9][0-9])${GROUP}(?:[0-9]{2}|2[ABab])${GROUP}[0-9]{3}${GROUP}[0-9]{3}(?:${GROUP}[0-9]{2})?(?![0-9])`,
)

/**
 * Finds a numéro de sécurité sociale of 13 or 15 characters in a text, whatever its spacing, and answers what was found, or null.
 * Its key is not asked for: a NIR mistyped is still one. A SIRET (14 digits), a phone or an IBAN is not taken for one.
 */
export const findNir = (text: string): string | null => {
  const found = NIR.exec(text)?.[0]
  if (found) return found
  const alone = text.replace(/[\s.\-/]/g, '')
  return /^[0-9]{5,6}[0-9AB][0-9]+$/i.test(alone) && NIR.exec(alone)?.[0] === alone ? text : null
}

const nirPaths = (value: unknown, chemin: string): string[] => {
  if (typeof value === 'string' || typeof value === 'number') return findNir(String(value)) ? [chemin] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => nirPaths(inner, chemin ? `${chemin}.${key}` : key))
}

/** Why a body cannot be recorded: a NIR in any of its fields, however deep (domain.md section 7; ux.md A22). Names the fields. */
export const whyNotRecord = (body: unknown): Refusal | null => {
  const paths = nirPaths(body, '')
  if (paths.length === 0) return null
  const refusal = refuse('nir_refuse')
  return { ...refusal, erreurs: paths.map((chemin) => ({ chemin, message: refusal.message })) }
}

/** Why a prescription cannot be recorded: three answers, a public of the convention, no NIR anywhere in `champs`. */
export const whyNotPrescribe = ({
  reponses,
  publicCode,
  publicsEligibles,
  champs = {},
}: {
  reponses: Partial<Record<DiagnosticQuestion, string>>
  publicCode: string
  publicsEligibles: readonly string[]
  champs?: unknown
}): Refusal | null => {
  const nir = whyNotRecord(champs)
  if (nir) return nir
  if (niveauOf(reponses) === null) return refuse('diagnostic_incomplet')
  return publicsEligibles.includes(publicCode) ? null : refuse('public_non_eligible')
}
