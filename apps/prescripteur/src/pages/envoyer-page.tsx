import type { Attribution } from '@pass/contracts/carnets.ts'
import { plural } from '@pass/domain/money.ts'
import type { PlageSaisie } from '@pass/domain/plages.ts'
import { apiQuery, useApiMutation, useWarmed, warm } from '@pass/web/api.ts'
import { ATTRIBUTION_READS } from '@pass/web/modules/attributions/attribution-acts.tsx'
import { ParcelForm } from '@pass/web/modules/attributions/send-form.tsx'
import { countPlages } from '@pass/web/modules/carnets/plages-field.tsx'
import { useWhyNot } from '@pass/web/reason.ts'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { SelectField } from '@pass/web/ui/select-field.tsx'
import { useState } from 'react'
import { Link } from 'react-router'
import { listPoints, transferCarnets } from '../calls.ts'
import { paths } from '../paths.ts'

export const loader = () => warm({ points: apiQuery(listPoints, {}) })

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.stock(), label: 'Mon stock' },
]

/** A return goes to whoever owns the carnets: the server finds it from their numbers. */
const RETOUR = 'retour'

const missing = (vers: string, carnets: number | null): string | null => {
  if (carnets === null) return 'Cette liste est trop longue. Envoyez-la en plusieurs fois.'
  if (vers === '') return 'Choisissez où vont les carnets.'
  return carnets === 0 ? 'Scannez au moins un carnet.' : null
}

const Sent = ({ attributions }: { attributions: readonly Attribution[] }) => {
  const [first] = attributions
  if (!first) return null
  const carnets = attributions.reduce((sum, one) => sum + one.carnets, 0)
  return (
    <Notice tone="bien" live="status" titre={`${plural(carnets, 'carnet envoyé', 'carnets envoyés')} à ${first.destinataire.nom}.`}>
      Vous en répondez jusqu’à sa confirmation. Imprimez le bordereau&nbsp;:{' '}
      {attributions.map(({ id, reference }, i) => (
        <span key={id}>
          {i > 0 && ', '}
          <Link to={paths.attribution({ attributionId: id })}>{reference}</Link>
        </span>
      ))}
      .
    </Notice>
  )
}

const useDestinations = () => {
  const { points } = useWarmed<typeof loader>()
  const noms = points.collectivites.map(({ nom }) => nom).join(', ')
  return [
    { value: RETOUR, label: noms ? `Retour à ${noms}` : 'Retour à la collectivité' },
    ...points.points.map(({ id, nom }) => ({ value: id, label: nom })),
  ]
}

const EnvoyerForm = ({ onSent }: { onSent: (attributions: readonly Attribution[]) => void }) => {
  const destinations = useDestinations()
  const whyNot = useWhyNot()
  const [vers, setVers] = useState(destinations.length === 1 ? RETOUR : '')
  const [plages, setPlages] = useState<PlageSaisie[]>([])
  const send = useApiMutation(transferCarnets, { invalidates: ATTRIBUTION_READS, onSuccess: ({ items }) => onSent(items) })
  const carnets = countPlages(plages)
  return (
    <ParcelForm
      plages={plages}
      onPlages={setPlages}
      send={send}
      disabledReason={whyNot('carnet:transfer') ?? missing(vers, carnets)}
      action={`${vers === RETOUR ? 'Retourner' : 'Envoyer'} ${carnets ? plural(carnets, 'carnet') : 'les carnets'}`}
      onSend={() => send.mutate({ body: { expediteurId: null, destinataireId: vers === RETOUR ? null : vers, plages } })}
    >
      <SelectField
        label="Vers"
        {...(destinations.length === 1 && {
          aide: 'La collectivité ne permet pas d’envoi direct à un autre point : demandez-lui de transférer.',
        })}
        options={destinations}
        value={vers}
        onChange={({ target }) => setVers(target.value)}
      />
    </ParcelForm>
  )
}

export const Component = () => {
  const [sent, setSent] = useState<readonly Attribution[]>([])
  return (
    <Page
      titre="Envoyer ou retourner des carnets"
      fil={FIL}
      etroit
      intro="Seuls les carnets de votre stock, pas encore remis, peuvent partir."
    >
      <Sent attributions={sent} />
      <EnvoyerForm key={sent[0]?.id ?? ''} onSent={setSent} />
    </Page>
  )
}
