import { type Appel, financementRoutes } from '@pass/contracts/financement.ts'
import { euros } from '@pass/domain/money.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { today } from '@pass/web/session.tsx'
import { ButtonRow } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { DateField } from '@pass/web/ui/date-field.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextAreaField, TextField } from '@pass/web/ui/text-field.tsx'
import { Landmark, Send } from 'lucide-react'
import { useState } from 'react'

/** What an act on a call changes elsewhere. */
export const APPEL_READS = [
  financementRoutes.getAppel,
  financementRoutes.listAppels,
  financementRoutes.listFinancements,
  financementRoutes.listParts,
]

type Props = { appel: Appel; onDone: (fact: string) => void }

const SendAppel = ({ appel, onDone }: Props) => {
  const whyNot = useWhyNot()
  const go = useApiMutation(financementRoutes.sendAppel, {
    invalidates: APPEL_READS,
    onSuccess: ({ numero }) => onDone(`Appel ${numero} envoyé. Téléchargez le document pour le transmettre au financeur.`),
  })
  return (
    <ConfirmDialog
      label="Envoyer l’appel"
      variant="principal"
      icon={Send}
      disabledReason={whyNot('financement:manage')}
      titre={`Appeler ${euros(appel.montantCentimes)} auprès de ${appel.nom} ?`}
      action="Envoyer l’appel"
      onConfirm={() => go.mutateAsync({ params: { appelId: appel.id } })}
    >
      <p>L’appel prend le numéro suivant de l’année. Son montant ne change plus.</p>
    </ConfirmDialog>
  )
}

const Recette = ({ appel, onDone }: Props) => {
  const form = useContractForm(financementRoutes.receiveAppel, {
    params: { appelId: appel.id },
    defaultValues: { dateReception: today(), referenceVirement: '' },
    invalidates: APPEL_READS,
    onSuccess: () => onDone(`${euros(appel.montantCentimes)} reçus de ${appel.nom}.`),
  })
  return (
    <Form form={form} label="Enregistrer les fonds reçus">
      <DateField label="Date de réception" max={today()} {...form.field('dateReception')} />
      <TextField label="Référence du virement" aide="Telle qu’elle figure sur le relevé." code {...form.field('referenceVirement')} />
      <SubmitButton icon={Landmark}>Enregistrer la réception</SubmitButton>
    </Form>
  )
}

const Refus = ({ appel, onDone }: Props) => {
  const [motif, setMotif] = useState('')
  const go = useApiMutation(financementRoutes.refuseAppel, {
    invalidates: APPEL_READS,
    onSuccess: () => onDone('Refus noté. Les parts de cet appel peuvent être appelées de nouveau.'),
  })
  return (
    <ConfirmDialog
      label="Noter un refus"
      titre={`${appel.nom} refuse l’appel ${appel.numero} ?`}
      action="Noter le refus"
      danger
      actionReason={motif.trim() === '' ? 'Indiquez d’abord le motif.' : null}
      onConfirm={() => go.mutateAsync({ params: { appelId: appel.id }, body: { motif } })}
    >
      <p>L’appel garde son numéro et reste lisible. Ses parts et ses avances redeviennent disponibles.</p>
      <TextAreaField
        label="Motif"
        aide="Exemple : liste des preuves incomplète."
        rows={2}
        maxLength={300}
        value={motif}
        onChange={({ target }) => setMotif(target.value)}
      />
    </ConfirmDialog>
  )
}

const SENTENCES: Record<Appel['statut'], string> = {
  brouillon: 'Vérifiez les clôtures et les avances déduites, puis envoyez l’appel.',
  appele: 'L’appel est envoyé. Enregistrez les fonds dès qu’ils sont reçus.',
  recu: 'Les fonds de cet appel sont reçus : rien ne reste à faire.',
  refuse: 'Ce financeur a refusé l’appel. Préparez-en un autre depuis le financement de la convention.',
}

/** What the administrator does next with a call. */
export const AppelActs = ({ appel, onDone }: Props) => {
  const reason = useWhyNot()('financement:manage')
  return (
    <Card titre="Suite">
      <p>{SENTENCES[appel.statut]}</p>
      {appel.statut === 'brouillon' && (
        <ButtonRow>
          <SendAppel appel={appel} onDone={onDone} />
        </ButtonRow>
      )}
      {appel.statut === 'appele' &&
        (reason ? (
          <p className="doux">{reason}</p>
        ) : (
          <>
            <Recette appel={appel} onDone={onDone} />
            <ButtonRow>
              <Refus appel={appel} onDone={onDone} />
            </ButtonRow>
          </>
        ))}
    </Card>
  )
}
