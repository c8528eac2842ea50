import type { AtelierSummary } from '@pass/contracts/ateliers.ts'
import { formatDuration, formatTime } from '@pass/domain/days.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { euros, plural } from '@pass/domain/money.ts'
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { AtelierBadge } from './atelier-badge.tsx'

const uses = ({ passUtilises, montantCentimes }: AtelierSummary): string =>
  passUtilises === 0 ? 'Aucun pass utilisé' : `${plural(passUtilises, 'pass utilisé', 'pass utilisés')}, ${euros(montantCentimes)}`

/** One atelier of the day: the hour first, the whole card leads to the counter. */
export const AtelierCard = ({ atelier }: { atelier: AtelierSummary }) => (
  <li className="carte cliquable atelier-carte">
    <p className="atelier-heure">
      <strong>{formatTime(atelier.debut)}</strong>
      <span className="petit doux">{formatDuration(atelier.dureeMinutes)}</span>
    </p>
    <div>
      <h3>
        <Link className="lien-rang" to={paths.atelier({ atelierId: atelier.id })}>
          {THEME_LABELS[atelier.theme]}
        </Link>
      </h3>
      <p className="petit doux">
        {atelier.lieu.nom}, {atelier.lieu.commune}
      </p>
      <p className="petit">
        {atelier.placesPrises} sur {plural(atelier.capacite, 'place prise', 'places prises')}. {uses(atelier)}.
      </p>
      <AtelierBadge statut={atelier.statut} />
    </div>
  </li>
)
