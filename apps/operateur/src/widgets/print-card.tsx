import { type Commande, commandeRoutes } from '@pass/contracts/commandes.ts'
import { whyNotPrint } from '@pass/domain/lots.ts'
import { formatNumber } from '@pass/domain/money.ts'
import { formatRange, parseSerie } from '@pass/domain/references.ts'
import { fileUrl } from '@pass/web/api.ts'
import { Button, ButtonRow } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { FileLink } from '@pass/web/ui/file-link.tsx'
import { NumberField } from '@pass/web/ui/number-field.tsx'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useRoleReason } from './role-reason.ts'

/** Carnets of one file, as the route allows. */
const PAR_FICHIER = 20

type Lot = NonNullable<Commande['lot']>

const serialsOf = (lot: Lot, de: number, nombre: number): string => {
  const premiere = parseSerie(lot.seriePremiere)
  return premiere.ok ? formatRange(premiere.serie + de - 1, premiere.serie + de + nombre - 2) : ''
}

const PrintFile = ({ commandeId, lot, de }: { commandeId: string; lot: Lot; de: number }) => {
  const nombre = Math.min(PAR_FICHIER, lot.quantite - de + 1)
  const refusal = whyNotPrint({ lot, cle: true, de, nombre })
  if (refusal) return <Button disabledReason={refusal.message}>Imprimer</Button>
  const href = fileUrl(commandeRoutes.drawCarnets, { params: { commandeId }, query: { de, nombre } })
  const rangs = nombre === 1 ? `Carnet ${formatNumber(de)}` : `Carnets ${formatNumber(de)} à ${formatNumber(de + nombre - 1)}`
  return (
    <div>
      <FileLink href={href} nom={rangs} type="PDF" stepUp={commandeRoutes.drawCarnets.stepUp} />
      <p className="petit doux code">{serialsOf(lot, de, nombre)}</p>
    </div>
  )
}

/** The carnets with their codes, twenty at a time. Each printing is kept in the journal. */
export const PrintCard = ({ commande }: { commande: Commande }) => {
  const reason = useRoleReason()('lot:print')
  const [typed, setTyped] = useState<number | undefined>(1)
  const { lot } = commande
  if (!lot) return null
  const de = typed === undefined || Number.isNaN(typed) ? 1 : Math.min(Math.max(typed, 1), lot.quantite)
  return (
    <Card titre="Imprimer les carnets">
      <p className="doux">
        {`Un fichier compte ${PAR_FICHIER} carnets au plus, avec leurs codes. Chaque téléchargement est noté au journal.`}
      </p>
      {reason ? (
        <Button disabledReason={reason}>Imprimer</Button>
      ) : (
        <>
          {lot.quantite > PAR_FICHIER && (
            <NumberField
              label="À partir du carnet"
              aide={`Son rang dans la commande, de 1 à ${formatNumber(lot.quantite)}.`}
              value={typed}
              onChange={setTyped}
            />
          )}
          <PrintFile commandeId={commande.id} lot={lot} de={de} />
          {lot.quantite > PAR_FICHIER && (
            <ButtonRow>
              {de > 1 && (
                <Button variant="second" icon={ChevronLeft} onClick={() => setTyped(Math.max(1, de - PAR_FICHIER))}>
                  Précédents
                </Button>
              )}
              {de + PAR_FICHIER <= lot.quantite && (
                <Button variant="second" icon={ChevronRight} onClick={() => setTyped(de + PAR_FICHIER)}>
                  Suivants
                </Button>
              )}
            </ButtonRow>
          )}
        </>
      )}
    </Card>
  )
}
