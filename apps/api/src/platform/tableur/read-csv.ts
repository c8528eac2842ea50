import { CsvError, type Info, parse } from 'csv-parse/sync'
import { type Cell, collector, letterOf, type Row, Unreadable } from './table.ts'

const NEWLINE = 0x0a
const ADVICE = 'Enregistrez de nouveau le fichier en «\u00a0CSV UTF-8\u00a0».'

/** The place of the first byte of a line that is no UTF-8; -1 when all of it is. */
const strangerIn = (line: Uint8Array): number => {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(line)
  const bad = text.indexOf('\ufffd')
  if (bad === -1) return -1
  const at = Buffer.byteLength(text.slice(0, bad))
  // a replacement character that was truly written
  return line[at] === 0xef && line[at + 1] === 0xbf && line[at + 2] === 0xbd ? -1 : at
}

const hasAccent = (line: Uint8Array) => line.some((octet) => octet > 0x7f)

/** Accents of an old Windows file, or of UTF-8: one for the whole file. Some of each is a file pasted together. */
const decode = (octets: Uint8Array, separator: string): string => {
  let utf8: number | undefined
  let other: { numero: number; colonne: number } | undefined
  let numero = 1
  for (let from = 0; from < octets.length; numero++) {
    const end = octets.indexOf(NEWLINE, from)
    const line = octets.subarray(from, end === -1 ? octets.length : end)
    from = end === -1 ? octets.length : end + 1
    if (!hasAccent(line)) continue
    const at = strangerIn(line)
    if (at === -1) utf8 ??= numero
    else other ??= { numero, colonne: Buffer.from(line.subarray(0, at)).toString('latin1').split(separator).length - 1 }
  }
  if (!other) return new TextDecoder('utf-8').decode(octets)
  if (utf8 === undefined) return new TextDecoder('windows-1252').decode(octets)
  throw new Unreadable(
    `Ligne ${other.numero}, colonne ${letterOf(other.colonne)}\u00a0: les accents ne sont pas codés comme à la ligne ${utf8}. ${ADVICE}`,
  )
}

const SEPARATORS = [';', ',', '\t'] as const

/** The sign that separates the cells of the first line: the commonest outside quotes. */
const separatorOf = (octets: Uint8Array): string => {
  const end = octets.indexOf(NEWLINE)
  const head = Buffer.from(octets.subarray(0, end === -1 ? octets.length : end))
    .toString('latin1')
    .replace(/"[^"]*"/g, '')
  return SEPARATORS.reduce((best, sign) => (head.split(sign).length > head.split(best).length ? sign : best))
}

/** A sign that a spreadsheet would compute; a number written with its sign is none. */
const isFormula = (texte: string) => /^[=@\uff1d\uff20]/.test(texte) || (/^[+\-\uff0b\uff0d]/.test(texte) && !/^[+-][\d\s.,]*$/.test(texte))

const cellOf = (raw: string): Cell => {
  const texte = raw.normalize('NFC').trim()
  return { texte, formule: isFormula(texte) }
}

const sentenceOf = (error: unknown): unknown => {
  if (!(error instanceof CsvError)) return error
  const line = typeof error.lines === 'number' ? `Ligne ${error.lines}\u00a0: ` : ''
  return new Unreadable(`${line}un guillemet n’est pas fermé. Enregistrez de nouveau le fichier depuis votre tableur.`)
}

const recordsOf = (text: string, delimiter: string) => {
  try {
    return parse(text, { bom: true, delimiter, info: true, relax_column_count: true }) as unknown as { record: string[]; info: Info }[]
  } catch (error) {
    throw sentenceOf(error)
  }
}

/** The lines of a CSV file, header first: semicolons, commas or tabs; UTF-8 or the Windows code. @throws Unreadable */
export const readCsv = (octets: Uint8Array): Row[] => {
  const separator = separatorOf(octets)
  const text = decode(octets, separator)
  const { lignes, add } = collector()
  let next = 1
  for (const { record, info } of recordsOf(text, separator)) {
    add(next, record.map(cellOf))
    next = info.lines + 1
  }
  return lignes
}
