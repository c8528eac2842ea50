import { ARCHIVE_FORMAT, ARCHIVE_TABLE_LABELS, ARCHIVE_TABLES, type ArchiveTable } from '@pass/domain/archives.ts'
import type { JobCtx } from '../../platform/jobs/job.ts'
import { pdf, type Sink } from '../../platform/pdf/document.ts'
import { reachSql } from '../../platform/reach.ts'
import { csvPart } from '../../platform/tableur/write-table.ts'
import { drawArchive, type Summary } from './archive.pdf.ts'
import { type Listed, type Manifest, MANIFEST } from './archive-manifest.ts'
import { pagesOf } from './archive-tables.ts'
import { zipInto } from './zip.ts'

type Progress = (fait: number, total: number) => Promise<void>
const TABLES = Object.keys(ARCHIVE_TABLES) as ArchiveTable[]
/** What the summary shows: the other tables may be long. */
const SHOWN = ['conventions', 'comptes', 'lots', 'dus'] as const satisfies readonly ArchiveTable[]
const isShown = (table: ArchiveTable): table is (typeof SHOWN)[number] => (SHOWN as readonly string[]).includes(table)

const notice = (nom: string, at: string): string =>
  [
    `Archive de continuité de ${nom}, arrêtée le ${at}.`,
    '',
    'Elle permet de poursuivre le dispositif sans l’opérateur : à qui il est dû, et l’état de chaque lot.',
    'Elle ne contient aucun code de pass ni aucun nom de personne. Les montants sont en centimes.',
    '',
    ...TABLES.map((table) => `${`${table}.csv`.padEnd(20)} ${ARCHIVE_TABLE_LABELS[table]}`),
    `${'synthese.pdf'.padEnd(20)} L’essentiel, à lire`,
    `${MANIFEST.padEnd(20)} L’empreinte sha256 de chaque fichier`,
    '',
    'Pour vérifier l’archive et recalculer ses soldes : npm run cli -- verifier-archive FICHIER',
    '',
  ].join('\r\n')

const countOf = async (ctx: JobCtx): Promise<number> => {
  const [row] = await ctx.db.$queryRaw<{ n: bigint }[]>`
    select (select count(*) from transfer t where ${reachSql(ctx, 'transfer', 't')}) + (select count(*) from carnet c where ${reachSql(ctx, 'carnet', 'c')})
      + (select count(*) from redemption r where ${reachSql(ctx, 'redemption', 'r')}) n`
  return Number(row!.n)
}

const asRows = (table: ArchiveTable, lines: readonly string[][]) =>
  lines.map((line) => Object.fromEntries(ARCHIVE_TABLES[table].map((column, i) => [column, line[i]!])))

const whoIs = async (ctx: JobCtx): Promise<Manifest['collectivite']> => {
  const [row] = await ctx.db.$queryRaw<Manifest['collectivite'][]>`
    select id, nom, siret from organisation where id = ${ctx.actor.organisationId}::uuid`
  return row!
}

/** The whole archive of the collectivité of `ctx`, one state of the base, piece by piece into `sink`. */
export const writeArchive = async (ctx: JobCtx, sink: Sink, progress: Progress): Promise<Manifest> => {
  const collectivite = await whoIs(ctx)
  const total = await countOf(ctx)
  const zip = zipInto(sink, ctx.now)
  const fichiers: Listed[] = []
  const shown: Record<(typeof SHOWN)[number], Record<string, string>[]> = { conventions: [], comptes: [], lots: [], dus: [] }
  let fait = 0
  const whole = async (nom: string, bytes: Uint8Array) => {
    const part = zip.part(nom)
    await part.write(bytes)
    return { nom, ...(await part.end()) }
  }
  fichiers.push(await whole('LISEZMOI.txt', Buffer.from(`\ufeff${notice(collectivite.nom, ctx.today)}`)))
  for (const table of TABLES) {
    const part = zip.part(`${table}.csv`)
    await part.write(csvPart([ARCHIVE_TABLES[table]], { first: true }))
    let lignes = 0
    for await (const lines of pagesOf(ctx, table)) {
      if (lines.length > 0) await part.write(csvPart(lines, { first: false }))
      lignes += lines.length
      if (isShown(table)) shown[table].push(...asRows(table, lines))
      if (table === 'ecritures' || table === 'carnets' || table === 'utilisations') await progress((fait += lines.length), total)
    }
    fichiers.push({ nom: `${table}.csv`, lignes, ...(await part.end()) })
  }
  const manifest: Manifest = { format: ARCHIVE_FORMAT, collectivite, at: ctx.now.toISOString(), fichiers }
  const summary = { ...manifest, ...(shown as unknown as Pick<Summary, (typeof SHOWN)[number]>) }
  const drawn = await pdf(drawArchive, summary, { titre: `Archive de continuité, ${collectivite.nom}`, now: ctx.now })
  fichiers.push(await whole('synthese.pdf', drawn))
  await whole(MANIFEST, Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`))
  await zip.end()
  return manifest
}
