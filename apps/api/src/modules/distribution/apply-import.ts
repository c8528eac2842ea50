import { type ImportLine, importMachine, shortProblem, whyNotApply } from '@pass/domain/import-attributions.ts'
import { plural } from '@pass/domain/money.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { enforce, won } from '../../platform/errors.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { Task } from '../../platform/jobs/job.ts'
import { closeShipment } from './allocate-carnets.ts'
import { getImportAttribution, jobKey, readImport } from './import-queries.ts'
import { type Sender, sendParcels, type Short, shortLines } from './parcels.ts'
import { toShipmentLines } from './read-import.ts'

/** Up to this many lines and carnets leave while the person waits. */
const AT_ONCE = { lignes: 1000, carnets: 2000 }

type Numbered = ImportLine & { numero: number }

const linesOf = async ({ db, actor }: Sender, importId: string): Promise<Numbered[]> => {
  const rows = await db.$queryRaw<{ numero: number; prescripteur_id: string; serie_premiere: bigint; serie_derniere: bigint }[]>`
    select numero, prescripteur_id, serie_premiere, serie_derniere from import_attribution_ligne
     where collectivite_id = ${actor.organisationId}::uuid and import_id = ${importId}::uuid order by numero`
  return rows.map(({ numero, prescripteur_id: prescripteurId, serie_premiere, serie_derniere }) => ({
    numero,
    prescripteurId,
    premiere: Number(serie_premiere),
    derniere: Number(serie_derniere),
  }))
}

/** The stock moved since the file was read: nothing leaves, and the lines say which. */
const spoil = async ({ db, actor }: Sender, importId: string, lines: readonly Numbered[], short: readonly Short[]): Promise<void> => {
  const numeros = short.map(({ rang }) => lines[rang]!.numero)
  const problemes = short.map(({ rang, disponibles, absent }) =>
    shortProblem({ demandes: lines[rang]!.derniere - lines[rang]!.premiere + 1, disponibles, absent: absent! }),
  )
  await db.$executeRaw`
    update import_attribution_ligne l set probleme = p.probleme from unnest(${numeros}::int[], ${problemes}::text[]) p(numero, probleme)
     where l.collectivite_id = ${actor.organisationId}::uuid and l.import_id = ${importId}::uuid and l.numero = p.numero`
  const message = `Le stock a changé depuis le dépôt\u00a0: rien n’a été attribué. ${plural(short.length, 'ligne')} à corriger.`
  await db.$executeRaw`
    update import_attribution set statut = ${importMachine.spoil.to}, fautes = ${short.length}, message = ${message}
     where collectivite_id = ${actor.organisationId}::uuid and id = ${importId}::uuid and statut = 'en_cours'`
}

/** All of the lines leave in one transaction, or none does. */
const apply = async (ctx: Sender, importId: string): Promise<void> => {
  const { statut } = await readImport(ctx, importId, { lock: true })
  if (statut !== 'en_cours') return
  const lines = await linesOf(ctx, importId)
  const shipment = { collectiviteId: ctx.actor.organisationId, expediteurId: null, lignes: toShipmentLines(lines) }
  const short = (await shortLines(ctx, shipment, true)).filter(({ absent }) => absent !== null)
  if (short.length > 0) return spoil(ctx, importId, lines, short)
  const parcels = await sendParcels(ctx, shipment)
  await closeShipment(ctx, shipment, parcels)
  await ctx.db.$executeRaw`
    update import_attribution set statut = ${importMachine.apply.to}, attributions = ${parcels.length}, applique_at = ${ctx.now}
     where collectivite_id = ${ctx.actor.organisationId}::uuid and id = ${importId}::uuid and statut = 'en_cours'`
}

/** Somebody has looked at the lines: the carnets leave, at once or by a job. */
export const applyImport = async (ctx: Ctx, { importId }: { importId: string }) => {
  const file = await readImport(ctx, importId, { lock: true })
  enforce(whyNotApply(file))
  const count = await ctx.db.$executeRaw`
    update import_attribution set statut = ${importMachine.take.to}
     where collectivite_id = ${ctx.actor.organisationId}::uuid and id = ${importId}::uuid and statut = ${file.statut}`
  won(count)
  if (file.lignes <= AT_ONCE.lignes && file.carnets <= AT_ONCE.carnets) await apply(ctx, importId)
  else await enqueue(ctx, 'apply-import', { importId }, jobKey(importId))
  return getImportAttribution(ctx, { importId })
}

const Payload = z.object({ importId: z.uuid() })

/** The same for a large file. Run again after a stop, it finds the file still to apply, or nothing left to do. */
export const applyImportFile: Task = async (job) => {
  const { importId } = Payload.parse(job.payload)
  await job.write({ importId }, (ctx) => apply(ctx, importId))
}
