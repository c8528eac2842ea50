const KINDS: Readonly<Record<string, string>> = { D: 'Département', R: 'Région', E: 'Intercommunalité', C: 'Commune' }

/** `D23` → `Département 23`, with its name when the list is at hand; no code at all: nothing limits the pass. */
export const territoireInWords = (codes: readonly string[], noms: ReadonlyMap<string, string> = new Map()): string =>
  codes.length === 0
    ? 'Partout en France'
    : codes.map((code) => noms.get(code) ?? `${KINDS[code.charAt(0)] ?? 'Territoire'} ${code.slice(1)}`).join(', ')
