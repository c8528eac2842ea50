import type { Ctx } from '../../platform/context.ts'

const codesOf = (territoire: readonly string[], kind: string) =>
  territoire.filter((code) => code.startsWith(kind)).map((code) => code.slice(1))

/** Names of the territories of a convention, by code: `D23` → « Creuse (23) », `C23096` → « Guéret (23096) ». */
export const namesOfTerritoires = async (
  { db }: Pick<Ctx, 'db'>,
  territoire: readonly string[],
): Promise<{ code: string; nom: string }[]> => {
  const where = (kind: string) => ({ where: { code: { in: codesOf(territoire, kind) } }, select: { code: true, nom: true } })
  const [departements, epci, communes] = [
    await db.departement.findMany(where('D')),
    await db.epci.findMany(where('E')),
    await db.commune.findMany(where('C')),
  ]
  return [
    ...departements.map(({ code, nom }) => ({ code: `D${code}`, nom: `${nom} (${code})` })),
    ...epci.map(({ code, nom }) => ({ code: `E${code}`, nom })),
    ...communes.map(({ code, nom }) => ({ code: `C${code}`, nom: `${nom} (${code})` })),
  ]
}
