import type { ImportAttribution, ImportLigne } from '@pass/contracts/imports-attributions.ts'
import type { ImportStatut } from '@pass/domain/import-attributions.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { empty, type Sql, sql } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { progressOf } from '../../platform/jobs/enqueue.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reachSql } from '../../platform/reach.ts'
import type { Sender } from './parcels.ts'

type Row = {
  id: string
  nom: string
  statut: ImportStatut
  message: string | null
  lignes: number
  fautes: number
  carnets: number
  attributions: number
  created_at: Date
  applique_at: Date | null
}

/** The key of the jobs of a file: one at a time. */
export const jobKey = (importId: string): string => `import-attribution:${importId}`

const toImport = ({ created_at, applique_at, ...row }: Row, avancement: ImportAttribution['avancement']): ImportAttribution => ({
  ...row,
  avancement,
  createdAt: created_at.toISOString(),
  appliqueAt: applique_at && applique_at.toISOString(),
})

const rowsOf = (ctx: Sender, rest: Sql) => ctx.db.$queryRaw<Row[]>`
  select i.id, i.nom, i.statut, i.message, i.lignes, i.fautes, i.carnets, i.attributions, i.created_at, i.applique_at
    from import_attribution i where ${reachSql(ctx, 'import_attribution', 'i')} ${rest}`

/** The file as it is now; `lock` keeps it until the end of the transaction. */
export const readImport = async (ctx: Sender, importId: string, { lock = false } = {}): Promise<Row> => {
  const rows = await rowsOf(ctx, sql`and i.id = ${importId}::uuid ${lock ? sql`for no key update` : empty}`)
  return found(rows[0])
}

export const getImportAttribution = async (ctx: Ctx, { importId }: { importId: string }): Promise<ImportAttribution> => {
  const row = await readImport(ctx, importId)
  const waits = row.statut === 'a_lire' || row.statut === 'en_cours'
  return toImport(row, waits ? await progressOf(ctx, jobKey(importId)) : null)
}

type Page = { apres?: string | undefined; taille?: number | undefined }
const IdCursor = z.tuple([z.uuid()])

/** Files, the last one first. */
export const listImportAttributions = async (ctx: Ctx, { apres, taille = TAILLE }: Page) => {
  const after = cursorOf(apres, IdCursor)
  const rows = await rowsOf(ctx, sql`${after ? sql`and i.id < ${after[0]}::uuid` : empty} order by i.id desc limit ${taille + 1}`)
  const [counted] = await ctx.db.$queryRaw<{ n: number }[]>`
    select count(*)::int as n from import_attribution i where ${reachSql(ctx, 'import_attribution', 'i')}`
  const page = pageOf(rows, taille, ({ id }) => [id], counted!.n)
  return { ...page, items: page.items.map((row) => toImport(row, null)) }
}

type LineRow = {
  numero: number
  prescripteur_id: string | null
  prescripteur: string | null
  serie_premiere: bigint | null
  serie_derniere: bigint | null
  carnets: number | null
  probleme: string | null
  cellules: string[]
}

const printed = (serie: bigint | null) => (serie === null ? null : formatSerie(Number(serie)))
const toLine = ({ prescripteur_id, prescripteur, serie_premiere, serie_derniere, ...row }: LineRow): ImportLigne => ({
  ...row,
  prescripteur: prescripteur_id && prescripteur ? { id: prescripteur_id, nom: prescripteur } : null,
  seriePremiere: printed(serie_premiere),
  serieDerniere: printed(serie_derniere),
})

const LineCursor = z.tuple([z.int()])
type LinesInput = Page & { importId: string; probleme?: boolean | undefined }

/** The lines of a file in its own order; with `probleme`, only those at fault, or only the others. */
export const listImportLignes = async (ctx: Ctx, { importId, apres, taille = TAILLE, probleme }: LinesInput) => {
  const after = cursorOf(apres, LineCursor)
  const { lignes, fautes } = await readImport(ctx, importId)
  const rows = await ctx.db.$queryRaw<LineRow[]>`
    select l.numero, l.prescripteur_id, p.nom as prescripteur, l.serie_premiere, l.serie_derniere, l.carnets, l.probleme, l.cellules
      from import_attribution_ligne l left join organisation p on p.id = l.prescripteur_id
     where ${reachSql(ctx, 'import_attribution_ligne', 'l')} and l.import_id = ${importId}::uuid
       ${probleme === undefined ? empty : probleme ? sql`and l.probleme is not null` : sql`and l.probleme is null`}
       ${after ? sql`and l.numero > ${after[0]}` : empty}
     order by l.numero limit ${taille + 1}`
  const total = probleme === undefined ? lignes : probleme ? fautes : lignes - fautes
  const page = pageOf(rows, taille, ({ numero }) => [numero], total)
  return { ...page, items: page.items.map(toLine) }
}
