import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { deriveCode, lookupOf, unwrapLotKey } from '../../platform/codes.ts'
import { found } from '../../platform/errors.ts'
import type { JobCtx, Task } from '../../platform/jobs/job.ts'
import { breathe } from '../../platform/pdf/document.ts'
import { reach } from '../../platform/reach.ts'
import type { Secrets } from '../../platform/secrets.ts'

/** Carnets written in one transaction: short ones, so that a stop loses little. */
const CHUNK = 1_000
/** Bytes of a keyed hash. */
const LOOKUP = 32
/** Carnets derived before whatever waits goes first: the transaction of the chunk before, above all. */
const BREATH = 50
const Payload = z.object({ lotId: z.uuid() })

const readLot = async (ctx: JobCtx, lotId: string) => {
  const lot = found(await ctx.db.lot.findFirst({ where: { id: lotId, ...reach(ctx, 'lot') }, include: { lotCle: true } }))
  return { ...lot, cle: found(lot.lotCle).cleChiffree }
}
type Lot = Awaited<ReturnType<typeof readLot>>
type Keys = { secrets: Secrets; lotKey: KeyObject }

/** What the database keeps of the codes of the carnets after the first `de`: derived again at each run, never stored. */
const lookupsOf = async ({ secrets, lotKey }: Keys, lot: Lot, de: number): Promise<Uint8Array<ArrayBuffer>> => {
  const nombre = Math.max(0, Math.min(CHUNK, lot.quantite - de))
  const bytes = new Uint8Array(nombre * lot.carnetTaille * LOOKUP)
  for (let i = 0; i < nombre; i++) {
    if (i % BREATH === 0) await breathe()
    const serie = Number(lot.seriePremiere) + de + i
    for (let rang = 1; rang <= lot.carnetTaille; rang++)
      bytes.set(lookupOf(secrets, deriveCode(lotKey, serie, rang)), (i * lot.carnetTaille + rang - 1) * LOOKUP)
  }
  return bytes
}

const writeCarnets = async (ctx: JobCtx, { collectiviteId, id }: Lot, de: number, lookups: Uint8Array<ArrayBuffer>): Promise<number> => {
  const [row] = await ctx.db.$queryRaw<{ produits: number }[]>`
    select produce_carnets(${collectiviteId}::uuid, ${id}::uuid, ${de}::int, ${lookups}) as produits`
  return row!.produits
}

/**
 * Writes the carnets and pass of a lot, chunk by chunk, the codes of the next one derived while PostgreSQL writes. It goes on from
 * what the lot holds: run twice, it writes nothing twice.
 */
export const produceLot: Task = async (job, { secrets }) => {
  const { lotId } = Payload.parse(job.payload)
  const lot = await job.read((ctx) => readLot(ctx, lotId))
  const keys = { secrets, lotKey: unwrapLotKey(secrets, lotId, lot.cle) }
  let lookups = await lookupsOf(keys, lot, lot.produits)
  for (let produits = lot.produits; produits < lot.quantite;) {
    const [de, mine] = [produits, lookups]
    const writing = job.write({ lotId }, (ctx) => writeCarnets(ctx, lot, de, mine))
    const [written, following] = await Promise.all([writing, lookupsOf(keys, lot, de + CHUNK)])
    // somebody else wrote a chunk of it meanwhile: what was derived is of other carnets
    const isNext = written === Math.min(de + CHUNK, lot.quantite)
    produits = written
    lookups = isNext ? following : await lookupsOf(keys, lot, produits)
    await job.progress(produits, lot.quantite)
  }
}
