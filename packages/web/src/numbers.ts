const tidy = (text: string): string => text.replaceAll(/[\s\u00a0\u202f€]/g, '').replace('−', '-')

/** `1 200` → 1200; empty → undefined; anything else → NaN, which every contract refuses. */
export const readNumber = (text: string): number | undefined => {
  const bare = tidy(text)
  if (bare === '') return undefined
  return /^-?\d+$/.test(bare) ? Number(bare) : Number.NaN
}

/** `1 234,5 €` → 123450 centimes, without a float on the way. More than two decimals is not an amount. */
export const readEuros = (text: string): number | undefined => {
  const bare = tidy(text)
  if (bare === '') return undefined
  const parts = /^(-?)(\d+)(?:[.,](\d{1,2}))?$/.exec(bare)
  if (!parts) return Number.NaN
  const [, sign, whole = '0', decimals = ''] = parts
  return Number(`${sign}${whole}${decimals.padEnd(2, '0')}`)
}
