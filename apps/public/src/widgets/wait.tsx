import { ApiError } from '@pass/web/errors.ts'
import type { AnyContractForm } from '@pass/web/form.ts'
import { Notice } from '@pass/web/ui/notice.tsx'
import { useEffect, useState } from 'react'
import { waitInWords } from '../wait-words.ts'

const secondsOf = (error: unknown): number => (error instanceof ApiError && error.status === 429 ? (error.retryAfter ?? 0) : 0)

/** Seconds before the server listens again, counted down; 0 when there is nothing to wait for. */
export const useWait = (error: unknown): number => {
  const asked = secondsOf(error)
  const [counted, setCounted] = useState({ error, left: asked })
  useEffect(() => {
    const seconds = secondsOf(error)
    if (seconds === 0) return undefined
    const until = Date.now() + seconds * 1000
    const timer = setInterval(() => {
      const left = Math.max(0, Math.ceil((until - Date.now()) / 1000))
      setCounted({ error, left })
      if (left === 0) clearInterval(timer)
    }, 1000)
    return () => clearInterval(timer)
  }, [error])
  return counted.error === error ? counted.left : asked
}

/** Why the button waits, beside it; it is not read aloud at every second. */
export const waitReason = (left: number): string | null => (left > 0 ? `Vous pourrez réessayer dans ${waitInWords(left)}.` : null)

/** Said once when the wait begins, once when it ends. */
export const WaitNotice = ({ error, left }: { error: unknown; left: number }) => {
  const asked = secondsOf(error)
  if (asked === 0) return null
  if (left === 0)
    return (
      <Notice tone="info" live="status">
        L’attente est finie&nbsp;: vous pouvez réessayer.
      </Notice>
    )
  return (
    <Notice tone="attente" live="alert" titre="Trop d’essais en peu de temps.">
      {`Attendez ${waitInWords(asked)}, puis réessayez.`}
    </Notice>
  )
}

/** The form without the refusal that `WaitNotice` already tells. */
export const withoutWait = (form: AnyContractForm, error: unknown): AnyContractForm =>
  secondsOf(error) > 0 ? { ...form, refusal: null } : form
