import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { whyNotEdit } from '@pass/domain/conventions.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { CheckboxField } from '@pass/web/ui/checkbox-field.tsx'
import { DateField } from '@pass/web/ui/date-field.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { SelectField } from '@pass/web/ui/select-field.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { type LoaderFunctionArgs, useNavigate } from 'react-router'
import { paths } from '../paths.ts'
import { keyReason } from '../widgets/financeurs-fields.tsx'
import { formQueries } from '../widgets/form-loader.ts'
import { TermesFields } from '../widgets/termes-fields.tsx'
import { type TermesForm, useEditForm } from '../widgets/termes-form.ts'

export const loader = (args: LoaderFunctionArgs) =>
  warm({ ...formQueries(args), operateurs: apiQuery(referentielRoutes.listOrganisations, { query: { type: 'operateur' } }) })

export const Component = () => {
  const { convention, lieux, departements, operateurs } = useWarmed<typeof loader>()
  const navigate = useNavigate()
  const whyNot = useWhyNot()
  const form = useEditForm(
    convention,
    lieux.items.map(({ id }) => id),
    ({ id }) => void navigate(paths.convention({ conventionId: id })),
  )
  const isSigned = convention.financeurs.some(({ signataire }) => signataire !== null)
  const reason = whyNot('convention:edit', whyNotEdit(convention)) ?? keyReason(form.watch('financeurs') as Parameters<typeof keyReason>[0])
  return (
    <Page
      titre={`Modifier la convention ${convention.reference}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.conventions(), label: 'Conventions' },
        { to: paths.convention({ conventionId: convention.id }), label: convention.reference },
      ]}
      intro="Toutes les règles se modifient jusqu’à la dernière signature. Ensuite, elles changent par avenant."
    >
      <Form form={form}>
        <Card titre="Convention">
          <TextField label="Nom de la convention" autoComplete="off" {...form.field('nom')} />
          <SelectField
            label="Opérateur"
            options={operateurs.items.map(({ id, nom }) => ({ value: id, label: nom }))}
            {...form.field('operateurId')}
          />
          <div className="cote-a-cote">
            <DateField label="Premier jour" {...form.field('dateDebut')} />
            <DateField label="Dernier jour" {...form.field('dateFin')} />
          </div>
        </Card>
        <TermesFields form={form as unknown as TermesForm} departements={departements.items} lieux={lieux.items} />
        {isSigned && (
          <Notice tone="attente" titre="Des signatures sont déjà enregistrées.">
            <CheckboxField label="Recommencer toutes les signatures sur la convention modifiée" {...form.field('recommencer')} />
          </Notice>
        )}
        <SubmitButton disabledReason={reason}>Enregistrer les règles</SubmitButton>
      </Form>
    </Page>
  )
}
