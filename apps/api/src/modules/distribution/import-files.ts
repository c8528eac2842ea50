import type { FileAnswer } from '@pass/contracts/route.ts'
import { COLONNE_PROBLEME, IMPORT_COLONNES } from '@pass/domain/import-attributions.ts'
import type { Ctx } from '../../platform/context.ts'
import { reachSql } from '../../platform/reach.ts'
import { csv, xlsx } from '../../platform/tableur/write-table.ts'
import { listPrescripteursBySiret } from '../referentiels/public.ts'
import { readImport } from './import-queries.ts'

const CSV = 'text/csv; charset=utf-8'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The file to fill in: its columns, and one line a prescripteur of the territory. */
export const importModel = async (ctx: Ctx): Promise<FileAnswer> => {
  const rows = await listPrescripteursBySiret(ctx)
  const lines = rows.map(({ siret, nom }) => [siret ?? '', nom, '', '', ''])
  return { nom: 'modele-attributions.csv', type: CSV, contenu: csv([Object.values(IMPORT_COLONNES), ...lines]) }
}

type Line = { cellules: string[]; probleme: string | null }

/** The same file in the same format, its problems in a last column: what a person corrects and gives back. */
export const importProblems = async (ctx: Ctx, { importId }: { importId: string }): Promise<FileAnswer> => {
  const { nom } = await readImport(ctx, importId)
  const [file] = await ctx.db.$queryRaw<{ entetes: string[] }[]>`
    select entetes from import_attribution i where ${reachSql(ctx, 'import_attribution', 'i')} and i.id = ${importId}::uuid`
  const lines = await ctx.db.$queryRaw<Line[]>`
    select cellules, probleme from import_attribution_ligne l
     where ${reachSql(ctx, 'import_attribution_ligne', 'l')} and l.import_id = ${importId}::uuid order by l.numero`
  // a file that was corrected and came back keeps one such column
  const kept = file!.entetes.flatMap((entete, place) => (entete === COLONNE_PROBLEME ? [] : [place]))
  const rows = lines.map(({ cellules, probleme }) => [...kept.map((place) => cellules[place] ?? ''), probleme ?? ''])
  const table = [[...kept.map((place) => file!.entetes[place]!), COLONNE_PROBLEME], ...rows]
  const isBook = nom.toLowerCase().endsWith('.xlsx')
  const titre = nom.replace(/\.\w+$/, '').slice(0, 80)
  return {
    nom: `${titre}-problemes.${isBook ? 'xlsx' : 'csv'}`,
    type: isBook ? XLSX : CSV,
    contenu: async () => (isBook ? xlsx : csv)(table),
  }
}
