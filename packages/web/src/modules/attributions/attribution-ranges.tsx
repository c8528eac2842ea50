import type { Attribution } from '@pass/contracts/carnets.ts'
import { plural } from '@pass/domain/money.ts'

type Range = { premiere: string; derniere: string }

// each number stays whole; the range may break between the two
const OneRange = ({ premiere, derniere }: Range) => (
  <>
    <span className="code insecable">{premiere}</span>
    {premiere !== derniere && (
      <>
        {' à '}
        <span className="code insecable">{derniere}</span>
      </>
    )}
  </>
)

/** The numbers of a parcel: its range, or its first ones and how many more. `court`: for a line of a table. */
export const AttributionRanges = ({ attribution, court = false }: { attribution: Attribution; court?: boolean }) => {
  const { plages, nombrePlages } = attribution
  const shown = court ? plages.slice(0, 1) : plages
  const others = nombrePlages - shown.length
  if (shown.length === 1 && others === 0) return <OneRange {...shown[0]!} />
  return (
    <ul className="pile">
      {shown.map(({ premiere, derniere }) => (
        <li key={premiere}>
          <OneRange premiere={premiere} derniere={derniere} />
        </li>
      ))}
      {others > 0 && <li className="petit doux">et {plural(others, 'autre plage', 'autres plages')}</li>}
    </ul>
  )
}
