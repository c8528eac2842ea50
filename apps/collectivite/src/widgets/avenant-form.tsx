import { Card } from '@pass/web/ui/card.tsx'
import { CheckboxField } from '@pass/web/ui/checkbox-field.tsx'
import { DateField } from '@pass/web/ui/date-field.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextAreaField } from '@pass/web/ui/text-field.tsx'
import { keyReason } from './financeurs-fields.tsx'
import { ProlongationsField } from './prolongations-field.tsx'
import { TermesFields } from './termes-fields.tsx'
import type { TermesForm } from './termes-form.ts'

type Props = {
  form: TermesForm
  departements: readonly { code: string; nom: string }[]
  lieux: readonly { id: string; nom: string; commune: string }[]
  lots: readonly { id: string; nom: string; carnets: number; dateFin: string }[]
  /** Why it cannot be written now. */
  reason: string | null
  /** Signatures recorded already, that this change begins again. */
  signees?: number
  action: string
}

/** An avenant: what it is for, then every rule, filled with the version in force. */
export const AvenantForm = ({ form, departements, lieux, lots, reason, signees = 0, action }: Props) => (
  <Form form={form}>
    <Card titre="Avenant">
      <TextAreaField
        label="Objet de l’avenant"
        aide="Une phrase. Exemple : prolonger la convention d’un an."
        rows={2}
        autoComplete="off"
        {...form.field('objet')}
      />
      <DateField label="Dernier jour de la convention" {...form.field('dateFin')} />
    </Card>
    <TermesFields form={form} departements={departements} lieux={lieux} />
    <ProlongationsField form={form} lots={lots} />
    {signees > 0 && (
      <Notice tone="attente" titre="Des signatures sont déjà enregistrées sur cet avenant.">
        <CheckboxField
          label="Recommencer toutes les signatures sur l’avenant modifié"
          {...form.field('recommencer' as Parameters<TermesForm['field']>[0])}
        />
      </Notice>
    )}
    <SubmitButton disabledReason={reason ?? keyReason(form.watch('financeurs') as Parameters<typeof keyReason>[0])}>{action}</SubmitButton>
  </Form>
)
