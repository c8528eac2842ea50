import type { Lieu } from '@pass/contracts/lieux.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { LieuAddress, LieuHours, LieuPhone } from '@pass/web/modules/lieux/lieu-address.tsx'
import { Link } from 'react-router'
import { paths } from '../paths.ts'

/** One place of the list: where, when, which number; what is taught there in small. */
export const LieuRow = ({ lieu }: { lieu: Lieu }) => (
  <li className="cliquable lieu">
    <div>
      <h2>
        <Link className="lien-rang" to={paths.lieu({ lieuId: lieu.id })}>
          {lieu.nom}
        </Link>
      </h2>
      <LieuAddress lieu={lieu} />
      {lieu.itinerant && <p className="petit">Ce lieu se déplace&nbsp;: téléphonez pour savoir où il sera.</p>}
    </div>
    <LieuHours lieu={lieu} />
    <LieuPhone lieu={lieu} />
    <p className="petit doux lieu-themes">{lieu.themes.map((theme) => THEME_LABELS[theme]).join(' · ')}</p>
  </li>
)
