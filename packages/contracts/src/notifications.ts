import { CATEGORIES } from '@pass/domain/notifications.ts'
import { z } from 'zod'
import { instant, pageOf, pageQuery } from './lists.ts'
import { routes } from './route.ts'

export const Notification = z.object({
  id: z.uuid(),
  categorie: z.enum(CATEGORIES),
  titre: z.string(),
  texte: z.string(),
  /** A path of the site. */
  lien: z.string().nullable(),
  at: instant,
  lue: z.boolean(),
})
export type Notification = z.infer<typeof Notification>

/** What was told to this person, in the organisation they act for. */
export const notificationRoutes = routes({
  listNotifications: {
    method: 'GET',
    path: '/notifications',
    droit: 'utilisateur:self',
    effect: 'read',
    summary: 'Lire ses notifications',
    query: z.object({ ...pageQuery, categorie: z.enum(CATEGORIES).optional(), nonLues: z.enum(['oui']).optional() }),
    response: pageOf(Notification),
  },
  readNotification: {
    method: 'POST',
    path: '/notifications/:notificationId/lecture',
    droit: 'utilisateur:self',
    effect: 'write',
    summary: 'Marquer une notification comme lue',
    params: z.object({ notificationId: z.uuid() }),
    response: Notification,
  },
  readAllNotifications: {
    method: 'POST',
    path: '/notifications/lecture',
    droit: 'utilisateur:self',
    effect: 'write',
    summary: 'Tout marquer comme lu',
    response: z.object({ lues: z.int() }),
  },
  listCourriels: {
    method: 'GET',
    path: '/demo/courriels',
    droit: 'public',
    effect: 'session',
    demo: true,
    summary: 'Lire la boîte aux lettres de la démonstration',
    query: z.object({ adresse: z.string().max(254).optional() }),
    response: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          at: instant,
          de: z.string(),
          a: z.string(),
          objet: z.string(),
          texte: z.string(),
          html: z.string().nullable(),
        }),
      ),
    }),
  },
})
