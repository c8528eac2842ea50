import { type AtelierStatut, ATELIER_STATUTS } from '@pass/domain/ateliers.ts'
import { isDay } from '@pass/domain/days.ts'
import { type ThemeCode, THEME_CODES } from '@pass/domain/lieux.ts'
import { type Vue, VUES } from './calendar-days.ts'

/** What the address of the calendar says; anything else in it is ignored. */
export type CalendarAddress = { vue: Vue; jour: string; lieuId: string | null; theme: ThemeCode | null; statut: AtelierStatut | null }

/** Keys that are no filters. */
export const VIEW_KEYS: readonly string[] = ['vue', 'jour']

const among = <T extends string>(values: readonly T[], value: string | null): T | null => values.find((one) => one === value) ?? null

export const readCalendar = (search: URLSearchParams, today: string): CalendarAddress => {
  const jour = search.get('jour') ?? ''
  return {
    vue: among(VUES, search.get('vue')) ?? 'semaine',
    jour: isDay(jour) ? jour : today,
    lieuId: search.get('lieuId') || null,
    theme: among(THEME_CODES, search.get('theme')),
    statut: among(ATELIER_STATUTS, search.get('statut')),
  }
}

/** The same calendar, looked at otherwise: the filters stay, the page of the list does not. */
export const withView = (search: URLSearchParams, change: { vue?: Vue; jour?: string }): string => {
  const next = new URLSearchParams(search)
  for (const name of ['apres', 'rang']) next.delete(name)
  for (const [name, value] of Object.entries(change)) next.set(name, value)
  return `?${next}`
}

type Listed = { lieu: { id: string }; theme: ThemeCode; statut: AtelierStatut }

export const isShown = ({ lieuId, theme, statut }: Pick<CalendarAddress, 'lieuId' | 'theme' | 'statut'>, atelier: Listed): boolean =>
  (lieuId === null || lieuId === atelier.lieu.id) &&
  (theme === null || theme === atelier.theme) &&
  (statut === null || statut === atelier.statut)
