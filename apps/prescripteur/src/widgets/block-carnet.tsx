import type { Carnet } from '@pass/contracts/carnets.ts'
import { whyNotBlock } from '@pass/domain/carnet-moves.ts'
import type { MotifBlocage } from '@pass/domain/carnets.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { RadioTiles } from '@pass/web/ui/radio-tiles.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { useState } from 'react'
import { blockCarnet, CARNET_READS } from '../calls.ts'

type MotifPerte = Exclude<MotifBlocage, 'controle'>
const MOTIFS = [
  { value: 'perdu', label: 'Perdu' },
  { value: 'vole', label: 'Volé', detail: 'avec la référence de la plainte' },
] as const satisfies readonly { value: MotifPerte; label: string; detail?: string }[]

type Props = { carnet: Pick<Carnet, 'id' | 'serie' | 'statut'>; variant: 'lien' | 'danger'; onDone?: (serie: string) => void }

/** Lost or stolen: blocked at once, everywhere. What is already used stays used and paid. */
export const BlockCarnet = ({ carnet: { id, serie, statut }, variant, onDone }: Props) => {
  const block = useApiMutation(blockCarnet, { invalidates: CARNET_READS })
  const [motif, setMotif] = useState<MotifPerte | null>(null)
  const [reference, setReference] = useState('')
  const actionReason = motif === null ? 'Choisissez ce qui s’est passé.' : whyNotBlock({ statut, motif, reference })?.message
  const onConfirm = async () => {
    if (motif === null) return
    await block.mutateAsync({ params: { carnetId: id }, body: { motif, reference: reference.trim() || null } })
    onDone?.(serie)
  }
  return (
    <ConfirmDialog
      label="Signaler perdu ou volé"
      variant={variant}
      danger
      disabledReason={whyNotBlock({ statut, motif: 'perdu' })?.message}
      titre={`Bloquer le carnet ${serie} ?`}
      action="Bloquer le carnet"
      actionReason={actionReason}
      onConfirm={onConfirm}
    >
      <p>
        Plus aucun pass de ce carnet ne sera accepté. Les pass déjà utilisés restent utilisés et payés. Seule la collectivité peut débloquer
        un carnet.
      </p>
      <RadioTiles
        legende="Que s’est-il passé ?"
        name={`motif-${id}`}
        options={MOTIFS}
        choisi={motif}
        onChange={({ target }) => setMotif(target.value as MotifPerte)}
      />
      {motif === 'vole' && (
        <TextField
          label="Référence du dépôt de plainte"
          value={reference}
          onChange={({ target }) => setReference(target.value)}
          maxLength={100}
        />
      )}
    </ConfirmDialog>
  )
}
