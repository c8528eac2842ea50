import { formatPeriode, periodeOf, weekOf } from '@pass/domain/clotures.ts'
import { addDays } from '@pass/domain/days.ts'
import { today } from '@pass/web/session.tsx'
import type { Option } from '@pass/web/ui/select-field.tsx'
import { lastMonth, monthOptions } from './months.ts'

const WEEKS = 8

const weekOptions = (): Option[] =>
  Array.from({ length: WEEKS }, (_, rank) => weekOf(addDays(today(), -7 * (rank + 1)))).map((week) => ({
    value: week.cle,
    label: formatPeriode(week),
  }))

/** The months that may be closed, and the last weeks for an operator that pays by the week too. */
export const periodeOptions = (parSemaine: boolean): Option[] => (parSemaine ? [...monthOptions(), ...weekOptions()] : monthOptions())

/** The period of the address; the last month when it names none. */
export const periodeFrom = (request: Request): string => {
  const cle = new URL(request.url).searchParams.get('periode')
  return cle && periodeOf(cle) ? cle : lastMonth()
}

/** What a key is called: `mars 2026`, `semaine du 02/03/2026 au 08/03/2026`. */
export const nameOf = (cle: string): string => {
  const periode = periodeOf(cle)
  return periode ? formatPeriode(periode) : cle
}
