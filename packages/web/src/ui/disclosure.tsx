import { type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react'

type Props = { label: ReactNode; className?: string; children: ReactNode }

/** Closes on Escape (focus back on the button), on what happens outside, and once something inside is chosen. */
const useClosing = (root: RefObject<HTMLDivElement | null>, open: boolean, close: () => void) => {
  useEffect(() => {
    if (!open) return undefined
    const stop = new AbortController()
    const onOutside = ({ target }: Event) => {
      if (target instanceof Node && !root.current?.contains(target)) close()
    }
    const onChoose = ({ target }: Event) => {
      if (target instanceof Element && root.current?.contains(target) && target.closest('.depliant-panneau :is(a, button)')) close()
    }
    const onKey = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return
      close()
      root.current?.querySelector('button')?.focus()
    }
    for (const type of ['pointerdown', 'focusin']) document.addEventListener(type, onOutside, { signal: stop.signal })
    document.addEventListener('click', onChoose, { signal: stop.signal })
    document.addEventListener('keydown', onKey, { signal: stop.signal })
    return () => stop.abort()
  }, [root, open, close])
}

/**
 * A button that shows a small panel of links and buttons. A disclosure rather than an ARIA menu: Tab and screen readers
 * meet ordinary links.
 */
export const Disclosure = ({ label, className = '', children }: Props) => {
  const [open, setOpen] = useState(false)
  const [close] = useState(() => () => setOpen(false))
  const root = useRef<HTMLDivElement>(null)
  const panelId = useId()
  useClosing(root, open, close)
  return (
    <div ref={root} className={`depliant ${className}`}>
      <button type="button" aria-expanded={open} aria-controls={panelId} onClick={() => setOpen(!open)}>
        {label}
      </button>
      <div id={panelId} className="depliant-panneau" hidden={!open}>
        {children}
      </div>
    </div>
  )
}
