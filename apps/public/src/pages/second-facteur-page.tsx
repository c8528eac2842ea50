import type { Session } from '@pass/contracts/session.ts'
import { type Facteur, needsSecondFactor } from '@pass/domain/acces.ts'
import { ROLE_LABELS } from '@pass/domain/organisations.ts'
import { useWarmed, warm } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { ShieldPlus } from 'lucide-react'
import { Link, type LoaderFunctionArgs, redirect, redirectDocument, useSearchParams } from 'react-router'
import { proveTotp } from '../calls.ts'
import { goTo, nextStep, retourOf, signedIn } from '../entree.ts'
import { paths } from '../paths.ts'
import { PasskeyButton, proveByPasskey } from '../widgets/passkey-button.tsx'
import { useWait, WaitNotice, waitReason, withoutWait } from '../widgets/wait.tsx'

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const retour = retourOf(new URL(request.url).searchParams)
  const session = await signedIn()
  if (!session) throw redirect(paths.connexion(retour))
  const { requis, prouve } = session.secondFacteur
  if (!requis || prouve) throw redirectDocument(nextStep(session, retour))
  return warm({ session: { queryKey: ['second-factor', session], queryFn: () => Promise.resolve(session) } })
}

const CodeForm = ({ onSession }: { onSession: (session: Session) => void }) => {
  const form = useContractForm(proveTotp, { defaultValues: { code: '' }, onSuccess: onSession })
  const { error } = form.mutation
  const left = useWait(error)
  return (
    <Form form={withoutWait(form, error)} label="Donner le code de l’application">
      <TextField
        label="Code de l’application"
        aide="6 chiffres, qui changent toutes les 30 secondes. Exemple : 123 456."
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={7}
        code
        {...form.field('code')}
      />
      <WaitNotice error={error} left={left} />
      <SubmitButton disabledReason={waitReason(left)}>Continuer</SubmitButton>
    </Form>
  )
}

const Give = ({ methodes, onSession }: { methodes: readonly Facteur[]; onSession: (session: Session) => void }) => (
  <>
    {methodes.includes('passkey') && (
      <Card titre="Clé d’accès">
        <p>Votre appareil demande votre empreinte, votre visage ou son code.</p>
        <PasskeyButton variant="principal" act={proveByPasskey} onSession={onSession}>
          Utiliser une clé d’accès
        </PasskeyButton>
      </Card>
    )}
    {methodes.includes('totp') && (
      <Card titre="Application de codes">
        <CodeForm onSession={onSession} />
      </Card>
    )}
    <p>
      <Link to={paths.recuperation()}>J’ai perdu mon téléphone ou ma clé</Link>
    </p>
  </>
)

const Add = ({ session: { role } }: { session: Session }) => (
  <Card titre="Ajoutez d’abord un second facteur">
    <p>
      {`Votre rôle, «\u00a0${ROLE_LABELS[role]}\u00a0», touche à l’argent ou à ce qui en vaut. Un mot de passe ou un lien volés ne doivent pas suffire.`}
    </p>
    <p>
      Il faut une minute&nbsp;: une clé d’accès (empreinte, visage ou code de votre appareil), ou une application de codes sur votre
      téléphone.
    </p>
    <div className="rang-boutons">
      <LinkButton href="/compte/securite" icon={ShieldPlus}>
        Ajouter un second facteur
      </LinkButton>
    </div>
  </Card>
)

const whyAsked = ({ role }: Session): string =>
  needsSecondFactor(role, false)
    ? 'Votre rôle demande une deuxième preuve que c’est bien vous.'
    : 'Vous avez protégé votre compte par une deuxième preuve que c’est bien vous.'

/** The session is open but not whole: nothing but one's own account answers until this is done. */
export const Component = () => {
  const { session } = useWarmed<typeof loader>()
  const [search] = useSearchParams()
  const { methodes } = session.secondFacteur
  const onSession = (proved: Session) => goTo(nextStep(proved, retourOf(search)))
  return (
    <Page titre="Second facteur" fil={[{ to: paths.connexion(), label: 'Se connecter' }]} intro={whyAsked(session)} etroit>
      {methodes.length === 0 ? <Add session={session} /> : <Give methodes={methodes} onSession={onSession} />}
      <p className="petit doux">
        {`Vous êtes ${session.utilisateur.prenom} ${session.utilisateur.nom}, ${session.organisation.nom}.`}{' '}
        <Link to={paths.connexion()}>Changer de personne</Link>
      </p>
    </Page>
  )
}
