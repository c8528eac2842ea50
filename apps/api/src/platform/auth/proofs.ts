import { createHash } from 'node:crypto'
import type { Session } from '@pass/contracts/session.ts'
import type { z } from 'zod'
import type { ReponsePasskey } from '@pass/contracts/connexion.ts'
import type { Preuve } from '@pass/domain/acces.ts'
import { type Refusal, refuse } from '@pass/domain/refusal.ts'
import type { Deps } from '../deps.ts'
import { Forbidden, Refused, Unauthenticated } from '../errors.ts'
import type { SessionCall } from '../session-call.ts'
import { isPassword } from './passwords.ts'
import { hasPasskey, newDefi, ownerOf } from './passkeys.ts'
import { currentSession } from './sessions.ts'
import { forgive, throttle } from './throttle.ts'
import { hasTotp, spendTotp, TOTP_REFUSED } from './totp.ts'

const PASSKEY_REFUSED = refuse('preuve_refusee', 'Cette clé d’accès n’est pas acceptée. Recommencez, ou prouvez votre identité autrement.')
const CODE_REFUSED = refuse(
  'preuve_refusee',
  'Ce code n’est pas le bon, ou il n’est plus valable. Vérifiez le dernier courriel reçu, ou demandez un autre code.',
)
const PASSWORD_REFUSED = refuse('preuve_refusee', 'Ce mot de passe n’est pas le bon.')

/** Who proves: never the assistance, which looks through somebody else's eyes. */
const proverOf = ({ identity, token }: SessionCall) => {
  if (!identity || token === undefined) throw new Unauthenticated()
  if (identity.consultationId) throw new Forbidden(refuse('lecture_seule'))
  const { utilisateurId, sessionId } = identity.actor
  return { utilisateurId, sessionId, token, guesses: `preuve|${utilisateurId}` }
}
type Prover = ReturnType<typeof proverOf>

type Verdict = { methode: Preuve; ok: boolean; refusal: Refusal }

/** Journals what came of a proof; a good one makes the session fresh, and whole when it is a second factor. */
const conclude = async (deps: Deps, call: SessionCall, prover: Prover, { methode, ok, refusal }: Verdict): Promise<Session> => {
  const { sessionId, token } = prover
  if (!ok) {
    await deps.pool.query('select session_prove_refused($1, $2, $3, $4)', [sessionId, methode, refusal.code, call.requestId])
    throw new Refused(refusal)
  }
  const isFactor = methode === 'passkey' || methode === 'totp'
  await deps.pool.query('select session_prove($1, $2, $3, $4)', [sessionId, methode, isFactor, call.requestId])
  return currentSession(deps, call, token)
}

/** The same for what may be guessed: the wait grows with the wrong ones, whatever the way. */
const concludeGuess = async (deps: Deps, call: SessionCall, prover: Prover, verdict: Verdict): Promise<Session> => {
  if (verdict.ok) await forgive(deps.pool, prover.guesses)
  return conclude(deps, call, prover, verdict)
}

/** The password and the code by mail are weaker: they serve whoever registered no second factor, and make no session whole. */
const needNoFactor = async (deps: Deps, { utilisateurId }: Prover) => {
  if ((await hasTotp(deps, utilisateurId)) || (await hasPasskey(deps, utilisateurId))) throw new Refused(refuse('facteur_exige'))
}

/** A challenge for one's own keys. @throws 409 `facteur_absent` */
export const challengePreuve = async (deps: Deps, call: SessionCall) => {
  const { utilisateurId } = proverOf(call)
  if (!(await hasPasskey(deps, utilisateurId)))
    throw new Refused(refuse('facteur_absent', 'Aucune clé d’accès n’est enregistrée sur votre compte.'))
  return newDefi(deps, 'preuve', utilisateurId)
}

/** Proves by a key. A signature is not guessed: no wait. */
export const provePasskey = async (
  deps: Deps,
  call: SessionCall,
  { defiId, reponse }: { defiId: string; reponse: z.output<typeof ReponsePasskey> },
) => {
  const prover = proverOf(call)
  const owner = await ownerOf(deps, { defiId, reponse, nature: 'preuve', utilisateurId: prover.utilisateurId })
  return conclude(deps, call, prover, { methode: 'passkey', ok: owner === prover.utilisateurId, refusal: PASSKEY_REFUSED })
}

/** Proves by a code of the application, good once. @throws 409 `facteur_absent` */
export const proveTotp = async (deps: Deps, call: SessionCall, { code }: { code: string }) => {
  const prover = proverOf(call)
  if (!(await hasTotp(deps, prover.utilisateurId))) throw new Refused(refuse('facteur_absent'))
  await throttle(deps.pool, prover.guesses)
  const ok = await spendTotp(deps, prover.utilisateurId, code)
  return concludeGuess(deps, call, prover, { methode: 'totp', ok, refusal: TOTP_REFUSED })
}

/** « a…@exemple.fr »: enough to know which box to open. */
const masked = (adresse: string) => adresse.replace(/^(.).*(?=@)/u, '$1…')

/** Sends a code to one's own address, five an hour at most. */
export const sendCode = async (deps: Deps, call: SessionCall) => {
  const prover = proverOf(call)
  await needNoFactor(deps, prover)
  const { rows } = await deps.pool.query<{ adresse: string; attente: number }>('select * from code_start($1)', [prover.sessionId])
  const { adresse, attente } = rows[0]!
  if (attente > 0) {
    const minutes = Math.ceil(attente / 60)
    const message = `Cinq codes vous ont été envoyés en une heure. Réessayez dans ${minutes}\u00a0minute${minutes > 1 ? 's' : ''}.`
    throw new Refused(refuse('trop_de_demandes', message), 429, attente)
  }
  return { envoye: true as const, adresse: masked(adresse) }
}

/** What the database keeps of a code: bound to its number, so that the same six digits never look alike. */
export const hashCode = (jetonId: string, code: string): Buffer => createHash('sha256').update(`${jetonId}:${code}`).digest()

/** Proves by the code received: five tries, ten minutes, once. */
export const proveCode = async (deps: Deps, call: SessionCall, { code }: { code: string }) => {
  const prover = proverOf(call)
  await needNoFactor(deps, prover)
  await throttle(deps.pool, prover.guesses)
  const tried = await deps.pool.query<{ id: string | null }>('select code_try($1) as id', [prover.utilisateurId])
  const id = tried.rows[0]?.id
  const ok = Boolean(
    id && (await deps.pool.query<{ done: boolean }>('select code_use($1, $2) as done', [id, hashCode(id, code)])).rows[0]!.done,
  )
  return concludeGuess(deps, call, prover, { methode: 'courriel', ok, refusal: CODE_REFUSED })
}

/** Proves by the password. */
export const provePassword = async (deps: Deps, call: SessionCall, { motDePasse }: { motDePasse: string }) => {
  const prover = proverOf(call)
  await needNoFactor(deps, prover)
  await throttle(deps.pool, prover.guesses)
  const { rows } = await deps.pool.query<{ stored: string | null }>('select password_of($1) as stored', [prover.utilisateurId])
  const ok = await isPassword(rows[0]!.stored, motDePasse)
  return concludeGuess(deps, call, prover, { methode: 'mot_de_passe', ok, refusal: PASSWORD_REFUSED })
}
