import { createHash } from 'node:crypto'
import { ARCHIVE_FORMAT, ARCHIVE_TABLES, type ArchiveData, type ArchiveTable } from '@pass/domain/archives.ts'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { type Manifest, MANIFEST } from './archive-manifest.ts'
import { DamagedArchive, openZip } from './zip.ts'

const Manifeste = z.object({
  format: z.string(),
  collectivite: z.object({ id: z.uuid(), nom: z.string(), siret: z.string().nullable() }),
  at: z.iso.datetime(),
  fichiers: z.array(z.object({ nom: z.string(), octets: z.int(), sha256: z.string(), lignes: z.int().optional() })),
})

const readManifest = (bytes: Uint8Array | undefined): Manifest => {
  if (!bytes) throw new DamagedArchive(`Il manque ${MANIFEST}\u00a0: ce fichier n’est pas une archive de continuité.`)
  const read = Manifeste.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  if (!read.success) throw new DamagedArchive(`${MANIFEST} ne se lit pas.`)
  if (read.data.format !== ARCHIVE_FORMAT)
    throw new DamagedArchive(
      `Cette archive est de la forme «\u00a0${read.data.format}\u00a0»\u00a0: cet outil lit «\u00a0${ARCHIVE_FORMAT}\u00a0».`,
    )
  const { fichiers, ...rest } = read.data
  return { ...rest, fichiers: fichiers.map(({ lignes, ...file }) => ({ ...file, ...(lignes !== undefined && { lignes }) })) }
}

const sameFiles = (files: Record<string, Uint8Array>, { fichiers }: Manifest) => {
  for (const { nom, sha256, octets } of fichiers) {
    const bytes = files[nom]
    if (!bytes) throw new DamagedArchive(`Il manque le fichier ${nom}.`)
    if (bytes.length !== octets || createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new DamagedArchive(`Le fichier ${nom} a changé\u00a0: son empreinte n’est plus celle du manifeste.`)
  }
  const listed = new Set([MANIFEST, ...fichiers.map(({ nom }) => nom)])
  const extra = Object.keys(files).find((nom) => !listed.has(nom))
  if (extra) throw new DamagedArchive(`Le fichier ${extra} n’est pas au manifeste.`)
}

const tableOf = (files: Record<string, Uint8Array>, { fichiers }: Manifest, table: ArchiveTable): Record<string, string>[] => {
  const nom = `${table}.csv`
  if (!files[nom]) throw new DamagedArchive(`Il manque le fichier ${nom}.`)
  const [head, ...lines] = parse(files[nom], { bom: true, delimiter: ';' })
  const columns: readonly string[] = ARCHIVE_TABLES[table]
  if (head?.join() !== columns.join()) throw new DamagedArchive(`Le fichier ${nom} n’a pas les colonnes attendues.`)
  if (lines.length !== fichiers.find((file) => file.nom === nom)?.lignes)
    throw new DamagedArchive(`Le fichier ${nom} n’a pas le nombre de lignes du manifeste.`)
  return lines.map((line) => Object.fromEntries(columns.map((column, i) => [column, line[i]!])))
}

/** An archive whose every byte is right, its tables read. @throws DamagedArchive */
export const readArchive = (octets: Uint8Array): { manifest: Manifest; data: ArchiveData } => {
  const files = openZip(octets)
  const manifest = readManifest(files[MANIFEST])
  sameFiles(files, manifest)
  const tables = Object.keys(ARCHIVE_TABLES) as ArchiveTable[]
  const data = Object.fromEntries(tables.map((table) => [table, tableOf(files, manifest, table)]))
  return { manifest, data: data as unknown as ArchiveData }
}
