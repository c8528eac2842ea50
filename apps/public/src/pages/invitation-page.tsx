import type { Session } from '@pass/contracts/session.ts'
import { INVITATION_JOURS } from '@pass/domain/acces.ts'
import { formatLongDay } from '@pass/domain/days.ts'
import { ORGANISATION_TYPE_LABELS, ROLE_LABELS, ROLE_SENTENCES } from '@pass/domain/organisations.ts'
import { call, useApiMutation } from '@pass/web/api.ts'
import { Button, LinkButton } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { LoadingState } from '@pass/web/ui/loading-state.tsx'
import { Notice, RefusalNotice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import { readInvitation, signOut } from '../calls.ts'
import { goTo, nextStep } from '../entree.ts'
import { useJeton } from '../jeton.ts'
import { paths } from '../paths.ts'
import { KnownPersonForm, NewPersonForm, type ReadInvitation } from '../widgets/invitation-form.tsx'

const Dead = ({ message }: { message: string }) => (
  <>
    <Notice tone="attente" live="alert" titre="Cette invitation ne s’ouvre pas.">
      {message}
    </Notice>
    <p>
      {`Une invitation sert une fois, pendant ${INVITATION_JOURS}\u00a0jours. Demandez à la personne qui vous a invité de la renvoyer.`}{' '}
      Déjà acceptée&nbsp;? <Link to={paths.connexion()}>Connectez-vous</Link>.
    </p>
  </>
)

const Facts = ({ invitation: { organisation, type, role, par, courriel, dateFin } }: { invitation: ReadInvitation }) => (
  <DefinitionList
    items={[
      { terme: 'Organisation', valeur: `${organisation} (${ORGANISATION_TYPE_LABELS[type].toLowerCase()})` },
      { terme: 'Votre rôle', valeur: ROLE_LABELS[role] },
      { terme: 'Ce rôle', valeur: ROLE_SENTENCES[role] },
      { terme: 'Invitation de', valeur: par },
      { terme: 'Envoyée à', valeur: courriel },
      { terme: 'Accès ouvert', valeur: dateFin === null ? 'Sans date de fin' : `Jusqu’au ${formatLongDay(dateFin)}` },
    ]}
  />
)

const OtherPerson = ({ courriel, onLeft }: { courriel: string; onLeft: () => void }) => {
  const leave = useApiMutation(signOut, { onSuccess: onLeft })
  return (
    <>
      <Notice tone="attente" titre="Une autre personne est connectée sur ce navigateur.">
        {`Cette invitation est pour ${courriel}. Fermez d’abord l’autre session.`}
      </Notice>
      <RefusalNotice error={leave.error} />
      <div className="rang-boutons">
        <Button pending={leave.isPending} onClick={() => leave.mutate({})}>
          Fermer l’autre session
        </Button>
      </div>
    </>
  )
}

const Accepted = ({ organisation }: { organisation: string }) => (
  <>
    <Notice tone="bien" live="status" titre="Invitation acceptée.">
      {`Votre accès à ${organisation} est ajouté. Connectez-vous comme d’habitude.`}
    </Notice>
    <div className="rang-boutons">
      <LinkButton to={paths.connexion()}>Se connecter</LinkButton>
    </div>
  </>
)

const Answer = ({ jeton, invitation, onLeft }: { jeton: string; invitation: ReadInvitation; onLeft: () => void }) => {
  const [accepted, setAccepted] = useState(false)
  const onAccepted = (session: Session | null) => {
    if (session) goTo(nextStep(session, null))
    else setAccepted(true)
  }
  if (accepted) return <Accepted organisation={invitation.organisation} />
  if (invitation.autrePersonne) return <OtherPerson courriel={invitation.courriel} onLeft={onLeft} />
  const Answering = invitation.compteExistant ? KnownPersonForm : NewPersonForm
  return <Answering jeton={jeton} invitation={invitation} onAccepted={onAccepted} />
}

/** What the link says, read without using it up. */
const useInvitation = (jeton: string): ReadInvitation | Error | null => {
  const [state, setState] = useState<ReadInvitation | Error | null>(null)
  useEffect(() => {
    let gone = false
    call(readInvitation, { body: { jeton } }).then(
      (read) => gone || setState(read),
      (error: Error) => gone || setState(error),
    )
    return () => {
      gone = true
    }
  }, [jeton])
  return state
}

const Invitation = ({ jeton, onLeft }: { jeton: string; onLeft: () => void }) => {
  const state = useInvitation(jeton)
  if (state === null) return <LoadingState />
  if (state instanceof Error) return <Dead message={state.message} />
  return (
    <>
      <Card titre={`Rejoindre ${state.organisation}`}>
        <Facts invitation={state} />
      </Card>
      <Card>
        <Answer jeton={jeton} invitation={state} onLeft={onLeft} />
      </Card>
    </>
  )
}

/** An invitation received by mail, for one address, once. It is read again once somebody else has signed out here. */
export const Component = () => {
  const jeton = useJeton()
  const [looks, setLooks] = useState(0)
  return (
    <Page titre="Votre invitation" etroit>
      {jeton === null ? (
        <Dead message="Ouvrez le lien depuis le courriel d’invitation." />
      ) : (
        <Invitation key={`${jeton} ${looks}`} jeton={jeton} onLeft={() => setLooks(looks + 1)} />
      )}
    </Page>
  )
}
