import { type Financement, financementRoutes } from '@pass/contracts/financement.ts'
import { euros, pluralPass } from '@pass/domain/money.ts'
import { apiQuery, paramsOf, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { EquilibreBadge } from '@pass/web/modules/financement/financements-table.tsx'
import { FinanceursTable } from '@pass/web/modules/financement/financeurs-table.tsx'
import { PartsTable } from '@pass/web/modules/financement/parts-table.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

export const loader = ({ params, request }: LoaderFunctionArgs) => {
  const { conventionId } = paramsOf(financementRoutes.listParts, params)
  return warm({
    financements: apiQuery(financementRoutes.listFinancements, { query: { conventionId } }),
    parts: apiQuery(financementRoutes.listParts, { params: { conventionId }, query: queryFrom(financementRoutes.listParts, request) }),
  })
}

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.financements(), label: 'Financement' },
]

const introOf = ({ convention, pass, montantCentimes }: Financement) =>
  `Convention ${convention.reference} : votre part de ${pluralPass(pass)} utilisés et clôturés est de ${euros(montantCentimes)}.`

export const Component = () => {
  const { financements, parts } = useWarmed<typeof loader>()
  const [financement] = financements.items
  if (!financement) return null
  const { convention, financeurs } = financement
  return (
    <Page
      titre={`Financement : ${convention.nom}`}
      fil={FIL}
      intro={introOf(financement)}
      badge={<EquilibreBadge equilibre={financement.equilibre} />}
    >
      <FinanceursTable financement={financement} to={(cle) => paths.financement({ conventionId: convention.id, cle })} />
      <section className="pile" aria-labelledby="parts">
        <h2 id="parts">Parts, clôture par clôture</h2>
        <PartsTable page={parts} financeurs={financeurs} appel={(appelId) => paths.appel({ appelId })} />
      </section>
    </Page>
  )
}
