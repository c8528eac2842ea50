import { organisationRoutes } from '@pass/contracts/organisations.ts'
import type { Output } from '@pass/contracts/route.ts'
import { REFUSAL_MESSAGES } from '@pass/domain/refusal.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { useSession } from '@pass/web/session.tsx'
import { Button } from '@pass/web/ui/button.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { Dialog } from '@pass/web/ui/dialog.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextAreaField } from '@pass/web/ui/text-field.tsx'
import { useState } from 'react'
import { useSay } from './done.tsx'

const { disableUtilisateur, enableUtilisateur, searchUtilisateur } = organisationRoutes
type Compte = Output<typeof searchUtilisateur>['items'][number]
type Props = { compte: Compte; onActed: () => Promise<void> }

const DisableForm = ({ compte: { utilisateurId, nom }, onActed, onClose }: Props & { onClose: () => void }) => {
  const say = useSay()
  const form = useContractForm(disableUtilisateur, {
    params: { utilisateurId },
    defaultValues: { motif: '' },
    onSuccess: async () => {
      say({
        titre: `Compte de ${nom} désactivé.`,
        suite: 'Ses sessions se ferment à leur prochaine action. Les équipes concernées sont prévenues.',
      })
      onClose()
      await onActed()
    },
  })
  return (
    <Form form={form} label="Désactiver un compte">
      <p>{`${nom} n’entrera plus nulle part, dans aucune de ses organisations.`}</p>
      <TextAreaField label="Motif" aide="Noté au journal. Exemple : ordinateur volé." rows={3} {...form.field('motif')} />
      <SubmitButton
        variant="danger"
        autres={
          <Button variant="second" onClick={onClose}>
            Renoncer
          </Button>
        }
      >
        {`Désactiver le compte de ${nom}`}
      </SubmitButton>
    </Form>
  )
}

const Disable = (props: Props) => {
  const [open, setOpen] = useState(false)
  const { utilisateur } = useSession()
  const { utilisateurId, nom } = props.compte
  return (
    <>
      <Button
        variant="danger"
        aria-haspopup="dialog"
        disabledReason={utilisateurId === utilisateur.id ? REFUSAL_MESSAGES.meme_personne : null}
        onClick={() => setOpen(true)}
      >
        Désactiver
      </Button>
      <Dialog titre={`Désactiver le compte de ${nom} ?`} open={open} onClose={() => setOpen(false)} ferme>
        <DisableForm {...props} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  )
}

const Enable = ({ compte: { utilisateurId, nom }, onActed }: Props) => {
  const say = useSay()
  const enable = useApiMutation(enableUtilisateur, {
    onSuccess: async () => {
      say({ titre: `Compte de ${nom} réactivé.`, suite: 'La personne peut de nouveau se connecter.' })
      await onActed()
    },
  })
  return (
    <ConfirmDialog
      label="Réactiver"
      titre={`Réactiver le compte de ${nom} ?`}
      action={`Réactiver le compte de ${nom}`}
      onConfirm={() => enable.mutateAsync({ params: { utilisateurId } })}
    >
      <p>La personne retrouve ses accès en cours.</p>
    </ConfirmDialog>
  )
}

/** Closing an account everywhere at once, or opening it again. */
export const CompteActs = (props: Props) => (props.compte.desactive ? <Enable {...props} /> : <Disable {...props} />)
