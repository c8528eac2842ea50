import type { ReactNode } from 'react'

export type Definition = { terme: string; valeur: ReactNode }

/** Facts of a sheet: what, and its value. */
export const DefinitionList = ({ items }: { items: readonly Definition[] }) => (
  <dl className="faits">
    {items.map(({ terme, valeur }) => (
      <div key={terme}>
        <dt>{terme}</dt>
        <dd>{valeur}</dd>
      </div>
    ))}
  </dl>
)
