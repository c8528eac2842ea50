import { useSyncExternalStore } from 'react'
import { Link, Outlet, ScrollRestoration, useNavigation } from 'react-router'
import type { Droit } from '@pass/domain/droits.ts'
import { ArrowLeft } from 'lucide-react'
import { AccountMenu } from './account-menu.tsx'
import { ConsultationBanner } from './consultation-banner.tsx'
import { DemoLine } from './demo-line.tsx'
import { Footer } from './footer.tsx'
import { IdleGuard } from './idle-guard.tsx'
import { type AppRole, BottomBar, type MenuEntry, SideMenu } from './menu.tsx'
import { OrganisationChangedPage, WrongAppPage } from './page-error.tsx'
import { ProofDialog } from './proof-dialog.tsx'
import { Search } from './search.tsx'
import { appPath, spaceName, useSession } from './session.tsx'
import { onTabChange, tabBlocked } from './tab.ts'

/** The mark: a ticket, the one warm note of the page. */
export const Brand = () => (
  <Link className="marque" to="/">
    <span className="ticket" aria-hidden="true">
      10&nbsp;€
    </span>
    <span className="marque-nom">Pass numérique</span>
  </Link>
)

export const SkipLink = () => (
  <a className="evitement" href="#contenu">
    Aller au contenu
  </a>
)

/** A thin bar while the next page is read; the page itself stays readable. */
export const Progress = () => {
  const busy = useNavigation().state !== 'idle'
  return (
    <div className="progression" role="status" data-actif={busy || undefined}>
      {busy && <span className="hors-ecran">Chargement de la page</span>}
    </div>
  )
}

const Content = ({ role }: { role: AppRole }) => {
  const { organisation } = useSession()
  const blocked = useSyncExternalStore(onTabChange, tabBlocked)
  if (blocked) return <OrganisationChangedPage message={blocked} />
  if (role !== 'compte' && appPath(organisation.type) !== `/${role}/`) return <WrongAppPage href={appPath(organisation.type)} />
  return <Outlet />
}

/** From one's account back to work: another app of the site. */
const BackToWork = () => {
  const { type } = useSession().organisation
  return (
    <a className="retour petit" href={appPath(type)}>
      <ArrowLeft aria-hidden="true" />
      {`Retour à ${spaceName(type)}`}
    </a>
  )
}

const holds = (droits: readonly Droit[], asked: MenuEntry['droit']): boolean =>
  asked === undefined || [asked].flat().some((droit) => droits.includes(droit))

type Props = { role: AppRole; titre: string; menu: readonly MenuEntry[] }

/** What surrounds every page of a role app. */
export const Shell = ({ role, titre, menu }: Props) => {
  const { demo, droits } = useSession()
  const entries = menu.filter(({ droit }) => holds(droits, droit))
  return (
    <div className="appli" data-role={role}>
      <SkipLink />
      <ConsultationBanner />
      <header className="entete">
        <Progress />
        <div className="entete-rang">
          <Brand />
          <span className="role">{titre}</span>
          <Search />
          <a className="entete-aide petit" href={`/aide#${role}`}>
            Aide
          </a>
          <AccountMenu />
        </div>
        {demo && <DemoLine />}
        {role === 'compte' && <BackToWork />}
      </header>
      <div className="cadre">
        <SideMenu entries={entries} />
        <main id="contenu" tabIndex={-1}>
          <Content role={role} />
        </main>
      </div>
      <Footer />
      <BottomBar entries={entries} />
      <ScrollRestoration />
      <IdleGuard />
      <ProofDialog />
    </div>
  )
}
