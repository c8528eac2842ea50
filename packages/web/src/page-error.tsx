import { isRouteErrorResponse, useRouteError } from 'react-router'
import { ApiError, NetworkError, readProblem } from './errors.ts'
import { Button, LinkButton } from './ui/button.tsx'
import { ErrorState } from './ui/error-state.tsx'
import { Page } from './ui/page.tsx'

const reload = () => globalThis.location.reload()

/** An address that leads nowhere, or to something of another organisation: the same words, on purpose. */
export const NotFoundPage = () => (
  <Page titre="Page introuvable" intro="Cette page n’existe pas, ou elle n’est pas ouverte à votre organisation.">
    <div>
      <LinkButton to="/">Revenir à l’accueil</LinkButton>
    </div>
  </Page>
)

const isNotFound = (error: unknown): boolean =>
  (error instanceof ApiError && error.status === 404) || (isRouteErrorResponse(error) && error.status === 404)

const titleOf = (error: unknown): string => {
  if (error instanceof NetworkError) return 'Pas de réseau'
  if (error instanceof ApiError && error.status === 403) return 'Page réservée'
  return 'La page n’a pas pu s’afficher'
}

/** A page that failed: the shell stays, with what happened and a way on. */
export const PageError = () => {
  const error = useRouteError()
  if (isNotFound(error)) return <NotFoundPage />
  return (
    <Page titre={titleOf(error)}>
      <ErrorState error={error} onRetry={reload} />
    </Page>
  )
}

/** The session itself could not be read: there is no shell to keep. */
export const RootError = () => {
  const error = useRouteError()
  return (
    <main className="appli-seule">
      <Page titre={titleOf(error)}>
        <ErrorState error={error instanceof Error ? error : readProblem(500, null)} onRetry={reload} />
      </Page>
    </main>
  )
}

/** Another tab now acts for another organisation: nothing here may be sent any more. */
export const OrganisationChangedPage = ({ message }: { message: string }) => (
  <Page titre="Vous avez changé d’organisation" intro={message}>
    <div>
      <Button onClick={reload}>Recharger la page</Button>
    </div>
  </Page>
)

/** A person of another role followed a link to this app. */
export const WrongAppPage = ({ href }: { href: string }) => (
  <Page titre="Page d’un autre rôle" intro="Votre organisation travaille dans une autre partie de la plateforme.">
    <div>
      <LinkButton href={href}>Aller à mon accueil</LinkButton>
    </div>
  </Page>
)
