import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, type Variant } from './button.tsx'
import { useSending } from './form.tsx'
import { Notice } from './notice.tsx'

type Props = {
  /** Why not, in one sentence: the button stays and says it. */
  disabledReason?: string | null | undefined
  variant?: Variant
  icon?: LucideIcon
  /** A second button beside it. */
  autres?: ReactNode
  children: ReactNode
}

/** Sends the form it is in. Shows that it is under way, and above it what the server refused. */
export const SubmitButton = ({ disabledReason, variant = 'principal', icon, autres, children }: Props) => {
  const { pending, refusal } = useSending()
  return (
    <>
      {refusal && (
        <Notice tone="refus" live="alert">
          {refusal}
        </Notice>
      )}
      <div className="rang-boutons">
        <Button type="submit" variant={variant} icon={icon} pending={pending} disabledReason={disabledReason ?? null}>
          {children}
        </Button>
        {autres}
      </div>
    </>
  )
}
