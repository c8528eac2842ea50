import { addDays, dayDiff } from './days.ts'
import { TRANSFER_MOVES, type TransferMotif } from './comptes.ts'

/** What is told day by day of the funds of a convention. */
export const COUVERTURE_SERIES = ['recu', 'active', 'utilise', 'paye', 'annule'] as const
export type CouvertureSerie = (typeof COUVERTURE_SERIES)[number]

export const COUVERTURE_SERIE_LABELS: Record<CouvertureSerie, string> = {
  recu: 'Fonds reçus',
  active: 'Pass activés',
  utilise: 'Pass utilisés',
  paye: 'Pass payés',
  annule: 'Pass annulés ou expirés',
}

/** Which figure a motif of the ledger adds to, or takes from. The other moves change none of them. */
export const COUVERTURE_MOTIFS: Partial<Record<TransferMotif, { serie: CouvertureSerie; sens: 1 | -1 }>> = {
  encaissement: { serie: 'recu', sens: 1 },
  fonds_rendus: { serie: 'recu', sens: -1 },
  activation: { serie: 'active', sens: 1 },
  utilisation: { serie: 'utilise', sens: 1 },
  annulation: { serie: 'utilise', sens: -1 },
  creance: { serie: 'utilise', sens: 1 },
  paiement: { serie: 'paye', sens: 1 },
  creance_payee: { serie: 'paye', sens: 1 },
  retour: { serie: 'paye', sens: -1 },
  expiration: { serie: 'annule', sens: 1 },
}

/** What one motif moved in a day, in centimes. */
export type MotifDuJour = { jour: string; motif: TransferMotif; montantCentimes: number }

/** The figures of a convention at the end of a day, since its beginning, in centimes. */
export type CouvertureJour = Record<CouvertureSerie, number> & {
  jour: string
  /** Received, neither used nor cancelled: what still covers pass, activated or not. */
  reste: number
  /** Of it, the pass that can be used today. */
  enCirculation: number
}

type Sums = Record<CouvertureSerie, number> & { fonds: number; circulation: number }
const ZERO: Sums = { recu: 0, active: 0, utilise: 0, paye: 0, annule: 0, fonds: 0, circulation: 0 }

const stateOf = (jour: string, { fonds, circulation, ...figures }: Sums): CouvertureJour => ({
  jour,
  ...figures,
  reste: fonds + circulation,
  enCirculation: circulation,
})

const add = (sums: Sums, { motif, montantCentimes }: MotifDuJour) => {
  const part = COUVERTURE_MOTIFS[motif]
  if (part) sums[part.serie] += part.sens * montantCentimes
  const { de, vers } = TRANSFER_MOVES[motif]
  if (de === 'fonds' || de === 'circulation') sums[de] -= montantCentimes
  if (vers === 'fonds' || vers === 'circulation') sums[vers] += montantCentimes
}

/**
 * The coverage of a convention day by day, from `du` to `au`, every day present: what the ledger moved before `du` is in the first
 * one. Moves may come in any order.
 */
export const coverageOf = (moves: readonly MotifDuJour[], { du, au }: { du: string; au: string }): CouvertureJour[] => {
  const sums = { ...ZERO }
  const byDay = new Map<string, MotifDuJour[]>()
  for (const move of moves) {
    if (move.jour < du) add(sums, move)
    else byDay.set(move.jour, [...(byDay.get(move.jour) ?? []), move])
  }
  return Array.from({ length: Math.max(dayDiff(du, au) + 1, 0) }, (_, rank) => {
    const jour = addDays(du, rank)
    for (const move of byDay.get(jour) ?? []) add(sums, move)
    return stateOf(jour, sums)
  })
}

/** The days on which something moved, the first and the last of the period: what a table shows, the others repeat the day before. */
export const changesOf = (days: readonly CouvertureJour[]): CouvertureJour[] =>
  days.filter((day, rank) => {
    const before = days[rank - 1]
    return before === undefined || rank === days.length - 1 || COUVERTURE_SERIES.some((serie) => day[serie] !== before[serie])
  })
