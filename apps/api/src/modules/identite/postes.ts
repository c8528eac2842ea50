import type { Poste } from '@pass/contracts/postes.ts'
import { shownAt } from '../../platform/clock.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Ctx } from '../../platform/context.ts'
import { reach } from '../../platform/reach.ts'

const nomsOf = async ({ db }: Ctx, ids: readonly string[]) => {
  const rows = await db.$queryRaw<{ id: string; nom: string }[]>`select id, nom from colleague_names(${[...new Set(ids)]}::uuid[])`
  return new Map(rows.map(({ id, nom }) => [id, nom]))
}

/** The desk that this browser is, when it is one of this organisation. */
const currentPoste = async ({ db, actor }: Ctx): Promise<string | null> => {
  const [row] = await db.$queryRaw<{ poste_id: string | null }[]>`select poste_id from session_facts(${actor.sessionId}::uuid)`
  return row?.poste_id ?? null
}

/** The desks that the organisation trusts, the last one added first. */
export const listPostes = async (ctx: Ctx): Promise<{ items: Poste[] }> => {
  const rows = await ctx.db.poste.findMany({ where: { revoqueAt: null, ...reach(ctx, 'poste') }, orderBy: { id: 'desc' } })
  const noms = await nomsOf(
    ctx,
    rows.map(({ creePar }) => creePar),
  )
  const current = await currentPoste(ctx)
  return {
    items: rows.map(({ id, nom, createdAt, vuAt, creePar }) => ({
      id,
      nom,
      creeAt: shownAt(ctx, createdAt),
      vuAt: shownAt(ctx, vuAt),
      par: noms.get(creePar) ?? 'Une personne partie',
      cePoste: id === current,
    })),
  }
}

/** Trusts a desk no more: its sessions end, its PIN open nothing. */
export const revokePoste = async ({ db }: Ctx, { posteId }: { posteId: string }) => {
  const [row] = await db.$queryRaw<{ done: boolean }[]>`select poste_revoke(${posteId}::uuid) as done`
  if (!row?.done) throw new NotFound()
  return { fait: true as const }
}
