import type { ComponentProps } from 'react'
import { LinkButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { FinancementsTable } from './financements-table.tsx'

type Props = Omit<ComponentProps<typeof FinancementsTable>, 'rowLink' | 'empty'> & {
  paths: { accueil: () => string; appels: () => string; financement: (of: { conventionId: string }) => string }
  intro: string
}

/** The financing of every convention in reach. */
export const FinancementsPage = ({ paths, intro, ...table }: Props) => (
  <Page
    titre="Financement"
    fil={[{ to: paths.accueil(), label: 'Accueil' }]}
    intro={intro}
    actions={
      <LinkButton variant="second" to={paths.appels()}>
        Appels de fonds
      </LinkButton>
    }
  >
    <FinancementsTable
      {...table}
      rowLink={({ convention }) => paths.financement({ conventionId: convention.id })}
      empty={
        <EmptyState titre="Aucune convention ici">
          Une convention paraît ici une fois signée. Ses pass utilisés sont partagés à chaque clôture.
        </EmptyState>
      }
    />
  </Page>
)
