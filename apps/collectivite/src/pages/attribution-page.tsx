import { attributionRoutes } from '@pass/contracts/attributions.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { AttributionSheet } from '@pass/web/modules/attributions/attribution-sheet.tsx'
import { AttributionState } from '@pass/web/modules/attributions/attribution-state.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ attribution: apiQuery(attributionRoutes.getAttribution, { params: paramsOf(attributionRoutes.getAttribution, params) }) })

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.attributions(), label: 'Attributions' },
]

export const Component = () => {
  const { attribution } = useWarmed<typeof loader>()
  const [done, setDone] = useState<string | null>(null)
  return (
    <Page titre={`Attribution ${attribution.reference}`} fil={FIL} badge={<AttributionState attribution={attribution} />}>
      {done && (
        <Notice tone="bien" live="status">
          {done}
        </Notice>
      )}
      <AttributionSheet attribution={attribution} onDone={setDone} />
    </Page>
  )
}
