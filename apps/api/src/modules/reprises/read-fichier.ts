import { ANCIEN } from '@pass/domain/codes-anciens.ts'
import type { Upload } from '@pass/contracts/route.ts'
import type { EtatAncien } from '@pass/domain/reprises.ts'
import { contradictions, readRepriseLine, type RepriseLine, reprisePlaces } from '@pass/domain/reprise-fichier.ts'
import { lookupOf } from '../../platform/codes.ts'
import type { Ctx } from '../../platform/context.ts'
import { breathe } from '../../platform/pdf/document.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { readTable } from '../../platform/tableur/read-table.ts'
import { letterOf, type Row, Unreadable } from '../../platform/tableur/table.ts'

/** A line as it is kept: the keyed hash of its code in the place of the code. */
export type HashedLine = {
  numero: number
  serie: string | null
  lookup: string | null
  etat: EtatAncien | null
  date_fin: string | null
  remis_le: string | null
  prescripteur_id: string | null
  preuve: string | null
  probleme: string | null
}

/** Lines hashed before whatever waits goes first. */
const BREATH = 2000

/** Ids of prescripteurs by their SIRET, for those that the file names. */
type FindPrescripteurs = (sirets: readonly string[]) => Promise<ReadonlyMap<string, string>>

/** The same, asked to the database in one question. */
export const findPrescripteurs =
  ({ db }: Pick<Ctx, 'db'>): FindPrescripteurs =>
  async (sirets) => {
    if (sirets.length === 0) return new Map()
    const known = await db.organisation.findMany({
      where: { type: 'prescripteur', siret: { in: [...sirets] } },
      select: { id: true, siret: true },
    })
    return new Map(known.map(({ id, siret }) => [siret!, id]))
  }

const siretsIn = (rows: readonly Row[], place: number | undefined): string[] => {
  if (place === undefined) return []
  const written = rows.map(({ cellules }) => (cellules[place]?.texte ?? '').replace(/\s/g, ''))
  return [...new Set(written)].filter((siret) => /^\d{14}$/.test(siret))
}

const EMPTY = { serie: null, lookup: null, etat: null, date_fin: null, remis_le: null, prescripteur_id: null, preuve: null }

type Reading = { secrets: Secrets; today: string; find: FindPrescripteurs }

/**
 * Reads the file of a take-over. Every code becomes its keyed hash here: nothing else of it leaves this function.
 * @throws Unreadable when it is not a table of ours
 */
export const readFichier = async (file: Pick<Upload, 'type' | 'octets'>, { secrets, today, find }: Reading): Promise<HashedLine[]> => {
  const [header, ...rows] = readTable(file)
  const places = reprisePlaces(
    header!.cellules.map(({ texte }) => texte),
    letterOf,
  )
  if ('message' in places) throw new Unreadable(places.message)
  if (rows.length === 0) throw new Unreadable('Ce fichier ne porte que sa première ligne. Ajoutez au moins un pass.')
  const bySiret = await find(siretsIn(rows, places.siret))
  const facts = { find: (siret: string) => bySiret.get(siret) ?? null, today }
  const lines: HashedLine[] = []
  const sound: { numero: number; ligne: Omit<RepriseLine, 'code'>; empreinte: string; kept: HashedLine }[] = []
  for (const [i, { numero, cellules }] of rows.entries()) {
    if (i % BREATH === 0) await breathe()
    const read = readRepriseLine(cellules, places, facts)
    if ('probleme' in read) {
      lines.push({ ...EMPTY, numero, probleme: read.probleme })
      continue
    }
    const { code, ...ligne } = read.ligne
    const { serie, etat, preuve, dateFin: date_fin, remisLe: remis_le, prescripteurId: prescripteur_id } = ligne
    const empreinte = lookupOf(secrets, ANCIEN + code).toString('hex')
    const kept: HashedLine = { numero, serie, lookup: empreinte, etat, date_fin, remis_le, prescripteur_id, preuve, probleme: null }
    lines.push(kept)
    sound.push({ numero, ligne, empreinte, kept })
  }
  const problems = contradictions(sound)
  for (const { numero, kept } of sound) kept.probleme = problems.get(numero) ?? null
  return lines
}
