type Departement = { code: string; nom: string }

/** Names of the départements by their territory code: `D23` → « Creuse (23) ». */
export const territoireNames = (departements: readonly Departement[]): Map<string, string> =>
  new Map(departements.map(({ code, nom }) => [`D${code}`, `${nom} (${code})`]))

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase()

/**
 * The first territory proposed for a new convention: the one of the latest convention, else the département that the name of the
 * organisation ends with (« Département de la Creuse »). Only a proposal: the person sees it and may change it.
 */
export const proposeTerritoire = (
  organisation: string,
  departements: readonly Departement[],
  dernier: readonly string[] | undefined,
): string => {
  if (dernier?.[0]?.startsWith('D')) return dernier[0]
  const found = departements
    .filter(({ nom }) => plain(organisation).endsWith(plain(nom)))
    .toSorted((a, b) => b.nom.length - a.nom.length)[0]
  return found ? `D${found.code}` : ''
}
