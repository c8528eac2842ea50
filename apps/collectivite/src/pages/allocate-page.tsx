import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { type Attribution, carnetRoutes } from '@pass/contracts/carnets.ts'
import { pilotageRoutes } from '@pass/contracts/pilotage.ts'
import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { whyNotAllocate } from '@pass/domain/carnets.ts'
import { plural } from '@pass/domain/money.ts'
import { formatRange, parseSerie } from '@pass/domain/references.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { Form } from '@pass/web/ui/form.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { NumberField } from '@pass/web/ui/number-field.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { SelectField } from '@pass/web/ui/select-field.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Send } from 'lucide-react'
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

const READS = [
  carnetRoutes.getStock,
  carnetRoutes.listAttributions,
  carnetRoutes.listCarnets,
  accueilRoutes.getAccueil,
  pilotageRoutes.getEntonnoir,
] as const

/** The range that goes: known as soon as a number and a count are typed. */
const rangeOf = (premier: unknown, carnets: unknown) => {
  const read = parseSerie(typeof premier === 'string' ? premier : '')
  if (!read.ok || typeof carnets !== 'number' || !(carnets > 0)) return null
  return { seriePremiere: read.serie, serieDerniere: read.serie + carnets - 1 }
}

const useAllocateForm = (premier: string, onSent: (attribution: Attribution) => void) => {
  const form = useContractForm(carnetRoutes.allocateCarnets, {
    defaultValues: { prescripteurId: '', premier },
    invalidates: READS,
    onSuccess: onSent,
  })
  return form
}

const Allocate = ({ onSent }: { onSent: (attribution: Attribution) => void }) => {
  const { stock, prescripteurs } = useWarmed<typeof loader>()
  const whyNot = useWhyNot()
  const form = useAllocateForm(stock.premierDisponible ?? '', onSent)
  const range = rangeOf(form.watch('premier'), form.watch('carnets'))
  const refusal = range
    ? whyNotAllocate({ ...range, disponibles: Math.min(stock.reserve, range.serieDerniere - range.seriePremiere + 1) })
    : null
  const empty = stock.reserve === 0 ? 'Aucun carnet en réserve. Recevez d’abord une commande.' : null
  return (
    <Form form={form}>
      <SelectField
        label="Prescripteur"
        options={prescripteurs.items.map(({ id, nom }) => ({ value: id, label: nom }))}
        {...form.field('prescripteurId')}
      />
      <TextField
        label="Premier carnet"
        aide="Le premier libre de votre réserve est proposé. Vous pouvez en scanner un autre."
        code
        autoComplete="off"
        {...form.field('premier')}
      />
      <NumberField
        label="Nombre de carnets"
        aide={`${plural(stock.reserve, 'carnet')} en réserve.`}
        suffixe="carnets"
        {...form.value('carnets')}
      />
      <Notice tone="info" live="status" {...(range && { titre: `${plural(range.serieDerniere - range.seriePremiere + 1, 'carnet')} :` })}>
        {range ? (
          <span className="code">{formatRange(range.seriePremiere, range.serieDerniere)}</span>
        ) : (
          'Les numéros des carnets à envoyer s’affichent ici.'
        )}
      </Notice>
      <SubmitButton icon={Send} disabledReason={whyNot('carnet:allocate', refusal) ?? empty}>
        {range ? `Attribuer ${plural(range.serieDerniere - range.seriePremiere + 1, 'carnet')}` : 'Attribuer les carnets'}
      </SubmitButton>
    </Form>
  )
}

export const Component = () => {
  const [sent, setSent] = useState<Attribution | null>(null)
  return (
    <Page titre="Attribuer des carnets" fil={FIL} etroit intro="Les carnets partent vers un prescripteur, qui en confirme la réception.">
      <AllocateWays ici={paths.attribuer()} />
      {sent && <SentNotice attributions={[sent]} />}
      <Allocate key={sent?.id ?? ''} onSent={setSent} />
    </Page>
  )
}
