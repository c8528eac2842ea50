import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { Part, TextPage } from '../widgets/text-page.tsx'

export const Component = () => (
  <TextPage titre="Contact" intro="La bonne personne dépend de votre question.">
    <Part titre="Vous avez un carnet">
      <ul className="puces">
        <li>
          Pour venir à un atelier&nbsp;: téléphonez au lieu. <Link to={paths.lieux()}>Trouver un lieu</Link>
        </li>
        <li>Votre carnet est perdu, ou un pass est refusé&nbsp;: retournez à l’accueil qui vous a remis le carnet.</li>
      </ul>
    </Part>
    <Part titre="Vous travaillez avec la plateforme">
      <ul className="puces">
        <li>Compte, mot de passe, rôle&nbsp;: la personne qui administre votre organisation.</li>
        <li>Carnets, attributions, conventions&nbsp;: la collectivité.</li>
        <li>Pass refusé, virement, compte bancaire&nbsp;: l’opérateur nommé sur votre bordereau.</li>
      </ul>
    </Part>
    <Part titre="Un problème d’affichage ou d’accessibilité">
      <p>
        Adressez-vous à l’opérateur de votre collectivité. Quand une page affiche une erreur, donnez-lui le numéro d’assistance qui
        s’affiche. L’adresse électronique de l’assistance n’est pas encore renseignée sur ce site.
      </p>
    </Part>
  </TextPage>
)
