import { addMonth, formatMonth, monthOf } from '@pass/domain/days.ts'
import { today } from '@pass/web/session.tsx'
import type { Option } from '@pass/web/ui/select-field.tsx'

const SHOWN = 13

/** The current month and the twelve before, the latest first. */
export const monthOptions = (): Option[] =>
  Array.from({ length: SHOWN }, (_, rank) => addMonth(monthOf(today()), -rank)).map((mois) => ({ value: mois, label: formatMonth(mois) }))

/** The month that is closed next: the one before today's. */
export const lastMonth = (): string => addMonth(monthOf(today()), -1)
