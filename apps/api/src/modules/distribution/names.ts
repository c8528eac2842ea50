import type { Ctx } from '../../platform/context.ts'

const GONE = 'Ancien membre de l’équipe'

/** The names of colleagues by id: only those of one's own organisation are ever said. */
export const namesOf = async ({ db }: Ctx, ids: readonly (string | null)[]): Promise<(id: string) => string> => {
  const known = [...new Set(ids.filter((id): id is string => id !== null))]
  const rows =
    known.length > 0 ? await db.$queryRaw<{ id: string; nom: string }[]>`select id, nom from colleague_names(${known}::uuid[])` : []
  const names = new Map(rows.map(({ id, nom }) => [id, nom]))
  return (id) => names.get(id) ?? GONE
}
