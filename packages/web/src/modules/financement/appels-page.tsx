import type { ComponentProps } from 'react'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { AppelsTable } from './appels-table.tsx'

type Props = Omit<ComponentProps<typeof AppelsTable>, 'rowLink' | 'empty'> & {
  paths: { accueil: () => string; financements: () => string; appel: (of: { appelId: string }) => string }
  intro: string
  /** What to do when no call is there. */
  vide: string
}

/** The calls for funds in reach. */
export const AppelsPage = ({ paths, intro, vide, ...table }: Props) => (
  <Page
    titre="Appels de fonds"
    fil={[
      { to: paths.accueil(), label: 'Accueil' },
      { to: paths.financements(), label: 'Financement' },
    ]}
    intro={intro}
  >
    <AppelsTable
      {...table}
      rowLink={({ id }) => paths.appel({ appelId: id })}
      empty={<EmptyState titre="Aucun appel ici">{vide}</EmptyState>}
    />
  </Page>
)
