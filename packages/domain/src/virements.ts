import { addDays, addMonth, formatDay, monthOf } from './days.ts'
import { refuse, type Refusal } from './refusal.ts'

/** Day of the month around which the transfers of the month before leave. */
const JOUR_DE_VIREMENT = '10'

/** The next day on which banks work: a Saturday or a Sunday becomes the Monday after. */
export const workingDay = (day: string): string => {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday === 6 ? addDays(day, 2) : weekday === 0 ? addDays(day, 1) : day
}

/**
 * The day around which what is due leaves (domain.md section 3, Reimbursement): the 10th of the month after the use, on a
 * working day. `plusAncien` is the month `YYYY-MM` of the oldest use still due; a month already late leaves on the next 10th.
 */
export const nextTransferDay = (plusAncien: string, today: string): string => {
  const dueIn = addMonth(plusAncien, 1)
  const first = dueIn < monthOf(today) ? monthOf(today) : dueIn
  const day = workingDay(`${first}-${JOUR_DE_VIREMENT}`)
  return day < today ? workingDay(`${addMonth(monthOf(today), 1)}-${JOUR_DE_VIREMENT}`) : day
}

/** Why the bank cannot have executed a transfer that day: neither before the file left, nor later than today. A 400. */
export const whyNotBankDate = (dateBanque: string, { transmisLe, today }: { transmisLe: string; today: string }): Refusal | null => {
  const message =
    dateBanque > today
      ? 'La date de la banque ne peut pas être après aujourd’hui.'
      : dateBanque < transmisLe
        ? `Le virement a été transmis le ${formatDay(transmisLe)} : la banque ne peut pas l’avoir exécuté avant.`
        : null
  return message === null ? null : refuse('demande_malformee', message, [{ chemin: 'dateBanque', message }])
}

/** `2026`, `2` → `B26-0002`: the yearly number of a bordereau, without gap. Grows past four digits. */
export const bordereauReference = (annee: number, numero: number): string =>
  `B${String(annee % 100).padStart(2, '0')}-${String(numero).padStart(4, '0')}`

/** `2026`, `2` → `R26-0002`: the yearly number of a file sent to the bank, without gap. */
export const remiseReference = (annee: number, numero: number): string => `R${bordereauReference(annee, numero).slice(1)}`
