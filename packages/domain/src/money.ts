/** An amount in integer centimes. Euros exist only in the text made by `euros()`. */
export type Centimes = number

/** Largest remainder of integer parts: what is lost by rounding down goes, one by one, to the largest remainders, the first named winning ties. */
const apportion = (montant: bigint, keys: readonly bigint[], total: bigint): bigint[] => {
  const parts = keys.map((key) => (montant * key) / total)
  const remainders = keys.map((key, rank) => ({ rank, rest: (montant * key) % total }))
  let left = montant - parts.reduce((sum, part) => sum + part, 0n)
  for (const { rank } of remainders.toSorted((a, b) => (a.rest === b.rest ? a.rank - b.rank : a.rest < b.rest ? 1 : -1))) {
    if (left === 0n) break
    parts[rank]! += 1n
    left -= 1n
  }
  return parts
}

/**
 * Splits an amount by a key in basis points (largest remainder, domain.md section 3, circuit 2). The parts always add up to the
 * amount, to the centime; a negative amount (an incident) splits as its opposite. Ties go to the part named first.
 * @throws RangeError when the amount or a key is not an integer, a key is negative, or the keys add up to nothing.
 */
export const shareOut = (montantCentimes: Centimes, keysBp: readonly number[]): Centimes[] => {
  const total = keysBp.reduce((sum, key) => sum + key, 0)
  if (!Number.isSafeInteger(montantCentimes) || total <= 0 || keysBp.some((key) => !Number.isInteger(key) || key < 0))
    throw new RangeError('shareOut takes integer centimes and non-negative integer keys')
  const sign = montantCentimes < 0 ? -1 : 1
  const parts = apportion(BigInt(Math.abs(montantCentimes)), keysBp.map(BigInt), BigInt(total))
  return parts.map((part) => (part === 0n ? 0 : sign * Number(part)))
}

/** A fee or a tax: `montantCentimes` × `bp` / 10 000, rounded to the nearest centime, half up. */
export const feeCentimes = (montantCentimes: Centimes, bp: number): Centimes =>
  Number((BigInt(montantCentimes) * BigInt(bp) + 5000n) / 10_000n)

const grouped = (digits: string) => digits.replace(/\B(?=(\d{3})+$)/g, ' ')

/** An integer as people read it: `1200` → `1 200` (non-breaking space U+00A0, safe in PDF). */
export const formatNumber = (n: number | bigint): string => `${n < 0 ? '−' : ''}${grouped(String(n).replace('-', ''))}`

/** Centimes to text: `123450` → `1 234,50 €`. The only place where centimes become euros. */
export const euros = (centimes: Centimes | bigint): string => {
  const digits = String(centimes).replace('-', '').padStart(3, '0')
  return `${centimes < 0 ? '−' : ''}${grouped(digits.slice(0, -2))},${digits.slice(-2)} €`
}

/** Basis points to text: `6000` → `60 %`, `3333` → `33,33 %`. */
export const percent = (bp: number): string => {
  const decimals = String(Math.abs(bp) % 100)
    .padStart(2, '0')
    .replace(/0+$/, '')
  return `${bp < 0 ? '−' : ''}${grouped(String(Math.floor(Math.abs(bp) / 100)))}${decimals && `,${decimals}`} %`
}

/** A counted noun: 0 and 1 are singular in French (`0 carnet`, `2 carnets`). */
export const plural = (n: number | bigint, singular: string, many: string = `${singular}s`): string =>
  `${formatNumber(n)} ${n < 2 && n > -2 ? singular : many}`

/** `1200` → `1 200 pass`; pass is invariable. */
export const pluralPass = (n: number | bigint): string => plural(n, 'pass', 'pass')
