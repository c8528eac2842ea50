import { whyNotAmend } from '@pass/domain/conventions.ts'
import { useWarmed, warm } from '@pass/web/api.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { Page } from '@pass/web/ui/page.tsx'
import { type LoaderFunctionArgs, useNavigate } from 'react-router'
import { paths } from '../paths.ts'
import { AvenantForm } from '../widgets/avenant-form.tsx'
import { formQueries } from '../widgets/form-loader.ts'
import { startOf, useAvenantForm } from '../widgets/termes-form.ts'

export const loader = (args: LoaderFunctionArgs) => warm(formQueries(args))

export const Component = () => {
  const { convention, lieux, lots, departements } = useWarmed<typeof loader>()
  const navigate = useNavigate()
  const whyNot = useWhyNot()
  const conventionId = convention.id
  const start = startOf(
    convention,
    convention.financeurs,
    lieux.items.map(({ id }) => id),
  )
  const form = useAvenantForm(conventionId, start, ({ numero }) => void navigate(paths.version({ conventionId, version: numero })))
  return (
    <Page
      titre={`Préparer un avenant à ${convention.reference}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.conventions(), label: 'Conventions' },
        { to: paths.convention({ conventionId }), label: convention.reference },
      ]}
      intro="Changez les règles voulues. La version en vigueur continue jusqu’à la signature de chaque financeur."
    >
      <AvenantForm
        form={form}
        departements={departements.items}
        lieux={lieux.items}
        lots={lots.items}
        reason={whyNot('convention:amend', whyNotAmend(convention))}
        action="Préparer l’avenant"
      />
    </Page>
  )
}
