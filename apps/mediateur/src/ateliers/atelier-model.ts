import type { Atelier } from '@pass/contracts/ateliers.ts'
import type { MonLieu } from '@pass/contracts/lieux.ts'
import { formatDuration, isDay, PARIS } from '@pass/domain/days.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { pluralPass } from '@pass/domain/money.ts'
import { apiQuery, paramsOf } from '@pass/web/api.ts'
import { now } from '@pass/web/session.tsx'
import type { Option } from '@pass/web/ui/select-field.tsx'
import { getAtelier } from '../calls.ts'
import { nextSlot } from '../widgets/next-slot.ts'

const NO_MODEL = { queryKey: ['atelier', 'aucun'], queryFn: () => Promise.resolve(null) }

/** The atelier that a new one is made from (`?depuis=`), or nothing. */
export const modelQuery = (request: Request) => {
  const depuis = new URL(request.url).searchParams.get('depuis')
  return depuis ? apiQuery(getAtelier, { params: paramsOf(getAtelier, { atelierId: depuis }) }) : NO_MODEL
}

const CAPACITE = 12
const DUREE = 120
const DUREES = [60, 90, 120, 150, 180, 240]

/** The usual lengths, and those of the catalogue or of the model. */
export const durationOptions = (...others: readonly (number | undefined)[]): Option[] =>
  [...new Set([...DUREES, ...others.filter((minutes) => minutes !== undefined)])]
    .toSorted((a, b) => a - b)
    .map((minutes) => ({ value: String(minutes), label: formatDuration(minutes) }))

/** What a place offers, as large answers: the price in pass tells two services apart. */
export const serviceTiles = (lieu: MonLieu | undefined) =>
  (lieu?.services ?? []).map(({ theme, dureeMinutes, prixPass }) => ({
    value: theme,
    label: THEME_LABELS[theme],
    detail: `${formatDuration(dureeMinutes)}, ${pluralPass(prixPass)}`,
  }))

/** How long a service of the catalogue lasts. */
export const durationOf = (lieu: MonLieu | undefined, theme: unknown): number | undefined =>
  lieu?.services.find((service) => service.theme === theme)?.dureeMinutes

/** The usual atelier: here, at the next full hour, as long as the service, twelve seats; or like the one it is copied from. */
export const defaultsOf = (lieux: readonly MonLieu[], modele: Atelier | null, date: string | null = null) => {
  const lieu = lieux.find(({ id }) => id === modele?.lieu.id) ?? lieux[0]
  const theme = modele?.theme ?? (lieu?.services.length === 1 ? lieu.services[0]?.theme : undefined)
  const slot = nextSlot(now(), lieu?.fuseau ?? PARIS)
  return {
    lieuId: lieu?.id ?? '',
    niveau: modele?.niveau ?? ('debutant' as const),
    date: date !== null && isDay(date) ? date : slot.date,
    debut: modele ? modele.debut.slice(0, 5) : slot.debut,
    dureeMinutes: modele?.dureeMinutes ?? durationOf(lieu, theme) ?? DUREE,
    capacite: modele?.capacite ?? CAPACITE,
    ...(theme && { theme }),
  }
}
