import { euros } from '@pass/domain/money.ts'

type Props = {
  /** The text printed on the cover. */
  texte: string
  collectivite: string
  carnetTaille: number
  valeurFacialeCentimes: number
}

/** The cover of the carnet as it will be printed: its text is the only thing to check. */
export const MaquettePreview = ({ texte, collectivite, carnetTaille, valeurFacialeCentimes }: Props) => (
  <figure className="maquette" aria-label="Aperçu de la couverture du carnet">
    <div className="maquette-couverture">
      <p className="maquette-marque">Pass numérique</p>
      <p className="maquette-taille">
        <b>{carnetTaille}</b> pass de {euros(valeurFacialeCentimes).replace(',00', '')}
      </p>
      <p className="maquette-collectivite">{collectivite}</p>
      <p className="maquette-texte">{texte}</p>
      <p className="maquette-numero code" aria-hidden="true">
        PN 26-0000000-0
      </p>
    </div>
    <figcaption className="petit doux">Aperçu de la couverture. Le numéro est imprimé à la production.</figcaption>
  </figure>
)
