import type { Upload } from '@pass/contracts/route.ts'
import { refuse } from '@pass/domain/refusal.ts'
import { readRetourLigne, type RetourFormat, type RetourLigne, retourPlaces } from '@pass/domain/retours.ts'
import { Refused } from '../../platform/errors.ts'
import { readTable } from '../../platform/tableur/read-table.ts'
import { Unreadable } from '../../platform/tableur/table.ts'
import { declares, UnreadableXml } from '../../platform/xml/read-xml.ts'
import { readRetourXml } from './read-retour-xml.ts'

export type RetourLu = { format: RetourFormat; lignes: RetourLigne[] }

/** The first wrong line refuses the file: nothing of it is applied. */
const readCsvRetour = (file: Pick<Upload, 'type' | 'octets'>): RetourLu => {
  const [header, ...rows] = readTable(file)
  const places = retourPlaces(header!.cellules.map(({ texte }) => texte))
  if ('code' in places) throw new Refused(places, 400)
  const lignes = rows.map(({ numero, cellules }) => {
    const read = readRetourLigne(numero, (colonne) => cellules[places[colonne]]?.texte ?? '')
    if ('probleme' in read) throw new Unreadable(read.probleme)
    return read.ligne
  })
  return { format: 'csv', lignes }
}

const illisible = (message: string) => new Refused(refuse('retour_illisible', message), 400)

/** Refuses a file that declares a DOCTYPE or entities, before anything of it is read. */
export const refuseDeclarations = (octets: Uint8Array): void => {
  const message = declares(octets)
  if (message) throw illisible(message)
}

/** What a file of the bank says, whatever its format. @throws 400 `retour_illisible` with the sentence of what is wrong */
export const readRetour = (file: Pick<Upload, 'type' | 'octets'>): RetourLu => {
  try {
    const retour = file.type === 'application/xml' ? readRetourXml(file.octets) : readCsvRetour(file)
    if (retour.lignes.length === 0) throw new Unreadable('Ce fichier ne contient aucune opération.')
    return retour
  } catch (error) {
    if (error instanceof Unreadable || error instanceof UnreadableXml) throw illisible(error.message)
    throw error
  }
}
