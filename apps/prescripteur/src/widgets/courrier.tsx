import type { CarnetDetail } from '@pass/contracts/carnets.ts'
import type { RendezVous } from '@pass/contracts/creneaux.ts'
import type { Lieu } from '@pass/contracts/lieux.ts'
import type { Prescription } from '@pass/contracts/prescriptions.ts'
import { formatLongDay, formatTime } from '@pass/domain/days.ts'
import { formatPhone, LieuAddress, LieuHours, LieuPhone } from '@pass/web/modules/lieux/lieu-address.tsx'
import { today, useSession } from '@pass/web/session.tsx'

type Props = { prescription: Prescription; carnet: CarnetDetail; lieux: readonly Lieu[]; rendezVous: RendezVous | null }

const Lieux = ({ lieux }: { lieux: readonly Lieu[] }) => (
  <>
    <h3>Où aller</h3>
    <ul className="courrier-lieux">
      {lieux.map((lieu) => (
        <li key={lieu.id}>
          <strong>{lieu.nom}</strong>
          <LieuPhone lieu={lieu} />
          <LieuAddress lieu={lieu} />
          <LieuHours lieu={lieu} />
        </li>
      ))}
    </ul>
  </>
)

/** A seat that is theirs; on a waiting list nothing is promised on paper. */
const seatOf = (rendezVous: RendezVous | null) => (rendezVous?.statut === 'inscrit' ? rendezVous.creneau : null)

const Rendez = ({ creneau: { date, debut, lieu } }: { creneau: RendezVous['creneau'] }) => (
  <>
    <h3>Votre premier rendez-vous</h3>
    <p>
      <strong>
        Le {formatLongDay(date)}, à {formatTime(debut)}.
      </strong>
    </p>
    <p>
      Le lieu est {lieu.nom}, à {lieu.commune}.
    </p>
    {lieu.telephone && <p>Si vous ne pouvez pas venir, téléphonez au {formatPhone(lieu.telephone)}.</p>}
  </>
)

/** The letter the person leaves with: short sentences, large text, one page, the name where an envelope has its window. */
export const Courrier = ({ prescription, carnet, lieux, rendezVous }: Props) => {
  const { organisation } = useSession()
  const { personne } = prescription
  const creneau = seatOf(rendezVous)
  return (
    <article className="courrier" aria-label="Courrier à imprimer">
      <p className="courrier-de">
        <strong>{organisation.nom}</strong>
        <span>{carnet.collectivite.nom}</span>
      </p>
      <p className="courrier-a">{personne && `${personne.prenom} ${personne.nom}`}</p>
      <p className="courrier-date">Le {formatLongDay(today())}</p>
      <h2>Votre carnet de Pass numérique</h2>
      <p>Vous avez reçu un carnet de {carnet.taille - carnet.annules} pass.</p>
      <p>
        Le numéro du carnet est <span className="code insecable">{prescription.serie}</span>.
      </p>
      <p>Un pass sert à payer un atelier.</p>
      <p>Un atelier est un petit groupe qui apprend le numérique.</p>
      <p>Vous pouvez utiliser les pass jusqu’au {formatLongDay(carnet.dateFin)}.</p>
      {creneau && <Rendez creneau={creneau} />}
      {lieux.length > 0 && <Lieux lieux={lieux} />}
      <h3>Que faire maintenant</h3>
      <ol className="courrier-etapes">
        {!creneau && <li>Téléphonez à un lieu pour choisir une date.</li>}
        <li>Venez à l’atelier avec votre carnet.</li>
        <li>Donnez un pass à la fin de l’atelier.</li>
      </ol>
      <p>Gardez bien votre carnet. Si le carnet est perdu, revenez nous voir.</p>
    </article>
  )
}
