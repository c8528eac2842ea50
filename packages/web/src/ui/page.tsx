import { type ReactNode, useEffect, useRef } from 'react'
import { Link, useLocation } from 'react-router'
import { knownSession } from '../session.tsx'
import { Notice } from './notice.tsx'

type Step = { to: string; label: string }
type Props = {
  titre: string
  /** The pages above this one, the home page first; the current page is added by itself. */
  fil?: readonly Step[]
  /** One sentence under the title. */
  intro?: ReactNode
  /** The statut of the thing shown, beside the title. */
  badge?: ReactNode
  actions?: ReactNode
  /** A form or a text: lines stay short. */
  etroit?: boolean
  /** What was just done here, said first and kept. */
  fait?: string | null
  children?: ReactNode
}

// The first page of a visit keeps the focus where the browser put it; the following ones announce themselves by their title.
let firstPath: string | null = null

const useArrival = (titre: string) => {
  const heading = useRef<HTMLHeadingElement>(null)
  const { pathname } = useLocation()
  useEffect(() => {
    firstPath ??= pathname
    if (firstPath === pathname) return
    firstPath = ''
    heading.current?.focus({ preventScroll: true })
  }, [pathname])
  useEffect(() => {
    document.title = [titre, knownSession()?.organisation.nom, 'Pass numérique'].filter(Boolean).join(' – ')
  }, [titre])
  return heading
}

const Breadcrumb = ({ fil, titre }: { fil: readonly Step[]; titre: string }) => (
  <nav className="fil" aria-label="Fil d’Ariane">
    <ol>
      {fil.map(({ to, label }) => (
        <li key={to}>
          <Link to={to}>{label}</Link>
        </li>
      ))}
      <li aria-current="page">{titre}</li>
    </ol>
  </nav>
)

/** One screen: its title, where it is, what can be done, then its content. Holds the only h1. */
export const Page = ({ titre, fil, intro, badge, actions, etroit = false, fait, children }: Props) => {
  const heading = useArrival(titre)
  return (
    <div className={etroit ? 'page etroite' : 'page'}>
      <div className="titre">
        <div>
          {fil && <Breadcrumb fil={fil} titre={titre} />}
          <h1 ref={heading} tabIndex={-1}>
            {titre}
          </h1>
          {intro && <p className="doux">{intro}</p>}
        </div>
        {(badge || actions) && (
          <div className="titre-actions">
            {badge}
            {actions}
          </div>
        )}
      </div>
      {fait && (
        <Notice tone="bien" live="status">
          {fait}
        </Notice>
      )}
      {children}
    </div>
  )
}
