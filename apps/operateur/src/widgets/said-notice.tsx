import { Notice } from '@pass/web/ui/notice.tsx'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Said } from './act.ts'

/** What was just done, at the top of the page; brought into sight when the act was further down. */
export const SaidNotice = ({ said, children }: { said: Said | null; children?: ReactNode }) => {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (said) place.current?.scrollIntoView({ block: 'center' })
  }, [said])
  if (!said) return null
  return (
    <div ref={place}>
      <Notice tone="bien" live="status" titre={said.titre}>
        {said.suite} {children}
      </Notice>
    </div>
  )
}
