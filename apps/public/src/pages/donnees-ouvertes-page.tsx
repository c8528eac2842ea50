import { Part, TextPage } from '../widgets/text-page.tsx'

export const Component = () => (
  <TextPage titre="Données ouvertes" intro="Aucun jeu de données n’est encore publié en téléchargement.">
    <Part titre="Ce qui se lit déjà">
      <p>
        La liste des lieux qui acceptent le Pass numérique est ouverte à tous, sans compte, par l’interface de programmation&nbsp;:{' '}
        <a href="/api/lieux" className="code">
          /api/lieux
        </a>
        . Ses champs sont décrits dans la <a href="/api/docs">documentation</a>.
      </p>
    </Part>
    <Part titre="Ce qui viendra">
      <p>
        Les totaux par territoire, sans personne ni petit effectif, avec leur description et leur licence. Cette page dira la date de chaque
        publication.
      </p>
    </Part>
  </TextPage>
)
