import type { Session } from '@pass/contracts/session.ts'
import { useContractForm } from '@pass/web/form.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { CheckboxField } from '@pass/web/ui/checkbox-field.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Link } from 'react-router'
import { signIn } from '../calls.ts'
import { paths } from '../paths.ts'

/** E-mail and password. What the server refuses (wrong password, too many tries) is said above the button. */
export const SignInForm = ({ onSession }: { onSession: (session: Session) => void }) => {
  const form = useContractForm(signIn, { defaultValues: { courriel: '', motDePasse: '', guichet: false }, onSuccess: onSession })
  return (
    <Card titre="Avec votre adresse électronique">
      <Form form={form} label="Se connecter">
        <TextField
          label="Adresse électronique"
          aide="Exemple : prenom.nom@exemple.fr"
          type="email"
          autoComplete="username"
          {...form.field('courriel')}
        />
        <TextField label="Mot de passe" type="password" autoComplete="current-password" {...form.field('motDePasse')} />
        <CheckboxField
          label="Poste partagé"
          aide="Cochez si d’autres personnes se servent de cet ordinateur : la session se ferme après 10 minutes sans action, au lieu de 30."
          {...form.field('guichet')}
        />
        <SubmitButton>Se connecter</SubmitButton>
      </Form>
      <p className="petit doux">
        Vous n’avez pas de compte, ou vous avez perdu votre mot de passe&nbsp;? <Link to={paths.contact()}>À qui s’adresser</Link>
      </p>
    </Card>
  )
}
