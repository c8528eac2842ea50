import type { Echeancier } from '@pass/contracts/du.ts'
import { RAISON_NON_PAYE_LABELS } from '@pass/domain/bordereaux.ts'
import { formatLongDay } from '@pass/domain/days.ts'
import { RAISON_COURTES } from '@pass/domain/du.ts'
import { euros, plural } from '@pass/domain/money.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { Link } from 'react-router'
import { paths } from '../paths.ts'

type Attente = Echeancier['attentes'][number]

const titleOf = ({ raison, date }: Attente): string =>
  raison ? RAISON_COURTES[raison] : date ? `Virement autour du ${formatLongDay(date)}` : ''

/** Everything that is not paid yet, by its one date or its one reason; each line opens its pass. */
export const AttentesCard = ({ echeancier: { attentes, retenuesCentimes } }: { echeancier: Echeancier }) => (
  <Card titre="Ce qui vous est dû">
    {attentes.length === 0 ? (
      <p>Tout est payé. Les prochains pass utilisés s’ajoutent ici.</p>
    ) : (
      <ul className="liste pile">
        {attentes.map((attente) => (
          <li key={attente.raison ?? attente.date}>
            <p>
              <Link to={paths.passUtilises(attente.raison ? { raison: attente.raison } : { etat: 'impaye' })}>{titleOf(attente)}</Link>
              {' : '}
              <strong className="insecable">{euros(attente.montantCentimes)}</strong>{' '}
              <span className="doux petit">({plural(attente.pass, 'pass utilisé', 'pass utilisés')})</span>
            </p>
            {attente.raison && <p className="doux petit">{RAISON_NON_PAYE_LABELS[attente.raison]}</p>}
          </li>
        ))}
      </ul>
    )}
    {retenuesCentimes > 0 && (
      <p className="doux petit">{euros(retenuesCentimes)} seront retenus sur un prochain bordereau, après correction d’un paiement.</p>
    )}
  </Card>
)
