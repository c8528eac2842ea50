import type { Droit } from '@pass/domain/droits.ts'
import { Ellipsis, type LucideIcon } from 'lucide-react'
import { NavLink } from 'react-router'
import { Disclosure } from './ui/disclosure.tsx'

/** One app a role: it names the accent and the first part of the address. `compte` is everyone's, `public` needs no session. */
export type AppRole = 'collectivite' | 'prescripteur' | 'mediateur' | 'anct' | 'operateur' | 'partenaire' | 'compte' | 'public'

export type MenuEntry = {
  to: string
  label: string
  icon: LucideIcon
  /** A shorter word for the bottom bar of the phone. */
  court?: string
  /** Current only on this very address, for the home page. */
  end?: boolean
  /** Shown only when the session holds it, or one of them. */
  droit?: Droit | readonly Droit[]
}

const BAR = 5

/** The menu of the desktop, on the left. */
export const SideMenu = ({ entries }: { entries: readonly MenuEntry[] }) => (
  <nav className="menu" aria-label="Menu principal">
    {entries.map(({ to, label, icon: Icon, end = false }) => (
      <NavLink key={to} to={to} end={end}>
        <Icon aria-hidden="true" />
        {label}
      </NavLink>
    ))}
  </nav>
)

/** The menu of the phone, under the thumb. Only one of the two menus is displayed at a time. */
export const BottomBar = ({ entries }: { entries: readonly MenuEntry[] }) => {
  const shown = entries.length > BAR ? entries.slice(0, BAR - 1) : entries
  const rest = entries.slice(shown.length)
  return (
    <nav className="onglets" aria-label="Menu principal">
      {shown.map(({ to, label, court = label, icon: Icon, end = false }) => (
        <NavLink key={to} to={to} end={end}>
          <Icon aria-hidden="true" />
          {court}
        </NavLink>
      ))}
      {rest.length > 0 && (
        <Disclosure
          className="onglets-plus"
          label={
            <>
              <Ellipsis aria-hidden="true" />
              Plus
            </>
          }
        >
          <SideMenu entries={rest} />
        </Disclosure>
      )}
    </nav>
  )
}
