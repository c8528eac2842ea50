import { type Reclamation, productionRoutes } from '@pass/contracts/production.ts'
import { useContractForm } from '@pass/web/form.ts'
import { ReclamationFacts } from '@pass/web/modules/production/reclamation-facts.tsx'
import { useProduction } from '@pass/web/modules/production/use-production.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { RadioTiles } from '@pass/web/ui/radio-tiles.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextAreaField } from '@pass/web/ui/text-field.tsx'
import { Send } from 'lucide-react'
import type { ActProps } from './act.ts'
import { useRoleReason } from './role-reason.ts'

const Answer = ({ reclamation, commande, onDone }: ActProps & { reclamation: Reclamation }) => {
  const reason = useRoleReason()('commande:produce')
  const form = useContractForm(productionRoutes.answerReclamation, {
    params: { reclamationId: reclamation.id },
    textes: { decision: 'Choisissez si vous acceptez la réclamation.' },
    invalidates: [productionRoutes.getProduction],
    onSuccess: () => onDone({ titre: 'Réponse envoyée.', suite: `${commande.collectivite.nom} la lit sur sa commande.` }),
  })
  return (
    <Form form={form} label="Répondre à la réclamation">
      <RadioTiles
        legende="Votre réponse"
        options={[
          { value: 'acceptee', label: 'Accepter', detail: 'Ces carnets ne sont pas partis, ou se sont perdus.' },
          { value: 'refusee', label: 'Refuser', detail: 'Vous avez la preuve de leur livraison.' },
        ]}
        {...form.field('decision')}
      />
      <TextAreaField label="Explication" aide="Exemple : carton retrouvé au dépôt, il part demain." rows={3} {...form.field('reponse')} />
      <SubmitButton icon={Send} disabledReason={reason}>
        Envoyer la réponse
      </SubmitButton>
    </Form>
  )
}

/** Carnets that the collectivité did not receive: what the operator answers. */
export const ReclamationsCard = (props: ActProps) => {
  const reclamations = useProduction(props.commande.id)?.reclamations ?? []
  if (reclamations.length === 0) return null
  return (
    <Card titre="Carnets manquants">
      {reclamations.map((reclamation) => (
        <div key={reclamation.id} className="pile">
          <ReclamationFacts reclamation={reclamation} />
          {reclamation.statut === 'ouverte' && <Answer {...props} reclamation={reclamation} />}
        </div>
      ))}
    </Card>
  )
}
