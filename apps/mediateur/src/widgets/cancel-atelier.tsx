import type { Atelier } from '@pass/contracts/ateliers.ts'
import { whyNotCancel } from '@pass/domain/ateliers.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { useState } from 'react'
import { cancelAtelier, COUNTER_READS } from '../calls.ts'

/** Cancels the whole atelier, with the reason that is kept. */
export const CancelAtelier = ({ atelier }: { atelier: Atelier }) => {
  const [motif, setMotif] = useState('')
  const cancel = useApiMutation(cancelAtelier, { invalidates: COUNTER_READS })
  return (
    <ConfirmDialog
      label="Annuler l’atelier"
      variant="danger"
      danger
      disabledReason={whyNotCancel({ ...atelier, motif: 'motif' })?.message}
      titre="Annuler cet atelier ?"
      action="Annuler l’atelier"
      actionReason={whyNotCancel({ ...atelier, motif })?.message}
      onConfirm={() => cancel.mutateAsync({ params: { atelierId: atelier.id }, body: { motif } })}
    >
      <p>L’atelier reste dans la liste, avec le statut «&nbsp;Annulé&nbsp;». Aucun pass ne pourra y être utilisé.</p>
      <TextField label="Motif" value={motif} maxLength={300} onChange={({ target }) => setMotif(target.value)} />
    </ConfirmDialog>
  )
}
