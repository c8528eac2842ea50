import type { Attribution } from '@pass/contracts/carnets.ts'
import { useState } from 'react'
import { Page } from '../../ui/page.tsx'
import { AttributionSheet } from './attribution-sheet.tsx'
import { AttributionState } from './attribution-state.tsx'

type Props = { attribution: Attribution; paths: { accueil: () => string; attributions: () => string } }

/** A parcel of carnets, at whoever sends or receives it. */
export const AttributionPage = ({ attribution, paths }: Props) => {
  const [done, setDone] = useState<string | null>(null)
  return (
    <Page
      titre={`Attribution ${attribution.reference}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.attributions(), label: 'Attributions' },
      ]}
      badge={<AttributionState attribution={attribution} />}
      fait={done}
    >
      <AttributionSheet attribution={attribution} onDone={setDone} />
    </Page>
  )
}
