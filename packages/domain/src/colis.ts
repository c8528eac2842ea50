import { describeEtiquette, type Etiquette } from './etiquettes.ts'
import { joined, type Plage } from './plages.ts'
import { formatRange, formatSerie } from './references.ts'
import { refuse, type Refusal } from './refusal.ts'

/** What a carton and a bundle hold unless the operator says otherwise. */
export const PAR_CARTON = 500
export const PAR_PAQUET = 50
/** Above that many carnets, shipping, receiving and activating go on in the background. */
export const EN_ARRIERE_PLAN = 5_000

/** A range cut in pieces of `par`, the last one shorter: the cartons of a lot, the bundles of a carton. */
export const cut = ({ premiere, derniere }: Plage, par: number): Plage[] =>
  Array.from({ length: Math.ceil((derniere - premiere + 1) / par) }, (_, i) => ({
    premiere: premiere + i * par,
    derniere: Math.min(premiere + (i + 1) * par - 1, derniere),
  }))

/** What is left of some ranges without others. */
export const without = (plages: readonly Plage[], holes: readonly Plage[]): Plage[] => {
  const cutters = joined(holes)
  return joined(plages).flatMap((plage) => {
    const left: Plage[] = []
    let premiere = plage.premiere
    for (const hole of cutters) {
      if (hole.derniere < premiere || hole.premiere > plage.derniere) continue
      if (hole.premiere > premiere) left.push({ premiere, derniere: hole.premiere - 1 })
      premiere = hole.derniere + 1
    }
    return premiere <= plage.derniere ? [...left, { premiere, derniere: plage.derniere }] : left
  })
}

const isInside = ({ premiere, derniere }: Plage, lot: Plage): boolean => premiere >= lot.premiere && derniere <= lot.derniere

/** Why a label, or a missing carnet, cannot be counted at this reception: it is of another order. */
export const whyNotCount = (lot: Plage, plage: Plage | Etiquette): Refusal | null => {
  if (isInside(plage, lot)) return null
  const what = 'nature' in plage ? `L’étiquette lue (${describeEtiquette(plage)})` : `Le carnet ${formatSerie(plage.premiere)}`
  return refuse('plage_invalide', `${what} n’est pas de ce lot : ${formatRange(lot.premiere, lot.derniere)}.`)
}

/**
 * What a reception comes to. With labels, only what they cover has come; without any, the whole lot has; what is said missing has
 * not, even under a label that was scanned. `ecartes` are carnets neither received nor missing (blocked on their way).
 */
export const receptionOf = (
  lot: Plage,
  { etiquettes, manquants, ecartes = [] }: { etiquettes: readonly Plage[]; manquants: readonly Plage[]; ecartes?: readonly Plage[] },
): { recus: Plage[]; manquants: Plage[] } => {
  const came = etiquettes.length > 0 ? etiquettes : [lot]
  return {
    recus: without(came, [...manquants, ...ecartes]),
    manquants: without([...without([lot], came), ...manquants], ecartes),
  }
}
