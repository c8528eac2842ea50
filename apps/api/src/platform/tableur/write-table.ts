import { stringify } from 'csv-stringify/sync'
import { strToU8, zipSync } from 'fflate'

/** Full-width signs start a formula in some spreadsheets too. */
const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/

/** A table as French spreadsheets open it: semicolons, UTF-8 said by its mark, and no cell that is a formula. */
export const csv = (rows: readonly (readonly string[])[]): Uint8Array =>
  Buffer.from(
    stringify(
      rows.map((row) => row.map((cell) => (FORMULA.test(cell) ? `'${cell}` : cell))),
      { delimiter: ';', record_delimiter: 'windows', bom: true },
    ),
  )

/** The first lines of a long table, then the next ones; a number below zero is a number, not a formula. */
export const csvPart = (rows: readonly (readonly string[])[], { first }: { first: boolean }): Uint8Array =>
  Buffer.from(
    stringify(
      rows.map((row) => row.map((cell) => (FORMULA.test(cell) && !/^-\d+$/.test(cell) ? `'${cell}` : cell))),
      { delimiter: ';', record_delimiter: 'windows', bom: first },
    ),
  )

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const OPEN = 'http://schemas.openxmlformats.org'

const escaped = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex -- XML holds no control character
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

const cell = (text: string) => `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`

const sheet = (rows: readonly (readonly string[])[]): string =>
  `${XML}<worksheet xmlns="${OPEN}/spreadsheetml/2006/main"><sheetData>${rows
    .map((row) => `<row>${row.map(cell).join('')}</row>`)
    .join('')}</sheetData></worksheet>`

const PARTS = {
  '[Content_Types].xml': `${XML}<Types xmlns="${OPEN}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  '_rels/.rels': `${XML}<Relationships xmlns="${OPEN}/package/2006/relationships"><Relationship Id="rId1" Type="${OPEN}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${XML}<workbook xmlns="${OPEN}/spreadsheetml/2006/main" xmlns:r="${OPEN}/officeDocument/2006/relationships"><sheets><sheet name="Feuille1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${OPEN}/package/2006/relationships"><Relationship Id="rId1" Type="${OPEN}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
}

/** The same as a workbook of one sheet. Every cell is a text: none is a formula. */
export const xlsx = (rows: readonly (readonly string[])[]): Uint8Array =>
  zipSync(
    Object.fromEntries(Object.entries({ ...PARTS, 'xl/worksheets/sheet1.xml': sheet(rows) }).map(([path, text]) => [path, strToU8(text)])),
    {
      level: 6,
      mtime: new Date('2026-01-01T00:00:00'),
    },
  )
