import { refuse, type Refusal } from './refusal.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What a signed paper comes back as: a scan, a photo. */
export const PIECE_TYPES = ['application/pdf', 'image/jpeg', 'image/png'] as const
/** Tables to import. */
export const TABLE_TYPES = ['text/csv', XLSX] as const
export const FILE_TYPES = [...PIECE_TYPES, ...TABLE_TYPES, 'application/xml'] as const
export type FileType = (typeof FILE_TYPES)[number]

/** 5 MiB a piece, 20 MiB a file to import (reliability.md section 6). */
export const PIECE_OCTETS = 5 * 1024 * 1024
export const TABLE_OCTETS = 20 * 1024 * 1024

export const FILE_LABELS: Record<FileType, string> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'photo JPEG',
  'image/png': 'image PNG',
  'text/csv': 'tableau CSV',
  [XLSX]: 'classeur XLSX',
  'application/xml': 'fichier XML',
}

const EXTENSIONS: Record<FileType, readonly string[]> = {
  'application/pdf': ['.pdf'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/png': ['.png'],
  'text/csv': ['.csv', '.txt'],
  [XLSX]: ['.xlsx'],
  'application/xml': ['.xml'],
}

const codesOf = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0))

const hasAt = (octets: Uint8Array, at: number, marks: readonly number[]) => marks.every((mark, i) => octets[at + i] === mark)

/** True when these letters are somewhere from `from` on. */
const holds = (octets: Uint8Array, text: string, from = 0): boolean => {
  const marks = codesOf(text)
  for (let at = octets.indexOf(marks[0]!, Math.max(0, from)); at !== -1; at = octets.indexOf(marks[0]!, at + 1))
    if (hasAt(octets, at, marks)) return true
  return false
}

/** A PDF from its first byte to its end mark: a program that only says `%PDF` somewhere is none. */
const isPdf = (octets: Uint8Array) => hasAt(octets, 0, codesOf('%PDF-')) && holds(octets, '%%EOF', octets.length - 1024)
const isJpeg = (octets: Uint8Array) => hasAt(octets, 0, [0xff, 0xd8, 0xff]) && octets.length > 100
const isPng = (octets: Uint8Array) =>
  hasAt(octets, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) && hasAt(octets, 12, codesOf('IHDR'))
/** A workbook without macros. */
const isXlsx = (octets: Uint8Array) =>
  hasAt(octets, 0, [0x50, 0x4b, 0x03, 0x04]) &&
  holds(octets, '[Content_Types].xml') &&
  holds(octets, 'xl/workbook.xml') &&
  !holds(octets, 'vbaProject.bin')

const MARKUP = ['<!', '<?', '<h', '<H', '<s', '<S', '%PDF', '{\\rtf', '#!']
const startOf = (octets: Uint8Array) => (hasAt(octets, 0, [0xef, 0xbb, 0xbf]) ? 3 : 0)
const hasNoControl = (octets: Uint8Array) => !octets.some((octet) => octet < 0x20 && octet !== 0x09 && octet !== 0x0a && octet !== 0x0d)
/** Text, in whatever encoding but UTF-16: no control character, and not the beginning of something that is run or shown as a page. */
const isText = (octets: Uint8Array) =>
  octets.length > startOf(octets) && !MARKUP.some((mark) => hasAt(octets, startOf(octets), codesOf(mark))) && hasNoControl(octets)
/** Said by its first bytes to be XML. Taken by the routes that ask for it alone: a drawing is XML too. */
const isXml = (octets: Uint8Array) => hasAt(octets, startOf(octets), codesOf('<?xml ')) && hasNoControl(octets)

/** What the bytes of a file say it is, whatever its name and its declared type; null: nothing that we take. */
export const typeOf = (octets: Uint8Array): FileType | null => {
  if (isPdf(octets)) return 'application/pdf'
  if (isJpeg(octets)) return 'image/jpeg'
  if (isPng(octets)) return 'image/png'
  if (isXlsx(octets)) return XLSX
  if (isXml(octets)) return 'application/xml'
  return isText(octets) ? 'text/csv' : null
}

const listOf = (types: readonly FileType[]) => types.map((type) => FILE_LABELS[type]).join(', ')

/** What a route takes; a scan of 5 MiB when it says nothing. */
export type FileRule = { types: readonly FileType[]; octets: number }
export const PIECE_RULE: FileRule = { types: PIECE_TYPES, octets: PIECE_OCTETS }
export const TABLE_RULE: FileRule = { types: TABLE_TYPES, octets: TABLE_OCTETS }

/** Why a file is too heavy, before or after it was read. */
export const whyTooHeavy = (octets: number, { octets: max }: FileRule = PIECE_RULE): Refusal | null => {
  if (octets <= max) return null
  return max === PIECE_OCTETS
    ? refuse('piece_taille')
    : refuse('piece_taille', `Ce fichier dépasse ${max / 1024 / 1024} Mo. Découpez-le en plusieurs fichiers.`)
}

/** Why a file is not taken: empty, of another type than those asked for (its bytes decide, never its name), too heavy. */
export const whyNotStore = (octets: Uint8Array, rule: FileRule = PIECE_RULE): Refusal | null => {
  if (octets.length === 0) return refuse('piece_type', 'Ce fichier est vide. Choisissez-en un autre.')
  const heavy = whyTooHeavy(octets.length, rule)
  if (heavy) return heavy
  const type = typeOf(octets)
  if (type !== null && rule.types.includes(type)) return null
  return rule.types === PIECE_TYPES
    ? refuse('piece_type')
    : refuse('piece_type', `Ce fichier n’est pas lisible ici. Types acceptés : ${listOf(rule.types)}.`)
}

/** The name with an extension that says what the bytes are: a .exe that is a PDF is saved as one. */
export const nameFor = (nom: string, type: FileType): string => {
  const [extension = ''] = EXTENSIONS[type]
  return EXTENSIONS[type].some((one) => nom.toLowerCase().endsWith(one)) ? nom : `${nom.slice(0, 110)}${extension}`
}
