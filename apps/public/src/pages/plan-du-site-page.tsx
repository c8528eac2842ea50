import { Link } from 'react-router'
import { type Espace, ESPACES } from '../espaces.ts'
import { planOf } from '../site.ts'
import { Part, TextPage } from '../widgets/text-page.tsx'

const GROUPES = [
  { groupe: 'visite', titre: 'Pages ouvertes à tous' },
  { groupe: 'entrer', titre: 'Entrer' },
  { groupe: 'site', titre: 'À propos du site' },
] as const

const Space = ({ espace: { app, titre, pages } }: { espace: Espace }) => (
  <section className="pile-serree">
    <h3>{titre}</h3>
    <ul className="puces">
      {pages.map(([path, page]) => (
        <li key={path}>
          <a href={`/${app}${path}`}>{page}</a>
        </li>
      ))}
    </ul>
  </section>
)

/** Made from the route table of this app and from the menus of the others. */
export const Component = () => (
  <TextPage titre="Plan du site">
    {GROUPES.map(({ groupe, titre }) => (
      <Part key={groupe} titre={titre}>
        <ul className="puces">
          {planOf(groupe).map(({ to, titre: page }) => (
            <li key={to}>
              <Link to={to}>{page}</Link>
            </li>
          ))}
        </ul>
      </Part>
    ))}
    <Part titre="Espaces de travail, après connexion">
      <p className="doux">Chaque personne voit les pages que son rôle ouvre.</p>
      <div className="plan">
        {ESPACES.map((espace) => (
          <Space key={espace.app} espace={espace} />
        ))}
      </div>
    </Part>
  </TextPage>
)
