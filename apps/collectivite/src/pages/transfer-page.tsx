import { attributionRoutes } from '@pass/contracts/attributions.ts'
import { type Attribution, carnetRoutes } from '@pass/contracts/carnets.ts'
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
import { SentNotice } from '../widgets/sent-notice.tsx'
import { TransferRules } from '../widgets/transfer-rules.tsx'

export const loader = () =>
  warm({
    stock: apiQuery(carnetRoutes.getStock, {}),
    prescripteurs: apiQuery(referentielRoutes.listOrganisations, { query: { type: 'prescripteur' } }),
    regles: apiQuery(attributionRoutes.listTransferRules, {}),
  })

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.attributions(), label: 'Attributions' },
]

const RESERVE = 'reserve'

const missing = (de: string, vers: string, carnets: number | null): string | null => {
  if (carnets === null) return 'Cette liste est trop longue. Envoyez-la en plusieurs fois.'
  if (de === '') return 'Choisissez le prescripteur qui envoie.'
  if (vers === '') return 'Choisissez où vont les carnets.'
  if (de === vers) return 'L’envoi part d’un endroit et arrive dans un autre.'
  return carnets === 0 ? 'Scannez au moins un carnet.' : null
}

const TransferForm = ({ onSent }: { onSent: (attributions: readonly Attribution[]) => void }) => {
  const { stock, prescripteurs } = useWarmed<typeof loader>()
  const whyNot = useWhyNot()
  const [de, setDe] = useState('')
  const [vers, setVers] = useState('')
  const [plages, setPlages] = useState<PlageSaisie[]>([])
  const send = useApiMutation(attributionRoutes.transferCarnets, {
    invalidates: ATTRIBUTION_READS,
    onSuccess: ({ items }) => onSent(items),
  })
  const carnets = countPlages(plages)
  const holders = stock.prescripteurs.filter(({ enStock }) => enStock > 0)
  return (
    <ParcelForm
      plages={plages}
      onPlages={setPlages}
      send={send}
      disabledReason={whyNot('carnet:transfer') ?? missing(de, vers, carnets)}
      action={vers === RESERVE ? 'Faire revenir les carnets' : 'Transférer les carnets'}
      onSend={() => send.mutate({ body: { expediteurId: de, destinataireId: vers === RESERVE ? null : vers, plages } })}
    >
      <SelectField
        label="De"
        options={holders.map(({ id, nom, enStock }) => ({ value: id, label: `${nom} (${plural(enStock, 'carnet')})` }))}
        value={de}
        onChange={({ target }) => setDe(target.value)}
      />
      <SelectField
        label="Vers"
        options={[
          { value: RESERVE, label: 'Votre réserve (retour)' },
          ...prescripteurs.items.filter(({ id }) => id !== de).map(({ id, nom }) => ({ value: id, label: nom })),
        ]}
        value={vers}
        onChange={({ target }) => setVers(target.value)}
      />
    </ParcelForm>
  )
}

export const Component = () => {
  const { regles } = useWarmed<typeof loader>()
  const [sent, setSent] = useState<readonly Attribution[]>([])
  return (
    <Page
      titre="Transférer ou faire revenir des carnets"
      fil={FIL}
      etroit
      intro="Les carnets restent comptés chez qui envoie jusqu’à ce que leur réception soit confirmée."
    >
      <SentNotice attributions={sent} />
      <TransferForm key={sent[0]?.id ?? ''} onSent={setSent} />
      <TransferRules rules={regles.items} />
    </Page>
  )
}
