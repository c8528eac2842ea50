import { avoirRoutes } from '@pass/contracts/avoirs.ts'
import type { Echeance } from '@pass/contracts/echeances.ts'
import { formatDay } from '@pass/domain/days.ts'
import { fileUrl } from '../../api.ts'
import { Card } from '../../ui/card.tsx'
import { FileLink } from '../../ui/file-link.tsx'
import { Euros } from '../../ui/values.tsx'

/** Complementary avoirs that give back something withheld on a use of this lot; nothing when there is none. */
export const ComplementsCard = ({ echeance: { complements, convention } }: { echeance: Echeance }) => {
  if (complements.length === 0) return null
  return (
    <Card titre={complements.length > 1 ? 'Avoirs complémentaires' : 'Avoir complémentaire'}>
      <p className="doux">Des pass de ce lot ont été payés à tort&nbsp;: ce qui a été retenu est rendu avec les autres de la convention.</p>
      <ul className="pile">
        {complements.map(({ numero, dateEmission, montantCentimes }) => (
          <li key={numero}>
            <FileLink
              href={fileUrl(avoirRoutes.drawAvoirRetenues, { params: { conventionId: convention.id, numero } })}
              nom={`Avoir ${numero}`}
              type="PDF"
            />
            <span className="petit doux sous">
              Le {formatDay(dateEmission)}, dont <Euros centimes={montantCentimes} /> pour ce lot
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
