/** One error of a field, as the API tells it. `chemin` is the path in the body, joined by dots. */
export type FieldIssue = { chemin: string; message: string }

type Problem = {
  status: number
  code: string
  message: string
  requestId: string | null
  erreurs: readonly FieldIssue[]
  retryAfter: number | null
}

/** Any answer of the API that is not a success (domain.md section 9). `message` is French, ready to show. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string | null
  readonly erreurs: readonly FieldIssue[]
  /** Seconds before another try is worth it (`Retry-After`), when the server says so. */
  readonly retryAfter: number | null

  constructor({ status, code, message, requestId, erreurs, retryAfter }: Problem) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.requestId = requestId
    this.erreurs = erreurs
    this.retryAfter = retryAfter
  }
}

/** The request may or may not have arrived: the one case where sending again with the same key is the right thing. */
export class NetworkError extends Error {
  constructor(cause: unknown) {
    super('Le réseau ne répond pas. Vérifiez votre connexion, puis réessayez\u00a0: rien ne sera fait deux fois.', { cause })
    this.name = 'NetworkError'
  }
}

/** True when the same act may still be under way or undone on the server: the key is kept. */
export const isUnsettled = (error: unknown): boolean =>
  error instanceof NetworkError || (error instanceof ApiError && (error.status >= 500 || error.code === 'en_cours'))

/** True when waiting a second may be enough: no network, a busy server, the twin of a running write. */
export const isTransient = (error: unknown): boolean =>
  error instanceof NetworkError || (error instanceof ApiError && (error.status === 503 || error.code === 'en_cours'))

const FALLBACK: Record<number, string> = {
  401: 'Votre session est terminée. Connectez-vous à nouveau.',
  403: 'Votre rôle ne permet pas cette action.',
  404: 'Cette page n’existe pas, ou elle ne vous est pas ouverte.',
  413: 'Le fichier est trop lourd.',
  429: 'Trop de demandes en peu de temps. Attendez une minute, puis réessayez.',
  503: 'Le service est occupé. Réessayez dans un instant.',
}

/** Reads problem+json; a proxy or a crash may answer something else, so nothing is taken for granted. */
export const readProblem = (status: number, body: unknown, retryAfter: string | null = null): ApiError => {
  const problem = (typeof body === 'object' && body !== null ? body : {}) as Partial<
    Record<'code' | 'message' | 'requestId' | 'erreurs', unknown>
  >
  return new ApiError({
    status,
    code: typeof problem.code === 'string' ? problem.code : `http_${status}`,
    message:
      typeof problem.message === 'string'
        ? problem.message
        : (FALLBACK[status] ?? 'Le service a rencontré une erreur. Réessayez dans un instant.'),
    requestId: typeof problem.requestId === 'string' ? problem.requestId : null,
    erreurs: Array.isArray(problem.erreurs) ? (problem.erreurs as FieldIssue[]) : [],
    retryAfter: /^\d+$/.test(retryAfter ?? '') ? Number(retryAfter) : null,
  })
}
