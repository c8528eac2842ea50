import { commandeRoutes } from '@pass/contracts/commandes.ts'
import { whyNotCommande } from '@pass/domain/commandes.ts'
import { plural } from '@pass/domain/money.ts'
import { useContractForm } from '@pass/web/form.ts'
import { Plage } from '@pass/web/modules/carnets/plage.tsx'
import { useWhyNot } from '@pass/web/reason.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { PackageCheck } from 'lucide-react'
import type { ActProps } from './act-props.ts'
import { COMMANDE_READS } from './commande-refresh.ts'
import { MissingCarnets } from './missing-carnets.tsx'

/** Counting what arrived: the missing ones are blocked in the same gesture. */
export const ReceptionPanel = ({ commande, onDone }: ActProps) => {
  const whyNot = useWhyNot()
  const form = useContractForm(commandeRoutes.receiveCommande, {
    params: { commandeId: commande.id },
    defaultValues: { manquants: [] as string[] },
    invalidates: COMMANDE_READS,
    onSuccess: ({ recus }) =>
      onDone(`${plural(recus ?? 0, 'carnet reçu', 'carnets reçus')}. Attribuez-les aux prescripteurs depuis le stock.`),
  })
  const { value, onChange } = form.value('manquants')
  const manquants = value ?? []
  const colis = commande.colis === null ? '' : `${plural(commande.colis, 'colis', 'colis')}, `
  return (
    <Card titre="Recevoir les carnets">
      <Form form={form} label="Recevoir les carnets">
        <p>
          Comptez les carnets : {colis}
          {plural(commande.quantite, 'carnet')}.
        </p>
        {commande.lot && (
          <p className="petit">
            <Plage premiere={commande.lot.seriePremiere} derniere={commande.lot.serieDerniere} />
          </p>
        )}
        <MissingCarnets manquants={manquants} onChange={onChange} lot={commande.lot} />
        <SubmitButton icon={PackageCheck} disabledReason={whyNot('commande:receive', whyNotCommande('receive', commande))}>
          {manquants.length === 0 ? 'Tout est arrivé' : `Recevoir ${plural(commande.quantite - manquants.length, 'carnet')}`}
        </SubmitButton>
      </Form>
    </Card>
  )
}
