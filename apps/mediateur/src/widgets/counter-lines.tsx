import { formatCode } from '@pass/domain/codes.ts'
import { Button } from '@pass/web/ui/button.tsx'
import { ScanLine } from '@pass/web/ui/scan-line.tsx'
import { Check, CircleHelp, Hourglass, LoaderCircle, type LucideIcon } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Counter, ScanLine as Line } from './counter.ts'

export const LINE_TONES = {
  lecture: 'attente',
  valable: 'bien',
  attente: 'attente',
  refuse: 'refus',
  utilise: 'bien',
  garde: 'attente',
  inconnu: 'attente',
} as const
const ICONS: Partial<Record<Line['etat'], LucideIcon>> = {
  lecture: LoaderCircle,
  attente: Hourglass,
  garde: Hourglass,
  utilise: Check,
  inconnu: CircleHelp,
}

/** The line that goes takes the focus with it: the one that comes in its place gets it, or what comes before the list. */
const useFocusKept = () => {
  const box = useRef<HTMLUListElement>(null)
  const rank = useRef<number | null>(null)
  useEffect(() => {
    if (rank.current === null) return
    const rows = [...(box.current?.querySelectorAll('.ligne-actions') ?? [])]
    const next = rows[Math.min(rank.current, rows.length - 1)]?.querySelector<HTMLElement>('button:last-of-type')
    rank.current = null
    ;(next ?? document.querySelector<HTMLElement>('.utiliser button'))?.focus()
  })
  const leave = (line: HTMLElement | null): void => {
    const rows = [...(box.current?.querySelectorAll('.ligne-actions') ?? [])]
    rank.current = rows.findIndex((row) => row === line)
  }
  return { box, leave }
}

type LineProps = { line: Line; counter: Counter; onLeave: (actions: HTMLElement | null) => void }

const Actions = ({ line, counter, onLeave }: LineProps) => {
  const actions = useRef<HTMLSpanElement>(null)
  const remove = () => {
    onLeave(actions.current)
    counter.forget(line.code)
  }
  const again = (line.etat === 'refuse' || line.etat === 'inconnu') && !line.definitif
  return (
    <span className="ligne-actions" ref={actions}>
      {again && (
        <Button variant="lien" onClick={() => void counter.check(line)} aria-label={`Réessayer ${formatCode(line.code)}`}>
          Réessayer
        </Button>
      )}
      <Button variant="lien" onClick={remove} aria-label={`Retirer ${formatCode(line.code)}`}>
        Retirer
      </Button>
    </span>
  )
}

const SETTLED: readonly Line['etat'][] = ['lecture', 'utilise', 'garde']

const CounterLine = (props: LineProps) => {
  const { line } = props
  const icon = ICONS[line.etat]
  return (
    <li>
      <ScanLine
        tone={LINE_TONES[line.etat]}
        titre={line.titre}
        code={formatCode(line.code)}
        {...(icon && { icon })}
        {...(line.detail && { detail: line.detail })}
        action={SETTLED.includes(line.etat) ? null : <Actions {...props} />}
      />
    </li>
  )
}

/** The pass read, the last one first. What is said aloud is apart: a word and the end of the number, once. */
export const CounterLines = ({ counter }: { counter: Counter }) => {
  const { box, leave } = useFocusKept()
  return (
    <>
      <p className="hors-ecran" role="status" data-fois={counter.said.fois}>
        {counter.said.texte}
      </p>
      {counter.lines.length > 0 && (
        <ul ref={box} className="lignes" aria-label="Pass lus">
          {counter.lines.map((line) => (
            <CounterLine key={line.code} line={line} counter={counter} onLeave={leave} />
          ))}
        </ul>
      )}
    </>
  )
}
