import type { Route } from '@pass/contracts/route.ts'
import { isAllowed } from '@pass/domain/droits.ts'
import { PIECE_RULE } from '@pass/domain/pieces.ts'
import { formatSerie } from '@pass/domain/references.ts'
import type { LightMyRequestResponse } from 'fastify'
import { PARAMS, SERIE } from '../../../../prisma/seed/base/ids.ts'
import type { Module } from '../../src/registry.ts'
import type { Caller } from '../world.ts'

/** Values of the queries that a route cannot do without. */
const QUERIES: Record<string, Record<string, string>> = {
  findCarnet: { numero: formatSerie(SERIE.l1) },
  search: { texte: formatSerie(SERIE.l1) },
  searchCommunes: { recherche: 'bon' },
  listCommunes: { recherche: 'bon' },
  searchCibles: { recherche: 'creuse' },
  listOrganisations: { type: 'prescripteur' },
}

export type Walked = { name: string; route: Route; path: string; body: unknown }

const fill = (name: string, path: string) =>
  path.replace(/:(\w+)/g, (_, param: string) => {
    const value = (PARAMS as Record<string, string>)[param]
    if (value === undefined) throw new Error(`${name}: prisma/seed/base/ids.ts gives no PARAMS.${param}`)
    return value
  })

const queryOf = (name: string, { query }: Route) => {
  const given = QUERIES[name] ?? {}
  // texts are read as numbers by the door: only what is required and absent matters here
  const missing = query && Object.entries(query.shape).some(([key, schema]) => !(key in given) && !schema.safeParse(undefined).success)
  if (missing) throw new Error(`${name}: its query has required fields that the walks do not know (QUERIES)`)
  const text = new URLSearchParams(given).toString()
  return text && `?${text}`
}

/** The call of a route with T1's ids and its own example. @throws when a parameter, a query or an example is missing: nothing is skipped. */
export const walked = (name: string, route: Route): Walked => {
  if (route.body && !route.body.safeParse(route.example).success)
    throw new Error(`${name}: its example is missing, or its own schema refuses it`)
  return { name, route, path: fill(name, route.path) + queryOf(name, route), body: route.body ? route.example : undefined }
}

/** Every route of these modules, those that move the demonstration's clock last. */
export const everyRoute = (modules: readonly Module[]): Walked[] =>
  modules
    .flatMap((module) => Object.entries(module.routes))
    .map(([name, route]) => walked(name, route))
    .toSorted((a, b) => Number(a.name === 'moveClock') - Number(b.name === 'moveClock'))

/** The smallest file that an `upload` route takes. */
const SCAN = Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n%%EOF\n')
const TABLE = Buffer.from('numero;nom\n1;2\n')
/** Tables whose first line is looked at when they come. */
const TABLES: Record<string, Buffer> = {
  uploadRepriseFichier: Buffer.from(
    'Numéro du carnet;Code du pass;État;Fin de validité;Preuve\nANC-1;ANC0000001;Non utilisé;30/06/2026;Page 1\n',
  ),
  uploadRetour: Buffer.from('Référence;Montant;Résultat;Date;Motif\nABSENTE;10,00;exécuté;2026-03-10;\n'),
  uploadImportAttribution: Buffer.from('Prescripteur;Premier numéro\nCCAS de Bonnat;PN 26-0000008-C\n'),
}
const fileFor = (name: string, { fichier = PIECE_RULE }: Route) =>
  fichier.types.includes('application/pdf')
    ? { octets: SCAN, headers: { 'content-type': 'application/pdf', 'x-nom-fichier': 'feuille.pdf' } }
    : { octets: TABLES[name] ?? TABLE, headers: { 'content-type': 'text/csv', 'x-nom-fichier': 'table.csv' } }

export const send = (caller: Caller, { name, route, path, body }: Walked): Promise<LightMyRequestResponse> => {
  if (route.method === 'GET') return caller.get(path)
  if (route.kind === 'upload') return caller.post(path, fileFor(name, route).octets, { headers: fileFor(name, route).headers })
  if (route.method === 'PUT') return caller.put(path, body)
  return route.method === 'DELETE' ? caller.del(path, body) : caller.post(path, body)
}

/** Whether a role may call a route, by the one table. */
export const mayCall = (role: Parameters<typeof isAllowed>[0], { route }: Walked): boolean =>
  route.droit === 'public' || isAllowed(role, route.droit)

/** What a walk found: how many calls, how many by status, and what is wrong, one line each. */
export type Findings = { calls: number; statuts: Record<number, number>; faults: string[] }
export const newFindings = (): Findings => ({ calls: 0, statuts: {}, faults: [] })
export const count = (findings: Findings, status: number) => {
  findings.calls += 1
  findings.statuts[status] = (findings.statuts[status] ?? 0) + 1
}

const INTERNALS = /prisma|postgres|SQLSTATE|relation "|column "|at \w+ \(|node_modules|\/src\//i

/** What is wrong whoever asks: a fault of the server, an answer that is no problem+json, internals shown. */
export const commonFaults = ({ name }: Walked, { statusCode, body, headers }: LightMyRequestResponse): string[] => {
  if (statusCode >= 500) return [`${name}: ${statusCode} ${body.slice(0, 200)}`]
  if (statusCode < 400) return []
  const isProblem = String(headers['content-type']).startsWith('application/problem+json')
  return [
    ...(isProblem ? [] : [`${name}: ${statusCode} is no problem+json`]),
    ...(INTERNALS.test(body) ? [`${name}: ${statusCode} shows internals`] : []),
  ]
}
