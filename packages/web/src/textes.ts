/** The issue of a validation, as zod gives it to an error map. */
export type Issue = {
  readonly code?: string | undefined
  readonly path?: readonly PropertyKey[] | undefined
  readonly input?: unknown
  readonly origin?: string
  readonly format?: string
  readonly minimum?: number | bigint
  readonly maximum?: number | bigint
}

const FORMATS: Record<string, string> = {
  email: 'Indiquez une adresse électronique complète. Exemple\u00a0: prenom.nom@exemple.fr.',
  date: 'Indiquez une date complète. Exemple\u00a0: 21/11/2026.',
  datetime: 'Indiquez une date et une heure.',
  url: 'Indiquez une adresse complète. Exemple\u00a0: https://exemple.fr.',
  uuid: 'Choisissez une réponse dans la liste.',
}

const EMPTY = 'Remplissez ce champ\u00a0: il est nécessaire.'
const NUMBER = 'Indiquez un nombre, en chiffres. Exemple\u00a0: 1\u00a0200.'

const bound = (n: number | bigint | undefined): string => (n === undefined ? '' : String(n))

const tooSmall = ({ origin, minimum, input }: Issue): string => {
  if (origin === 'string') return input === '' || minimum === 1 ? EMPTY : `Écrivez au moins ${bound(minimum)} caractères.`
  if (origin === 'array' || origin === 'set')
    return minimum === 1 ? 'Choisissez au moins une réponse.' : `Choisissez au moins ${bound(minimum)} réponses.`
  return `Indiquez un nombre d’au moins ${bound(minimum)}.`
}

const tooBig = ({ origin, maximum }: Issue): string => {
  if (origin === 'string') return `Écrivez ${bound(maximum)} caractères au plus.`
  if (origin === 'array' || origin === 'set') return `Choisissez ${bound(maximum)} réponses au plus.`
  return `Indiquez un nombre d’au plus ${bound(maximum)}.`
}

const isEmpty = (input: unknown): boolean => input === undefined || input === null || input === ''

/**
 * The sentence of a field whose contract has none of its own. The validation library's words, even in French, are never shown:
 * a page gives better ones through `textes` (« Le SIRET compte 14 chiffres. Exemple : … »).
 */
export const fieldMessage = (issue: Issue): string => {
  if (issue.code === 'too_small') return tooSmall(issue)
  if (issue.code === 'too_big') return tooBig(issue)
  if (isEmpty(issue.input)) return issue.code === 'invalid_value' ? 'Choisissez une réponse.' : EMPTY
  if (issue.code === 'invalid_value' || issue.code === 'invalid_union') return 'Choisissez une réponse dans la liste.'
  if (issue.code === 'invalid_type' && typeof issue.input === 'number') return NUMBER
  if (issue.code === 'invalid_format') return FORMATS[issue.format ?? ''] ?? 'Vérifiez cette réponse\u00a0: elle n’a pas la forme attendue.'
  return 'Vérifiez cette réponse.'
}

/** `parts.0.taux` → `parts.*.taux`: one text for every line of a list. */
export const textKey = (path: readonly PropertyKey[]): string =>
  path.map((step) => (typeof step === 'number' || /^\d+$/.test(String(step)) ? '*' : String(step))).join('.')

/** The error map of a form: the page's own text first, then the general one. */
export const messagesOf =
  (textes: Readonly<Partial<Record<string, string>>>) =>
  (issue: Issue): string =>
    textes[textKey(issue.path ?? [])] ?? fieldMessage(issue)
