import type { ReactNode } from 'react'
import { Link } from 'react-router'

export type Figure = { titre: string; valeur: ReactNode; detail?: ReactNode; to?: string }

/** A few numbers that matter, each named by its stage. */
export const KeyFigures = ({ items }: { items: readonly Figure[] }) => (
  <dl className="chiffres">
    {items.map(({ titre, valeur, detail, to }) => (
      <div key={titre}>
        <dt className="petit doux">{titre}</dt>
        <dd>
          <b>{to ? <Link to={to}>{valeur}</Link> : valeur}</b>
          {detail && <span className="petit doux">{detail}</span>}
        </dd>
      </div>
    ))}
  </dl>
)
