import type { Attribution } from '@pass/contracts/carnets.ts'
import { ATTRIBUTION_LABELS } from '@pass/domain/attributions.ts'
import { dayDiff, parisDay } from '@pass/domain/days.ts'
import { plural } from '@pass/domain/money.ts'
import { BellRing } from 'lucide-react'
import { today } from '../../session.tsx'
import { Badge, statutBadge } from '../../ui/badge.tsx'
import { Jour } from '../../ui/values.tsx'

const AttributionBadge = statutBadge(ATTRIBUTION_LABELS, { envoyee: 'info', accusee: 'bien', annulee: 'neutre' })

/** The day of an instant, in Paris. */
export const dayOf = (at: string): string => parisDay(new Date(at))

/** Where the parcel is; nobody said that it arrived: after seven days somebody should ask (ux.md A15). */
export const AttributionState = ({ attribution: { statut, envoyeeAt, accuseeAt, enRetard } }: { attribution: Attribution }) => {
  if (enRetard)
    return (
      <Badge tone="attente" icon={BellRing}>
        En route depuis {plural(dayDiff(dayOf(envoyeeAt), today()), 'jour')}
      </Badge>
    )
  return (
    <>
      <AttributionBadge statut={statut} />
      {accuseeAt && (
        <span className="petit doux sous">
          le <Jour date={dayOf(accuseeAt)} />
        </span>
      )}
    </>
  )
}
