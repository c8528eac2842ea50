import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { CONVENTION, ORG } from '../../../prisma/seed/base/ids.ts'
import { csv } from '../src/platform/tableur/write-table.ts'
import type { World } from './world.ts'

/** The columns of the file of a former operator. */
export const HEADER = ['Numéro du carnet', 'Code du pass', 'État', 'Fin de validité', 'Remis le', 'SIRET du prescripteur', 'Preuve']
export const SIRET = '26230007000011'

export type Line = [serie: string, code: string, etat: string, fin?: string, remis?: string, siret?: string, preuve?: string]
/** A file of these pass; valid to the end of June and proved unless said otherwise. */
export const table = (...lines: Line[]): Uint8Array =>
  csv([
    HEADER,
    ...lines.map(([serie, code, etat, fin = '30/06/2026', remis = '', siret = '', preuve = 'Page 1']) => [
      serie,
      code,
      etat,
      fin,
      remis,
      siret,
      preuve,
    ]),
  ])
/** A pass of a carnet that P1 handed over in January. */
export const handed = (serie: string, code: string, etat = 'Non utilisé'): Line => [serie, code, etat, '30/06/2026', '12/01/2026', SIRET]

let serial = 0
/** Codes that nobody had before. */
export const codesOf = (n: number): string[] => Array.from({ length: n }, () => `ANC${String(++serial).padStart(7, '0')}`)

export const said = (text: string): string => text.replaceAll('\u00a0', ' ')
export const refusalOf = (answer: { statusCode: number; json: () => { code: string } }) => [answer.statusCode, answer.json().code]

/** The gestures of a take-over, by the operator of T1. */
export const takeOver = async (world: Pick<World, 'as' | 'sql'>) => {
  await world.sql.query('update organisation set siret = null where siret = $1', [SIRET])
  await world.sql.query('update organisation set siret = $1 where id = $2', [SIRET, ORG.p1])
  const operateur = world.as('operateur.gestionnaire')
  const open = async () =>
    (await operateur.post('/reprises', { conventionId: CONVENTION.cv1, ancienOperateur: 'Ancien opérateur' })).json().id as string
  const deposit = (id: string, octets: Uint8Array, { nom = 'carnets.csv', type = 'text/csv', who = operateur } = {}) =>
    who.post(`/reprises/${id}/fichier`, Buffer.from(octets), {
      headers: { 'content-type': type, 'x-nom-fichier': encodeURIComponent(nom) },
    })
  const prove = (id: string) =>
    operateur.post(`/reprises/${id}/pieces`, Buffer.from(`%PDF-1.7\n${randomUUID()}\n%%EOF\n`), {
      headers: { 'content-type': 'application/pdf', 'x-nom-fichier': 'etat.pdf' },
    })
  const apply = (id: string) => operateur.post(`/reprises/${id}/application`, { numeroMandat: 'M-2026-7' })
  const linesOf = async (id: string, query = '') => (await operateur.get(`/reprises/${id}/lignes${query}`)).json()
  const taken = async (...lines: Line[]) => {
    const id = await open()
    await deposit(id, table(...lines))
    await prove(id)
    expect((await apply(id)).json()).toMatchObject({ statut: 'appliquee' })
    return id
  }
  return { operateur, open, deposit, prove, apply, linesOf, taken }
}
