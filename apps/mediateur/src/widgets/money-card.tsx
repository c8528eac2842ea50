import type { Output } from '@pass/contracts/route.ts'
import { RAISON_NON_PAYE_LABELS } from '@pass/domain/bordereaux.ts'
import { formatLongDay } from '@pass/domain/days.ts'
import { euros, plural } from '@pass/domain/money.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import type { ReactNode } from 'react'
import type { getMonDu } from '../calls.ts'

export type MonDu = Output<typeof getMonDu>

/** What the next transfer holds and when; without a date, the one reason and nothing vague. */
export const MoneyCard = ({ du, children }: { du: MonDu; children?: ReactNode }) => (
  <Card titre="Prochain virement">
    <p className="somme">{euros(du.aPayerCentimes)}</p>
    <p>
      {du.prochainVirement ? (
        <>
          autour du <strong>{formatLongDay(du.prochainVirement)}</strong>
        </>
      ) : (
        'Pas de date de virement.'
      )}
    </p>
    <p className="doux petit">{plural(du.aPayerPass, 'pass utilisé à payer', 'pass utilisés à payer')}.</p>
    {du.raison && <Notice tone="attente">{RAISON_NON_PAYE_LABELS[du.raison]}</Notice>}
    {children}
  </Card>
)
