import { formatCode } from '@pass/domain/codes.ts'
import { formatLongDay } from '@pass/domain/days.ts'
import { euros, plural } from '@pass/domain/money.ts'
import { Button } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { CameraView, type LastVerdict } from '../guichet/camera-view.tsx'
import { LimitNotices, useLimits } from '../guichet/limit-notices.tsx'
import { SignalSettings } from '../guichet/signal-settings.tsx'
import { holds } from '../offline/acts.ts'
import { guichet, useGuichet } from '../offline/state.ts'
import { paths } from '../paths.ts'
import { type Counter, type CounterAtelier, useCounter } from './counter.ts'
import { CounterLines, LINE_TONES } from './counter-lines.tsx'
import type { MonDu } from './money-card.tsx'
import { PassField } from './pass-field.tsx'

const Done = ({ acte, du }: { acte: NonNullable<Counter['acte']>; du: MonDu | null }) => (
  <Notice
    tone={acte.aExaminer ? 'attente' : 'bien'}
    titre={`${plural(acte.pass.length, 'pass utilisé', 'pass utilisés')}\u00a0: ${euros(acte.montantCentimes)}.`}
  >
    {acte.aExaminer && 'Validé, à examiner\u00a0: l’opérateur vérifie l’heure de cet appareil avant le paiement. '}
    {du &&
      !acte.aExaminer &&
      (du.prochainVirement
        ? `Virement autour du ${formatLongDay(du.prochainVirement)}.`
        : 'Le virement attend\u00a0: voyez la raison.')}{' '}
    <Link to={paths.virements()}>Voir les virements</Link>
  </Notice>
)

const Kept = ({ nombre }: { nombre: number }) => (
  <Notice tone="attente" titre={`${plural(nombre, 'pass gardé', 'pass gardés')} sur cet appareil.`}>
    {nombre > 1 ? 'Ils partiront seuls' : 'Il partira seul'} dès que le réseau revient.{' '}
    <Link to={paths.attente()}>Voir les actes en attente</Link>
  </Notice>
)

const Twice = ({ code }: { code: string }) => (
  <Notice tone="attente" titre={`Déjà lu\u00a0: ${formatCode(code)}.`}>
    {holds(guichet().actes, code) && 'Ce pass attend le réseau.'}
  </Notice>
)

/** What the last gesture did: the fact, the amount, what comes next. */
const Outcome = ({ counter: { acte, garde, refused, redeem }, du }: { counter: Counter; du: MonDu | null }) => {
  if (acte) return <Done acte={acte} du={du} />
  if (garde !== null) return <Kept nombre={garde} />
  if (refused && refused.nombre > 0)
    return (
      <Notice tone="refus" titre="Aucun pass n’a été utilisé.">
        {`${plural(refused.nombre, 'pass est refusé', 'pass sont refusés')}\u00a0: la raison est sur la ligne. Les autres restent prêts.`}
      </Notice>
    )
  const message = refused?.message ?? redeem.error?.message
  return message ? <Notice tone="refus">{message}</Notice> : null
}

const UseButton = ({ counter }: { counter: Counter }) => {
  const { enLigne } = useGuichet()
  const { bloque } = useLimits()
  const count = counter.ready.length
  const reason = count === 0 ? 'Lisez au moins un pass valable.' : enLigne ? null : bloque
  return (
    <div className="utiliser" data-pret={count > 0 || undefined}>
      <Button pending={counter.redeem.isPending} disabledReason={reason} onClick={() => counter.redeem.mutate()}>
        {count === 0 ? 'Utiliser les pass' : `Utiliser ${plural(count, 'pass', 'pass')}`}
      </Button>
    </div>
  )
}

const lastVerdict = ({ twice, lines: [line] }: Counter): LastVerdict | null => {
  if (twice) return { tone: 'attente', titre: 'Déjà lu' }
  return line ? { tone: LINE_TONES[line.etat], titre: line.titre } : null
}

/** On a small phone the answer would be born under the bar at the bottom; the camera is never pushed away. */
const useOutcomeInView = ({ twice, acte, garde, redeem, refused, lines }: Counter, camera: boolean) => {
  const outcome = useRef<HTMLDivElement>(null)
  const read = camera ? undefined : (twice ?? lines[0]?.code)
  const said = acte?.acteId ?? garde ?? refused ?? redeem.error ?? read
  useEffect(() => {
    if (said) outcome.current?.scrollIntoView({ block: 'nearest' })
  }, [said])
  return outcome
}

/** The counter of an atelier: read, see, then use them all at once, or none. Works with network or without. */
export const CounterCard = ({ atelier, du = null }: { atelier: CounterAtelier; du?: MonDu | null }) => {
  const counter = useCounter(atelier)
  const [notAPass, setNotAPass] = useState<string | undefined>()
  const [camera, setCamera] = useState(false)
  const outcome = useOutcomeInView(counter, camera)
  return (
    <Card titre="Utiliser des pass">
      <LimitNotices />
      <CameraView
        onRead={(text) => setNotAPass(counter.read(text)?.message)}
        onShown={setCamera}
        dernier={notAPass ? { tone: 'refus', titre: 'Pas un pass' } : lastVerdict(counter)}
      />
      <PassField counter={counter} scanned={notAPass} onType={() => setNotAPass(undefined)} />
      <div role="status" ref={outcome} className="issue">
        <Outcome counter={counter} du={du} />
      </div>
      {/* a pass that stays before the camera after its use does not hide what was used */}
      <div role="status" className="issue">
        {counter.twice && <Twice code={counter.twice} />}
      </div>
      <UseButton counter={counter} />
      <CounterLines counter={counter} />
      <SignalSettings />
    </Card>
  )
}
