import { formatTime, localTime, PARIS } from '@pass/domain/days.ts'
import { plural } from '@pass/domain/money.ts'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { lastUseAt, listenToTabs } from './activity.ts'
import { type IdleState, idleState } from './idle.ts'
import { refreshSession, serverTime, sessionEndsAt, signOut, useSession } from './session.tsx'
import { goAway, goIdle } from './tab.ts'
import { Button, ButtonRow } from './ui/button.tsx'
import { Dialog } from './ui/dialog.tsx'
import { Notice, RefusalNotice } from './ui/notice.tsx'

const CALM: IdleState = { etat: 'calme' }
const TICK_MS = 1000
/** A tab that slept hears what the others told while it slept before it decides that nobody is there. */
const WAKE_MS = 3000

const same = (a: IdleState, b: IdleState): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Looks at the clocks once a second; the page is drawn again only when something changes. */
const useIdle = (): IdleState => {
  const { inactiviteMinutes } = useSession()
  const [state, setState] = useState<IdleState>(CALM)
  useEffect(() => {
    let last = Date.now()
    let awakeSince = 0
    const look = () => {
      const at = Date.now()
      if (at - last > 5 * TICK_MS) awakeSince = at
      last = at
      const next = idleState({ now: at, lastUse: lastUseAt(), inactiviteMinutes, endsAt: sessionEndsAt() })
      if (next.etat === 'finie' && at - awakeSince < WAKE_MS) return
      setState((shown) => (same(shown, next) ? shown : next))
    }
    const timer = setInterval(look, TICK_MS)
    return () => clearInterval(timer)
  }, [inactiviteMinutes])
  return state
}

/** What is read aloud while the seconds go by: a few marks, not each second. */
const spoken = (secondes: number): string => {
  const mark = [10, 30, 60, 90, 120].find((one) => secondes <= one) ?? 120
  return mark % 60 === 0 ? `Il reste ${plural(mark / 60, 'minute')}.` : `Il reste ${mark}\u00a0secondes.`
}

const shown = (secondes: number): string =>
  secondes >= 60 ? `${Math.floor(secondes / 60)}\u00a0min ${String(secondes % 60).padStart(2, '0')}\u00a0s` : `${secondes}\u00a0s`

const IdleWarning = ({ secondes }: { secondes: number }) => {
  const stay = useMutation({ mutationFn: refreshSession })
  const leave = useMutation({ mutationFn: signOut })
  const error = stay.error ?? leave.error
  return (
    <Dialog titre="Êtes-vous toujours là&nbsp;?" role="alertdialog" open onClose={() => stay.mutate()} ferme>
      <p>Vous n’avez rien fait depuis un moment. Votre session va se fermer pour protéger vos données.</p>
      <p>Ce que vous avez tapé sera gardé sur cet ordinateur, pour vous seulement.</p>
      <p className="decompte" aria-hidden="true">
        {shown(secondes)}
      </p>
      <p className="hors-ecran" role="status">
        {spoken(secondes)}
      </p>
      <RefusalNotice error={error} />
      <ButtonRow>
        <Button pending={stay.isPending} onClick={() => stay.mutate()}>
          Rester connecté
        </Button>
        <Button variant="second" pending={leave.isPending} onClick={() => leave.mutate()}>
          Se déconnecter
        </Button>
      </ButtonRow>
    </Dialog>
  )
}

const LastWarning = ({ endsAt }: { endsAt: number }) => {
  const [seen, setSeen] = useState(false)
  if (seen) return null
  const hour = formatTime(localTime(serverTime(endsAt), PARIS))
  return (
    <div className="fin-de-session">
      <Notice tone="attente" live="status" titre={`Votre session se ferme à ${hour}.`}>
        Elle dure 10 heures au plus. Enregistrez votre travail, puis reconnectez-vous&nbsp;: ce que vous aurez tapé sera rétabli.{' '}
        <Button variant="lien" onClick={() => setSeen(true)}>
          J’ai compris
        </Button>
      </Notice>
    </div>
  )
}

/** Warns before the session closes, leaves when it does, follows the other tabs. */
export const IdleGuard = () => {
  const { poste } = useSession()
  const state = useIdle()
  useEffect(() => listenToTabs(goAway), [])
  const motif = state.etat === 'finie' ? state.motif : null
  useEffect(() => {
    if (motif) goIdle(motif, poste !== null)
  }, [motif, poste])
  if (state.etat === 'alerte') return <IdleWarning secondes={state.secondes} />
  if (state.etat === 'derniere') return <LastWarning endsAt={state.endsAt} />
  return null
}
