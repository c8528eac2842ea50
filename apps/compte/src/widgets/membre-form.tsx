import type { Membre } from '@pass/contracts/equipe.ts'
import { organisationRoutes } from '@pass/contracts/organisations.ts'
import { useContractForm } from '@pass/web/form.ts'
import { today } from '@pass/web/session.tsx'
import { Button } from '@pass/web/ui/button.tsx'
import { DateField } from '@pass/web/ui/date-field.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { useSay } from './done.tsx'
import { RoleField } from './role-field.tsx'
import { TerritoireField } from './territoire-field.tsx'

const { listMembres, setMembre } = organisationRoutes

/** Role, territory and end of an access. */
export const MembreForm = ({ membre, onClose }: { membre: Membre; onClose: () => void }) => {
  const say = useSay()
  const { adhesionId, role, territoire, dateFin } = membre
  const form = useContractForm(setMembre, {
    params: { adhesionId },
    defaultValues: { role, territoire, dateFin },
    invalidates: [listMembres],
    onSuccess: ({ prenom, nom }) => {
      say({ titre: `Accès de ${prenom} ${nom} changé.`, suite: 'Un courriel le lui dit.' })
      onClose()
    },
  })
  return (
    <Form form={form} label="Changer un accès">
      <RoleField {...form.field('role')} />
      <TerritoireField
        legende="Territoire"
        aide="Sans territoire, la personne agit partout où votre organisation agit."
        {...form.value('territoire')}
      />
      <DateField
        label="Dernier jour d’accès"
        aide="L’accès se ferme de lui-même le lendemain."
        facultatif
        min={today()}
        {...form.field('dateFin')}
      />
      <SubmitButton
        autres={
          <Button variant="second" onClick={onClose}>
            Renoncer
          </Button>
        }
      >
        Changer l’accès
      </SubmitButton>
    </Form>
  )
}
