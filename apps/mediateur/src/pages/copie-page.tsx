import type { Atelier } from '@pass/contracts/ateliers.ts'
import { whyNotSchedule } from '@pass/domain/ateliers.ts'
import { formatDuration, formatLongDay, formatTime, isDay } from '@pass/domain/days.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { plural } from '@pass/domain/money.ts'
import { apiQuery, paramsOf, useApiMutation, useWarmed, warm } from '@pass/web/api.ts'
import { Button } from '@pass/web/ui/button.tsx'
import { Card, Stack } from '@pass/web/ui/card.tsx'
import { DateField } from '@pass/web/ui/date-field.tsx'
import { RefusalNotice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { RadioTiles } from '@pass/web/ui/radio-tiles.tsx'
import { Copy } from 'lucide-react'
import { useState } from 'react'
import { Link, type LoaderFunctionArgs, useNavigate } from 'react-router'
import { copyDates } from '../ateliers/dates.ts'
import { copyAtelier, COUNTER_READS, dayHere, getAtelier, needPlaces } from '../calls.ts'
import { paths } from '../paths.ts'

export const loader = async ({ params }: LoaderFunctionArgs) => {
  await needPlaces()
  return warm({ atelier: apiQuery(getAtelier, { params: paramsOf(getAtelier, params) }) })
}

const OTHER = 'autre'

/** The day chosen among the likely ones, or another one. */
const useDay = (atelier: Atelier) => {
  const dates = copyDates(atelier.date, dayHere())
  const [choix, setChoix] = useState(dates[0] ?? OTHER)
  const [autre, setAutre] = useState('')
  const date = choix === OTHER ? autre : choix
  const reason = isDay(date) ? (whyNotSchedule({ ...atelier, date }, dayHere())?.message ?? null) : 'Indiquez le jour.'
  return { dates, choix, setChoix, autre, setAutre, date, reason }
}

const Copier = ({ atelier }: { atelier: Atelier }) => {
  const { dates, choix, setChoix, autre, setAutre, date, reason } = useDay(atelier)
  const navigate = useNavigate()
  const copy = useApiMutation(copyAtelier, {
    invalidates: COUNTER_READS,
    onSuccess: ({ id }) => navigate(paths.atelier({ atelierId: id })),
  })
  return (
    <Stack>
      <RadioTiles
        legende="Quel jour ?"
        name="jour"
        options={[...dates.map((value) => ({ value, label: formatLongDay(value) })), { value: OTHER, label: 'Un autre jour' }]}
        choisi={choix}
        onChange={({ target }) => setChoix(target.value)}
      />
      {choix === OTHER && <DateField label="Jour" value={autre} min={dayHere()} onChange={({ target }) => setAutre(target.value)} />}
      <RefusalNotice error={copy.error} />
      <div>
        <Button
          icon={Copy}
          pending={copy.isPending}
          disabledReason={reason}
          onClick={() => copy.mutate({ params: { atelierId: atelier.id }, body: { date, debut: null } })}
        >
          {isDay(date) ? `Dupliquer au ${formatLongDay(date)}` : 'Dupliquer l’atelier'}
        </Button>
      </div>
    </Stack>
  )
}

export const Component = () => {
  const { atelier } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Dupliquer l’atelier"
      fil={[
        { to: paths.journee(), label: 'Ma journée' },
        { to: paths.ateliers(), label: 'Ateliers' },
        { to: paths.atelier({ atelierId: atelier.id }), label: THEME_LABELS[atelier.theme] },
      ]}
      etroit
    >
      <Card titre={THEME_LABELS[atelier.theme]}>
        <p>
          {formatTime(atelier.debut)}, {formatDuration(atelier.dureeMinutes)}, {plural(atelier.capacite, 'place')}, {atelier.lieu.nom}
        </p>
        <p className="petit doux">Le nouvel atelier est vide&nbsp;: personne n’y est inscrit.</p>
        <Copier key={atelier.id} atelier={atelier} />
      </Card>
      <p>
        Autre chose change&nbsp;? <Link to={paths.nouvelAtelier({ depuis: atelier.id })}>Partir de cet atelier pour en créer un autre</Link>{' '}
        ou <Link to={paths.serie({ depuis: atelier.id })}>en faire une série</Link>.
      </p>
    </Page>
  )
}
