import { TAILLES } from '@pass/contracts/lists.ts'
import { formatNumber } from '@pass/domain/money.ts'
import { Link, useSearchParams } from 'react-router'
import { DEFAULT_SIZE, firstRank, nextPage, withSize, withoutPage } from '../list-search.ts'

type Props = {
  /** The cursor of the next page, null on the last one. */
  suivant: string | null
  /** Null where nobody counts. */
  total: number | null
  /** Rows on this page. */
  count: number
}

const position = (first: number, count: number, total: number | null): string =>
  `${formatNumber(first)} à ${formatNumber(first + count - 1)}${total === null ? '' : ` sur ${formatNumber(total)}`}`

const Sizes = () => {
  const [search, setSearch] = useSearchParams()
  return (
    <label className="taille">
      <span>Lignes par page</span>
      <select
        value={search.get('taille') ?? DEFAULT_SIZE}
        onChange={({ target }) => setSearch(withSize(search, Number(target.value)), { preventScrollReset: true })}
      >
        {TAILLES.map((size) => (
          <option key={size}>{size}</option>
        ))}
      </select>
    </label>
  )
}

/** The foot of a list: where one is, the next page, how many rows. */
export const Pagination = ({ suivant, total, count }: Props) => {
  const [search] = useSearchParams()
  if (count === 0 && !search.has('apres')) return null
  return (
    <nav className="pied" aria-label="Pages de la liste">
      {count > 0 && <span>{position(firstRank(search), count, total)}</span>}
      {search.has('apres') && <Link to={`?${withoutPage(search)}`}>Première page</Link>}
      {suivant && (
        <Link to={`?${nextPage(search, suivant, count)}`} className="bouton second petit-bouton">
          Page suivante
        </Link>
      )}
      <Sizes />
    </nav>
  )
}
