import { commandeRoutes } from '@pass/contracts/commandes.ts'
import { whyNotMandate } from '@pass/domain/encaissements.ts'
import { useContractForm } from '@pass/web/form.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import type { ActProps } from './act-props.ts'
import { COMMANDE_READS } from './commande-refresh.ts'

/** The number that the treasury gives to the payment: without it nothing is activated. */
export const MandatPanel = ({ commande, onDone }: ActProps) => {
  const whyNot = useWhyNot()
  const form = useContractForm(commandeRoutes.recordMandat, {
    params: { commandeId: commande.id },
    defaultValues: { numeroMandat: '' },
    invalidates: COMMANDE_READS,
    onSuccess: () => onDone('Numéro de mandat enregistré. L’opérateur active les carnets quand les fonds sont reçus.'),
  })
  if (commande.numeroMandat !== null || commande.statut === 'annulee') return null
  return (
    <Card titre="Mise en paiement">
      <Form form={form} label="Mise en paiement">
        <TextField
          label="Numéro de mandat"
          aide="Donné par votre service financier à la mise en paiement. Exemple : 2026-001234."
          code
          autoComplete="off"
          {...form.field('numeroMandat')}
        />
        <SubmitButton variant="second" disabledReason={whyNot('commande:mandate', whyNotMandate(commande))}>
          Enregistrer le numéro
        </SubmitButton>
      </Form>
    </Card>
  )
}
