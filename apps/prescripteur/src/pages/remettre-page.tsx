import type { Prescription } from '@pass/contracts/prescriptions.ts'
import { Form } from '@pass/web/ui/form.tsx'
import { Card, Stack } from '@pass/web/ui/card.tsx'
import { ApiError } from '@pass/web/errors.ts'
import { Page } from '@pass/web/ui/page.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { HandHeart } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'
import { paths } from '../paths.ts'
import { CarnetScan, useCarnetLookup } from '../widgets/carnet-scan.tsx'
import { Diagnostic } from '../widgets/diagnostic.tsx'
import { LieuxProposesCard, useLieuxProposes } from '../widgets/lieux-proposes.tsx'
import { PersonneFields } from '../widgets/personne-fields.tsx'
import { RemiseFaite } from '../widgets/remise-faite.tsx'
import { LIFTED_BY_REASON, useRemiseForm } from '../widgets/remise-form.ts'

const NUMERO = 'champ-numero'

/** The hand goes to the number first, then to the first question once the carnet may be handed over. */
const useGuidedFocus = (carnetId: string | null) => {
  useEffect(() => document.getElementById(NUMERO)?.focus(), [])
  useEffect(() => {
    if (carnetId && document.activeElement?.id === NUMERO) document.querySelector<HTMLInputElement>('#champ-reponses-usage input')?.focus()
  }, [carnetId])
}

const NOTHING = 'Scannez ou tapez d’abord le numéro du carnet.'

const FIL = [{ to: paths.accueil(), label: 'Accueil' }]

const Remise = ({ numero, onNext }: { numero: string; onNext: () => void }) => {
  const lookup = useCarnetLookup(numero)
  const [done, setDone] = useState<Prescription | null>(null)
  const [askReason, setAskReason] = useState(false)
  const form = useRemiseForm(setDone, numero)
  const proposes = useLieuxProposes(form)
  const carnet = lookup.refusal ? null : lookup.carnet
  const { setValue, mutation } = form
  if (!askReason && mutation.error instanceof ApiError && LIFTED_BY_REASON.includes(mutation.error.code)) setAskReason(true)
  const asked = Boolean(carnet) && carnet?.convention.identite !== 'anonyme'
  useEffect(() => {
    if (!asked) setValue('personne', null) // another carnet, another convention: nothing typed for the first one is sent
  }, [asked, setValue])
  useGuidedFocus(carnet?.id ?? null)
  if (done && lookup.carnet)
    return (
      <Page titre="Carnet remis" fil={FIL}>
        <RemiseFaite prescription={done} carnet={lookup.carnet} lieux={proposes.lieux} onNext={onNext} />
      </Page>
    )
  return (
    <Page titre="Remettre un carnet" fil={FIL} intro="Le numéro, trois questions, le besoin et l’accord de la personne.">
      <Form form={form} label="Remettre un carnet">
        <div className="remise">
          <Stack>
            <Card>
              <CarnetScan form={form} lookup={lookup} />
            </Card>
            {carnet && <Diagnostic form={form} />}
            {carnet && <PersonneFields form={form} carnet={carnet} askReason={askReason} />}
          </Stack>
          <div className="remise-suite">
            {carnet && <LieuxProposesCard proposes={proposes} />}
            <SubmitButton icon={HandHeart} disabledReason={carnet ? null : (lookup.refusal?.message ?? NOTHING)}>
              Remettre le carnet
            </SubmitButton>
          </div>
        </div>
      </Form>
    </Page>
  )
}

/** One page, one hand-over; the next one starts from nothing. */
export const Component = () => {
  const [round, setRound] = useState(0)
  const [search] = useSearchParams()
  // a carnet taken back comes here to go to the right person; the next hand-over starts from nothing
  const numero = round === 0 ? (search.get('numero') ?? '') : ''
  return <Remise key={round} numero={numero} onNext={() => setRound(round + 1)} />
}
