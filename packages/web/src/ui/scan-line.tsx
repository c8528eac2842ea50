import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { TONE_ICONS } from './badge.tsx'

type Props = {
  tone: 'bien' | 'attente' | 'refus'
  /** The verdict: « Valable », « En attente de réseau », « Déjà utilisé ». */
  titre: string
  detail?: ReactNode
  /** The code of the pass. */
  code?: string
  icon?: LucideIcon
  action?: ReactNode
}

/** One pass read at the counter and what became of it. The list around it announces, not the line. */
export const ScanLine = ({ tone, titre, detail, code, icon, action }: Props) => {
  const Icon = icon ?? TONE_ICONS[tone]
  return (
    <div className={`ligne ${tone}`}>
      <Icon aria-hidden="true" />
      <div>
        <strong>{titre}</strong>
        {code && <span className="petit code">{code}</span>}
        {detail && <span className="petit">{detail}</span>}
      </div>
      {action}
    </div>
  )
}

/** The lines of an atelier, the last one first; each new verdict is read once. */
export const ScanList = ({ children, label = 'Pass lus' }: { children: ReactNode; label?: string }) => (
  <div className="lignes" role="log" aria-label={label}>
    {children}
  </div>
)
