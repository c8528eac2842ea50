import type { Invitation } from '@pass/contracts/equipe.ts'
import type { organisationRoutes } from '@pass/contracts/organisations.ts'
import type { Input } from '@pass/contracts/route.ts'
import { ADMINISTRATORS } from '@pass/domain/acces.ts'
import { whyNotGrant, whyNotHold } from '@pass/domain/habilitations.ts'
import { invitationEnd, type InvitationEtat, invitationEtat, membreEtat, whyNotEnd, whyNotTouchInvitation } from '@pass/domain/membres.ts'
import type { Role } from '@pass/domain/organisations.ts'
import { refuse } from '@pass/domain/refusal.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { dayOf } from '../../platform/db.ts'
import { enforce, found, won } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import type { Prisma } from '../../platform/prisma/client.ts'
import { reach } from '../../platform/reach.ts'
import { checkTerritoire } from '../referentiels/public.ts'
import { territoireOf } from './change-membre.ts'
import { accesOf } from './membres.ts'
import { namesOf } from './names.ts'

type Row = Prisma.InvitationGetPayload<object>
type Sent = 'envoyee' | 'acceptee' | 'annulee'
const etatOf = ({ now }: Pick<Ctx, 'now'>, { statut, expireAt }: Pick<Row, 'statut' | 'expireAt'>) =>
  invitationEtat({ statut: statut as Sent, expireAt }, now)

const toInvitation = (ctx: Ctx, row: Row, names: ReadonlyMap<string, string>): Invitation => ({
  id: row.id,
  courriel: row.courriel,
  prenom: row.prenom,
  nom: row.nom,
  role: row.role as Role,
  territoire: row.territoire,
  dateFin: row.dateFin && dayOf(row.dateFin),
  etat: etatOf(ctx, row),
  envoyeeAt: row.createdAt.toISOString(),
  expireAt: row.expireAt.toISOString(),
  par: { id: row.creePar, nom: names.get(row.creePar) ?? '' },
})

/** Stored as sent; past its 7 days it is shown as expired. */
const whereEtat = (etat: InvitationEtat, now: Date): Prisma.InvitationWhereInput => {
  if (etat === 'envoyee') return { statut: 'envoyee', expireAt: { gt: now } }
  return etat === 'expiree' ? { statut: 'envoyee', expireAt: { lte: now } } : { statut: etat }
}

type ListQuery = { etat?: InvitationEtat | undefined; apres?: string | undefined; taille?: number | undefined }

/** The invitations of the actor's organisation, the last first. */
export const listInvitations = async (ctx: Ctx, { etat, apres, taille = TAILLE }: ListQuery) => {
  const last = cursorOf(apres, z.uuid())
  const where = { ...(etat && whereEtat(etat, ctx.now)), ...reach(ctx, 'invitation') }
  const rows = await ctx.db.invitation.findMany({
    where: { ...where, ...(last && { id: { lt: last } }) },
    orderBy: { id: 'desc' },
    take: taille + 1,
  })
  const page = pageOf(rows, taille, ({ id }) => id, await ctx.db.invitation.count({ where }))
  const names = await namesOf(
    ctx,
    page.items.map(({ creePar }) => creePar),
  )
  return { ...page, items: page.items.map((row) => toInvitation(ctx, row, names)) }
}

const findInvitation = async (ctx: Ctx, invitationId: string) =>
  found(await ctx.db.invitation.findFirst({ where: { id: invitationId, ...reach(ctx, 'invitation') } }))

const getInvitation = async (ctx: Ctx, invitationId: string): Promise<Invitation> => {
  const row = await findInvitation(ctx, invitationId)
  return toInvitation(ctx, row, await namesOf(ctx, [row.creePar]))
}

export type Invitee = { courriel: string; prenom: string; nom: string; role: Role; territoire: readonly string[]; dateFin: string | null }

/** Writes and mails an invitation. Null: this organisation is not one where the actor invites. The answer never tells who has an account. */
export const sendInvitation = async ({ db, now, today }: Ctx, organisationId: string, invitee: Invitee): Promise<string | null> => {
  const { courriel, prenom, nom, role, territoire, dateFin } = invitee
  const [row] = await db.$queryRaw<{ id: string | null }[]>`
    select invitation_create(${organisationId}::uuid, ${courriel}, ${prenom}, ${nom}, ${role}, ${[...territoire]}::text[],
      ${dateFin}::date, ${now}::timestamptz, ${invitationEnd(now)}::timestamptz, ${today}::date, ${[...ADMINISTRATORS]}::text[]) id`
  return row!.id
}

const EN_ATTENTE = 'Une invitation à cette adresse attend déjà une réponse. Renvoyez-la, ou annulez-la.'

/** Refuses a second invitation for the same address and role; two at the same second meet the unique index. */
const requireNoneWaiting = async (ctx: Ctx, { courriel, role }: Pick<Invitee, 'courriel' | 'role'>) => {
  const waiting = await ctx.db.invitation.count({
    where: { courriel, role, statut: 'envoyee', expireAt: { gt: ctx.now }, ...reach(ctx, 'invitation') },
  })
  enforce(waiting > 0 ? refuse('deja_enregistre', EN_ATTENTE) : null)
}

/** Invites somebody into the actor's organisation. Whether the address has an account elsewhere is told to nobody. */
export const inviteMembre = async (ctx: Ctx, invitee: Input<typeof organisationRoutes.inviteMembre>['body']) => {
  const { actor, today } = ctx
  enforce(whyNotEnd(invitee.dateFin, today), 400)
  await checkTerritoire(ctx, invitee.territoire, await territoireOf(ctx))
  const organisation = { id: actor.organisationId, type: actor.organisationType, hasAdministrator: true }
  enforce(whyNotGrant({ granter: { role: actor.role, organisationId: actor.organisationId }, organisation, role: invitee.role }))
  const held = (await accesOf(ctx))
    .filter((acces) => acces.courriel === invitee.courriel && membreEtat(acces, today) !== 'termine')
    .map(({ role }) => role)
  enforce(held.includes(invitee.role) ? refuse('deja_membre') : null)
  enforce(whyNotHold(held, invitee.role))
  await requireNoneWaiting(ctx, invitee)
  const id = await sendInvitation(ctx, actor.organisationId, invitee)
  return getInvitation(ctx, found(id))
}

/** The link sent opens nothing any more. */
export const cancelInvitation = async (ctx: Ctx, { invitationId }: { invitationId: string }) => {
  enforce(whyNotTouchInvitation(etatOf(ctx, await findInvitation(ctx, invitationId))))
  const [row] = await ctx.db.$queryRaw<{ done: boolean }[]>`select invitation_cancel(${invitationId}::uuid) done`
  won(Number(row!.done))
  return getInvitation(ctx, invitationId)
}

/** A new link, 7 more days; the former link opens nothing any more. */
export const resendInvitation = async (ctx: Ctx, { invitationId }: { invitationId: string }) => {
  enforce(whyNotTouchInvitation(etatOf(ctx, await findInvitation(ctx, invitationId))))
  const [row] = await ctx.db.$queryRaw<{ done: boolean }[]>`
    select invitation_resend(${invitationId}::uuid, ${ctx.now}::timestamptz, ${invitationEnd(ctx.now)}::timestamptz) done`
  won(Number(row!.done))
  return getInvitation(ctx, invitationId)
}
