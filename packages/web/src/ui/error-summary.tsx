import { plural } from '@pass/domain/money.ts'
import { CircleX } from 'lucide-react'
import { type MouseEvent, useEffect, useRef } from 'react'

export type SummaryError = { id: string; message: string }

// The label is on the page since before the first error: read there, it cannot differ from what the person sees.
const withLabel = (id: string, message: string): string => {
  const frame = document.getElementById(id)?.closest('.champ')
  const label = frame?.querySelector('label, legend')?.firstChild?.textContent?.trim()
  return label ? `${label}\u00a0: ${message}` : message
}

const goTo = (event: MouseEvent, id: string) => {
  event.preventDefault()
  const field = document.getElementById(id)
  field?.focus()
  field?.closest('.champ')?.scrollIntoView({ block: 'center' })
}

/** Every answer to correct, with a link to each. Takes the focus at each attempt (`attempt` counts them). */
export const ErrorSummary = ({ errors, attempt }: { errors: readonly SummaryError[]; attempt: number }) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (attempt > 0) box.current?.focus()
  }, [attempt])
  if (errors.length === 0) return null
  return (
    <div ref={box} className="bandeau refus resume" role="alert" tabIndex={-1}>
      <CircleX aria-hidden="true" />
      <div>
        <strong>
          {plural(errors.length, 'réponse')} {errors.length > 1 ? 'sont' : 'est'} à corriger.
        </strong>
        <ul>
          {errors.map(({ id, message }) => (
            <li key={id}>
              <a href={`#${id}`} onClick={(event) => goTo(event, id)}>
                {withLabel(id, message)}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
