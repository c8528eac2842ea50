import { appPath } from '@pass/web/session.tsx'
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { Part, TextPage } from '../widgets/text-page.tsx'

const OUVERTES = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.lieux(), label: 'Trouver un lieu' },
  { to: paths.aide(), label: 'Aide' },
  { to: paths.connexion(), label: 'Se connecter' },
  { to: paths.contact(), label: 'Contact' },
  { to: paths.accessibilite(), label: 'Accessibilité' },
  { to: paths.donneesPersonnelles(), label: 'Données personnelles' },
  { to: paths.donneesOuvertes(), label: 'Données ouvertes' },
  { to: paths.mentionsLegales(), label: 'Mentions légales' },
] as const

const ESPACES = [
  { type: 'collectivite', label: 'Espace des collectivités' },
  { type: 'prescripteur', label: 'Espace des prescripteurs' },
  { type: 'structure', label: 'Espace des lieux de médiation' },
  { type: 'operateur', label: 'Espace de l’opérateur' },
  { type: 'anct', label: 'Espace de l’ANCT' },
] as const

export const Component = () => (
  <TextPage titre="Plan du site">
    <Part titre="Pages ouvertes à tous">
      <ul className="puces">
        {OUVERTES.map(({ to, label }) => (
          <li key={to}>
            <Link to={to}>{label}</Link>
          </li>
        ))}
      </ul>
    </Part>
    <Part titre="Espaces de travail, après connexion">
      <ul className="puces">
        {ESPACES.map(({ type, label }) => (
          <li key={type}>
            <a href={appPath(type)}>{label}</a>
          </li>
        ))}
      </ul>
    </Part>
  </TextPage>
)
