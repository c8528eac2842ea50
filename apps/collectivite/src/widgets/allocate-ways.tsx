import { Link } from 'react-router'
import { paths } from '../paths.ts'

const WAYS = [
  { to: paths.attribuer(), label: 'une plage de numéros' },
  { to: paths.attribuerScan(), label: 'en scannant' },
  { to: paths.attribuerFichier(), label: 'par fichier' },
] as const

/** The other ways to say which carnets leave. */
export const AllocateWays = ({ ici }: { ici: string }) => (
  <nav aria-label="Autres façons d’attribuer">
    Attribuer autrement&nbsp;:{' '}
    {WAYS.filter(({ to }) => to !== ici).map(({ to, label }, i) => (
      <span key={to}>
        {i > 0 && ' ou '}
        <Link to={to}>{label}</Link>
      </span>
    ))}
  </nav>
)
