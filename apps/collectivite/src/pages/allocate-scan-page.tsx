import { attributionRoutes } from '@pass/contracts/attributions.ts'
import { type Attribution, carnetRoutes } from '@pass/contracts/carnets.ts'
import { pilotageRoutes } from '@pass/contracts/pilotage.ts'
import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { plural } from '@pass/domain/money.ts'
import type { PlageSaisie } from '@pass/domain/plages.ts'
import { apiQuery, useApiMutation, useWarmed, warm } from '@pass/web/api.ts'
import { ATTRIBUTION_READS } from '@pass/web/modules/attributions/attribution-acts.tsx'
import { ParcelForm } from '@pass/web/modules/attributions/send-form.tsx'
import { countPlages } from '@pass/web/modules/carnets/plages-field.tsx'
import { useWhyNot } from '@pass/web/reason.ts'
import { Page } from '@pass/web/ui/page.tsx'
import { SelectField } from '@pass/web/ui/select-field.tsx'
import { useState } from 'react'
import { paths } from '../paths.ts'
import { AllocateWays } from '../widgets/allocate-ways.tsx'
import { SentNotice } from '../widgets/sent-notice.tsx'

export const loader = () =>
  warm({
    stock: apiQuery(carnetRoutes.getStock, {}),
    prescripteurs: apiQuery(referentielRoutes.listOrganisations, { query: { type: 'prescripteur' } }),
  })

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.stock(), label: 'Stock et attributions' },
]

const missing = (prescripteurId: string, carnets: number | null): string | null => {
  if (carnets === null) return 'Cette liste est trop longue. Envoyez-la en plusieurs fois, ou utilisez un fichier.'
  if (prescripteurId === '') return 'Choisissez le prescripteur.'
  return carnets === 0 ? 'Scannez au moins un carnet.' : null
}

const ScanForm = ({ onSent }: { onSent: (attributions: readonly Attribution[]) => void }) => {
  const { stock, prescripteurs } = useWarmed<typeof loader>()
  const whyNot = useWhyNot()
  const [prescripteurId, setPrescripteurId] = useState('')
  const [plages, setPlages] = useState<PlageSaisie[]>([])
  const send = useApiMutation(attributionRoutes.allocateRanges, {
    invalidates: [...ATTRIBUTION_READS, pilotageRoutes.getEntonnoir],
    onSuccess: ({ items }) => onSent(items),
  })
  const carnets = countPlages(plages)
  const label = carnets ? `Attribuer ${plural(carnets, 'carnet')}` : 'Attribuer les carnets'
  return (
    <ParcelForm
      plages={plages}
      onPlages={setPlages}
      note={<p className="petit doux">{plural(stock.reserve, 'carnet')} en réserve.</p>}
      send={send}
      disabledReason={whyNot('carnet:allocate') ?? missing(prescripteurId, carnets)}
      action={label}
      onSend={() => send.mutate({ body: { prescripteurId, plages } })}
    >
      <SelectField
        label="Prescripteur"
        options={prescripteurs.items.map(({ id, nom }) => ({ value: id, label: nom }))}
        value={prescripteurId}
        onChange={({ target }) => setPrescripteurId(target.value)}
      />
    </ParcelForm>
  )
}

export const Component = () => {
  const [sent, setSent] = useState<readonly Attribution[]>([])
  return (
    <Page titre="Attribuer en scannant" fil={FIL} etroit intro="Scannez chaque carnet, ou l’étiquette d’un paquet entier.">
      <AllocateWays ici={paths.attribuerScan()} />
      <SentNotice attributions={sent} />
      <ScanForm key={sent[0]?.id ?? ''} onSent={setSent} />
    </Page>
  )
}
