import { type Reprise, repriseRoutes } from '@pass/contracts/reprises.ts'
import { euros, plural } from '@pass/domain/money.ts'
import { whyNotApplyReprise } from '@pass/domain/reprises.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { FolderInput } from 'lucide-react'
import { useState } from 'react'
import { REPRISE_READS } from './reprise-calls.ts'
import { useRoleReason } from './role-reason.ts'

/** The carnets become ours, all the honoured ones or none: the number of the mandate under which the collectivité pays is asked. */
export const ApplyReprise = ({ reprise }: { reprise: Reprise }) => {
  const { id, carnets, honores, refuses, montantCentimes, fondsCentimes, pieces, statut } = reprise
  const [numeroMandat, setNumeroMandat] = useState('')
  const roleReason = useRoleReason()('reprise:import')
  const apply = useApiMutation(repriseRoutes.applyReprise, { invalidates: REPRISE_READS })
  const refusal = whyNotApplyReprise({ statut, honores, pieces: pieces.length, montantCentimes, fondsCentimes })
  const label = carnets === 0 ? 'Reprendre les carnets' : `Reprendre ${plural(carnets, 'carnet')}`
  return (
    <ConfirmDialog
      label={label}
      variant="principal"
      icon={FolderInput}
      disabledReason={roleReason ?? refusal?.message}
      titre={`${label} ?`}
      action={label}
      actionReason={numeroMandat.trim() === '' ? 'Indiquez le numéro de mandat.' : null}
      onConfirm={() => apply.mutateAsync({ params: { repriseId: id }, body: { numeroMandat: numeroMandat.trim() } })}
    >
      <p>
        {plural(honores, 'pass honoré', 'pass honorés')}, {euros(montantCentimes)} pris sur les fonds de la convention (
        {euros(fondsCentimes)} disponibles). {plural(refuses, 'pass refusé', 'pass refusés')} : ils ne vaudront rien.
      </p>
      <p>Les lieux acceptent aussitôt les codes de l’ancien opérateur. Ce geste ne se défait pas.</p>
      <TextField
        label="Numéro de mandat de la collectivité"
        code
        autoComplete="off"
        maxLength={60}
        value={numeroMandat}
        onChange={({ target }) => setNumeroMandat(target.value)}
      />
    </ConfirmDialog>
  )
}
