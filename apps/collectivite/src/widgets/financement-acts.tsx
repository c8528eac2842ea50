import { type Financement, type FinanceurSituation, financementRoutes } from '@pass/contracts/financement.ts'
import { addMonth, formatMonth, monthOf } from '@pass/domain/days.ts'
import { netAppel } from '@pass/domain/financement.ts'
import { euros } from '@pass/domain/money.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { today } from '@pass/web/session.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { DateField } from '@pass/web/ui/date-field.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { MoneyField } from '@pass/web/ui/number-field.tsx'
import { SelectField } from '@pass/web/ui/select-field.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { HandCoins } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { paths } from '../paths.ts'
import { APPEL_READS } from './appel-acts.tsx'

type Props = { financement: Financement; financeur: FinanceurSituation }

const months = () => Array.from({ length: 18 }, (_, i) => addMonth(monthOf(today()), -i))

/** Prepares the call of a financeur, or opens its draft. */
export const PrepareAppel = ({ financement, financeur }: Props) => {
  const whyNot = useWhyNot()
  const navigate = useNavigate()
  const [jusqua, setJusqua] = useState(() => months()[0]!)
  const go = useApiMutation(financementRoutes.prepareAppel, {
    invalidates: APPEL_READS,
    onSuccess: ({ id }) => navigate(paths.appel({ appelId: id })),
  })
  if (financeur.brouillonId)
    return (
      <LinkButton variant="second" to={paths.appel({ appelId: financeur.brouillonId })}>
        Ouvrir le brouillon
      </LinkButton>
    )
  if (financeur.aAppelerCentimes === 0) return <span className="doux">Rien à appeler</span>
  const { montantCentimes } = netAppel(financeur.aAppelerCentimes, financeur.avanceRestanteCentimes)
  return (
    <ConfirmDialog
      label="Préparer l’appel"
      disabledReason={whyNot('financement:manage')}
      titre={`Préparer l’appel de fonds de ${financeur.nom}`}
      action="Préparer l’appel"
      onConfirm={() => go.mutateAsync({ body: { conventionId: financement.convention.id, cle: financeur.cle, jusqua } })}
    >
      <p>
        Reste à appeler : {euros(financeur.aAppelerCentimes)}, soit {euros(montantCentimes)} une fois les avances déduites. L’appel reste un
        brouillon tant que vous ne l’envoyez pas.
      </p>
      <SelectField
        label="Clôtures jusqu’à"
        vide={null}
        options={months().map((mois) => ({ value: mois, label: formatMonth(mois) }))}
        value={jusqua}
        onChange={({ target }) => setJusqua(target.value)}
      />
    </ConfirmDialog>
  )
}

/** What a financeur paid before any use. */
export const AvanceCard = ({ financement, onDone }: { financement: Financement; onDone: (fact: string) => void }) => {
  const reason = useWhyNot()('financement:manage')
  const form = useContractForm(financementRoutes.recordAvance, {
    params: { conventionId: financement.convention.id },
    defaultValues: { cle: '', dateVersement: today(), reference: '' },
    invalidates: APPEL_READS,
    onSuccess: (_, { body }) => {
      form.reset()
      onDone(`Avance de ${euros(body.montantCentimes)} enregistrée. Elle sera déduite des prochains appels.`)
    },
  })
  return (
    <Card titre="Enregistrer une avance">
      <p>Une avance versée par un financeur avant toute utilisation est déduite de ses prochains appels.</p>
      {reason ? (
        <p className="doux">{reason}</p>
      ) : (
        <Form form={form} label="Enregistrer une avance">
          <SelectField
            label="Financeur"
            options={financement.financeurs.map(({ cle, nom }) => ({ value: cle, label: nom }))}
            {...form.field('cle')}
          />
          <MoneyField label="Montant versé" {...form.value('montantCentimes')} />
          <DateField label="Date du versement" max={today()} {...form.field('dateVersement')} />
          <TextField label="Référence du versement" aide="Telle qu’elle figure sur le relevé." code {...form.field('reference')} />
          <SubmitButton icon={HandCoins}>Enregistrer l’avance</SubmitButton>
        </Form>
      )}
    </Card>
  )
}
