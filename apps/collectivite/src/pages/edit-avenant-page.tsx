import { conventionVersionRoutes } from '@pass/contracts/conventions-versions.ts'
import { whyNotTouchVersion } from '@pass/domain/convention-termes.ts'
import { whyNotAmend } from '@pass/domain/conventions.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { Page } from '@pass/web/ui/page.tsx'
import { type LoaderFunctionArgs, useNavigate } from 'react-router'
import { paths } from '../paths.ts'
import { AvenantForm } from '../widgets/avenant-form.tsx'
import { formQueries } from '../widgets/form-loader.ts'
import { useAvenantRewriteForm } from '../widgets/termes-form.ts'

const { getVersion } = conventionVersionRoutes

export const loader = (args: LoaderFunctionArgs) =>
  warm({ ...formQueries(args), version: apiQuery(getVersion, { params: paramsOf(getVersion, args.params) }) })

export const Component = () => {
  const { convention, version, lots, departements } = useWarmed<typeof loader>()
  const navigate = useNavigate()
  const whyNot = useWhyNot()
  const conventionId = convention.id
  const back = paths.version({ conventionId, version: version.numero })
  const form = useAvenantRewriteForm(conventionId, version, () => void navigate(back))
  return (
    <Page
      titre={`Modifier : ${version.titre}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.conventions(), label: 'Conventions' },
        { to: paths.convention({ conventionId }), label: convention.reference },
        { to: back, label: version.titre },
      ]}
      intro={convention.nom}
    >
      <AvenantForm
        form={form}
        departements={departements.items}
        lieux={version.lieux}
        lots={lots.items}
        signees={version.financeurs.filter(({ signataire }) => signataire !== null).length}
        reason={whyNot('convention:amend', whyNotTouchVersion(version) ?? whyNotAmend(convention))}
        action="Enregistrer l’avenant"
      />
    </Page>
  )
}
