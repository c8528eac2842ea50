import type { Notification } from '@pass/contracts/notifications.ts'
import type { Categorie } from '@pass/domain/notifications.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import type { Prisma } from '../../platform/prisma/client.ts'

type Row = Prisma.NotificationGetPayload<object>
type ListQuery = {
  categorie?: Categorie | undefined
  nonLues?: 'oui' | undefined
  apres?: string | undefined
  taille?: number | undefined
}

const toNotification = ({ id, categorie, titre, texte, lien, createdAt, lueAt }: Row): Notification => ({
  id,
  categorie: categorie as Categorie,
  titre,
  texte,
  lien,
  at: createdAt.toISOString(),
  lue: lueAt !== null,
})

/** One's own: what a colleague was told stays theirs. */
const mine = ({ actor }: Ctx) => ({ organisationId: actor.organisationId, utilisateurId: actor.utilisateurId })

/** The newest first. */
export const listNotifications = async (ctx: Ctx, { categorie, nonLues, apres, taille = TAILLE }: ListQuery) => {
  const cursor = cursorOf(apres, z.uuid())
  const where = { ...mine(ctx), ...(categorie && { categorie }), ...(nonLues && { lueAt: null }) }
  const rows = await ctx.db.notification.findMany({
    where: { ...where, ...(cursor && { id: { lt: cursor } }) },
    orderBy: { id: 'desc' },
    take: taille + 1,
  })
  const { items, ...rest } = pageOf(rows, taille, ({ id }) => id, await ctx.db.notification.count({ where }))
  return { items: items.map(toNotification), ...rest }
}

/** Read once; reading it again changes nothing. */
export const readNotification = async (ctx: Ctx, { notificationId }: { notificationId: string }): Promise<Notification> => {
  await ctx.db.notification.updateMany({ where: { ...mine(ctx), id: notificationId, lueAt: null }, data: { lueAt: ctx.now } })
  return toNotification(found(await ctx.db.notification.findFirst({ where: { ...mine(ctx), id: notificationId } })))
}

export const readAllNotifications = async (ctx: Ctx): Promise<{ lues: number }> => {
  const { count } = await ctx.db.notification.updateMany({ where: { ...mine(ctx), lueAt: null }, data: { lueAt: ctx.now } })
  return { lues: count }
}
