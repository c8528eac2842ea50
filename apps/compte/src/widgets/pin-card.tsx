import { type ComptePersonnel, comptePersonnelRoutes } from '@pass/contracts/compte-personnel.ts'
import { useApiMutation } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { Button, ButtonRow } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { useState } from 'react'
import { useSay } from './done.tsx'

const { getComptePersonnel, removePin, setPin } = comptePersonnelRoutes

const PinForm = ({ onDone }: { onDone: (changed: boolean) => void }) => {
  const form = useContractForm(setPin, { defaultValues: { pin: '' }, invalidates: [getComptePersonnel], onSuccess: () => onDone(true) })
  return (
    <Form form={form} label="Choisir un code de poste partagé">
      <TextField
        label="Code à 6 chiffres"
        aide="Ni une suite, ni une date, ni un chiffre répété."
        type="password"
        inputMode="numeric"
        autoComplete="new-password"
        maxLength={6}
        code
        {...form.field('pin')}
      />
      <SubmitButton
        autres={
          <Button variant="second" onClick={() => onDone(false)}>
            Renoncer
          </Button>
        }
      >
        Enregistrer le code
      </SubmitButton>
    </Form>
  )
}

const PinActs = ({ pin, onOpen }: { pin: boolean; onOpen: () => void }) => {
  const say = useSay()
  const remove = useApiMutation(removePin, {
    invalidates: [getComptePersonnel],
    onSuccess: () => say({ titre: 'Code retiré.', suite: 'Aux postes partagés, vous vous connecterez en entier.' }),
  })
  return (
    <ButtonRow>
      <Button variant="second" onClick={onOpen}>
        {pin ? 'Changer le code' : 'Choisir un code'}
      </Button>
      {pin && (
        <ConfirmDialog
          label="Retirer le code"
          titre="Retirer votre code de poste partagé ?"
          action="Retirer le code"
          danger
          onConfirm={() => remove.mutateAsync({})}
        >
          <p>Aux postes partagés, il faudra vous connecter en entier à chaque fois.</p>
        </ConfirmDialog>
      )}
    </ButtonRow>
  )
}

/** A short code, good only on the desks that the organisation trusts, the day one signed in there. */
export const PinCard = ({ compte }: { compte: ComptePersonnel }) => {
  const say = useSay()
  const [open, setOpen] = useState(false)
  const done = (changed: boolean) => {
    setOpen(false)
    if (changed)
      say({ titre: 'Code enregistré.', suite: 'Il servira sur les postes partagés où vous vous serez connecté en entier dans la journée.' })
  }
  return (
    <Card titre="Code de poste partagé">
      <p>
        {compte.pin
          ? 'Vous avez un code : il vous rend la main sur un poste partagé déjà ouvert par vous dans la journée.'
          : 'Pour reprendre la main en deux secondes sur un poste partagé de votre organisation, sans retaper votre mot de passe.'}
      </p>
      {open ? <PinForm onDone={done} /> : <PinActs pin={compte.pin} onOpen={() => setOpen(true)} />}
    </Card>
  )
}
