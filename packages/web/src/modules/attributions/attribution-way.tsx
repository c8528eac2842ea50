import type { Attribution } from '@pass/contracts/carnets.ts'
import { ATTRIBUTION_SENS_LABELS } from '@pass/domain/attributions.ts'

/** What is worth saying of its two ends, for who looks. */
const wordsOf = ({ position, sens, expediteur, destinataire }: Attribution): string => {
  if (position === 'destinataire') return `de ${expediteur.nom}`
  return position === 'expediteur' || sens === 'attribution' ? `vers ${destinataire.nom}` : `de ${expediteur.nom} vers ${destinataire.nom}`
}

/** Where a parcel goes, in one cell. */
export const AttributionWay = ({ attribution }: { attribution: Attribution }) => (
  <>
    {ATTRIBUTION_SENS_LABELS[attribution.sens]} <span className="doux">{wordsOf(attribution)}</span>
  </>
)
