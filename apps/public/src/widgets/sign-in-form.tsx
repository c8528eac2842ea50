import type { Session } from '@pass/contracts/session.ts'
import { useContractForm } from '@pass/web/form.ts'
import { CheckboxField } from '@pass/web/ui/checkbox-field.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { signIn } from '../calls.ts'
import { enterByPasskey, PasskeyButton } from './passkey-button.tsx'
import { useWait, WaitNotice, waitReason, withoutWait } from './wait.tsx'

/** A shared desktop is told before anyone enters, whatever the way in. */
export const SHARED_HELP =
  'Cochez si d’autres personnes se servent de cet ordinateur : la session se ferme après 10 minutes sans action, au lieu de 30.'

/** Passkey, or e-mail and password. What the server refuses (wrong password, too many tries) is said above the button. */
export const SignInForm = ({ onSession }: { onSession: (session: Session) => void }) => {
  const form = useContractForm(signIn, { defaultValues: { courriel: '', motDePasse: '', guichet: false }, onSuccess: onSession })
  const { error } = form.mutation
  const left = useWait(error)
  return (
    <>
      <CheckboxField label="Poste partagé" aide={SHARED_HELP} {...form.field('guichet')} />
      <PasskeyButton act={() => enterByPasskey(form.getValues('guichet') === true)} onSession={onSession}>
        Utiliser une clé d’accès
      </PasskeyButton>
      <p className="ou" aria-hidden="true">
        ou
      </p>
      <Form form={withoutWait(form, error)} label="Se connecter avec un mot de passe">
        <TextField
          label="Adresse électronique"
          aide="Exemple : prenom.nom@exemple.fr"
          type="email"
          autoComplete="username"
          {...form.field('courriel')}
        />
        <TextField label="Mot de passe" type="password" autoComplete="current-password" {...form.field('motDePasse')} />
        <WaitNotice error={error} left={left} />
        <SubmitButton variant="second" disabledReason={waitReason(left)}>
          Se connecter
        </SubmitButton>
      </Form>
    </>
  )
}
