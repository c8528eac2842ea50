import { randomUUID } from 'node:crypto'
import type { FileAnswer, Upload } from '@pass/contracts/route.ts'
import type { Piece } from '@pass/contracts/pieces.ts'
import type { Config } from '../../config.ts'
import type { Ctx } from '../../platform/context.ts'
import { found } from '../../platform/errors.ts'
import { reachSql } from '../../platform/reach.ts'
import { digestOf, keep, readKept } from './store.ts'

type Files = Pick<Config, 'filesDir'>
/** What a piece is about: a noun (`atelier`, `convention`) and the row's id. Whoever calls has looked at that row first. */
export type About = { objet: string; objetId: string }
/** `lecteurs`: organisations that read it too, besides the one that deposits it. */
export type Deposit = About & Upload & { lecteurs?: readonly string[] }

type Row = {
  id: string
  nom: string
  type: string
  octets: number
  sha256: Uint8Array
  deposee_at: Date
  deposee_par: string
  a_soi: boolean
  organisation: string
}

const namesOf = async ({ db }: Ctx, rows: readonly Row[]): Promise<ReadonlyMap<string, string>> => {
  const ids = [...new Set(rows.filter((row) => row.a_soi).map((row) => row.deposee_par))]
  const names = await db.$queryRaw<{ id: string; nom: string }[]>`select id, nom from colleague_names(${ids}::uuid[])`
  return new Map(names.map(({ id, nom }) => [id, nom]))
}

/** Who deposited it: a colleague by name, another organisation as itself. */
const shown = (row: Row, names: ReadonlyMap<string, string>): Piece => ({
  id: row.id,
  nom: row.nom,
  type: row.type,
  octets: row.octets,
  sha256: Buffer.from(row.sha256).toString('hex'),
  deposeeAt: row.deposee_at.toISOString(),
  par: row.a_soi ? (names.get(row.deposee_par) ?? 'Une personne partie') : row.organisation,
})

const rowsAbout = (ctx: Ctx, { objet, objetId }: About) => ctx.db.$queryRaw<Row[]>`
  select p.id, p.nom, p.type, p.octets, p.sha256, p.deposee_at, p.deposee_par, p.organisation_id = ${ctx.actor.organisationId}::uuid a_soi, o.nom organisation
    from piece p join organisation o on o.id = p.organisation_id
   where p.objet = ${objet} and p.objet_id = ${objetId}::uuid and ${reachSql(ctx, 'piece', 'p')}
   order by p.deposee_at, p.id`

/**
 * Keeps a file about something, outside the database, and its row (name, type, size, sha256) in the transaction of the call.
 * The same bytes twice about the same thing: 409 `deja_enregistre`. Its type was told by its bytes when the route received it.
 */
export const storePiece = async (ctx: Ctx, files: Files, { objet, objetId, nom, type, octets, lecteurs = [] }: Deposit): Promise<Piece> => {
  const { organisationId, utilisateurId } = ctx.actor
  const id = randomUUID()
  await ctx.db
    .$executeRaw`insert into piece (organisation_id, id, objet, objet_id, nom, type, octets, sha256, lecteur_ids, deposee_par, deposee_at)
    values (${organisationId}::uuid, ${id}::uuid, ${objet}, ${objetId}::uuid, ${nom}, ${type}, ${octets.length}, ${digestOf(octets)}, ${[...lecteurs]}::uuid[],
      ${utilisateurId}::uuid, ${ctx.now})`
  // the row first: the same piece sent twice leaves no second file
  await keep(files.filesDir, id, octets)
  const rows = await rowsAbout(ctx, { objet, objetId })
  const made = found(rows.find((row) => row.id === id))
  return shown(made, await namesOf(ctx, [made]))
}

/** The pieces about something that the actor may read, in the order of their deposit. */
export const listPieces = async (ctx: Ctx, about: About): Promise<Piece[]> => {
  const rows = await rowsAbout(ctx, about)
  const names = await namesOf(ctx, rows)
  return rows.map((row) => shown(row, names))
}

/** A piece to download, its bytes checked against their digest. `objet`: what the route is about; a piece of anything else is 404. */
export const readPiece = async (
  ctx: Ctx,
  { filesDir }: Files,
  { pieceId, objet }: { pieceId: string; objet: string },
): Promise<FileAnswer> => {
  const [row] = await ctx.db.$queryRaw<Pick<Row, 'nom' | 'type' | 'sha256'>[]>`
    select p.nom, p.type, p.sha256 from piece p where p.id = ${pieceId}::uuid and p.objet = ${objet} and ${reachSql(ctx, 'piece', 'p')}`
  const { nom, type, sha256 } = found(row)
  return { nom, type, contenu: () => readKept(filesDir, pieceId, sha256) }
}
