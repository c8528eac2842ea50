import { commandeRoutes } from '@pass/contracts/commandes.ts'
import { whyNotCommande } from '@pass/domain/commandes.ts'
import { euros } from '@pass/domain/money.ts'
import { useContractForm } from '@pass/web/form.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { useSession } from '@pass/web/session.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { PenLine } from 'lucide-react'
import type { ActProps } from './act-props.ts'
import { COMMANDE_READS } from './commande-refresh.ts'

/** Signing the devis engages the collectivité: the total is said again beside the name. */
export const SignPanel = ({ commande, onDone }: ActProps) => {
  const { utilisateur } = useSession()
  const whyNot = useWhyNot()
  const form = useContractForm(commandeRoutes.signCommande, {
    params: { commandeId: commande.id },
    defaultValues: { signataire: `${utilisateur.prenom} ${utilisateur.nom}` },
    invalidates: COMMANDE_READS,
    onSuccess: () => onDone('Devis signé. L’opérateur prépare la maquette du carnet.'),
  })
  return (
    <Card titre="Signer le devis">
      <Form form={form} label="Signer le devis">
        <p>
          Total à payer : <strong>{euros(commande.totalCentimes)}</strong>, dont {euros(commande.montantCentimes)} de pass.
        </p>
        <TextField label="Nom de la personne qui signe" autoComplete="name" {...form.field('signataire')} />
        <SubmitButton icon={PenLine} disabledReason={whyNot('commande:sign', whyNotCommande('sign', commande))}>
          Signer le devis
        </SubmitButton>
      </Form>
    </Card>
  )
}
