import type { Attribution } from '@pass/contracts/carnets.ts'
import { plural } from '@pass/domain/money.ts'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Link } from 'react-router'
import { paths } from '../paths.ts'

/** What just left, each parcel with its sheet and slip. */
export const SentNotice = ({ attributions }: { attributions: readonly Attribution[] }) => {
  const [first] = attributions
  if (!first) return null
  const carnets = attributions.reduce((sum, one) => sum + one.carnets, 0)
  const verb = first.sens === 'attribution' ? 'attribué' : 'envoyé'
  return (
    <Notice tone="bien" live="status" titre={`${plural(carnets, `carnet ${verb}`, `carnets ${verb}s`)} à ${first.destinataire.nom}.`}>
      {first.destinataire.nom} confirme la réception à l’arrivée. Imprimez le bordereau&nbsp;:{' '}
      {attributions.map(({ id, reference }, i) => (
        <span key={id}>
          {i > 0 && ', '}
          <Link to={paths.attribution({ attributionId: id })}>{reference}</Link>
        </span>
      ))}
      .
    </Notice>
  )
}
