import type { Session } from '@pass/contracts/session.ts'
import { call, useWarmed, warm } from '@pass/web/api.ts'
import { ApiError } from '@pass/web/errors.ts'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { appPath } from '@pass/web/session.tsx'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { listDemoPeople } from '../calls.ts'
import { DemoPeople } from '../widgets/demo-people.tsx'
import { SignInForm } from '../widgets/sign-in-form.tsx'

// The route exists in a demonstration only: elsewhere the page simply has no list.
const people = async () => {
  try {
    return (await call(listDemoPeople, {})).items
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return []
    throw error
  }
}

export const loader = () => warm({ people: { queryKey: ['demo', 'people'], queryFn: people } })

/** Where a signed-in person goes: back where they came from when it is theirs, else to the home page of their role. */
const destination = ({ organisation }: Session, retour: string | null): string | null => {
  const home = appPath(organisation.type)
  if (home === '/') return null
  return retour?.startsWith(home) ? retour : home
}

export const Component = () => {
  const { people: persons } = useWarmed<typeof loader>()
  const [search] = useSearchParams()
  const [homeless, setHomeless] = useState<Session | null>(null)
  const onSession = (session: Session) => {
    const to = destination(session, search.get('retour'))
    if (to === null) setHomeless(session)
    else globalThis.location.assign(to)
  }
  return (
    <Page titre="Se connecter" intro="Cet espace est ouvert aux agents et aux structures qui travaillent avec le Pass numérique.">
      {search.has('retour') && <Notice tone="info">Connectez-vous pour revenir à la page demandée.</Notice>}
      {homeless && (
        <Notice tone="attente" live="status" titre="Connexion faite.">
          {`L’espace de « ${homeless.organisation.nom} » n’est pas encore ouvert dans cette version.`}
        </Notice>
      )}
      <div className={persons.length > 0 ? 'deux connexion' : 'connexion'}>
        {persons.length > 0 && <DemoPeople people={persons} onSession={onSession} />}
        <SignInForm onSession={onSession} />
      </div>
    </Page>
  )
}
