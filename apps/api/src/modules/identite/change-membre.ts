import type { organisationRoutes } from '@pass/contracts/organisations.ts'
import type { Input } from '@pass/contracts/route.ts'
import { whyNotGrant, whyNotHold } from '@pass/domain/habilitations.ts'
import { membreEtat, whyNotEnd, whyNotRemove, whyNotReview, whyNotSetMembre } from '@pass/domain/membres.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found, won } from '../../platform/errors.ts'
import { checkTerritoire } from '../referentiels/public.ts'
import { getMembre, lockMembres, type MembreAcces } from './membres.ts'

type Params = { adhesionId: string }
type Change = Input<typeof organisationRoutes.setMembre>['body']

/** The codes of the actor's own organisation: nobody's territory goes beyond them. */
export const territoireOf = async ({ db, actor }: Ctx): Promise<string[]> =>
  (await db.organisation.findUniqueOrThrow({ where: { id: actor.organisationId }, select: { territoire: true } })).territoire

const find = (all: readonly MembreAcces[], { adhesionId }: Params) => found(all.find((acces) => acces.adhesionId === adhesionId))

/** The other roles that the person holds here, or will. */
const otherRoles = (all: readonly MembreAcces[], { adhesionId, utilisateurId }: MembreAcces, today: string) =>
  all
    .filter((one) => one.utilisateurId === utilisateurId && one.adhesionId !== adhesionId && membreEtat(one, today) !== 'termine')
    .map(({ role }) => role)

/** Changes the role, the territory or the end of somebody else's access; the person is told, and holds it from their next call on. */
export const setMembre = async (ctx: Ctx, { adhesionId, role, territoire, dateFin }: Params & Change) => {
  const { actor, today } = ctx
  const { all, moi } = await lockMembres(ctx)
  const acces = find(all, { adhesionId })
  enforce(whyNotEnd(dateFin, acces.dateDebut > today ? acces.dateDebut : today), 400)
  await checkTerritoire(ctx, territoire, await territoireOf(ctx))
  enforce(whyNotSetMembre(acces, { role, dateFin }, { all, par: actor.utilisateurId, today }))
  const granter = { role: moi.role, organisationId: actor.organisationId }
  const organisation = { id: actor.organisationId, type: actor.organisationType, hasAdministrator: true }
  enforce(whyNotGrant({ granter, organisation, role }))
  const others = otherRoles(all, acces, today)
  enforce(whyNotHold(others, role))
  enforce(others.includes(role) ? refuse('deja_membre') : null)
  const [row] = await ctx.db.$queryRaw<{ done: boolean }[]>`
    select membre_set(${adhesionId}::uuid, ${role}, ${territoire}::text[], ${dateFin}::date, ${ctx.now}::timestamptz, ${today}::date) done`
  won(Number(row!.done))
  return getMembre(ctx, adhesionId)
}

/** Withdraws an access at once: the next call of the person is refused. One may withdraw one's own, unless nobody else administers. */
export const removeMembre = async (ctx: Ctx, { adhesionId }: Params) => {
  const { all } = await lockMembres(ctx)
  enforce(whyNotRemove(find(all, { adhesionId }), all, ctx.today))
  const [row] = await ctx.db.$queryRaw<{ done: boolean }[]>`
    select membre_remove(${adhesionId}::uuid, ${ctx.now}::timestamptz, ${ctx.today}::date) done`
  won(Number(row!.done))
  return getMembre(ctx, adhesionId)
}

/** Says that an access is still needed; it is asked again in 6 months. */
export const reviewMembre = async (ctx: Ctx, { adhesionId }: Params) => {
  const { all } = await lockMembres(ctx)
  enforce(whyNotReview(find(all, { adhesionId }), ctx.today))
  const [row] = await ctx.db.$queryRaw<{ done: boolean }[]>`select membre_review(${adhesionId}::uuid, ${ctx.today}::date) done`
  won(Number(row!.done))
  return getMembre(ctx, adhesionId)
}
