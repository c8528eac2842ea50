import { comptePersonnelRoutes } from '@pass/contracts/compte-personnel.ts'
import { notificationRoutes } from '@pass/contracts/notifications.ts'
import { CATEGORIE_LABELS } from '@pass/domain/notifications.ts'
import { plural } from '@pass/domain/money.ts'
import { apiQuery, queryFrom, useApiMutation, useWarmed, warm } from '@pass/web/api.ts'
import { refreshSession, useSession } from '@pass/web/session.tsx'
import { Button } from '@pass/web/ui/button.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { FilterSelect, Filters } from '@pass/web/ui/filters.tsx'
import { RefusalNotice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Pagination } from '@pass/web/ui/pagination.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { CheckCheck } from 'lucide-react'
import type { LoaderFunctionArgs } from 'react-router'
import { FIL } from '../paths.ts'
import { useSay, WithDone } from '../widgets/done.tsx'
import { NotificationItem } from '../widgets/notification-item.tsx'
import { Preferences } from '../widgets/preferences.tsx'

const { listNotifications, readAllNotifications } = notificationRoutes

export const loader = ({ request }: LoaderFunctionArgs) =>
  warm({
    page: apiQuery(listNotifications, { query: queryFrom(listNotifications, request) }),
    compte: apiQuery(comptePersonnelRoutes.getComptePersonnel, {}),
  })

const ReadAll = () => {
  const say = useSay()
  const { notificationsNonLues } = useSession()
  const readAll = useApiMutation(readAllNotifications, {
    invalidates: [listNotifications],
    onSuccess: async ({ lues }) => {
      await refreshSession()
      say({
        titre: `${plural(lues, 'notification marquée comme lue', 'notifications marquées comme lues')}.`,
        suite: 'Elles restent dans la liste.',
      })
    },
  })
  return (
    <>
      <RefusalNotice error={readAll.error} />
      <div>
        <Button
          variant="second"
          icon={CheckCheck}
          pending={readAll.isPending}
          disabledReason={notificationsNonLues === 0 ? 'Toutes vos notifications sont lues.' : null}
          onClick={() => readAll.mutate({})}
        >
          Tout marquer comme lu
        </Button>
      </div>
    </>
  )
}

const List = () => {
  const { page } = useWarmed<typeof loader>()
  return (
    <div className="tableau">
      <Filters>
        <FilterSelect name="categorie" label="Sujet" options={optionsOf(CATEGORIE_LABELS)} />
        <FilterSelect name="nonLues" label="Lecture" vide="Toutes" options={[{ value: 'oui', label: 'Non lues' }]} />
      </Filters>
      {page.items.length === 0 ? (
        <div role="status">
          <EmptyState titre="Aucune notification ici">Ce qui concerne vos accès, l’argent et le suivi paraîtra ici.</EmptyState>
        </div>
      ) : (
        <ul className="nouvelles">
          {page.items.map((item) => (
            <NotificationItem key={item.id} notification={item} />
          ))}
        </ul>
      )}
      <Pagination suivant={page.suivant} total={page.total} count={page.items.length} />
    </div>
  )
}

export const Component = () => {
  const { compte, page } = useWarmed<typeof loader>()
  return (
    <Page titre="Notifications" fil={FIL} intro="Ce qui vous a été dit, dans l’organisation où vous travaillez en ce moment.">
      <WithDone>
        {page.items.length > 0 && <ReadAll />}
        <List />
        <h2>Vos courriels</h2>
        <Preferences compte={compte} />
      </WithDone>
    </Page>
  )
}
