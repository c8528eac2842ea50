import { Part, TextPage } from '../widgets/text-page.tsx'

export const Component = () => (
  <TextPage titre="Mentions légales">
    <Part titre="Qui publie ce site">
      <p>
        Cette plateforme est un logiciel que chaque exploitant installe sous son nom. L’exploitant de ce site n’a pas encore renseigné sa
        raison sociale, son adresse ni la personne responsable de la publication&nbsp;: ces mentions sont obligatoires avant toute ouverture
        au public.
      </p>
    </Part>
    <Part titre="Hébergement">
      <p>L’hébergeur n’est pas encore renseigné.</p>
    </Part>
    <Part titre="Logiciels et données libres">
      <ul className="puces">
        <li>Police Atkinson Hyperlegible Next, licence OFL.</li>
        <li>Icônes Lucide, licence ISC.</li>
        <li>Communes et départements&nbsp;: code officiel géographique de l’Insee.</li>
      </ul>
    </Part>
  </TextPage>
)
