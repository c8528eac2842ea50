import type { Upload } from '@pass/contracts/route.ts'
import { refuse } from '@pass/domain/refusal.ts'
import { typeOf } from '@pass/domain/pieces.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { Refused } from '../../platform/errors.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { Task } from '../../platform/jobs/job.ts'
import { readTable } from '../../platform/tableur/read-table.ts'
import { Unreadable } from '../../platform/tableur/table.ts'
import { getImportAttribution, jobKey } from './import-queries.ts'
import { keepLines, keepUnreadable } from './keep-import.ts'
import type { Sender } from './parcels.ts'
import { weighImport } from './read-import.ts'

/** A file up to this size is read while the person waits: some thousand lines. */
const AT_ONCE_OCTETS = 128 * 1024

const open = async (ctx: Sender, nom: string, octets: Uint8Array): Promise<string> => {
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into import_attribution (collectivite_id, id, nom, contenu, statut, utilisateur_id, created_at)
    values (${ctx.actor.organisationId}::uuid, uuidv7(), ${nom}, ${Buffer.from(octets)}, 'a_lire', ${ctx.actor.utilisateurId}::uuid, ${ctx.now}) returning id`
  return row!.id
}

const read = async (ctx: Sender, importId: string, file: Pick<Upload, 'type' | 'octets'>): Promise<void> =>
  keepLines(ctx, importId, await weighImport(ctx, readTable(file)))

/**
 * Takes a file of allocations: a small one is read at once (one that cannot be read is refused, and leaves nothing), a large one by a
 * job. No carnet moves.
 */
export const uploadImport = async (ctx: Ctx, { nom, type, octets }: Upload) => {
  const importId = await open(ctx, nom, octets)
  if (octets.length > AT_ONCE_OCTETS) await enqueue(ctx, 'read-import', { importId }, jobKey(importId))
  else
    try {
      await read(ctx, importId, { type, octets })
    } catch (error) {
      if (error instanceof Unreadable) throw new Refused(refuse('import_illisible', error.message), 400)
      throw error
    }
  return getImportAttribution(ctx, { importId })
}

const Payload = z.object({ importId: z.uuid() })

const bytesOf = async (ctx: Sender, importId: string): Promise<Uint8Array | null> => {
  const [row] = await ctx.db.$queryRaw<{ contenu: Uint8Array | null }[]>`
    select contenu from import_attribution where collectivite_id = ${ctx.actor.organisationId}::uuid and id = ${importId}::uuid and statut = 'a_lire'`
  return row?.contenu ?? null
}

/** Reads a large file, all of it or nothing: run again after a stop, it finds the bytes still there, or nothing left to do. */
export const readImportFile: Task = async (job) => {
  const { importId } = Payload.parse(job.payload)
  const octets = await job.read((ctx) => bytesOf(ctx, importId))
  if (!octets) return
  try {
    const file = { type: typeOf(octets) ?? ('text/csv' as const), octets }
    await job.write({ importId }, (ctx) => read(ctx, importId, file))
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    await job.write({ importId }, (ctx) => keepUnreadable(ctx, importId, error.message))
  }
}
