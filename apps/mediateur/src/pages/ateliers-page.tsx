import type { MonLieu } from '@pass/contracts/lieux.ts'
import { ATELIER_LABELS } from '@pass/domain/ateliers.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { apiQuery, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { FilterDate, Filters, FilterSelect } from '@pass/web/ui/filters.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { optionsOf } from '@pass/web/ui/select-field.tsx'
import { CalendarRange, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { type LoaderFunctionArgs, useSearchParams } from 'react-router'
import { AteliersList } from '../ateliers/ateliers-list.tsx'
import { isShown, readCalendar, VIEW_KEYS } from '../ateliers/calendar-address.ts'
import { shownDays } from '../ateliers/calendar-days.ts'
import { Calendar, ViewLinks } from '../ateliers/calendar.tsx'
import { rangeQuery } from '../ateliers/range.ts'
import { dayHere, listAteliers, listMesLieux, needPlaces } from '../calls.ts'
import { paths } from '../paths.ts'

const NO_LIST = { queryKey: ['ateliers', 'pas de liste'], queryFn: () => Promise.resolve(null) }
const NO_RANGE = { queryKey: ['ateliers', 'pas de calendrier'], queryFn: () => Promise.resolve([]) }

export const loader = async ({ request }: LoaderFunctionArgs) => {
  await needPlaces()
  const { vue, jour } = readCalendar(new URL(request.url).searchParams, dayHere())
  const days = vue === 'liste' ? [] : shownDays(vue, jour)
  return warm({
    mes: apiQuery(listMesLieux, {}),
    page: vue === 'liste' ? apiQuery(listAteliers, { query: queryFrom(listAteliers, request) }) : NO_LIST,
    ateliers: vue === 'liste' ? NO_RANGE : rangeQuery(days[0] ?? jour, days.at(-1) ?? jour),
  })
}

const New = () => (
  <LinkButton to={paths.nouvelAtelier()} icon={Plus}>
    Nouvel atelier
  </LinkButton>
)

const AtelierFilters = ({ lieux, children }: { lieux: readonly MonLieu[]; children?: ReactNode }) => (
  <Filters garde={VIEW_KEYS}>
    {children}
    {lieux.length > 1 && <FilterSelect name="lieuId" label="Lieu" options={lieux.map(({ id, nom }) => ({ value: id, label: nom }))} />}
    <FilterSelect name="theme" label="Thème" options={optionsOf(THEME_LABELS)} />
    <FilterSelect name="statut" label="Statut" options={optionsOf(ATELIER_LABELS)} />
  </Filters>
)

export const Component = () => {
  const { mes, page, ateliers } = useWarmed<typeof loader>()
  const [search] = useSearchParams()
  const { vue, jour, ...filtres } = readCalendar(search, dayHere())
  return (
    <Page
      titre="Ateliers"
      fil={[{ to: paths.journee(), label: 'Ma journée' }]}
      actions={
        <>
          <LinkButton variant="second" to={paths.serie()} icon={CalendarRange}>
            Série de dates
          </LinkButton>
          <New />
        </>
      }
    >
      <ViewLinks vue={vue} />
      {vue === 'liste' ? (
        page && (
          <AteliersList
            page={page}
            action={<New />}
            filters={
              <AtelierFilters lieux={mes.items}>
                <FilterDate name="du" label="Du" />
                <FilterDate name="au" label="Au" />
              </AtelierFilters>
            }
          />
        )
      ) : (
        <>
          <AtelierFilters lieux={mes.items} />
          <Calendar
            periode={vue}
            jour={jour}
            ateliers={ateliers.filter((atelier) => isShown(filtres, atelier))}
            filtre={Object.values(filtres).some((value) => value !== null)}
          />
        </>
      )}
    </Page>
  )
}
