import type { Atelier } from '@pass/contracts/ateliers.ts'
import { whyNotCancel } from '@pass/domain/ateliers.ts'
import { plural } from '@pass/domain/money.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { useState } from 'react'
import { cancelAtelier, COUNTER_READS } from '../calls.ts'

/** Cancels the whole atelier, with the reason that is kept. */
export const CancelAtelier = ({ atelier }: { atelier: Atelier }) => {
  const { participants } = atelier
  const [motif, setMotif] = useState('')
  const enrolled = participants.filter(({ statut }) => statut !== 'annule').length
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
      {enrolled > 0 && (
        <p>
          {plural(enrolled, 'personne est inscrite ou attend', 'personnes sont inscrites ou attendent')} une place. Les prescripteurs qui
          les ont inscrites reçoivent votre motif&nbsp;; prévenez vous-même les autres.
        </p>
      )}
      <p>L’atelier reste dans la liste, avec le statut «&nbsp;Annulé&nbsp;». Aucun pass ne pourra y être utilisé.</p>
      <TextField label="Motif" value={motif} maxLength={300} onChange={({ target }) => setMotif(target.value)} />
    </ConfirmDialog>
  )
}
