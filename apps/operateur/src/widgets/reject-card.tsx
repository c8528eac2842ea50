import type { Bordereau } from '@pass/contracts/bordereaux.ts'
import { remiseBancaireRoutes } from '@pass/contracts/remises-bancaires.ts'
import { parisDay } from '@pass/domain/days.ts'
import { euros } from '@pass/domain/money.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { today, useCan } from '@pass/web/session.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { DateField } from '@pass/web/ui/date-field.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { Said } from './act.ts'
import { BANQUE_READS } from './banque-reads.ts'

/** The bank refused the transfer, and no file says so. */
export const RejectCard = ({ bordereau, onDone }: { bordereau: Bordereau; onDone: (said: Said) => void }) => {
  const can = useCan()
  const [dateBanque, setDate] = useState(today())
  const [motif, setMotif] = useState('')
  const reject = useApiMutation(remiseBancaireRoutes.rejectBordereau, {
    invalidates: BANQUE_READS,
    onSuccess: ({ structure }) =>
      onDone({ titre: 'Rejet constaté.', suite: `La somme est due de nouveau. ${structure.nom} doit donner un autre compte.` }),
  })
  if (bordereau.statut !== 'transmis' || !can('bordereau:pay')) return null
  const sent = bordereau.etapes.at(-1)
  return (
    <Card titre="La banque l’a rejeté ?">
      <ConfirmDialog
        label="Constater le rejet"
        icon={Undo2}
        danger
        titre={`Constater le rejet du bordereau ${bordereau.reference} ?`}
        action={`Constater le rejet de ${euros(bordereau.montantCentimes)}`}
        actionReason={motif.trim() ? null : 'Indiquez le motif donné par la banque.'}
        onConfirm={() => reject.mutateAsync({ params: { bordereauId: bordereau.id }, body: { dateBanque, motif: motif.trim() } })}
      >
        <p>Le compte de la structure sera refusé et sa personne responsable prévenue. Le prochain bordereau reprendra la somme.</p>
        <DateField
          label="Date du rejet"
          {...(sent && { min: parisDay(new Date(sent.at)) })}
          max={today()}
          value={dateBanque}
          onChange={({ target }) => setDate(target.value)}
        />
        <TextField
          label="Motif donné par la banque"
          aide="Exemple : compte clos (AC04)."
          maxLength={140}
          value={motif}
          onChange={({ target }) => setMotif(target.value)}
        />
      </ConfirmDialog>
    </Card>
  )
}
