import type { Route } from '@pass/contracts/route.ts'

/** Where the API is served, seen from every app. */
export const API_BASE = '/api'

type Values = Record<string, unknown>

/** `/conventions/:conventionId` and its values → `/conventions/0192…`. A missing value is a mistake of the page: it throws. */
export const fillPath = (path: string, params: Values = {}): string =>
  path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = params[name]
    if ((typeof value !== 'string' && typeof value !== 'number') || value === '')
      throw new Error(`Missing path parameter ${name} of ${path}`)
    return encodeURIComponent(value)
  })

/** `{ statut: ['cree', 'livre'], taille: 25 }` → `?statut=cree&statut=livre&taille=25`; empty values are left out. */
export const searchString = (query: Values = {}): string => {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') search.append(name, String(one))
    }
  }
  const text = search.toString()
  return text && `?${text}`
}

/** The address of one call. */
export const urlOf = (route: Pick<Route, 'path'>, input: { params?: unknown; query?: unknown }): string =>
  API_BASE + fillPath(route.path, input.params as Values | undefined) + searchString(input.query as Values | undefined)

type QuerySchema = { shape: Record<string, { safeParse: (value: unknown) => { success: boolean } }> }

/**
 * The part of a page's address that a route understands. Keys the contract does not know (`rang`, a tab) and values it
 * refuses (an old link, a hand-typed address) are dropped rather than answered by an error page.
 */
export const readSearch = (schema: QuerySchema, search: URLSearchParams): Values => {
  const values: Values = {}
  for (const [name, field] of Object.entries(schema.shape)) {
    const all = search.getAll(name).filter((value) => value !== '')
    if (all.length === 0) continue
    const truth = { true: true, false: false }[all[0] ?? '']
    const candidate = [all[0], Number(all[0]), all, truth].find((value) => field.safeParse(value).success)
    if (candidate !== undefined) values[name] = candidate
  }
  return values
}
