import type { z } from 'zod'

type Issue = z.core.$ZodRawIssue

const number = (value: unknown) => Number(value).toLocaleString('fr-FR').replaceAll('\u202f', '\u00a0')
const plural = (count: unknown, word: string) => `${number(count)}\u00a0${word}${Number(count) > 1 ? 's' : ''}`

const EXPECTED: Record<string, string> = {
  string: 'Un texte est attendu.',
  number: 'Un nombre est attendu.',
  int: 'Un nombre entier est attendu.',
  bigint: 'Un nombre entier est attendu.',
  boolean: 'La réponse attendue est oui ou non (true ou false).',
  array: 'Une liste est attendue.',
  object: 'Un objet avec ses champs est attendu.',
  date: 'Une date est attendue. Exemple\u00a0: 2026-03-10.',
  null: 'Aucune valeur n’est attendue ici.',
}

const FORMATS: Record<string, string> = {
  uuid: 'L’identifiant n’est pas au bon format. Exemple\u00a0: 0192d1c0-0000-7000-8000-000000000001.',
  guid: 'L’identifiant n’est pas au bon format. Exemple\u00a0: 0192d1c0-0000-7000-8000-000000000001.',
  email: 'L’adresse électronique n’est pas complète. Exemple\u00a0: prenom.nom@exemple.fr.',
  url: 'L’adresse de page n’est pas complète. Exemple\u00a0: https://exemple.fr.',
  date: 'Indiquez une date qui existe. Exemple\u00a0: 2026-03-10.',
  time: 'Indiquez une heure. Exemple\u00a0: 14:30.',
  datetime: 'Indiquez une date et une heure. Exemple\u00a0: 2026-03-10T14:30:00Z.',
  safeint: 'Un nombre entier est attendu.',
}

const wrongType = (issue: Issue & { code: 'invalid_type' }) => {
  if (issue.input === undefined) return 'Ce champ est obligatoire.'
  if (issue.input === null) return 'Ce champ ne peut pas être vide.'
  return EXPECTED[issue.expected] ?? 'Cette valeur n’est pas du type attendu.'
}

const WORDS: Record<string, string> = { string: 'caractère', array: 'élément', set: 'élément', map: 'élément', file: 'octet' }

const tooSmall = (issue: Issue & { code: 'too_small' }) => {
  const word = WORDS[issue.origin]
  if (!word)
    return issue.inclusive === false
      ? `Indiquez un nombre plus grand que ${number(issue.minimum)}.`
      : `Indiquez un nombre d’au moins ${number(issue.minimum)}.`
  if (Number(issue.minimum) <= 1) return issue.origin === 'string' ? 'Ce champ est obligatoire.' : 'Choisissez au moins un élément.'
  return `Il faut au moins ${plural(issue.minimum, word)}.`
}

const tooBig = (issue: Issue & { code: 'too_big' }) => {
  const word = WORDS[issue.origin]
  if (!word)
    return issue.inclusive === false
      ? `Indiquez un nombre plus petit que ${number(issue.maximum)}.`
      : `Indiquez un nombre d’au plus ${number(issue.maximum)}.`
  return `Pas plus de ${plural(issue.maximum, word)}.`
}

const choices = (values: readonly unknown[]) =>
  values.length > 12 ? 'Choisissez une valeur de la liste.' : `Choisissez une valeur parmi\u00a0: ${values.map(String).join(', ')}.`

/** The French sentence of a zod issue, used where the schema itself says nothing. Exhaustive over zod's codes. */
export const frenchIssue = (issue: Issue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue)
    case 'too_small':
      return tooSmall(issue)
    case 'too_big':
      return tooBig(issue)
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'Ce texte n’est pas au format attendu.'
    case 'not_multiple_of':
      return `Indiquez un multiple de ${number(issue.divisor)}.`
    case 'invalid_value':
      return issue.input === undefined ? 'Ce champ est obligatoire.' : choices(issue.values)
    case 'unrecognized_keys':
      return `Champ inconnu\u00a0: ${issue.keys.map((key) => key.slice(0, 40)).join(', ')}.`
    case 'invalid_union':
      return issue.input === undefined ? 'Ce champ est obligatoire.' : 'Cette valeur ne correspond à aucune forme attendue.'
    case 'invalid_key':
      return 'Une clé de cet objet n’est pas valable.'
    case 'invalid_element':
      return 'Un élément n’est pas valable.'
    default:
      return 'Cette valeur n’est pas valable.'
  }
}
