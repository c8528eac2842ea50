import type { SessionOuverte } from '@pass/contracts/compte-personnel.ts'
import type { Methode } from '@pass/domain/acces.ts'
import { shownAt } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/context.ts'
import { NotFound } from '../../platform/errors.ts'

type Row = {
  id: string
  organisation_id: string
  organisation_nom: string
  methode: Methode
  appareil: string
  guichet: boolean
  ouverte_at: Date
  vue_at: Date
}

/** The sessions that are open in the person's name, whatever the organisation; the last used first. */
export const listMySessions = async ({ db, actor, now }: Ctx): Promise<{ items: SessionOuverte[] }> => {
  const rows = await db.$queryRaw<Row[]>`select * from my_sessions()`
  return {
    items: rows.map((row) => ({
      id: row.id,
      courante: row.id === actor.sessionId,
      organisation: { id: row.organisation_id, nom: row.organisation_nom },
      methode: row.methode,
      appareil: row.appareil,
      guichet: row.guichet,
      ouverteAt: shownAt({ now }, row.ouverte_at),
      vueAt: shownAt({ now }, row.vue_at),
    })),
  }
}

const finish = async ({ db }: Ctx, sessionId: string | null, except: string | null): Promise<number> => {
  const [row] = await db.$queryRaw<{ n: number }[]>`select my_sessions_finish(${sessionId}::uuid, ${except}::uuid) as n`
  return row!.n
}

/** Ends one of one's own sessions; its next call is 401. */
export const closeMySession = async (ctx: Ctx, { sessionId }: { sessionId: string }) => {
  if ((await finish(ctx, sessionId, null)) === 0) throw new NotFound()
  return { fait: true as const }
}

/** Ends every session of the person but this one. */
export const closeOtherSessions = async (ctx: Ctx) => ({ fermees: await finish(ctx, null, ctx.actor.sessionId) })
