import type { Commande } from '@pass/contracts/commandes.ts'
import { type Facturation, factureRoutes } from '@pass/contracts/factures.ts'
import { formatSiret } from '@pass/domain/organisations.ts'
import { useContractForm } from '@pass/web/form.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import type { ActProps } from './act-props.ts'
import { COMMANDE_READS } from './commande-refresh.ts'
import { ReferenceFields } from './reference-fields.tsx'

/** Until the invoice, then when it was sent back: afterwards its references no longer move. */
const isOpen = ({ statut, facture }: Commande): boolean =>
  statut !== 'annulee' && statut !== 'close' && (facture === null || facture.statut === 'a_recycler')

/** The references of the order, to complete or to correct before its invoice. */
export const ReferencesCard = ({ commande, facturation, onDone }: ActProps & { facturation: Facturation }) => {
  const whyNot = useWhyNot()
  const { numeroMarche, numeroEngagement, codeService, siretFacturation } = commande
  const form = useContractForm(factureRoutes.setReferences, {
    params: { commandeId: commande.id },
    defaultValues: {
      numeroMarche: numeroMarche ?? '',
      numeroEngagement: numeroEngagement ?? '',
      codeService: codeService ?? '',
      siretFacturation: siretFacturation ? formatSiret(siretFacturation) : '',
    },
    invalidates: COMMANDE_READS,
    onSuccess: ({ facture }) =>
      onDone(
        facture
          ? `Références corrigées. L’opérateur peut déposer la facture ${facture.numero} à nouveau.`
          : 'Références enregistrées. Elles seront imprimées sur la facture.',
      ),
  })
  if (!isOpen(commande)) return null
  return (
    <Card titre="Références de facturation">
      <Form form={form} label="Références de facturation">
        <ReferenceFields facturation={facturation} field={form.field} />
        <SubmitButton variant="second" disabledReason={whyNot('commande:create')}>
          Enregistrer les références
        </SubmitButton>
      </Form>
    </Card>
  )
}
