import { plural } from '@pass/domain/money.ts'

/** `27` → « 27 secondes », `65` → « 1 minute 5 secondes ». */
export const waitInWords = (seconds: number): string => {
  const minutes = Math.floor(seconds / 60)
  const rest = seconds % 60
  return [minutes > 0 ? plural(minutes, 'minute') : '', rest > 0 || minutes === 0 ? plural(rest, 'seconde') : ''].filter(Boolean).join(' ')
}
