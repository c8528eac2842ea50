import type { ReactNode } from 'react'
import { Link } from 'react-router'

export type Todo = { nombre?: number | string; titre: string; texte?: ReactNode; to: string; lien: string }

// One's account is another app of the site: the router of this one does not know its pages.
const Way = ({ to, children }: { to: string; children: ReactNode }) =>
  to.startsWith('/compte/') ? <a href={to}>{children}</a> : <Link to={to}>{children}</Link>

/** « À faire », five at most: how many, what, and the one link that does it. With nothing to do, `rien` says what will come. */
export const TodoList = ({ items, rien }: { items: readonly Todo[]; rien: ReactNode }) => {
  if (items.length === 0) return <div className="carte afaire-rien">{rien}</div>
  return (
    <section aria-labelledby="a-faire">
      <h2 id="a-faire" className="hors-ecran">
        À faire
      </h2>
      <ul className="afaire">
        {items.slice(0, 5).map(({ nombre, titre, texte, to, lien }) => (
          <li key={to + titre} className="carte">
            {nombre !== undefined && <span className="nombre">{nombre}</span>}
            <div>
              <h3>{titre}</h3>
              {texte && <p className="petit doux">{texte}</p>}
              <p>
                <Way to={to}>{lien}</Way>
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
