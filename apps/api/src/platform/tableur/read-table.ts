import type { FileType } from '@pass/domain/pieces.ts'
import { readCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'
import { type Row, Unreadable } from './table.ts'

/**
 * The lines of a file that an upload let in (`TABLE_RULE`): CSV or the first sheet of a workbook, empty lines left out, header first.
 * @throws Unreadable with the French sentence of what is wrong, its line and column
 */
export const readTable = ({ type, octets }: { type: FileType; octets: Uint8Array }): Row[] => {
  const lignes = type === 'text/csv' ? readCsv(octets) : readXlsx(octets)
  if (lignes.length === 0) throw new Unreadable('Ce fichier ne contient aucune ligne.')
  return lignes
}
