import type { EcritureDetail } from '@pass/contracts/comptes.ts'
import { Page } from '../../ui/page.tsx'
import { EcritureView } from './ecriture-view.tsx'

type Props = {
  ecriture: EcritureDetail
  paths: { accueil: () => string; grandLivre: (of: { conventionId: string }) => string }
  /** Where what caused it is seen, by its kind; a kind without a screen for the reader is left out. */
  sources: Readonly<Record<string, (id: string) => string>>
}

/** A line of the books of a convention. */
export const EcriturePage = ({ ecriture, paths, sources }: Props) => {
  const { id: conventionId, reference, nom } = ecriture.convention
  return (
    <Page
      titre={`Écriture ${ecriture.cle}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.grandLivre({ conventionId }), label: `Grand livre ${reference}` },
      ]}
      intro={`${nom}. Une écriture n’est jamais changée : une erreur se corrige par une écriture inverse.`}
    >
      <EcritureView ecriture={ecriture} toSource={({ type, id }) => sources[type]?.(id) ?? null} />
    </Page>
  )
}
