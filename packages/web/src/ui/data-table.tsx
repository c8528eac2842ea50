import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { HeadCell, SortSelect } from './sort.tsx'

export type Column<T> = {
  cle: string
  titre: string
  cell: (row: T) => ReactNode
  align?: 'droite'
  /** Fixed-width figures. */
  code?: boolean
  /** The key the server sorts by: `?tri=montant`, `?tri=-montant`. */
  tri?: string
}

type Props<T> = {
  /** What is counted: « 4 commandes, 2 480 carnets ». Read aloud when a filter changes it. */
  caption: ReactNode
  columns: readonly Column<T>[]
  rows: readonly T[]
  rowKey: (row: T) => string
  /** Where a row leads; the first column carries the link, the whole row answers. */
  rowLink?: (row: T) => string
  /** Instead of the rows when there is none. */
  empty: ReactNode
  filters?: ReactNode
  /** The last line of the table, by column: sums of the whole list. */
  totaux?: Readonly<Record<string, ReactNode>>
  pied?: ReactNode
}

// One box a value: on a phone it stands beside the head of its column, however many pieces it has. An empty one is not shown there.
const Value = ({ children }: { children: ReactNode }) =>
  children === '' || children === null || children === undefined ? null : <div>{children}</div>

const Row = <T,>({ row, columns, rowLink }: Pick<Props<T>, 'columns' | 'rowLink'> & { row: T }) => (
  <tr className={rowLink ? 'cliquable' : undefined}>
    {columns.map(({ cle, titre, cell, align, code }, rank) => {
      const content = code ? <span className="code">{cell(row)}</span> : cell(row)
      return (
        <td key={cle} className={align} data-titre={titre}>
          {rank === 0 && rowLink ? (
            <Link to={rowLink(row)} className="lien-rang">
              {content}
            </Link>
          ) : (
            <Value>{content}</Value>
          )}
        </td>
      )
    })}
  </tr>
)

const Totals = <T,>({ columns, totaux }: { columns: readonly Column<T>[]; totaux: Readonly<Record<string, ReactNode>> }) => (
  <tfoot>
    <tr>
      {columns.map(({ cle, titre, align }, rank) =>
        rank === 0 ? (
          <th key={cle} scope="row">
            {totaux[cle]}
          </th>
        ) : (
          <td key={cle} className={align} data-titre={titre}>
            <Value>{totaux[cle]}</Value>
          </td>
        ),
      )}
    </tr>
  </tfoot>
)

/**
 * A real table, one card a row under 640 px. Sorting, filtering and paging live in the address and are done by the server:
 * the browser never sorts one page as if it were the list.
 */
export const DataTable = <T,>({ caption, columns, rows, rowKey, rowLink, empty, filters, totaux, pied }: Props<T>) => (
  <div className="tableau">
    {filters}
    <SortSelect columns={columns} />
    {rows.length === 0 ? (
      <div role="status">{empty}</div>
    ) : (
      <table>
        <caption>
          <span role="status">{caption}</span>
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeadCell
                key={column.cle}
                titre={column.titre}
                {...(column.align && { align: column.align })}
                {...(column.tri && { tri: column.tri })}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={rowKey(row)} row={row} columns={columns} {...(rowLink && { rowLink })} />
          ))}
        </tbody>
        {totaux && <Totals columns={columns} totaux={totaux} />}
      </table>
    )}
    {pied}
  </div>
)
