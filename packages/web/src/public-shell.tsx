import { NavLink, Outlet, ScrollRestoration } from 'react-router'
import { Footer } from './footer.tsx'
import type { MenuEntry } from './menu.tsx'
import { Brand, Progress, SkipLink } from './shell.tsx'

/** What surrounds the pages open to all: no session is asked, nothing is remembered. */
export const PublicShell = ({ titre, menu }: { titre: string; menu: readonly MenuEntry[] }) => (
  <div className="appli appli-publique" data-role="public">
    <SkipLink />
    <header className="entete">
      <Progress />
      <div className="entete-rang">
        <Brand />
        <span className="role">{titre}</span>
        <nav className="menu-public" aria-label="Menu principal">
          {menu.map(({ to, label, icon: Icon, end = false }) => (
            <NavLink key={to} to={to} end={end}>
              <Icon aria-hidden="true" />
              {label}
            </NavLink>
          ))}
          <NavLink to="/connexion" className="bouton second petit-bouton">
            Se connecter
          </NavLink>
        </nav>
      </div>
    </header>
    <main id="contenu" tabIndex={-1}>
      <Outlet />
    </main>
    <Footer />
    <ScrollRestoration />
  </div>
)
