import { type Financement, financementRoutes } from '@pass/contracts/financement.ts'
import { euros, pluralPass } from '@pass/domain/money.ts'
import { apiQuery, paramsOf, queryFrom, useWarmed, warm } from '@pass/web/api.ts'
import { EquilibreBadge } from '@pass/web/modules/financement/financements-table.tsx'
import { FinanceursTable } from '@pass/web/modules/financement/financeurs-table.tsx'
import { PartsTable } from '@pass/web/modules/financement/parts-table.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import { AvanceCard, PrepareAppel } from '../widgets/financement-acts.tsx'
import { useState } from 'react'

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
  `Convention ${convention.reference} : ${pluralPass(pass)} utilisés et clôturés, soit ${euros(montantCentimes)} partagés entre les financeurs.`

export const Component = () => {
  const { financements, parts } = useWarmed<typeof loader>()
  const [fait, setFait] = useState<string | null>(null)
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
      {fait && (
        <Notice tone="bien" live="status">
          {fait}
        </Notice>
      )}
      <FinanceursTable financement={financement} to={(cle) => paths.financement({ conventionId: convention.id, cle })} Act={PrepareAppel} />
      <section className="pile" aria-labelledby="parts">
        <h2 id="parts">Parts, clôture par clôture</h2>
        <PartsTable page={parts} financeurs={financeurs} appel={(appelId) => paths.appel({ appelId })} />
      </section>
      <AvanceCard financement={financement} onDone={setFait} />
    </Page>
  )
}
