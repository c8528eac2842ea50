import { type ComptePersonnel, comptePersonnelRoutes } from '@pass/contracts/compte-personnel.ts'
import { useContractForm } from '@pass/web/form.ts'
import { refreshSession, useSession } from '@pass/web/session.tsx'
import { Button } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { NewPasswordField } from '@pass/web/ui/new-password-field.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { useState } from 'react'
import { useSay } from './done.tsx'

const { getComptePersonnel, listMySessions, setPassword } = comptePersonnelRoutes

const PasswordForm = ({ compte, onDone }: { compte: ComptePersonnel; onDone: (changed: boolean) => void }) => {
  const { organisation } = useSession()
  const form = useContractForm(setPassword, {
    defaultValues: { motDePasse: '' },
    invalidates: [getComptePersonnel, listMySessions],
    onSuccess: async () => {
      await refreshSession()
      onDone(true)
    },
  })
  return (
    <Form form={form} label="Choisir un mot de passe">
      <NewPasswordField
        words={[compte.prenom, compte.nom, compte.courriel, organisation.nom]}
        typed={form.watch('motDePasse')}
        {...form.field('motDePasse')}
      />
      <SubmitButton
        autres={
          <Button variant="second" onClick={() => onDone(false)}>
            Renoncer
          </Button>
        }
      >
        Enregistrer le mot de passe
      </SubmitButton>
    </Form>
  )
}

/** A password is a choice: the link by mail, ProConnect or a key do without. */
export const PasswordCard = ({ compte }: { compte: ComptePersonnel }) => {
  const say = useSay()
  const [open, setOpen] = useState(false)
  const done = (changed: boolean) => {
    setOpen(false)
    if (changed) say({ titre: 'Mot de passe enregistré.', suite: 'Vos autres sessions sont fermées. Un courriel vous le confirme.' })
  }
  return (
    <Card titre="Mot de passe">
      <p>
        {compte.motDePasse
          ? 'Vous en avez choisi un. Rien n’oblige à le changer, sauf s’il a pu être vu.'
          : 'Vous n’en avez pas : vous entrez autrement. Vous pouvez en choisir un.'}
      </p>
      {open ? (
        <PasswordForm compte={compte} onDone={done} />
      ) : (
        <Button variant="second" onClick={() => setOpen(true)}>
          {compte.motDePasse ? 'Changer le mot de passe' : 'Choisir un mot de passe'}
        </Button>
      )}
    </Card>
  )
}
