import type { Droit } from '@pass/domain/droits.ts'
import type { FileRule, FileType } from '@pass/domain/pieces.ts'
import type { RefusalCode } from '@pass/domain/refusal-codes.ts'
import type { z } from 'zod'

/**
 * What a call does: `read` runs read only; `journaled-read` leaves an audit line and takes no key; `write` needs an
 * `Idempotency-Key`; `session` opens or closes a session and is bound in `platform/auth` (it alone touches cookies).
 */
export type Effect = 'read' | 'journaled-read' | 'write' | 'session'

/** One row of the route table: everything the door, the documentation, the walks and the browser need to know of a call. */
export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Path below `/api`, French plural nouns, `:conventionId` parameters. */
  path: `/${string}`
  /** The permission asked for; `public` opens the route without a session. */
  droit: Droit | 'public'
  effect: Effect
  status?: 200 | 201 | 202
  /** `file` answers bytes with a name (PDF, CSV, XML); `upload` receives one (raw body, its name in the header `X-Nom-Fichier`); `redirect` sends the browser to `{ vers }` (session acts alone). Default `json`. */
  kind?: 'json' | 'file' | 'upload' | 'redirect'
  /** What an `upload` route takes: a scan of 5 MiB at most (`PIECE_RULE`) unless said otherwise. */
  fichier?: FileRule
  /** The person proves again who they are, 10 minutes at most before (`reliability.md` section 6): else 403 `preuve_requise`. */
  stepUp?: true
  /** `statement`: one named SQL function opens the session, decides and writes (verify, redeem, undo). */
  mode?: 'statement'
  /** Present in the demonstration only; absent from a production server. */
  demo?: true
  /** French, one line, for the documentation. */
  summary: string
  /** Codes of the 409 (and 400) refusals that a caller may meet. */
  refusals?: readonly RefusalCode[]
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodObject
  response: z.ZodType
  /** A body that the walks, the fuzz and the documentation send. Required as soon as there is a body. */
  example?: unknown
}

type Of<T> = T extends z.ZodType ? z.output<T> : undefined
type In<T> = T extends z.ZodType ? z.input<T> : undefined

/** A file received by a `kind: 'upload'` route: a safe name, the type that its bytes say (never the declared one), its bytes. */
export type Upload = { nom: string; type: FileType; octets: Uint8Array }
/** A file that a browser sends: what a file field gives. */
export type SentFile = Blob & { readonly name: string }

/** What a handler receives, after validation. */
export type Input<R extends Route> = {
  params: Of<R['params']>
  query: Of<R['query']>
  body: R['kind'] extends 'upload' ? Upload : Of<R['body']>
}
/** What a browser sends, before validation. */
export type CallInput<R extends Route> = (R['params'] extends z.ZodType ? { params: In<R['params']> } : { params?: undefined }) &
  (R['query'] extends z.ZodType ? { query?: In<R['query']> } : { query?: undefined }) &
  (R['kind'] extends 'upload' ? { body: SentFile } : R['body'] extends z.ZodType ? { body: In<R['body']> } : { body?: undefined })

/**
 * A file answered by a `kind: 'file'` route. Content that takes long to draw is a function: it runs once the transaction is over. A long
 * one comes piece by piece.
 */
export type FileAnswer = { nom: string; type: string; contenu: Uint8Array | (() => Promise<Uint8Array | AsyncIterable<Uint8Array>>) }

/** What a handler answers. */
export type Output<R extends Route> = R['kind'] extends 'file' ? FileAnswer : z.output<R['response']>

/** Declares a route table; keeps the literal types. */
export const routes = <const T extends Record<string, Route>>(table: T): T => table
