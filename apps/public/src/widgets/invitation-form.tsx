import type { Output } from '@pass/contracts/route.ts'
import type { Session } from '@pass/contracts/session.ts'
import { useContractForm } from '@pass/web/form.ts'
import { Form } from '@pass/web/ui/form.tsx'
import { NewPasswordField } from '@pass/web/ui/new-password-field.tsx'
import { RadioTiles } from '@pass/web/ui/radio-tiles.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { KeyRound, Mail } from 'lucide-react'
import { useState } from 'react'
import { acceptInvitation, type readInvitation } from '../calls.ts'

export type ReadInvitation = Output<typeof readInvitation>
type Props = { jeton: string; invitation: ReadInvitation; onAccepted: (session: Session | null) => void }

const WAYS = [
  {
    value: 'sans',
    label: 'Sans mot de passe',
    detail: 'Par un lien reçu par courriel, ou par une clé d’accès à ajouter ensuite',
    icon: Mail,
  },
  { value: 'avec', label: 'Avec un mot de passe', detail: 'En plus du lien par courriel', icon: KeyRound },
] as const

const useAcceptance = ({ jeton, invitation: { prenom, nom }, onAccepted }: Props) =>
  useContractForm(acceptInvitation, {
    defaultValues: { jeton, prenom, nom, motDePasse: null },
    textes: { motDePasse: 'Choisissez au moins 12 caractères, par exemple une courte phrase.' },
    onSuccess: ({ session }) => onAccepted(session),
  })

/** Somebody new: how they are called, and how they will come back. */
export const NewPersonForm = (props: Props) => {
  const { invitation } = props
  const form = useAcceptance(props)
  const [way, setWay] = useState<'sans' | 'avec'>('sans')
  const choose = (next: 'sans' | 'avec') => {
    setWay(next)
    form.setValue('motDePasse', next === 'sans' ? null : '')
  }
  return (
    <Form form={form} label="Accepter l’invitation">
      <TextField label="Prénom" autoComplete="given-name" {...form.field('prenom')} />
      <TextField label="Nom" autoComplete="family-name" {...form.field('nom')} />
      <RadioTiles
        legende="Comment reviendrez-vous ?"
        name="moyen"
        options={WAYS}
        choisi={way}
        onChange={({ target }) => choose(target.value === 'avec' ? 'avec' : 'sans')}
        {...(invitation.proconnect && { aide: 'Agent public ? Vous pourrez aussi vous identifier avec ProConnect.' })}
      />
      {way === 'avec' && (
        <NewPasswordField
          label="Mot de passe"
          words={[invitation.prenom, invitation.nom, invitation.courriel, invitation.organisation]}
          typed={form.watch('motDePasse')}
          {...form.field('motDePasse')}
        />
      )}
      <SubmitButton>{way === 'avec' ? 'Accepter l’invitation' : 'Entrer sans mot de passe'}</SubmitButton>
    </Form>
  )
}

/** Somebody who has an account: nothing to fill in; they sign in as usual afterwards. */
export const KnownPersonForm = (props: Props) => {
  const form = useAcceptance(props)
  return (
    <Form form={form} label="Accepter l’invitation">
      <p>Vous avez déjà un compte&nbsp;: cet accès s’y ajoute. Vous vous connectez ensuite comme d’habitude.</p>
      <SubmitButton>Accepter l’invitation</SubmitButton>
    </Form>
  )
}
