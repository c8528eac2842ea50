import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { TERMES_EXAMPLE } from '@pass/contracts/convention-termes.ts'
import type { PersonKey } from '../../../prisma/seed/base/ids.ts'
import type { World } from './world.ts'

/** The rules that a convention made from its route's example starts with, whole: what an avenant writes again. */
export const TERMES = {
  ...TERMES_EXAMPLE,
  dateFin: conventionRoutes.createConvention.example.dateFin,
  publics: conventionRoutes.createConvention.example.publics,
  criteres: [],
}

const ETAT = 2
/** Who records the signature of a rank: the ANCT for the State, the collectivité for the others. */
export const signer = (rang: number): PersonKey => (rang === ETAT ? 'anct.pilote' : 'collectivite.administrateur')

/** A convention of T1 prepared from the example. */
export const prepared = async (world: World, changes: object = {}): Promise<string> =>
  (await world.as('collectivite.gestionnaire').post('/conventions', { ...conventionRoutes.createConvention.example, ...changes })).json().id

/** The same, signed by its three financeurs. */
export const signed = async (world: World, changes: object = {}): Promise<string> => {
  const id = await prepared(world, changes)
  for (const rang of [1, 2, 3]) await world.as(signer(rang)).post(`/conventions/${id}/signatures`, { rang, signataire: 'Ada Martin' })
  return id
}

/** Every signature of an avenant, in order; the statuts of the answers. */
export const signAll = async (world: World, id: string, version: number, rangs = [1, 2, 3]): Promise<number[]> => {
  const statuses = []
  for (const rang of rangs) {
    const answer = await world
      .as(signer(rang))
      .post(`/conventions/${id}/versions/${version}/signatures`, { rang, signataire: 'Ada Martin' })
    statuses.push(answer.statusCode)
  }
  return statuses
}
