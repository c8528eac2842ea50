import { type CouvertureFonds, livreRoutes } from '@pass/contracts/livres.ts'
import { euros } from '@pass/domain/money.ts'
import { useSearchParams } from 'react-router'
import { fileUrl } from '../../api.ts'
import { Card } from '../../ui/card.tsx'
import { ExportLink } from '../../ui/file-link.tsx'
import { FilterDate, Filters } from '../../ui/filters.tsx'
import { KeyFigures } from '../../ui/key-figures.tsx'
import { readSearch } from '../../url.ts'
import { CouvertureChart } from './couverture-chart.tsx'
import { CouvertureTable } from './couverture-table.tsx'
import type { LedgerFilter } from './filter.ts'

type Props = {
  couverture: CouvertureFonds
  /** The lines behind a figure. */
  to: (filter: LedgerFilter) => string
}

/** What a convention received, activated, used and paid, day by day, and what is left to cover its pass. */
export const CouvertureView = ({ couverture: { convention, jours, au }, to }: Props) => {
  const [search] = useSearchParams()
  const query = readSearch(livreRoutes.exportCouvertureFonds.query, search)
  const last = jours.at(-1)
  return (
    <>
      {last && (
        <KeyFigures
          items={[
            { titre: 'Fonds reçus', valeur: euros(last.recu), to: to({ nature: 'fonds', au }) },
            { titre: 'Pass activés', valeur: euros(last.active), to: to({ motif: 'activation', au }) },
            { titre: 'Pass utilisés', valeur: euros(last.utilise), to: to({ motif: 'utilisation', au }) },
            { titre: 'Pass payés', valeur: euros(last.paye), to: to({ nature: 'paye', au }) },
            {
              titre: 'Reste couvert',
              valeur: euros(last.reste),
              detail: `dont ${euros(last.enCirculation)} en circulation`,
              to: to({ nature: 'circulation', au }),
            },
          ]}
        />
      )}
      <div className="tableau">
        <Filters>
          <FilterDate name="du" label="Du" />
          <FilterDate name="au" label="Au" />
        </Filters>
      </div>
      <Card
        titre="Jour par jour"
        actions={
          <ExportLink href={fileUrl(livreRoutes.exportCouvertureFonds, { params: { conventionId: convention.id }, query })}>
            Exporter (CSV)
          </ExportLink>
        }
      >
        <CouvertureChart days={jours} titre={`Fonds de la convention ${convention.reference}, jour par jour`} />
      </Card>
      <CouvertureTable days={jours} />
    </>
  )
}
