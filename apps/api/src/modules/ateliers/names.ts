import type { Ctx } from '../../platform/context.ts'

/** Says who somebody of one's own organisation is, as they are called now. */
export const colleagueNames = async ({ db }: Ctx, ids: readonly string[]): Promise<(id: string) => string> => {
  const rows = await db.$queryRaw<{ id: string; nom: string }[]>`select id, nom from colleague_names(${[...new Set(ids)]}::uuid[])`
  const names = new Map(rows.map(({ id, nom }) => [id, nom]))
  return (id) => names.get(id) ?? 'Une personne partie'
}
