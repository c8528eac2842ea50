import { plural } from '@pass/domain/money.ts'
import { useSession } from '@pass/web/session.tsx'
import { Button } from '@pass/web/ui/button.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { useEffect } from 'react'
import { Link, Outlet } from 'react-router'
import { passOf, waiting } from '../offline/acts.ts'
import { useGuichet } from '../offline/state.ts'
import { noteSession, watchGuichet } from '../offline/watch.ts'
import { paths } from '../paths.ts'
import { takeNewVersion, useNewVersion } from './install.ts'

const NewVersion = () => {
  const ready = useNewVersion()
  if (!ready) return null
  return (
    <Notice tone="info" live="status" titre="Une nouvelle version est prête.">
      <Button variant="lien" onClick={takeNewVersion}>
        Mettre à jour
      </Button>
    </Notice>
  )
}

const waitingWords = (pass: number): string => `${plural(pass, 'pass', 'pass')} en attente de réseau`

/** What the counter does not do silently: no network, pass that wait, a queue that somebody must unblock. */
const Situation = () => {
  const { enLigne, actes, arret, pret } = useGuichet()
  if (!pret) return null
  const pass = passOf(waiting(actes))
  const refused = actes.filter(({ etat }) => etat === 'refuse').length
  const link = pass + refused > 0 && <Link to={paths.attente()}>Voir les actes en attente</Link>
  if (!enLigne)
    return (
      <Notice tone="attente" live="status" titre={pass > 0 ? `Pas de réseau. ${waitingWords(pass)}.` : 'Pas de réseau.'}>
        {pass > 0 ? link : 'Le guichet continue\u00a0: les pass partiront dès le retour du réseau.'}
      </Notice>
    )
  if (arret && pass > 0)
    return (
      <Notice tone="refus" live="status" titre={`${waitingWords(pass)}.`}>
        {arret.motif === 'connexion' ? <SignInAgain /> : arret.message} {link}
      </Notice>
    )
  if (pass > 0)
    return (
      <Notice tone="attente" live="status" titre={`${waitingWords(pass)}.`}>
        {link}
      </Notice>
    )
  if (refused > 0)
    return (
      <Notice tone="refus" titre={`${plural(refused, 'acte fait sans réseau est refusé', 'actes faits sans réseau sont refusés')}.`}>
        {link}
      </Notice>
    )
  return null
}

const SignInAgain = () => (
  <a href={`/connexion?retour=${encodeURIComponent(globalThis.location.pathname)}`}>Reconnectez-vous pour les envoyer.</a>
)

/** Around every page of the app: the counter watches over its queue wherever the person is. */
export const CounterFrame = () => {
  const session = useSession()
  const { utilisateur, organisation, consultation } = session
  const watched = consultation === null && organisation.type === 'structure'
  useEffect(() => {
    if (watched) noteSession(session)
  }, [session, watched])
  useEffect(() => (watched ? watchGuichet(utilisateur.id) : undefined), [watched, utilisateur.id])
  return (
    <>
      <div className="situation">
        <NewVersion />
        {watched && <Situation />}
      </div>
      <Outlet />
    </>
  )
}
