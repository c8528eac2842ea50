import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { CsvError, type Info, parse } from 'csv-parse'
import { BadInput } from '../../platform/cli.ts'

/** Columns of the State's list of France services that are read; a file without one of them is another file. */
export const COLUMNS = [
  'id_fs',
  'lib_fs',
  'adresse',
  'complement_adresse',
  'insee_com',
  'code_postal',
  'lib_com',
  'latitude',
  'longitude',
  'mail',
  'telephone',
  'h_lundi',
  'h_mardi',
  'h_mercredi',
  'h_jeudi',
  'h_vendredi',
  'h_samedi',
  'itinerance',
] as const
export type Column = (typeof COLUMNS)[number]

/** One line of the file: the line it starts on, its cells trimmed, and how many cells it has when that is not the header's count. */
export type Line = { ligne: number; cells: Record<Column, string>; wrongCount: number | null }

const MAX_BYTES = 20 * 1024 * 1024
const MAX_LINES = 100_000

async function* decoded(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of createReadStream(path)) yield decoder.decode(chunk as Buffer, { stream: true })
  yield decoder.decode()
}

const sizeOf = async (path: string): Promise<number> => {
  try {
    const found = await stat(path)
    if (!found.isFile()) throw new BadInput(`«\u00a0${path}\u00a0» n’est pas un fichier.`)
    return found.size
  } catch (error) {
    throw error instanceof BadInput ? error : new BadInput(`Le fichier «\u00a0${path}\u00a0» est introuvable ou illisible.`)
  }
}

/** Where each column is. @throws BadInput when one is missing */
const placesOf = (header: readonly string[]): Map<Column, number> => {
  const names = header.map((name) => name.trim())
  const missing = COLUMNS.filter((column) => !names.includes(column))
  if (missing.length > 0)
    throw new BadInput(
      missing.length > 5
        ? 'Ce fichier n’est pas la liste des France services\u00a0: sa première ligne ne porte pas les colonnes attendues (id_fs, lib_fs, insee_com…).'
        : `Il manque dans la première ligne\u00a0: ${missing.join(', ')}.`,
    )
  return new Map(COLUMNS.map((column) => [column, names.indexOf(column)]))
}

const sentenceOf = (error: unknown): unknown => {
  if (error instanceof CsvError)
    return new BadInput(
      `Ce fichier n’est pas un CSV lisible\u00a0: la ligne ${typeof error.lines === 'number' ? error.lines : '?'} a un guillemet mal fermé.`,
    )
  if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return new BadInput('Ce fichier n’est pas en UTF-8\u00a0: enregistrez-le de nouveau en «\u00a0CSV UTF-8\u00a0».')
  return error
}

/** Every line of a list of places, read as a stream and checked to the end before anything is written. @throws BadInput */
export const readPlacesFile = async (path: string): Promise<Line[]> => {
  if ((await sizeOf(path)) > MAX_BYTES) throw new BadInput('Ce fichier dépasse 20 Mo\u00a0: partagez-le en plusieurs fichiers.')
  const parser = parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true })
  pipeline(Readable.from(decoded(path)), parser, () => {}) // an error of the source ends the loop below
  const lines: Line[] = []
  let places: Map<Column, number> | undefined
  let width = 0
  let next = 1
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      const ligne = next
      next = info.lines + 1
      if (!places) {
        places = placesOf(record)
        width = record.length
        continue
      }
      if (lines.length === MAX_LINES) throw new BadInput('Ce fichier dépasse 100 000 lignes\u00a0: partagez-le en plusieurs fichiers.')
      const cells = Object.fromEntries(Array.from(places, ([column, at]) => [column, (record[at] ?? '').trim()])) as Record<Column, string>
      lines.push({ ligne, cells, wrongCount: record.length === width ? null : record.length })
    }
  } catch (error) {
    throw sentenceOf(error)
  }
  if (!places) throw new BadInput('Ce fichier est vide.')
  return lines
}
