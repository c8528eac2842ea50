import { ACCESSIBILITE_ETAT } from '@pass/domain/accessibilite.ts'

/** The same on every page of every app. Plain links: these pages are served by the public app. */
export const Footer = () => (
  <footer className="bas">
    <ul>
      <li>
        <a href="/accessibilite">{`Accessibilité\u00a0: ${ACCESSIBILITE_ETAT}`}</a>
      </li>
      <li>
        <a href="/mentions-legales">Mentions légales</a>
      </li>
      <li>
        <a href="/donnees-personnelles">Données personnelles</a>
      </li>
      <li>
        <a href="/plan-du-site">Plan du site</a>
      </li>
      <li>
        <a href="/contact">Contact</a>
      </li>
      <li>
        <a href="/donnees-ouvertes">Données ouvertes</a>
      </li>
    </ul>
  </footer>
)
