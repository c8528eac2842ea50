import type { CarnetDetail } from '@pass/contracts/carnets.ts'
import { correctionRoutes } from '@pass/contracts/oppositions.ts'
import { whyNotTakeBack } from '@pass/domain/carnet-moves.ts'
import { parisDay } from '@pass/domain/days.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { today } from '@pass/web/session.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { TextAreaField } from '@pass/web/ui/text-field.tsx'
import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { CARNET_READS } from './carnet-reads.ts'

type Props = { carnet: CarnetDetail; onDone: (fact: string) => void }

/** Handed over to the wrong person, and the day is past: the counter gets its carnet back. */
export const TakeBackCarnet = ({ carnet, onDone }: Props) => {
  const whyNot = useWhyNot()
  const [motif, setMotif] = useState('')
  const takeBack = useApiMutation(correctionRoutes.takeBackFromPerson, {
    invalidates: CARNET_READS,
    onSuccess: () => onDone('Remise annulée. Le carnet est de nouveau dans le stock du prescripteur : prévenez-le.'),
  })
  if (carnet.statut !== 'remis' || carnet.remisAt === null) return null
  const refusal = whyNotTakeBack(
    { statut: carnet.statut, passUtilises: carnet.utilises, dateRemise: parisDay(new Date(carnet.remisAt)), par: 'collectivite' },
    today(),
  )
  return (
    <Card titre="Remis par erreur ?">
      <p>Tant qu’aucun pass n’est utilisé, vous pouvez annuler la remise. Le carnet revient au prescripteur.</p>
      <div>
        <ConfirmDialog
          label="Annuler la remise"
          variant="second"
          icon={Undo2}
          danger
          disabledReason={whyNot('prescription:correct', refusal)}
          titre={`Annuler la remise du carnet ${carnet.serie} ?`}
          action="Annuler la remise"
          actionReason={motif.trim() === '' ? 'Indiquez d’abord le motif.' : null}
          onConfirm={() => takeBack.mutateAsync({ params: { carnetId: carnet.id }, body: { motif: motif.trim() } })}
        >
          <p>Le prescripteur doit avoir récupéré le carnet. La personne n’a plus de carnet.</p>
          <TextAreaField
            label="Motif"
            aide="Sans nom de personne. Exemple : remis à une autre personne que celle du diagnostic."
            rows={2}
            maxLength={300}
            value={motif}
            onChange={({ target }) => setMotif(target.value)}
          />
        </ConfirmDialog>
      </div>
    </Card>
  )
}
