import { type ComptePersonnel, comptePersonnelRoutes } from '@pass/contracts/compte-personnel.ts'
import { useContractForm } from '@pass/web/form.ts'
import { refreshSession } from '@pass/web/session.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { useSay } from './done.tsx'

const { renameMe, getComptePersonnel } = comptePersonnelRoutes

/** The name that others read beside one's acts. */
export const NameForm = ({ compte: { prenom, nom } }: { compte: ComptePersonnel }) => {
  const say = useSay()
  const form = useContractForm(renameMe, {
    defaultValues: { prenom, nom },
    invalidates: [getComptePersonnel],
    onSuccess: async () => {
      await refreshSession()
      say({ titre: 'Nom enregistré.', suite: 'Il paraîtra ainsi dans le journal et auprès de votre équipe.' })
    },
  })
  return (
    <Card titre="Votre nom">
      <Form form={form} label="Votre nom">
        <div className="cote-a-cote">
          <TextField label="Prénom" autoComplete="given-name" {...form.field('prenom')} />
          <TextField label="Nom" autoComplete="family-name" {...form.field('nom')} />
        </div>
        <SubmitButton variant="second">Enregistrer le nom</SubmitButton>
      </Form>
    </Card>
  )
}
