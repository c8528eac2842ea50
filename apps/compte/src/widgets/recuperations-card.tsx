import type { Recuperation } from '@pass/contracts/equipe.ts'
import { organisationRoutes } from '@pass/contracts/organisations.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { Button, ButtonRow } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { CheckboxField } from '@pass/web/ui/checkbox-field.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { Dialog } from '@pass/web/ui/dialog.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { Instant } from '@pass/web/ui/values.tsx'
import { useState } from 'react'
import { useSay } from './done.tsx'

const { grantRecuperation, listMembres, listRecuperations, refuseRecuperation } = organisationRoutes

const GrantForm = ({ recuperation: { id, personne }, onClose }: { recuperation: Recuperation; onClose: () => void }) => {
  const say = useSay()
  const form = useContractForm(grantRecuperation, {
    params: { recuperationId: id },
    defaultValues: {},
    invalidates: [listRecuperations, listMembres],
    onSuccess: () => {
      say({
        titre: `Second facteur de ${personne} retiré.`,
        suite: 'Ses sessions sont fermées. Un courriel lui dit comment entrer de nouveau.',
      })
      onClose()
    },
  })
  return (
    <Form form={form} label="Accorder la demande">
      <p>{`Les clés d’accès et l’application de codes de ${personne} ne vaudront plus rien. Un lien lui permettra d’en ajouter d’autres.`}</p>
      <p>Une personne malveillante peut faire cette demande à sa place. Appelez-la au numéro que vous connaissez, ou voyez-la.</p>
      <CheckboxField label={`J’ai reconnu ${personne}, de vive voix ou en face.`} {...form.field('verifie')} />
      <SubmitButton
        autres={
          <Button variant="second" onClick={onClose}>
            Renoncer
          </Button>
        }
      >
        Accorder la demande
      </SubmitButton>
    </Form>
  )
}

const Decide = ({ recuperation }: { recuperation: Recuperation }) => {
  const say = useSay()
  const [open, setOpen] = useState(false)
  const { id, personne, raison } = recuperation
  const refuse = useApiMutation(refuseRecuperation, {
    invalidates: [listRecuperations],
    onSuccess: () => say({ titre: `Demande de ${personne} refusée.`, suite: 'Rien n’a changé dans son compte. Un courriel le lui dit.' }),
  })
  return (
    <>
      <ButtonRow>
        <Button aria-haspopup="dialog" disabledReason={raison} onClick={() => setOpen(true)}>
          Accorder
        </Button>
        {raison === null && (
          <ConfirmDialog
            label="Refuser"
            titre={`Refuser la demande de ${personne} ?`}
            action="Refuser la demande"
            onConfirm={() => refuse.mutateAsync({ params: { recuperationId: id } })}
          >
            <p>Son second facteur reste demandé. La personne est prévenue.</p>
          </ConfirmDialog>
        )}
      </ButtonRow>
      <Dialog titre={`Accorder la demande de ${personne} ?`} open={open} onClose={() => setOpen(false)} ferme>
        <GrantForm recuperation={recuperation} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

/** People who lost every second factor: somebody else decides, having recognised them. */
export const RecuperationsCard = ({ recuperations }: { recuperations: readonly Recuperation[] }) => {
  const pending = recuperations.filter(({ statut }) => statut === 'demandee')
  if (pending.length === 0) return null
  return (
    <Card titre="Seconds facteurs perdus">
      <ul className="pile">
        {pending.map((recuperation) => (
          <li key={recuperation.id} className="ligne-simple">
            <span>
              <strong>{recuperation.personne}</strong>
              <span className="petit doux sous">{recuperation.courriel}</span>
              <span className="petit doux sous">
                Demandé le <Instant at={recuperation.demandeeAt} />, à décider avant le <Instant at={recuperation.expireAt} />
              </span>
            </span>
            <div>
              <Decide recuperation={recuperation} />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
