import { Search } from 'lucide-react'
import { type ChangeEvent, type FormEvent, type ReactNode, useId, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { withFilters } from '../list-search.ts'
import type { Option } from './select-field.tsx'

const fieldsOf = (form: HTMLFormElement): [string, string][] =>
  [...new FormData(form)].map(([name, value]) => [name, typeof value === 'string' ? value.trim() : ''])

const KEPT = ['tri', 'taille']
const PAGE = ['apres', 'rang']

/** The address without its filters: sort and size stay, and what the page keeps of its own. */
const cleared = (search: URLSearchParams, own: readonly string[]): string => {
  const kept = new URLSearchParams()
  for (const name of [...KEPT, ...own]) {
    const value = search.get(name)
    if (value) kept.set(name, value)
  }
  return `?${kept}`
}

const isFiltered = (search: URLSearchParams, own: readonly string[]): boolean =>
  [...search.keys()].some((name) => ![...KEPT, ...PAGE, ...own].includes(name))

const NONE: readonly string[] = []

type FiltersProps = {
  /** Keys of the address that are no filters (a view, a period): « Effacer les filtres » leaves them. */
  garde?: readonly string[]
  children: ReactNode
}

/** Filters of a list, kept in the address: a list and a date act at once, a text on Enter or on its button. */
export const Filters = ({ garde = NONE, children }: FiltersProps) => {
  const [search, setSearch] = useSearchParams()
  const apply = (form: HTMLFormElement) => setSearch(withFilters(search, fieldsOf(form)), { preventScrollReset: true })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    apply(event.currentTarget)
  }
  const onChange = (event: ChangeEvent<HTMLFormElement>) => {
    const control = event.target as unknown as HTMLInputElement
    if (control.type !== 'search') apply(event.currentTarget)
  }
  return (
    <form className="filtres" role="search" aria-label="Filtrer la liste" autoComplete="off" onSubmit={onSubmit} onChange={onChange}>
      {children}
      {isFiltered(search, garde) && (
        <Link className="petit effacer" to={cleared(search, garde)} preventScrollReset>
          Effacer les filtres
        </Link>
      )}
    </form>
  )
}

type FilterProps = { name: string; label: string }

// The box follows the address (Back, « Effacer les filtres ») and keeps what is being typed until the address changes.
const useFilter = (name: string) => {
  const [search] = useSearchParams()
  const inAddress = search.get(name) ?? ''
  const [state, setState] = useState({ inAddress, value: inAddress })
  if (state.inAddress !== inAddress) setState({ inAddress, value: inAddress })
  return {
    id: useId(),
    name,
    value: state.value,
    onChange: ({ target }: { target: { value: string } }) => setState({ inAddress, value: target.value }),
  }
}

type SelectProps = FilterProps & {
  options: readonly Option[]
  /** The first line, when nothing is filtered. `null`: something is always chosen. */
  vide?: string | null
}

export const FilterSelect = ({ name, label, options, vide = 'Tous' }: SelectProps) => {
  const box = useFilter(name)
  return (
    <div className="champ">
      <label htmlFor={box.id}>{label}</label>
      <select {...box}>
        {vide !== null && <option value="">{vide}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}

export const FilterDate = ({ name, label }: FilterProps) => {
  const box = useFilter(name)
  return (
    <div className="champ">
      <label htmlFor={box.id}>{label}</label>
      <input type="date" {...box} />
    </div>
  )
}

export const FilterSearch = ({ name, label, exemple }: FilterProps & { exemple?: string }) => {
  const box = useFilter(name)
  return (
    <div className="champ champ-recherche">
      <label htmlFor={box.id}>{label}</label>
      <span className="avec-bouton">
        <input type="search" placeholder={exemple} {...box} />
        <button type="submit" aria-label="Rechercher">
          <Search aria-hidden="true" />
        </button>
      </span>
    </div>
  )
}
