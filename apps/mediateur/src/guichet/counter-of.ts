import { formatTime } from '@pass/domain/days.ts'
import { THEME_LABELS, type ThemeCode } from '@pass/domain/lieux.ts'
import type { CounterAtelier } from '../widgets/counter.ts'

type Known = { id: string; theme: ThemeCode; debut: string; lieu: { id: string; fuseau: string } }

/** What the counter needs of an atelier, whether it came from its page or from the packet. */
export const counterOf = ({ id, theme, debut, lieu }: Known): CounterAtelier => ({
  id,
  titre: `${THEME_LABELS[theme]}, ${formatTime(debut)}`,
  lieuId: lieu.id,
  fuseau: lieu.fuseau,
})
