import { sessionRoutes } from '@pass/contracts/session.ts'
import { formatLongDay } from '@pass/domain/days.ts'
import { FlaskConical } from 'lucide-react'
import { useApiMutation } from './api.ts'
import { today } from './session.tsx'

const STEPS = [
  { jours: 1, label: '+\u00a01 jour' },
  { jours: 30, label: '+\u00a030 jours' },
]

/** Moves the clock of the demonstration; every page starts again from fresh data. */
export const DemoClock = () => {
  const move = useApiMutation(sessionRoutes.moveClock, { onSuccess: () => globalThis.location.reload() })
  return (
    <div role="group" aria-label="Avancer l’horloge de la démonstration">
      {STEPS.map(({ jours, label }) => (
        <button key={jours} type="button" disabled={move.isPending} onClick={() => move.mutate({ body: { jours } })}>
          {label}
        </button>
      ))}
      {move.error && <span role="alert">{move.error.message}</span>}
    </div>
  )
}

/** The demonstration says so on every page, with its own day. On a phone the clock is moved from the account menu. */
export const DemoLine = () => (
  <div className="demo petit">
    <p>
      <FlaskConical aria-hidden="true" />
      <span>
        <strong>Démonstration</strong>, données inventées. Nous sommes le {formatLongDay(today())}.
      </span>
    </p>
    <DemoClock />
  </div>
)
