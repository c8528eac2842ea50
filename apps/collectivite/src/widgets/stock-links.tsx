import { Card } from '@pass/web/ui/card.tsx'
import { Link } from 'react-router'
import { paths } from '../paths.ts'

const LINKS = [
  { to: paths.couverture(), label: 'Jours de stock', detail: 'qui va manquer de carnets, qui n’en remet plus' },
  { to: paths.repartition(), label: 'Simuler une répartition', detail: 'une part fixe par commune, le reste selon la population' },
  { to: paths.inventaires(), label: 'Inventaires', detail: 'faire compter les carnets de chaque point' },
  { to: paths.plages(), label: 'Bloquer ou débloquer une plage', detail: 'une boîte perdue ou volée' },
  { to: paths.annulations(), label: 'Annulations', detail: 'des carnets jamais utilisés, à deux personnes' },
] as const

/** What else may be done with the stock, rarely. */
export const StockLinks = () => (
  <Card titre="Suivre et corriger le stock">
    <ul className="pile">
      {LINKS.map(({ to, label, detail }) => (
        <li key={to}>
          <Link to={to}>{label}</Link>
          <span className="doux">{`, ${detail}`}</span>
        </li>
      ))}
    </ul>
  </Card>
)
