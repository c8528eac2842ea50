import { CircleCheck, CircleX, Clock, Info, type LucideIcon, CircleMinus } from 'lucide-react'
import type { ReactNode } from 'react'

/** The five tones of a state; the word and the icon say it too, never the colour alone. */
export type Tone = 'bien' | 'attente' | 'refus' | 'info' | 'neutre'

export const TONE_ICONS: Record<Tone, LucideIcon> = { bien: CircleCheck, attente: Clock, refus: CircleX, info: Info, neutre: CircleMinus }

export const Badge = ({ tone, icon, children }: { tone: Tone; icon?: LucideIcon; children: ReactNode }) => {
  const Icon = icon ?? TONE_ICONS[tone]
  return (
    <span className={`badge ${tone}`}>
      <Icon aria-hidden="true" />
      {children}
    </span>
  )
}

/** `const CommandeBadge = statutBadge(COMMANDE_LABELS, { brouillon: 'neutre', … })`: a forgotten statut does not compile. */
export const statutBadge = <S extends string>(labels: Record<S, string>, tones: Record<S, Tone>) => {
  // A page open since yesterday may meet a statut born today: it shows it plainly rather than fail.
  const StatutBadge = ({ statut }: { statut: S }) => <Badge tone={tones[statut] ?? 'neutre'}>{labels[statut] ?? statut}</Badge>
  return StatutBadge
}
