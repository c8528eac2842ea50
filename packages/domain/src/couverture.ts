/** Days over which the pace of a counter is read. */
export const RYTHME_JOURS = 30
/** Below this many days of stock at its own pace, a counter is about to run out. */
export const STOCK_BAS_JOURS = 14
/** A counter that hands nothing over is low below this many carnets. */
export const STOCK_BAS_CARNETS = 3

export const COUVERTURE_NIVEAUX = ['vide', 'bas', 'suffisant', 'dormant'] as const
export type CouvertureNiveau = (typeof COUVERTURE_NIVEAUX)[number]
export const COUVERTURE_LABELS: Record<CouvertureNiveau, string> = {
  vide: 'Plus de carnet',
  bas: 'Stock bas',
  suffisant: 'Stock suffisant',
  dormant: 'Stock dormant',
}

type Rythme = {
  /** Carnets ready to be handed over. */
  enStock: number
  /** Carnets handed over in the last `RYTHME_JOURS` days. */
  remis: number
}

/** Days that the stock lasts at the pace of the last month, whole days, null when nothing was handed over. */
export const joursDeCouverture = ({ enStock, remis }: Rythme): number | null =>
  remis === 0 ? null : Math.floor((enStock * RYTHME_JOURS) / remis)

/** How a counter stands: sleeping carnets are told last, since a counter that runs out is the urgent one. */
export const niveauDeStock = ({ enStock, remis, dormants }: Rythme & { dormants: number }): CouvertureNiveau => {
  if (enStock === 0) return 'vide'
  const jours = joursDeCouverture({ enStock, remis })
  if (jours === null ? dormants === 0 && enStock < STOCK_BAS_CARNETS : jours < STOCK_BAS_JOURS) return 'bas'
  return dormants > 0 ? 'dormant' : 'suffisant'
}

const isLow = (rythme: Rythme): boolean => ['vide', 'bas'].includes(niveauDeStock({ ...rythme, dormants: 0 }))

/** True when the hand-over that just left these figures is the one that made the stock low: the collectivité is told once. */
export const becomesLow = ({ enStock, remis }: Rythme): boolean =>
  isLow({ enStock, remis }) && !isLow({ enStock: enStock + 1, remis: Math.max(remis - 1, 0) })
