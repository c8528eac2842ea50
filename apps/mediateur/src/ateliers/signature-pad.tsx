import { Eraser } from 'lucide-react'
import { Button } from '@pass/web/ui/button.tsx'
import { type PointerEvent, useRef, useState } from 'react'
import { pathOf, pointIn, type Stroke, STROKES_MAX, withPoint } from './strokes.ts'

type Props = { label: string; traits: readonly Stroke[]; onChange: (traits: readonly Stroke[]) => void }

/** The stroke under way is kept here: only a finished one is the page's. */
const usePen = ({ traits, onChange }: Omit<Props, 'label'>) => {
  const [current, setCurrent] = useState<Stroke | null>(null)
  const pen = useRef<number | null>(null)
  const at = (event: PointerEvent<SVGSVGElement>) => pointIn(event.currentTarget.getBoundingClientRect(), event)
  return {
    current,
    handlers: {
      onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
        // a second finger, or the palm of the hand, draws nothing
        if (pen.current !== null || event.button !== 0 || traits.length >= STROKES_MAX) return
        event.preventDefault()
        pen.current = event.pointerId
        event.currentTarget.setPointerCapture(event.pointerId)
        setCurrent(withPoint([], at(event)))
      },
      onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
        if (pen.current !== event.pointerId) return
        const point = at(event)
        setCurrent((stroke) => stroke && withPoint(stroke, point))
      },
      onPointerUp: (event: PointerEvent<SVGSVGElement>) => {
        if (pen.current !== event.pointerId) return
        pen.current = null
        if (current) onChange([...traits, withPoint(current, at(event))])
        setCurrent(null)
      },
      onPointerCancel: () => {
        pen.current = null
        setCurrent(null)
      },
    },
  }
}

/** A box to sign in with a finger, a pen or a mouse. Whoever cannot is marked present without it, by the button beside it. */
export const SignaturePad = ({ label, traits, onChange }: Props) => {
  const { current, handlers } = usePen({ traits, onChange })
  const shown = current ? [...traits, current] : traits
  return (
    <div className="signature">
      <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" role="img" aria-label={label} {...handlers}>
        <line x1="60" x2="940" y1="760" y2="760" className="signature-ligne" />
        {shown.map((stroke, rank) => (
          // strokes are only ever added at the end
          // oxlint-disable-next-line react/no-array-index-key
          <path key={rank} d={pathOf(stroke)} />
        ))}
      </svg>
      <div className="signature-pied">
        <span className="petit doux">{traits.length === 0 ? 'Signez dans le cadre.' : 'Signature tracée.'}</span>
        <Button variant="lien" icon={Eraser} onClick={() => onChange([])}>
          Effacer
        </Button>
      </div>
    </div>
  )
}
