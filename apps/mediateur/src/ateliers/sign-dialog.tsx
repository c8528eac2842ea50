import { useApiMutation } from '@pass/web/api.ts'
import { Button, ButtonRow } from '@pass/web/ui/button.tsx'
import { Dialog } from '@pass/web/ui/dialog.tsx'
import { RefusalNotice } from '@pass/web/ui/notice.tsx'
import { PenLine, UserCheck } from 'lucide-react'
import { useState } from 'react'
import { COUNTER_READS, signAttendance } from '../calls.ts'
import { SignaturePad } from './signature-pad.tsx'
import { type Stroke, strokesToSend, whyNotSigned } from './strokes.ts'

type Props = {
  atelierId: string
  participant: { inscriptionId: string; nom: string }
  onClose: () => void
  onSigned: () => void
  /** Present, without a signature: for whoever cannot or does not want to sign on a screen. */
  onPresent: () => void
}

/** The phone is handed to the person: their name, the box, one button. */
export const SignDialog = ({ atelierId, participant: { inscriptionId, nom }, onClose, onSigned, onPresent }: Props) => {
  const [traits, setTraits] = useState<readonly Stroke[]>([])
  const sign = useApiMutation(signAttendance, { invalidates: COUNTER_READS, onSuccess: onSigned })
  return (
    <Dialog titre={`Signature de ${nom}`} open onClose={onClose} ferme>
      <p>En signant, {nom} atteste être présent à l’atelier.</p>
      <SignaturePad label={`Cadre pour la signature de ${nom}`} traits={traits} onChange={setTraits} />
      <RefusalNotice error={sign.error} />
      <ButtonRow>
        <Button
          icon={PenLine}
          pending={sign.isPending}
          disabledReason={whyNotSigned(traits)}
          onClick={() => sign.mutate({ params: { atelierId, inscriptionId }, body: { traits: strokesToSend(traits) } })}
        >
          Enregistrer la signature
        </Button>
        <Button variant="second" icon={UserCheck} onClick={onPresent}>
          Noter présent sans signature
        </Button>
        <Button variant="second" onClick={onClose}>
          Renoncer
        </Button>
      </ButtonRow>
    </Dialog>
  )
}
