import { formatCode } from '@pass/domain/codes.ts'
import { Button } from '@pass/web/ui/button.tsx'
import { ScanLine } from '@pass/web/ui/scan-line.tsx'
import { Check, CircleHelp, Hourglass, LoaderCircle, type LucideIcon } from 'lucide-react'
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

const Actions = ({ line, counter }: { line: Line; counter: Counter }) => {
  const again = (line.etat === 'refuse' || line.etat === 'inconnu') && !line.definitif
  return (
    <span className="ligne-actions">
      {again && (
        <Button variant="lien" onClick={() => void counter.check(line)} aria-label={`Réessayer ${formatCode(line.code)}`}>
          Réessayer
        </Button>
      )}
      <Button variant="lien" onClick={() => counter.forget(line.code)} aria-label={`Retirer ${formatCode(line.code)}`}>
        Retirer
      </Button>
    </span>
  )
}

const SETTLED: readonly Line['etat'][] = ['lecture', 'utilise', 'garde']

const CounterLine = ({ line, counter }: { line: Line; counter: Counter }) => {
  const icon = ICONS[line.etat]
  return (
    <li>
      <ScanLine
        tone={LINE_TONES[line.etat]}
        titre={line.titre}
        code={formatCode(line.code)}
        {...(icon && { icon })}
        {...(line.detail && { detail: line.detail })}
        action={SETTLED.includes(line.etat) ? null : <Actions line={line} counter={counter} />}
      />
    </li>
  )
}

/** The pass read, the last one first. What is said aloud is apart: a word and the end of the number, once. */
export const CounterLines = ({ counter }: { counter: Counter }) => (
  <>
    <p className="hors-ecran" role="status" data-fois={counter.said.fois}>
      {counter.said.texte}
    </p>
    {counter.lines.length > 0 && (
      <ul className="lignes" aria-label="Pass lus">
        {counter.lines.map((line) => (
          <CounterLine key={line.code} line={line} counter={counter} />
        ))}
      </ul>
    )}
  </>
)
