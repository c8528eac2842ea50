import type { Route, Upload } from '@pass/contracts/route.ts'
import { nameFor, PIECE_RULE, typeOf, whyNotStore, whyTooHeavy } from '@pass/domain/pieces.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { enforce, Refused } from './errors.ts'
import { safeName } from './files.ts'

/** A file as it came: a name that somebody chose, bytes that nobody has looked at. */
type Raw = { nom: string; octets: Uint8Array }

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

/** The header that says the name, percent-encoded: an address would leave it in the logs. */
const NAME_HEADER = 'x-nom-fichier'

/** A name that no system misreads, from the header that gives it. */
export const nameIn = (header: string | string[] | undefined): string =>
  safeName(
    decoded(String(header ?? '').slice(0, 2000))
      .slice(-110)
      .toWellFormed(),
  )

const ruleOf = ({ fichier }: Route) => fichier ?? PIECE_RULE

/** Lets the routes of this scope receive a file: its bytes as they are, whatever type it is declared to be. */
export const receiveUploads = (scope: FastifyInstance, route: Route): void => {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: ruleOf(route).octets },
    async (request: FastifyRequest, octets: Buffer) => ({
      nom: nameIn(request.headers[NAME_HEADER]),
      octets,
    }),
  )
}

/** The file of a call, once its bytes have been looked at. @throws 400 `piece_type`, `piece_taille` */
export const uploadOf = (route: Route, raw: unknown): Upload => {
  const { nom, octets } = (raw ?? { nom: '', octets: new Uint8Array() }) as Raw
  enforce(whyNotStore(octets, ruleOf(route)), 400)
  const type = typeOf(octets)
  if (!type) throw new Refused(refuse('piece_type'), 400)
  return { nom: nameFor(nom, type), type, octets }
}

/** A body over the limit is refused by the server before we read it: in the words of this route. */
export const tooHeavy = (route: Route | undefined, error: unknown): unknown => {
  const isTooHeavy = error instanceof Error && 'code' in error && error.code === 'FST_ERR_CTP_BODY_TOO_LARGE'
  const refusal = isTooHeavy && route?.kind === 'upload' ? whyTooHeavy(Number.POSITIVE_INFINITY, ruleOf(route)) : null
  return refusal ? new Refused(refusal, 400) : error
}
