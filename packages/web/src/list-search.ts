/** The address of a list holds its filters, its sort (`tri`), its size (`taille`) and its place (`apres`, with `rang` for the eye). */
export const DEFAULT_SIZE = 25

const copy = (search: URLSearchParams): URLSearchParams => new URLSearchParams(search)

/** The same list from its beginning: a filter, a sort or a size makes the old cursor meaningless. */
export const withoutPage = (search: URLSearchParams): URLSearchParams => {
  const next = copy(search)
  next.delete('apres')
  next.delete('rang')
  return next
}

/** The rank of the first row shown. The server pages by cursor and does not know it; the address carries it along. */
export const firstRank = (search: URLSearchParams): number => {
  const rang = Number(search.get('rang'))
  return search.has('apres') && Number.isInteger(rang) && rang > 0 ? rang : 1
}

/** The next page. */
export const nextPage = (search: URLSearchParams, suivant: string, count: number): URLSearchParams => {
  const next = copy(search)
  next.set('apres', suivant)
  next.set('rang', String(firstRank(search) + count))
  return next
}

/** Another number of rows, from the beginning. */
export const withSize = (search: URLSearchParams, taille: number): URLSearchParams => {
  const next = withoutPage(search)
  next.set('taille', String(taille))
  return next
}

/** What the filter form holds, over the address: its own fields only, empty ones leave. */
export const withFilters = (search: URLSearchParams, fields: Iterable<[string, string]>): URLSearchParams => {
  const next = withoutPage(search)
  const entries = [...fields]
  for (const [name] of entries) next.delete(name)
  for (const [name, value] of entries) if (value !== '') next.append(name, value)
  return next
}
