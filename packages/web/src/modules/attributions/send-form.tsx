import { joined, parsePlages, type PlageSaisie, writePlages } from '@pass/domain/plages.ts'
import { Send } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { RefusalNotice } from '../../ui/notice.tsx'
import { PlagesField } from '../carnets/plages-field.tsx'

/** Carnets read one after the other stand as the ranges they make, each once however often it is scanned. */
const joinPlages = (plages: readonly PlageSaisie[]): PlageSaisie[] => {
  const read = parsePlages(plages)
  return read.ok ? writePlages(joined(read.plages)) : [...plages]
}

type Props = {
  /** Where the carnets leave from, where they go. */
  children: ReactNode
  plages: readonly PlageSaisie[]
  onPlages: (plages: PlageSaisie[]) => void
  note?: ReactNode
  send: { error: { message: string } | null; isPending: boolean }
  disabledReason: string | null
  action: string
  onSend: () => void
}

/** A parcel of carnets, scanned or typed, then the button that sends it. */
export const ParcelForm = ({ children, plages, onPlages, note, send, disabledReason, action, onSend }: Props) => (
  <Card>
    <div className="pile">
      {children}
      <PlagesField
        legende="Carnets à envoyer"
        value={plages}
        onChange={(next) => onPlages(joinPlages(next))}
        vide="Aucun carnet lu pour l’instant."
      />
      {note}
      <RefusalNotice error={send.error} />
      <div>
        <Button icon={Send} pending={send.isPending} disabledReason={disabledReason} onClick={onSend}>
          {action}
        </Button>
      </div>
    </div>
  </Card>
)
