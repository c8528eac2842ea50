import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { deriveCode, lookupOf, unwrapLotKey } from '../../platform/codes.ts'
import { found } from '../../platform/errors.ts'
import type { JobCtx, Task } from '../../platform/jobs/job.ts'
import { reach } from '../../platform/reach.ts'
import type { Secrets } from '../../platform/secrets.ts'

/** Carnets written in one transaction: short ones, so that a stop loses little. */
const CHUNK = 500
const Payload = z.object({ lotId: z.uuid() })

const readLot = async (ctx: JobCtx, lotId: string) => {
  const lot = found(await ctx.db.lot.findFirst({ where: { id: lotId, ...reach(ctx, 'lot') }, include: { lotCle: true } }))
  return { ...lot, cle: found(lot.lotCle).cleChiffree }
}
type Lot = Awaited<ReturnType<typeof readLot>>

/** What the database keeps of the codes of `nombre` carnets after the first `de`: derived again at each run, never stored. */
const lookupsOf = (secrets: Secrets, lot: Lot, lotKey: KeyObject, de: number, nombre: number): string[] =>
  Array.from({ length: nombre * lot.carnetTaille }, (_, i) => {
    const serie = Number(lot.seriePremiere) + de + Math.floor(i / lot.carnetTaille)
    return lookupOf(secrets, deriveCode(lotKey, serie, (i % lot.carnetTaille) + 1)).toString('hex')
  })

const writeCarnets = async (ctx: JobCtx, { collectiviteId, id }: Lot, de: number, lookups: string[]): Promise<number> => {
  const [row] = await ctx.db.$queryRaw<{ produits: number }[]>`
    select produce_carnets(${collectiviteId}::uuid, ${id}::uuid, ${de}::int,
      (select array_agg(decode(l.hex, 'hex') order by l.rang) from unnest(${lookups}::text[]) with ordinality l(hex, rang))) as produits`
  return row!.produits
}

/** Writes the carnets and pass of a lot, chunk by chunk. It goes on from what the lot holds: run twice, it writes nothing twice. */
export const produceLot: Task = async (job, { secrets }) => {
  const { lotId } = Payload.parse(job.payload)
  const lot = await job.read((ctx) => readLot(ctx, lotId))
  const lotKey = unwrapLotKey(secrets, lotId, lot.cle)
  for (let produits = lot.produits; produits < lot.quantite;) {
    const lookups = lookupsOf(secrets, lot, lotKey, produits, Math.min(CHUNK, lot.quantite - produits))
    const de = produits
    produits = await job.write({ lotId }, (ctx) => writeCarnets(ctx, lot, de, lookups))
    await job.progress(produits, lot.quantite)
  }
}
