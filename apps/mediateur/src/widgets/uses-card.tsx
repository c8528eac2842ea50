import type { Atelier } from '@pass/contracts/ateliers.ts'
import { formatTime, localTime } from '@pass/domain/days.ts'
import { euros, plural } from '@pass/domain/money.ts'
import { REDEMPTION_LABELS, whyNotUndo } from '@pass/domain/redemptions.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { now } from '@pass/web/session.tsx'
import { statutBadge } from '@pass/web/ui/badge.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { useEffect, useRef, useState } from 'react'
import { COUNTER_READS, undoRedemption } from '../calls.ts'

type Use = Atelier['utilisations'][number]
type Act = { acteId: string; at: string; uses: Use[] }

const RedemptionBadge = statutBadge(REDEMPTION_LABELS, { a_payer: 'info', en_bordereau: 'attente', payee: 'bien', annulee: 'neutre' })

/** Uses by gesture, the latest first. */
const actsOf = (uses: readonly Use[]): Act[] => {
  const acts = new Map<string, Act>()
  for (const use of uses) {
    const act = acts.get(use.acteId) ?? { acteId: use.acteId, at: use.at, uses: [] }
    act.uses.push(use)
    acts.set(use.acteId, act)
  }
  return [...acts.values()].toSorted((a, b) => b.at.localeCompare(a.at))
}

const liveOf = (uses: readonly Use[]): Use[] => uses.filter(({ statut }) => statut !== 'annulee')
const totalOf = (uses: readonly Use[]): number => uses.reduce((sum, { montantCentimes }) => sum + montantCentimes, 0)

type UndoProps = { acteId: string; uses: readonly Use[]; whole: boolean; onDone: (message: string) => void }

/** Undoes a gesture, or one pass of it, with the reason that is kept. */
const Undo = ({ acteId, uses, whole, onDone }: UndoProps) => {
  const [motif, setMotif] = useState('')
  const undo = useApiMutation(undoRedemption, {
    invalidates: COUNTER_READS,
    onSuccess: ({ annulees, montantCentimes }) =>
      onDone(`${plural(annulees.length, 'utilisation annulée', 'utilisations annulées')} : ${euros(montantCentimes)} ne seront pas payés.`),
  })
  const first = uses[0]
  if (!first) return null
  const fixed = uses.find(({ annulable }) => !annulable)
  const refusal = fixed && whyNotUndo({ statut: fixed.statut, redeemedAt: new Date(fixed.at) }, now())
  const what = whole ? `les ${plural(uses.length, 'pass', 'pass')}` : `le pass ${first.rangPass} du carnet ${first.serie}`
  return (
    <ConfirmDialog
      label={whole ? 'Tout annuler' : 'Annuler'}
      variant="lien"
      danger
      disabledReason={refusal?.message}
      titre={`Annuler l’utilisation : ${what} ?`}
      action={whole ? `Annuler ${plural(uses.length, 'utilisation')}` : 'Annuler cette utilisation'}
      actionReason={motif.trim() ? null : 'Indiquez pourquoi vous annulez.'}
      onConfirm={() => undo.mutateAsync({ params: { acteId }, body: { motif, redemptionId: whole ? null : first.redemptionId } })}
    >
      <p>{`${uses.length > 1 ? 'Les pass redeviennent valables' : 'Le pass redevient valable'}, et ${euros(totalOf(uses))} ne seront pas payés.`}</p>
      <TextField label="Motif" value={motif} maxLength={300} onChange={({ target }) => setMotif(target.value)} />
    </ConfirmDialog>
  )
}

// when the time to undo is over, the reason is said once for the gesture, not on each pass
const ActRow = ({ act: { acteId, at, uses }, zone, onDone }: { act: Act; zone: string; onDone: (message: string) => void }) => {
  const live = liveOf(uses)
  const closed = live.some(({ annulable }) => !annulable)
  return (
    <li className="acte">
      <div className="acte-titre">
        <h3>{formatTime(localTime(new Date(at), zone))}</h3>
        <span>{live.length === 0 ? 'Annulé' : `${plural(live.length, 'pass', 'pass')}, ${euros(totalOf(live))}`}</span>
        {(live.length > 1 || closed) && <Undo acteId={acteId} uses={live} whole onDone={onDone} />}
      </div>
      <ul>
        {uses.map((use) => (
          <li key={use.redemptionId} className="acte-pass">
            <span>
              <span className="code">{use.serie}</span> <span className="petit doux">pass {use.rangPass}</span>
            </span>
            <RedemptionBadge statut={use.statut} />
            {use.annulable && <Undo acteId={acteId} uses={[use]} whole={false} onDone={onDone} />}
          </li>
        ))}
      </ul>
    </li>
  )
}

/** The button of what was undone goes with it: whoever pressed it by the keyboard stays at the list. */
const useFocusKept = () => {
  const list = useRef<HTMLUListElement>(null)
  const gone = useRef(false)
  useEffect(() => {
    if (!gone.current) return undefined
    // the dialog first gives the focus back to the button that opened it
    const timer = setTimeout(() => {
      gone.current = false
      if (document.activeElement === document.body) list.current?.focus()
    }, 300)
    return () => clearTimeout(timer)
  })
  const leave = () => {
    gone.current = true
  }
  return { list, leave }
}

/** What was used for this atelier, gesture by gesture. */
export const UsesCard = ({ atelier }: { atelier: Atelier }) => {
  const [done, setDone] = useState<string | null>(null)
  const acts = actsOf(atelier.utilisations)
  const { list, leave } = useFocusKept()
  const onDone = (message: string) => {
    leave()
    setDone(message)
  }
  return (
    <Card titre="Pass utilisés">
      {done && (
        <Notice tone="bien" live="status">
          {done}
        </Notice>
      )}
      {acts.length === 0 ? (
        <p className="doux">Aucun pass utilisé pour cet atelier.</p>
      ) : (
        <>
          <p>
            <strong>{plural(atelier.passUtilises, 'pass utilisé', 'pass utilisés')}</strong>, {euros(atelier.montantCentimes)}
          </p>
          <ul className="actes" ref={list} tabIndex={-1} aria-label="Gestes de cet atelier">
            {acts.map((act) => (
              <ActRow zone={atelier.lieu.fuseau} key={act.acteId} act={act} onDone={onDone} />
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}
