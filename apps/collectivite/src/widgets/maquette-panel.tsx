import { commandeRoutes } from '@pass/contracts/commandes.ts'
import { whyNotCommande } from '@pass/domain/commandes.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { MaquettePreview } from '@pass/web/modules/commandes/maquette-preview.tsx'
import { MaquetteLink } from '@pass/web/modules/production/maquette-link.tsx'
import { useWhyNot } from '@pass/web/reason.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextAreaField } from '@pass/web/ui/text-field.tsx'
import { Check } from 'lucide-react'
import type { ActProps } from './act-props.ts'
import { COMMANDE_READS } from './commande-refresh.ts'

const Correction = ({ commande, onDone }: ActProps) => {
  const whyNot = useWhyNot()
  const form = useContractForm(commandeRoutes.refuseMaquette, {
    params: { commandeId: commande.id },
    defaultValues: { commentaire: '' },
    invalidates: COMMANDE_READS,
    onSuccess: () => onDone('Correction demandée. L’opérateur proposera une nouvelle maquette.'),
  })
  return (
    <Form form={form} label="Demander une correction">
      <TextAreaField
        label="Ce qu’il faut corriger"
        aide="Exemple : le numéro de téléphone a changé."
        rows={3}
        {...form.field('commentaire')}
      />
      <SubmitButton variant="second" disabledReason={whyNot('commande:sign', whyNotCommande('refuse_maquette', commande))}>
        Demander une correction
      </SubmitButton>
    </Form>
  )
}

/** The cover as it will be printed; the production starts after the agreement. */
export const MaquettePanel = ({ commande, onDone }: ActProps) => {
  const whyNot = useWhyNot()
  const validate = useApiMutation(commandeRoutes.validateMaquette, {
    invalidates: COMMANDE_READS,
    onSuccess: () => onDone('Maquette validée. L’opérateur lance la production des carnets.'),
  })
  return (
    <Card titre="Maquette à valider">
      <MaquettePreview {...commande} texte={commande.maquetteTexte ?? ''} collectivite={commande.collectivite.nom} />
      <MaquetteLink commandeId={commande.id} />
      <div>
        <ConfirmDialog
          label="Valider la maquette"
          variant="principal"
          icon={Check}
          disabledReason={whyNot('commande:sign', whyNotCommande('validate_maquette', commande))}
          titre={`Valider la maquette de la commande ${commande.reference} ?`}
          action="Valider la maquette"
          onConfirm={() => validate.mutateAsync({ params: { commandeId: commande.id } })}
        >
          <p>Les carnets sont imprimés avec ce texte. Il ne change plus ensuite.</p>
        </ConfirmDialog>
      </div>
      <h3>Une erreur sur la couverture ?</h3>
      <Correction commande={commande} onDone={onDone} />
    </Card>
  )
}
