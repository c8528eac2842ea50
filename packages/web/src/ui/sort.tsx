import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react'
import { Link, useSearchParams } from 'react-router'
import { withoutPage } from '../list-search.ts'

export type Sortable = { titre: string; align?: 'droite'; tri?: string }

const WORDS = { ascending: 'tri croissant', descending: 'tri décroissant', none: 'trier' } as const
const ICONS = { ascending: ArrowUp, descending: ArrowDown, none: ArrowUpDown } as const

const stateOf = (search: URLSearchParams, tri: string): keyof typeof WORDS => {
  const current = search.get('tri')
  return current === tri ? 'ascending' : current === `-${tri}` ? 'descending' : 'none'
}

const sortedBy = (search: URLSearchParams, tri: string): URLSearchParams => {
  const next = withoutPage(search)
  if (tri) next.set('tri', tri)
  else next.delete('tri')
  return next
}

/** The head of a column; a sortable one is a link that says its state in words. */
export const HeadCell = ({ titre, align, tri }: Sortable) => {
  const [search] = useSearchParams()
  if (!tri)
    return (
      <th scope="col" className={align}>
        {titre}
      </th>
    )
  const state = stateOf(search, tri)
  const Icon = ICONS[state]
  return (
    <th scope="col" className={align} aria-sort={state}>
      <Link to={`?${sortedBy(search, state === 'ascending' ? `-${tri}` : tri)}`} preventScrollReset className="tri" data-etat={state}>
        {titre}
        <Icon aria-hidden="true" />
        <span className="hors-ecran"> ({WORDS[state]})</span>
      </Link>
    </th>
  )
}

/** The same sort on a phone, where rows are cards and have no head. */
export const SortSelect = ({ columns }: { columns: readonly Sortable[] }) => {
  const [search, setSearch] = useSearchParams()
  const sortable = columns.flatMap(({ titre, tri }) => (tri ? [{ titre, tri }] : []))
  if (sortable.length === 0) return null
  return (
    <label className="tri-telephone">
      <span>Trier par</span>
      <select
        value={search.get('tri') ?? ''}
        onChange={({ target }) => setSearch(sortedBy(search, target.value), { preventScrollReset: true })}
      >
        <option value="">Ordre habituel</option>
        {sortable.map(({ titre, tri }) => [
          <option key={tri} value={tri}>
            {titre}, croissant
          </option>,
          <option key={`-${tri}`} value={`-${tri}`}>
            {titre}, décroissant
          </option>,
        ])}
      </select>
    </label>
  )
}
