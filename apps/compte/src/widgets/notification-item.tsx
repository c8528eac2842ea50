import { type Notification, notificationRoutes } from '@pass/contracts/notifications.ts'
import { CATEGORIE_LABELS } from '@pass/domain/notifications.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { refreshSession } from '@pass/web/session.tsx'
import { Badge } from '@pass/web/ui/badge.tsx'
import { Button } from '@pass/web/ui/button.tsx'
import { Instant } from '@pass/web/ui/values.tsx'
import { Banknote, Bell, CalendarClock, type LucideIcon, ShieldAlert } from 'lucide-react'
import type { MouseEvent } from 'react'

const { listNotifications, readNotification } = notificationRoutes

const ICONS: Record<Notification['categorie'], LucideIcon> = {
  securite: ShieldAlert,
  argent: Banknote,
  rendez_vous: CalendarClock,
  suivi: Bell,
}

/** One piece of news. Following its link reads it. */
export const NotificationItem = ({ notification: { id, categorie, titre, texte, lien, at, lue } }: { notification: Notification }) => {
  const read = useApiMutation(readNotification, { invalidates: [listNotifications], onSuccess: () => refreshSession() })
  const Icon = ICONS[categorie]
  // read or not, the person goes where they asked
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    const { href } = event.currentTarget
    if (lue || event.metaKey || event.ctrlKey) return
    event.preventDefault()
    read.mutate({ params: { notificationId: id } }, { onSettled: () => globalThis.location.assign(href) })
  }
  return (
    <li data-lue={lue || undefined}>
      <Icon aria-hidden="true" />
      <div>
        <p>
          <strong>{titre}</strong> {!lue && <Badge tone="info">Non lue</Badge>}
        </p>
        <p>{texte}</p>
        <p className="petit doux">
          {CATEGORIE_LABELS[categorie]}, le <Instant at={at} />
        </p>
        {read.error && (
          <p className="petit" role="alert">
            {read.error.message}
          </p>
        )}
        {(lien !== null || !lue) && (
          <p className="rang-boutons">
            {lien !== null && (
              <a className="suite" href={lien} onClick={follow}>
                Voir<span className="hors-ecran">{` : ${titre}`}</span>
              </a>
            )}
            {!lue && (
              <Button variant="lien" pending={read.isPending} onClick={() => read.mutate({ params: { notificationId: id } })}>
                Marquer comme lue<span className="hors-ecran">{` : ${titre}`}</span>
              </Button>
            )}
          </p>
        )}
      </div>
    </li>
  )
}
