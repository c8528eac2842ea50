import type { AtelierSummary } from '@pass/contracts/ateliers.ts'
import { formatDuration, formatTime } from '@pass/domain/days.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { euros, plural } from '@pass/domain/money.ts'
import { Badge } from '@pass/web/ui/badge.tsx'
import { Hourglass } from 'lucide-react'
import { Link } from 'react-router'
import { passOf, waiting } from '../offline/acts.ts'
import { useGuichet } from '../offline/state.ts'
import { paths } from '../paths.ts'
import { AtelierBadge } from './atelier-badge.tsx'

const uses = ({ passUtilises, montantCentimes }: AtelierSummary): string =>
  passUtilises === 0 ? 'Aucun pass utilisé' : `${plural(passUtilises, 'pass utilisé', 'pass utilisés')}, ${euros(montantCentimes)}`

/** What was read here and has not left yet. */
const Held = ({ atelierId }: { atelierId: string }) => {
  const { actes } = useGuichet()
  const held = passOf(waiting(actes).filter((acte) => acte.atelierId === atelierId))
  return held > 0 ? <Badge tone="attente" icon={Hourglass}>{`${plural(held, 'pass', 'pass')} en attente de réseau`}</Badge> : null
}

/** One atelier of the day: the hour first, the whole card leads to the counter; it is copied in one press. */
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
      <div className="atelier-etats">
        <AtelierBadge statut={atelier.statut} />
        <Held atelierId={atelier.id} />
        <Link
          className="petit atelier-copie"
          to={paths.dupliquer({ atelierId: atelier.id })}
          aria-label={`Dupliquer ${THEME_LABELS[atelier.theme]}, ${formatTime(atelier.debut)}`}
        >
          Dupliquer
        </Link>
      </div>
    </div>
  </li>
)
