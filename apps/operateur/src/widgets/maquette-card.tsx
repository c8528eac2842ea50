import { commandeRoutes } from '@pass/contracts/commandes.ts'
import { COMMANDE_DELAIS, whyNotCommande } from '@pass/domain/commandes.ts'
import { plural } from '@pass/domain/money.ts'
import { useContractForm } from '@pass/web/form.ts'
import { MaquettePreview } from '@pass/web/modules/commandes/maquette-preview.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextAreaField } from '@pass/web/ui/text-field.tsx'
import { Send } from 'lucide-react'
import { type ActProps, COMMANDE_READS } from './act.ts'
import { useRoleReason } from './role-reason.ts'

/** The text of the cover, drawn as it is typed; the correction asked for stays in sight. */
export const MaquetteCard = ({ commande, onDone }: ActProps) => {
  const reasonOf = useRoleReason()
  const { collectivite, carnetTaille, valeurFacialeCentimes, statut, maquetteTexte, maquetteCommentaire } = commande
  const form = useContractForm(commandeRoutes.proposeMaquette, {
    params: { commandeId: commande.id },
    defaultValues: { texte: maquetteTexte ?? '' },
    invalidates: COMMANDE_READS,
    onSuccess: () =>
      onDone({
        titre: 'Maquette proposée.',
        suite: `${collectivite.nom} a ${plural(COMMANDE_DELAIS.reponseJours, 'jour')} pour la valider ou demander une correction.`,
      }),
  })
  const texte: unknown = form.watch('texte')
  const correction = statut === 'maquette_refusee'
  return (
    <Card titre={correction ? 'Corriger la maquette' : 'Proposer la maquette'}>
      {correction && maquetteCommentaire && (
        <Notice tone="attente" titre="Correction demandée :">
          «&nbsp;{maquetteCommentaire}&nbsp;»
        </Notice>
      )}
      <Form form={form} label={correction ? 'Corriger la maquette' : 'Proposer la maquette'}>
        <TextAreaField
          label="Texte de la couverture"
          aide="Le nom de la collectivité et le numéro du carnet s’y ajoutent. 300 caractères au plus."
          {...form.field('texte')}
        />
        <MaquettePreview
          texte={typeof texte === 'string' ? texte : ''}
          collectivite={collectivite.nom}
          carnetTaille={carnetTaille}
          valeurFacialeCentimes={valeurFacialeCentimes}
        />
        <SubmitButton icon={Send} disabledReason={reasonOf('commande:produce') ?? whyNotCommande('propose_maquette', { statut })?.message}>
          {correction ? 'Proposer la maquette corrigée' : 'Proposer la maquette'}
        </SubmitButton>
      </Form>
    </Card>
  )
}
