import type { FicheOrganisation } from '@pass/contracts/equipe.ts'
import { organisationRoutes } from '@pass/contracts/organisations.ts'
import { creatableTypes } from '@pass/domain/habilitations.ts'
import { useContractForm } from '@pass/web/form.ts'
import { useSession } from '@pass/web/session.tsx'
import { Button } from '@pass/web/ui/button.tsx'
import { Dialog } from '@pass/web/ui/dialog.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { useState } from 'react'
import { useSay } from './done.tsx'

const { inviteAdministrator, searchOrganisations } = organisationRoutes

const InviteForm = ({ organisation: { id, nom }, onClose }: { organisation: FicheOrganisation; onClose: () => void }) => {
  const say = useSay()
  const form = useContractForm(inviteAdministrator, {
    params: { organisationId: id },
    defaultValues: { courriel: '', prenom: '', nom: '' },
    invalidates: [searchOrganisations],
    onSuccess: (_fiche, { body }) => {
      say({
        titre: `Invitation envoyée à ${body.courriel}.`,
        suite: `Le lien vaut 7 jours. Une fois acceptée, cette personne administre ${nom}.`,
      })
      onClose()
    },
  })
  return (
    <Form form={form} label="Inviter une personne qui administre">
      <TextField label="Adresse électronique" aide="Exemple : prenom.nom@exemple.fr." type="email" {...form.field('courriel')} />
      <TextField label="Prénom" {...form.field('prenom')} />
      <TextField label="Nom" {...form.field('nom')} />
      <SubmitButton
        autres={
          <Button variant="second" onClick={onClose}>
            Renoncer
          </Button>
        }
      >
        Envoyer l’invitation
      </SubmitButton>
    </Form>
  )
}

/** Nobody administers an organisation any more: somebody is invited to. */
export const AdministratorAct = ({ organisation }: { organisation: FicheOrganisation }) => {
  const [open, setOpen] = useState(false)
  const { role } = useSession()
  if (!creatableTypes(role).includes(organisation.type)) return null
  return (
    <div className="actes">
      <Button variant="lien" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Inviter quelqu’un<span className="hors-ecran">{` à administrer ${organisation.nom}`}</span>
      </Button>
      <Dialog titre={`Qui administrera ${organisation.nom} ?`} open={open} onClose={() => setOpen(false)} ferme>
        <InviteForm organisation={organisation} onClose={() => setOpen(false)} />
      </Dialog>
    </div>
  )
}
