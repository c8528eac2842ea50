import { LOT } from '../../../prisma/seed/base/ids.ts'
import { tendAll, type Tended } from '../src/modules/echeances/tend-echeances.ts'
import { openDeps } from '../src/platform/process.ts'
import type { World } from './world.ts'

/** The morning of a day in Paris, whatever the season. */
const morning = (day: string) => `${day}T08:00:00.000Z`

/** Moves the clock to a day. */
export const onDay = (world: World, day: string): void => world.setClock(morning(day))

/** Runs the daily job for a day, as the worker does; answers what it announced. */
export const tend = async (world: World, day: string, { twice = false, dryRun = false } = {}): Promise<Tended[]> => {
  onDay(world, day)
  const worker = await openDeps(world.deps.config, { url: world.urls.workerUrl, name: 'worker', max: 4 })
  const deps = { ...worker, clock: world.deps.clock }
  const run = () => tendAll(deps, { id: `test:${day}`, today: day, dryRun })
  const told = await Promise.all(twice ? [run(), run()] : [run()])
  await worker.close()
  return told.flat()
}

/** The lot of T1, to the day of its statement, signed by both. */
export const signReleve = async (world: World, lotId: string = LOT.l1): Promise<number[]> => {
  const statuses = []
  for (const person of ['collectivite.administrateur', 'operateur.gestionnaire'] as const)
    statuses.push((await world.as(person).post(`/echeances/${lotId}/accords`, { etape: 'releve' })).statusCode)
  return statuses
}
