import type { Ctx } from '../../platform/context.ts'

/** Names of one's own people, of those who left, and of whoever invited or looked from outside. The others stay unknown. */
export const namesOf = async ({ db }: Pick<Ctx, 'db'>, ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const rows = await db.$queryRaw<{ id: string; nom: string }[]>`select id, nom from colleague_names(${[...new Set(ids)]}::uuid[])`
  return new Map(rows.map(({ id, nom }) => [id, nom]))
}
