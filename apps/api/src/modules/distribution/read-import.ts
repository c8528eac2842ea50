import {
  excessProblem,
  type FindPrescripteur,
  IMPORT_CARNETS_MAX,
  type ImportLine,
  overlapProblem,
  placesOf,
  readLine,
  shortProblem,
} from '@pass/domain/import-attributions.ts'
import { overlaps } from '@pass/domain/plages.ts'
import { letterOf, type Row, Unreadable } from '../../platform/tableur/table.ts'
import { listPrescripteursBySiret } from '../referentiels/public.ts'
import { type Line, type Sender, shortLines } from './parcels.ts'

/** A line as it is kept: its cells, what it says, or what is wrong. */
export type KeptLine = { numero: number; cellules: string[]; ligne: ImportLine | null; probleme: string | null }
export type ReadImport = { entetes: string[]; lignes: KeptLine[] }

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim()

/** Finds the prescripteurs of the territory by SIRET or by name, without a question a line. */
const finderOf = async (ctx: Sender): Promise<FindPrescripteur> => {
  const rows = await listPrescripteursBySiret(ctx)
  const bySiret = new Map(rows.flatMap(({ id, siret }) => (siret ? [[siret, id] as const] : [])))
  const byName = Map.groupBy(rows, ({ nom }) => plain(nom))
  return (by) => {
    if ('siret' in by) return bySiret.get(by.siret) ?? 'absent'
    const named = byName.get(plain(by.nom)) ?? []
    return named.length > 1 ? 'plusieurs' : (named[0]?.id ?? 'absent')
  }
}

/** What is well written, in the order of the file. */
const written = (lignes: readonly KeptLine[]) => lignes.filter((kept): kept is KeptLine & { ligne: ImportLine } => kept.ligne !== null)

const tellOverlaps = (lignes: readonly KeptLine[]): void => {
  const ranges = written(lignes)
  overlaps(ranges.map(({ ligne }) => ligne)).forEach((earlier, i) => {
    if (earlier !== undefined) ranges[i]!.probleme = overlapProblem(ranges[i]!.ligne.premiere, ranges[earlier]!.numero)
  })
}

/** Beyond what one file may send, lines are told rather than weighed. */
const tellExcess = (lignes: readonly KeptLine[]): void => {
  let carnets = 0
  for (const kept of written(lignes)) {
    if (kept.probleme !== null) continue
    const size = kept.ligne.derniere - kept.ligne.premiere + 1
    if (carnets + size > IMPORT_CARNETS_MAX) kept.probleme = excessProblem()
    else carnets += size
  }
}

/** Lines as a shipment out of the reserve takes them. */
export const toShipmentLines = (lignes: readonly ImportLine[]): Line[] =>
  lignes.map(({ premiere, derniere, prescripteurId }) => ({ premiere, derniere, destinataireId: prescripteurId }))

const tellShort = async (ctx: Sender, lignes: readonly KeptLine[]): Promise<void> => {
  const sound = written(lignes).filter(({ probleme }) => probleme === null)
  if (sound.length === 0) return
  const shipment = {
    collectiviteId: ctx.actor.organisationId,
    expediteurId: null,
    lignes: toShipmentLines(sound.map(({ ligne }) => ligne)),
  }
  for (const { rang, disponibles, absent } of await shortLines(ctx, shipment, false)) {
    const { ligne } = sound[rang]!
    if (absent !== null) sound[rang]!.probleme = shortProblem({ demandes: ligne.derniere - ligne.premiere + 1, disponibles, absent })
  }
}

/**
 * What a file says, line by line, weighed against the reserve as it is now. Nothing is written.
 * @throws Unreadable when its first line is not ours
 */
export const weighImport = async (ctx: Sender, [header, ...rows]: readonly Row[]): Promise<ReadImport> => {
  const entetes = header!.cellules.map(({ texte }) => texte)
  const places = placesOf(entetes, letterOf)
  if ('code' in places) throw new Unreadable(places.message)
  if (rows.length === 0) throw new Unreadable('Ce fichier ne porte que sa première ligne. Ajoutez au moins une attribution.')
  const find = await finderOf(ctx)
  const lignes = rows.map(({ numero, cellules }): KeptLine => {
    const read = readLine(cellules, places, find)
    const kept = { numero, cellules: cellules.map(({ texte }) => texte) }
    return 'ligne' in read ? { ...kept, ligne: read.ligne, probleme: null } : { ...kept, ligne: null, probleme: read.probleme }
  })
  tellOverlaps(lignes)
  tellExcess(lignes)
  await tellShort(ctx, lignes)
  return { entetes, lignes }
}
