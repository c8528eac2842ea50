import type { Appareil } from '@pass/contracts/guichet.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { reach } from '../../platform/reach.ts'
import { colleagueNames } from './names.ts'

type Row = { id: string; nom: string; creePar: string; creeAt: Date; vuAt: Date; revoqueAt: Date | null }

const sayAll = async (ctx: Ctx, rows: readonly Row[]): Promise<Appareil[]> => {
  const nameOf = await colleagueNames(
    ctx,
    rows.map(({ creePar }) => creePar),
  )
  return rows.map(({ id, nom, creePar, creeAt, vuAt, revoqueAt }) => ({
    id,
    nom,
    creeAt: creeAt.toISOString(),
    vuAt: vuAt.toISOString(),
    revoqueAt: revoqueAt?.toISOString() ?? null,
    par: nameOf(creePar),
  }))
}

const readOne = async (ctx: Ctx, id: string): Promise<Appareil> => {
  const row = found(await ctx.db.appareil.findFirst({ where: { id, ...reach(ctx, 'appareil') } }))
  return (await sayAll(ctx, [row]))[0]!
}

/**
 * Makes this browser known to the counter of its structure, or says that it is still there. From then on the acts that it keeps are
 * believed; an identifier known elsewhere is nobody's here.
 */
export const registerAppareil = async (ctx: Ctx, { appareilId, nom }: { appareilId: string; nom: string }): Promise<Appareil> => {
  const { organisationId, utilisateurId } = ctx.actor
  await ctx.db.$executeRaw`insert into appareil (organisation_id, id, nom, cree_par, cree_at, vu_at)
    values (${organisationId}::uuid, ${appareilId}::uuid, ${nom}, ${utilisateurId}::uuid, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz)
    on conflict (id) do nothing`
  const { revoqueAt } = await readOne(ctx, appareilId)
  enforce(revoqueAt ? refuse('appareil_revoque') : null)
  await ctx.db.appareil.updateMany({ where: { id: appareilId, ...reach(ctx, 'appareil') }, data: { nom, vuAt: ctx.now } })
  return readOne(ctx, appareilId)
}

/** The devices of the counter, the last seen first, those that were revoked too. */
export const listAppareils = async (ctx: Ctx): Promise<{ items: Appareil[] }> => {
  const rows = await ctx.db.appareil.findMany({ where: reach(ctx, 'appareil'), orderBy: [{ vuAt: 'desc' }, { id: 'asc' }] })
  return { items: await sayAll(ctx, rows) }
}

/** Trusts a device no more: what it scans from now on is refused, what it had scanned waits for the operator. */
export const revokeAppareil = async (ctx: Ctx, { appareilId }: { appareilId: string }): Promise<Appareil> => {
  const { count } = await ctx.db.appareil.updateMany({
    where: { id: appareilId, revoqueAt: null, ...reach(ctx, 'appareil') },
    data: { revoqueAt: ctx.now, revoquePar: ctx.actor.utilisateurId },
  })
  const appareil = await readOne(ctx, appareilId)
  if (count > 0) await fact(ctx, { sujet: 'appareil.revoque', objet: { appareilId } })
  return appareil
}
