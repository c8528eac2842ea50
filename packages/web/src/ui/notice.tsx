import type { ReactNode } from 'react'
import { TONE_ICONS, type Tone } from './badge.tsx'

type Props = {
  tone: Tone
  titre?: ReactNode
  /** `status` is read when there is time, `alert` at once. Left out for what was there when the page opened. */
  live?: 'status' | 'alert'
  children?: ReactNode
}

/** A strip that says what happened and what comes next; it stays on the page. */
export const Notice = ({ tone, titre, live, children }: Props) => {
  const Icon = TONE_ICONS[tone]
  return (
    <div className={`bandeau ${tone}`} role={live}>
      <Icon aria-hidden="true" />
      <div>
        {titre && <strong>{titre}</strong>} {children}
      </div>
    </div>
  )
}

/** Why the last try did not go through; nothing while there is no reason. */
export const RefusalNotice = ({ error }: { error: { message: string } | null }) =>
  error && (
    <Notice tone="refus" live="alert">
      {error.message}
    </Notice>
  )
