import type { RefusalCode } from '@pass/domain/refusal-codes.ts'
import { REFUSAL_MESSAGES, type Refusal, refuse } from '@pass/domain/refusal.ts'
import { z } from 'zod'
import { Busy, DUPLICATE, Forbidden, LOST_RACE, NotFound, Refused, Unauthenticated } from './errors.ts'
import { faultOf } from './faults.ts'

/** What every failed call answers, as `application/problem+json` (domain.md section 9). */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    message: z.string(),
    requestId: z.string(),
    /** Fields in fault; for each refused pass of a call also its code and what to do next. */
    erreurs: z
      .array(z.object({ chemin: z.string(), message: z.string(), code: z.string().optional(), suite: z.string().optional() }))
      .optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>

const TITLES: Record<number, string> = {
  400: 'Demande incorrecte',
  401: 'Connexion nécessaire',
  403: 'Accès refusé',
  404: 'Introuvable',
  409: 'Refusé par une règle',
  429: 'Trop de demandes',
  500: 'Erreur du service',
  503: 'Service occupé',
}

/** The body of a refusal, ready to send or to store. */
export const problemOf = (status: number, { code, message, erreurs }: Refusal, requestId: string): Problem => ({
  type: `urn:pass-numerique:${code}`,
  title: TITLES[status] ?? TITLES[500]!,
  status,
  code,
  message,
  requestId,
  ...(erreurs && erreurs.length > 0 && { erreurs }),
})

export type Failure = { status: number; refusal: Refusal; retryAfter?: number | undefined; fault?: boolean }

const ofFault = (error: unknown): Failure => {
  switch (faultOf(error)) {
    case 'ended':
      return { status: 401, refusal: refuse('non_connecte') }
    case 'race':
      return { status: 409, refusal: LOST_RACE }
    case 'duplicate':
      return { status: 409, refusal: DUPLICATE }
    case 'closed':
      return { status: 409, refusal: refuse('mois_clos') }
    case 'value':
      return { status: 400, refusal: refuse('demande_malformee'), fault: true }
    case 'busy':
      return { status: 503, refusal: refuse('occupe'), retryAfter: 1 }
    default:
      return { status: 500, refusal: refuse('erreur_interne'), fault: true }
  }
}

/** Any error as the answer it deserves; nothing of the driver or of the code shows. `fault`: to be logged, it is ours. */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof Refused) return { status: error.status, refusal: error.refusal, retryAfter: error.retryAfter }
  if (error instanceof NotFound) return { status: 404, refusal: error.refusal }
  if (error instanceof Forbidden) return { status: 403, refusal: error.refusal }
  if (error instanceof Unauthenticated) return { status: 401, refusal: error.refusal }
  if (error instanceof Busy) return { status: 503, refusal: refuse('occupe'), retryAfter: 2 }
  const asked = ofRequest(error)
  return asked ? { status: 400, refusal: refuse('demande_malformee', asked) } : ofFault(error)
}

const REQUEST_FAULTS: Record<string, string> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'Cet envoi est trop volumineux. La limite est de 64 Kio.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Le type de cet envoi n’est pas accepté. Envoyez du JSON (application/json).',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'La demande est vide. Envoyez un objet JSON avec ses champs.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'Cet envoi n’est pas du JSON lisible.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'La longueur de cet envoi ne correspond pas à ce qui est annoncé.',
  FST_ERR_BAD_URL: 'Cette adresse n’est pas lisible.',
  FST_ERR_MAX_PARAM_LENGTH: 'Cette adresse est trop longue.',
}

/** The French sentence for what Fastify refuses before our own validation, else undefined. */
const ofRequest = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  const known = code === undefined ? undefined : REQUEST_FAULTS[code]
  if (known) return known
  // the JSON parser's own errors carry a statusCode and no code
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? 'Cet envoi n’est pas lisible.' : undefined
}

/** Completes the refusal that a SQL function wrote (`{ code, … }`) into a whole problem; its own fields stay. */
export const completeProblem = (status: number, reponse: string, requestId: string): string => {
  const said = JSON.parse(reponse) as { code?: RefusalCode; message?: string }
  const code = said.code ?? 'erreur_interne'
  return JSON.stringify({ ...problemOf(status, refuse(code, said.message ?? REFUSAL_MESSAGES[code]), requestId), ...said })
}
