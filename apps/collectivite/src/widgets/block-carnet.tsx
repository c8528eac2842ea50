import { type CarnetDetail, carnetRoutes } from '@pass/contracts/carnets.ts'
import { whyNotBlock, whyNotUnblock } from '@pass/domain/carnet-moves.ts'
import { MOTIF_BLOCAGE_LABELS, type MotifBlocage } from '@pass/domain/carnets.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { SelectField, optionsOf } from '@pass/web/ui/select-field.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Ban, LockOpen } from 'lucide-react'
import { useState } from 'react'
import { CARNET_READS } from './carnet-reads.ts'

type Props = { carnet: CarnetDetail; onDone: (fact: string) => void }

/** Stops the carnet at once, everywhere; a theft names its complaint. */
export const BlockCarnet = ({ carnet, onDone }: Props) => {
  const whyNot = useWhyNot()
  const [motif, setMotif] = useState<MotifBlocage>('perdu')
  const [reference, setReference] = useState('')
  const block = useApiMutation(carnetRoutes.blockCarnet, {
    invalidates: CARNET_READS,
    onSuccess: () => onDone('Carnet bloqué. Ses pass ne sont plus acceptés nulle part.'),
  })
  const facts = { statut: carnet.statut, motif, reference }
  return (
    <div className="pile">
      <p>Le blocage est immédiat. Les pass déjà utilisés restent payés, et le carnet peut être débloqué s’il est retrouvé.</p>
      <div>
        <ConfirmDialog
          label="Bloquer le carnet"
          variant="danger"
          icon={Ban}
          danger
          disabledReason={whyNot('carnet:block', whyNotBlock({ ...facts, motif: 'perdu' }))}
          titre={`Bloquer le carnet ${carnet.serie} ?`}
          action={`Bloquer le carnet ${carnet.serie}`}
          actionReason={whyNotBlock(facts)?.message}
          onConfirm={() =>
            block.mutateAsync({
              params: { carnetId: carnet.id },
              body: { motif, reference: reference.trim() === '' ? null : reference.trim() },
            })
          }
        >
          <SelectField
            label="Motif"
            vide={null}
            options={optionsOf(MOTIF_BLOCAGE_LABELS)}
            value={motif}
            onChange={({ target }) => setMotif(target.value as MotifBlocage)}
          />
          <TextField
            label="Référence"
            facultatif={motif !== 'vole'}
            aide="Dépôt de plainte, courrier, incident."
            maxLength={100}
            autoComplete="off"
            value={reference}
            onChange={({ target }) => setReference(target.value)}
          />
        </ConfirmDialog>
      </div>
    </div>
  )
}

export const UnblockCarnet = ({ carnet, onDone }: Props) => {
  const whyNot = useWhyNot()
  const unblock = useApiMutation(carnetRoutes.unblockCarnet, {
    invalidates: CARNET_READS,
    onSuccess: () => onDone('Carnet débloqué. Ses pass sont de nouveau acceptés s’il est activé et remis.'),
  })
  return (
    <div className="pile">
      <p>Le carnet reprend la place qu’il avait avant le blocage.</p>
      <div>
        <ConfirmDialog
          label="Débloquer le carnet"
          icon={LockOpen}
          disabledReason={whyNot('carnet:unblock', whyNotUnblock(carnet))}
          titre={`Débloquer le carnet ${carnet.serie} ?`}
          action={`Débloquer le carnet ${carnet.serie}`}
          onConfirm={() => unblock.mutateAsync({ params: { carnetId: carnet.id } })}
        >
          <p>Vérifiez que vous avez bien ce carnet, ou que la personne l’a retrouvé.</p>
        </ConfirmDialog>
      </div>
    </div>
  )
}
