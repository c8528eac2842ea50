import { strFromU8, type UnzipFileInfo, unzipSync } from 'fflate'
import { type Cell, COLONNES_MAX, collector, type Row, Unreadable } from './table.ts'

/** What the parts of a workbook may weigh once open: a bomb says so itself in its directory, and is never inflated. */
const OPEN_OCTETS = 150 * 1024 * 1024
const BROKEN = 'Ce classeur ne peut pas être ouvert. Enregistrez-le de nouveau au format XLSX, sans mot de passe.'

/** The parts asked for, as text. */
const open = (octets: Uint8Array, wanted: (name: string) => boolean): Map<string, string> => {
  let due = 0
  const filter = ({ name, originalSize }: UnzipFileInfo) => {
    if (!wanted(name)) return false
    due += originalSize
    if (due > OPEN_OCTETS) throw new Unreadable('Ce classeur est trop volumineux une fois ouvert. Découpez-le en plusieurs fichiers.')
    return true
  }
  try {
    const parts = new Map(Object.entries(unzipSync(octets, { filter })).map(([name, bytes]) => [name, strFromU8(bytes)]))
    // no declaration of our formats has one: entities are how a small file becomes a large one
    if ([...parts.values()].some((text) => /<!(DOCTYPE|ENTITY)/i.test(text))) throw new Unreadable(BROKEN)
    return parts
  } catch (error) {
    throw error instanceof Unreadable ? error : new Unreadable(BROKEN)
  }
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const charOf = (code: number) => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '')
const plain = (text: string): string =>
  text
    .replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (_, hex?: string, dec?: string, name?: string) =>
      name ? NAMED[name.toLowerCase()]! : charOf(hex ? Number.parseInt(hex, 16) : Number(dec)),
    )
    .replace(/_x([\da-f]{4})_/gi, (_, hex: string) => charOf(Number.parseInt(hex, 16)))

/** Elements of one name, whatever their prefix: attributes and content of each. One look at each letter, however they are nested. */
function* elements(xml: string, name: string): Generator<{ attributes: string; content: string }> {
  const tag = new RegExp(`<((?:\\w+:)?${name})((?:\\s[^<>]*)?/?)>`, 'g')
  for (let found = tag.exec(xml); found; found = tag.exec(xml)) {
    const [, full = '', attributes = ''] = found
    const isEmpty = attributes.endsWith('/')
    const end = isEmpty ? tag.lastIndex : xml.indexOf(`</${full}>`, tag.lastIndex)
    if (end === -1) throw new Unreadable(BROKEN)
    yield { attributes, content: xml.slice(tag.lastIndex, end) }
    tag.lastIndex = isEmpty ? end : end + full.length + 3
  }
}
const attribute = (attributes: string, name: string): string | undefined =>
  new RegExp(`(?:^|\\s)(?:\\w+:)?${name}="([^"]*)"`).exec(attributes)?.[1]

/** More than any text that is accepted. */
const TEXT_XML = 20_000
/** The texts of a string, its runs joined, without the phonetic ones. */
const textOf = (xml: string): string =>
  Array.from(elements(xml.length > TEXT_XML ? '' : xml.replace(/<(?:\w+:)?rPh\b[\s\S]*?<\/(?:\w+:)?rPh>/g, ''), 't'), ({ content }) =>
    plain(content),
  ).join('')

const firstSheet = (octets: Uint8Array): string => {
  const parts = open(octets, (name) => name === 'xl/workbook.xml' || name === 'xl/_rels/workbook.xml.rels')
  const [sheet] = elements(parts.get('xl/workbook.xml') ?? '', 'sheet')
  const id = sheet && attribute(sheet.attributes, 'id')
  const link = [...elements(parts.get('xl/_rels/workbook.xml.rels') ?? '', 'Relationship')].find(
    ({ attributes }) => attribute(attributes, 'Id') === id,
  )
  const target = link && attribute(link.attributes, 'Target')
  if (!id || !target) throw new Unreadable(BROKEN)
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}

const placeOf = (reference: string | undefined): number | undefined => {
  const letters = /^([A-Z]{1,3})\d*$/.exec(reference ?? '')?.[1]
  return letters === undefined ? undefined : [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

/** A serial typed as a number keeps its digits, whatever the notation it was saved in. */
const numberText = (value: string): string => {
  const n = Number(value)
  return value !== '' && Number.isSafeInteger(n) ? String(n) : value
}

const valueOf = (type: string | undefined, content: string, shared: readonly string[]): string => {
  if (type === 'inlineStr') return textOf(content)
  const [value] = elements(content, 'v')
  const raw = plain(value?.content ?? '')
  if (type === 's') return shared[Number(raw)] ?? ''
  return type === undefined || type === 'n' ? numberText(raw) : raw
}

const cellsOf = (row: string, shared: readonly string[]): Cell[] => {
  const cells: Cell[] = []
  let next = 0
  for (const { attributes, content } of elements(row, 'c')) {
    const place = placeOf(attribute(attributes, 'r')) ?? next
    // far on the right, nothing of ours: one cell more than the limit says that the line is too long
    const at = Math.min(place, COLONNES_MAX)
    const texte = valueOf(attribute(attributes, 't'), content, shared).normalize('NFC').trim()
    const formule = /<(?:\w+:)?f[\s/>]/.test(content)
    while (cells.length < at) cells.push({ texte: '', formule: false })
    if (place <= COLONNES_MAX && (texte !== '' || formule || place < COLONNES_MAX)) cells[at] = { texte, formule }
    next = place + 1
  }
  while (cells.length > 0 && cells.at(-1)!.texte === '' && !cells.at(-1)!.formule) cells.pop()
  return cells
}

/** The lines of the first sheet of a workbook, header first. @throws Unreadable */
export const readXlsx = (octets: Uint8Array): Row[] => {
  const sheet = firstSheet(octets)
  const parts = open(octets, (name) => name === sheet || name === 'xl/sharedStrings.xml')
  const shared = Array.from(elements(parts.get('xl/sharedStrings.xml') ?? '', 'si'), ({ content }) => textOf(content))
  const { lignes, add } = collector()
  let next = 1
  for (const { attributes, content } of elements(parts.get(sheet) ?? '', 'row')) {
    const numero = Number(attribute(attributes, 'r') ?? next)
    if (!Number.isSafeInteger(numero) || numero < 1) throw new Unreadable(BROKEN)
    next = numero + 1
    add(numero, cellsOf(content, shared))
  }
  return lignes
}
