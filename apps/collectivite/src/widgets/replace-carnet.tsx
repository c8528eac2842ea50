import type { CarnetDetail } from '@pass/contracts/carnets.ts'
import { correctionRoutes } from '@pass/contracts/oppositions.ts'
import { plural, pluralPass } from '@pass/domain/money.ts'
import { parseSerie } from '@pass/domain/references.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Replace } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { paths } from '../paths.ts'
import { CARNET_READS } from './carnet-reads.ts'

/** A lost or stolen carnet of a person: another one with as many pass. The old one then ends for good. */
export const ReplaceCarnet = ({ carnet }: { carnet: CarnetDetail }) => {
  const whyNot = useWhyNot()
  const navigate = useNavigate()
  const [numero, setNumero] = useState('')
  const replace = useApiMutation(correctionRoutes.replaceCarnet, { invalidates: CARNET_READS })
  const left = carnet.taille - carnet.utilises - carnet.annules
  if (carnet.statut !== 'bloque' || carnet.remisAt === null || left === 0) return null
  const read = parseSerie(numero)
  const removed = carnet.taille - left
  return (
    <Card titre="Remplacer le carnet">
      <p>
        {`Il restait ${pluralPass(left)} à la personne. Donnez-lui un autre carnet activé, pris dans votre réserve ou chez le même prescripteur.`}
      </p>
      <div>
        <ConfirmDialog
          label="Remplacer le carnet"
          icon={Replace}
          disabledReason={whyNot('carnet:replace')}
          titre={`Remplacer le carnet ${carnet.serie} ?`}
          action="Remplacer le carnet"
          actionReason={numero.trim() === '' ? 'Indiquez le numéro du nouveau carnet.' : read.ok ? null : read.refusal.message}
          onConfirm={async () => {
            const { id } = await replace.mutateAsync({ params: { carnetId: carnet.id }, body: { numero } })
            await navigate(paths.carnet({ carnetId: id }))
          }}
        >
          <p>
            {removed > 0
              ? `Le nouveau carnet garde ses ${left} premiers pass. Retirez-en les ${plural(removed, 'dernier pass', 'derniers pass')} avant de le donner.`
              : 'Le nouveau carnet garde tous ses pass.'}{' '}
            L’ancien est annulé pour toujours, même s’il est retrouvé.
          </p>
          <TextField
            label="Numéro du nouveau carnet"
            aide="Scannez la couverture ou tapez le numéro. Exemple : PN 26-0001234-K."
            code
            autoComplete="off"
            spellCheck={false}
            value={numero}
            onChange={({ target }) => setNumero(target.value)}
          />
        </ConfirmDialog>
      </div>
    </Card>
  )
}
