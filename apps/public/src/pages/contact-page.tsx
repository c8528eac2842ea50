import { useWarmed } from '@pass/web/api.ts'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { Link } from 'react-router'
import { exploitantOf } from '../exploitant.ts'
import { paths } from '../paths.ts'
import { Courriel, DemoNotice, exploitantLoader, Renseigne, Telephone } from '../widgets/exploitant.tsx'
import { Part, TextPage } from '../widgets/text-page.tsx'

export const loader = exploitantLoader

const Assistance = ({ demo }: { demo: boolean }) => {
  const { nom, adresse, telephone, horaires, courriel } = exploitantOf(demo)
  return (
    <>
      <DemoNotice demo={demo} />
      <DefinitionList
        items={[
          { terme: 'Opérateur', valeur: <Renseigne>{nom}</Renseigne> },
          { terme: 'Téléphone', valeur: <Telephone numero={telephone} /> },
          { terme: 'Horaires', valeur: <Renseigne>{horaires}</Renseigne> },
          { terme: 'Courriel', valeur: <Courriel adresse={courriel} /> },
          { terme: 'Adresse', valeur: <Renseigne>{adresse}</Renseigne> },
        ]}
      />
      <p>Quand une page affiche une erreur, donnez le numéro d’assistance qui s’affiche&nbsp;: il suffit à retrouver ce qui s’est passé.</p>
    </>
  )
}

export const Component = () => {
  const { moyens } = useWarmed<typeof loader>()
  return (
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
          <li>Accès, invitation, rôle, second facteur perdu&nbsp;: la personne qui administre votre organisation.</li>
          <li>Organisation à inscrire, ou sans personne pour l’administrer&nbsp;: l’opérateur.</li>
          <li>Carnets, attributions, conventions&nbsp;: la collectivité.</li>
          <li>Pass refusé, virement, compte bancaire&nbsp;: l’opérateur nommé sur votre bordereau.</li>
          <li>
            Vous ne savez pas&nbsp;: <Link to={paths.aide()}>lisez l’aide</Link>, puis appelez l’assistance.
          </li>
        </ul>
      </Part>
      <Part titre="L’assistance de l’opérateur">
        <Assistance demo={moyens.demo} />
      </Part>
      <Part titre="Une difficulté d’accessibilité">
        <p>
          Appelez ou écrivez à l’assistance&nbsp;: dites quelle page, et ce que vous vouliez faire. Vous obtenez la même information
          autrement. L’état du site est sur la page <Link to={paths.accessibilite()}>Accessibilité</Link>.
        </p>
      </Part>
    </TextPage>
  )
}
