import { organisationRoutes } from '@pass/contracts/organisations.ts'
import { INVITATION_JOURS } from '@pass/domain/acces.ts'
import { useContractForm } from '@pass/web/form.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { today, useSession } from '@pass/web/session.tsx'
import { DateField } from '@pass/web/ui/date-field.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Send } from 'lucide-react'
import { Link } from 'react-router'
import { FIL, paths } from '../paths.ts'
import { useSay, WithDone } from '../widgets/done.tsx'
import { RoleField } from '../widgets/role-field.tsx'
import { TerritoireField } from '../widgets/territoire-field.tsx'

const { inviteMembre, listInvitations } = organisationRoutes
const EMPTY = { courriel: '', prenom: '', nom: '', territoire: [], dateFin: null }

const InviteForm = () => {
  const say = useSay()
  const whyNot = useWhyNot()
  const form = useContractForm(inviteMembre, {
    defaultValues: EMPTY,
    invalidates: [listInvitations],
    onSuccess: ({ courriel }) => {
      say({
        titre: `Invitation envoyée à ${courriel}.`,
        suite: (
          <>
            {`Le lien vaut ${INVITATION_JOURS} jours, une seule fois. `}
            <Link to={paths.invitations()}>Suivre les invitations</Link>
          </>
        ),
      })
      form.reset(EMPTY)
      globalThis.scrollTo({ top: 0 })
    },
  })
  return (
    <Form form={form} label="Inviter une personne">
      <TextField
        label="Adresse électronique"
        aide="Celle de son travail. Exemple : prenom.nom@exemple.fr."
        type="email"
        {...form.field('courriel')}
      />
      <div className="cote-a-cote">
        <TextField label="Prénom" {...form.field('prenom')} />
        <TextField label="Nom" {...form.field('nom')} />
      </div>
      <RoleField {...form.field('role')} />
      <TerritoireField
        legende="Territoire"
        aide="Sans territoire, la personne agit partout où votre organisation agit."
        {...form.value('territoire')}
      />
      <DateField
        label="Dernier jour d’accès"
        aide="Pour un remplacement ou un stage : l’accès se ferme de lui-même."
        facultatif
        min={today()}
        {...form.field('dateFin')}
      />
      <SubmitButton icon={Send} disabledReason={whyNot('membre:manage')}>
        Envoyer l’invitation
      </SubmitButton>
    </Form>
  )
}

export const Component = () => {
  const { organisation } = useSession()
  return (
    <Page
      titre="Inviter une personne"
      fil={[...FIL, { to: paths.equipe(), label: 'Équipe' }]}
      etroit
      intro={`Elle reçoit un lien par courriel et entre avec le rôle choisi. Organisation : ${organisation.nom}.`}
    >
      <WithDone>
        <InviteForm />
      </WithDone>
    </Page>
  )
}
