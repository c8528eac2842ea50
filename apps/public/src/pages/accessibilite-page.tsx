import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { Part, TextPage } from '../widgets/text-page.tsx'

export const Component = () => (
  <TextPage titre="Accessibilité" intro="État : non conforme au référentiel général d’amélioration de l’accessibilité (RGAA 4.1).">
    <Part titre="Pourquoi « non conforme »">
      <p>
        Aucun audit de conformité n’a encore été fait sur cette plateforme. Tant qu’un audit n’a pas mesuré le résultat, la loi demande
        d’afficher «&nbsp;non conforme&nbsp;».
      </p>
    </Part>
    <Part titre="Comment les pages sont conçues, avant tout audit">
      <ul className="puces">
        <li>Les pages s’utilisent au clavier seul, avec un repère visible.</li>
        <li>Un état se lit toujours par un mot et une icône, jamais par la couleur seule.</li>
        <li>Les pages se lisent à 200&nbsp;% et sur un écran de 320 pixels de large.</li>
        <li>Chaque erreur de saisie dit quoi corriger, avec un exemple.</li>
      </ul>
    </Part>
    <Part titre="Ce qui n’est pas encore fait">
      <ul className="puces">
        <li>L’audit complet par une personne, avec plusieurs lecteurs d’écran.</li>
        <li>Le balisage des documents PDF n’a pas été contrôlé.</li>
      </ul>
    </Part>
    <Part titre="Signaler une difficulté">
      <p>
        Dites-nous quelle page, et ce que vous vouliez faire&nbsp;: <Link to={paths.contact()}>à qui s’adresser</Link>. Sans réponse, vous
        pouvez saisir le Défenseur des droits.
      </p>
    </Part>
  </TextPage>
)
