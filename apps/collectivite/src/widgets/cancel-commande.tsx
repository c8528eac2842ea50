import { commandeRoutes } from '@pass/contracts/commandes.ts'
import { whyNotCommande } from '@pass/domain/commandes.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { TextAreaField } from '@pass/web/ui/text-field.tsx'
import { Ban } from 'lucide-react'
import { useState } from 'react'
import type { ActProps } from './act-props.ts'
import { COMMANDE_READS } from './commande-refresh.ts'

/** Up to the validated proof; later only an avoir gives money back, and the button says so. */
export const CancelCommande = ({ commande, onDone }: ActProps) => {
  const whyNot = useWhyNot()
  const [motif, setMotif] = useState('')
  const cancel = useApiMutation(commandeRoutes.cancelCommande, {
    invalidates: COMMANDE_READS,
    onSuccess: () => onDone('Commande annulée. Son montant peut de nouveau être commandé sur la convention.'),
  })
  if (commande.statut === 'annulee') return null
  return (
    <Card titre="Annuler la commande">
      <div>
        <ConfirmDialog
          label="Annuler la commande"
          variant="danger"
          icon={Ban}
          danger
          disabledReason={whyNot('commande:cancel', whyNotCommande('cancel', commande))}
          titre={`Annuler la commande ${commande.reference} ?`}
          action={`Annuler la commande ${commande.reference}`}
          actionReason={motif.trim() === '' ? 'Indiquez d’abord le motif.' : null}
          onConfirm={() => cancel.mutateAsync({ params: { commandeId: commande.id }, body: { motif: motif.trim() } })}
        >
          <p>La commande s’arrête pour tout le monde. Pour reprendre, faites une nouvelle commande.</p>
          <TextAreaField label="Motif" rows={2} maxLength={300} value={motif} onChange={({ target }) => setMotif(target.value)} />
        </ConfirmDialog>
      </div>
    </Card>
  )
}
