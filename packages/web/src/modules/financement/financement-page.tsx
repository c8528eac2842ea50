import type { Financement, financementRoutes } from '@pass/contracts/financement.ts'
import type { Output } from '@pass/contracts/route.ts'
import { euros, pluralPass } from '@pass/domain/money.ts'
import type { ComponentProps, ReactNode } from 'react'
import { Page } from '../../ui/page.tsx'
import { EquilibreBadge } from './financements-table.tsx'
import { FinanceursTable } from './financeurs-table.tsx'
import { PartsTable } from './parts-table.tsx'

type Props = {
  financement: Financement
  parts: Output<typeof financementRoutes.listParts>
  paths: {
    accueil: () => string
    financements: () => string
    financement: (of: { conventionId: string; cle: string }) => string
    appel: (of: { appelId: string }) => string
  }
  /** What the amount is to whoever reads it, when it is not the whole. */
  part?: (pass: string, montant: string) => string
  /** What may be done for a financeur. */
  Act?: ComponentProps<typeof FinanceursTable>['Act']
  fait?: string | null
  /** What may be done for the convention. */
  suite?: ReactNode
}

const whole = (pass: string, montant: string): string => `${pass} utilisés et clôturés, soit ${montant} partagés entre les financeurs.`

/** The financing of a convention: its financeurs, then their parts closing by closing. */
export const FinancementPage = ({ financement, parts, paths, part = whole, Act, fait = null, suite }: Props) => {
  const { convention, financeurs, pass, montantCentimes } = financement
  return (
    <Page
      titre={`Financement : ${convention.nom}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.financements(), label: 'Financement' },
      ]}
      intro={`Convention ${convention.reference} : ${part(pluralPass(pass), euros(montantCentimes))}`}
      badge={<EquilibreBadge equilibre={financement.equilibre} />}
      fait={fait}
    >
      <FinanceursTable
        financement={financement}
        to={(cle) => paths.financement({ conventionId: convention.id, cle })}
        {...(Act && { Act })}
      />
      <section className="pile" aria-labelledby="parts">
        <h2 id="parts">Parts, clôture par clôture</h2>
        <PartsTable page={parts} financeurs={financeurs} appel={(appelId) => paths.appel({ appelId })} />
      </section>
      {suite}
    </Page>
  )
}
