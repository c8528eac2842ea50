import { ApiError, NetworkError } from '../errors.ts'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

// A fault of the page itself has an English message meant for developers: it is not shown.
const messageOf = (error: unknown): string =>
  error instanceof ApiError || error instanceof NetworkError
    ? error.message
    : 'Une erreur s’est produite dans la page. Rechargez-la\u00a0; si l’erreur revient, écrivez-nous.'

/** Something could not be read: what happened, a number to quote, a way to try again. */
export const ErrorState = ({ error, onRetry }: { error: unknown; onRetry?: () => void }) => (
  <div className="pile">
    <Notice tone="refus" live="alert">
      {messageOf(error)}
    </Notice>
    {error instanceof ApiError && error.requestId && (
      <p className="petit doux">
        {'Numéro à donner à l’assistance\u00a0: '}
        <span className="code">{error.requestId}</span>
      </p>
    )}
    {onRetry && (
      <div>
        <Button variant="second" onClick={onRetry}>
          Réessayer
        </Button>
      </div>
    )}
  </div>
)
