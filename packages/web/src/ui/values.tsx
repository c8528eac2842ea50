import { PARIS, formatDay, formatInstant, formatLongDay } from '@pass/domain/days.ts'
import { euros } from '@pass/domain/money.ts'

/** An amount, never cut at the end of a line. */
export const Euros = ({ centimes }: { centimes: number }) => <span className="insecable">{euros(centimes)}</span>

/** A day: `21/11/2026` in a table, `samedi 21 novembre 2026` in a sentence; a dash when there is none. */
export const Jour = ({ date, phrase = false }: { date: string | null; phrase?: boolean }) => {
  if (date === null)
    return (
      <span>
        <span aria-hidden="true">–</span>
        <span className="hors-ecran">pas de date</span>
      </span>
    )
  return <time dateTime={date}>{phrase ? formatLongDay(date) : formatDay(date)}</time>
}

/** A moment (ISO text), in Paris unless the lieu has its own zone. */
export const Instant = ({ at, zone = PARIS }: { at: string; zone?: string }) => (
  <time dateTime={at}>{formatInstant(new Date(at), zone)}</time>
)
