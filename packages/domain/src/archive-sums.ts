import type { ArchiveData, ArchiveRow } from './archives.ts'
import type { AccountNature } from './comptes.ts'
import { euros } from './money.ts'

/** A check done again from an archive alone: how many things were looked at, and what is wrong, one sentence each. */
export type ArchiveCheck = { controle: string; lus: number; fautes: readonly string[] }

/** A whole number written in a cell; NaN for anything else. */
export const toInt = (text: string): number => (/^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN)

/** Sums by key. A cell that is no number makes the sum NaN, which equals nothing: it is told. */
export const sums = <R>(rows: readonly R[], keyOf: (row: R) => string, amountOf: (row: R) => number): Map<string, number> => {
  const totals = new Map<string, number>()
  for (const row of rows) totals.set(keyOf(row), (totals.get(keyOf(row)) ?? 0) + amountOf(row))
  return totals
}

/** One sentence for each key whose two amounts differ; absent counts as 0. */
export const differences = (
  said: ReadonlyMap<string, number>,
  computed: ReadonlyMap<string, number>,
  tell: (key: string, said: number, computed: number) => string,
): string[] =>
  [...new Set([...said.keys(), ...computed.keys()])].flatMap((key) => {
    const [a, b] = [said.get(key) ?? 0, computed.get(key) ?? 0]
    return a === b ? [] : [tell(key, a, b)]
  })

/** The sentence of two amounts that differ, or of two counts. */
export const inEuros = (what: string) => (key: string, said: number, computed: number) =>
  `${what} ${key.replaceAll('|', ', ')} : ${euros(said)} écrits, ${euros(computed)} recalculés.`
/** The same, of two counts. */
export const inNumber = (what: string) => (key: string, said: number, computed: number) =>
  `${what} ${key.replaceAll('|', ', ')} : ${said} écrits, ${computed} recalculés.`

/** A check and what it found. */
export const check = (controle: string, lus: number, fautes: readonly string[]): ArchiveCheck => ({ controle, lus, fautes })
/** The amount of a row. */
export const amount = ({ montant_centimes }: { montant_centimes: string }) => toInt(montant_centimes)

/** Balances of accounts of these natures, by key. */
export const natureSums = ({ comptes }: ArchiveData, natures: readonly AccountNature[], keyOf: (compte: ArchiveRow<'comptes'>) => string) =>
  sums(
    comptes.filter(({ nature }) => natures.includes(nature as AccountNature)),
    keyOf,
    ({ solde_centimes }) => toInt(solde_centimes),
  )
