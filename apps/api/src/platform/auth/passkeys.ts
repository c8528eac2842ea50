import type { z } from 'zod'
import type { NouvellePasskey, ReponsePasskey } from '@pass/contracts/connexion.ts'
import type { Session } from '@pass/contracts/session.ts'
import { refuse } from '@pass/domain/refusal.ts'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Ctx } from '../context.ts'
import type { Deps } from '../deps.ts'
import { NotFound, Refused } from '../errors.ts'
import type { SessionCall } from '../session-call.ts'
import { startSession } from './sessions.ts'

type Answer = z.output<typeof ReponsePasskey>
type NewKey = z.output<typeof NouvellePasskey>
type Defi = { defiId: string; options: Record<string, unknown> }
type Site = Pick<Deps, 'config'>
type Listed = { credential_id: string; transports: string[] }

/** EdDSA, ES256, RS256: what every authenticator signs with. */
const ALGORITHMS = [-8, -7, -257]

const REFUSED = refuse(
  'preuve_refusee',
  'Cette clé d’accès n’est pas acceptée. Recommencez, ou choisissez une autre façon de vous identifier.',
)

/** Keys are bound to this name, and asked for by pages of this origin alone. */
const siteOf = ({ config: { publicUrl } }: Site) => ({ rpID: new URL(publicUrl).hostname, origin: new URL(publicUrl).origin })

const listed = (rows: readonly Listed[]) => rows.map(({ credential_id, transports }) => ({ id: credential_id, transports }))

/** What a challenge is for; the one of a purpose never serves another. */
type DefiNature = 'connexion' | 'preuve'

/** A challenge for this purpose: any key of this site, or one of this person's. */
export const newDefi = async (deps: Deps, nature: DefiNature, utilisateurId: string | null): Promise<Defi> => {
  const keys = utilisateurId === null ? [] : (await deps.pool.query<Listed>('select * from passkeys_of($1)', [utilisateurId])).rows
  const options = await generateAuthenticationOptions({
    rpID: siteOf(deps).rpID,
    userVerification: 'required',
    ...(utilisateurId !== null && { allowCredentials: listed(keys) }),
  })
  const { rows } = await deps.pool.query<{ id: string }>('select defi_new($1, $2, $3) as id', [nature, options.challenge, utilisateurId])
  return { defiId: rows[0]!.id, options: { ...options } }
}

/** Whether the person has a key. */
export const hasPasskey = async ({ pool }: Deps, utilisateurId: string): Promise<boolean> =>
  (await pool.query('select from passkeys_of($1)', [utilisateurId])).rows.length > 0

type Key = { id: string; utilisateur_id: string; cle_publique: Buffer; compteur: string }

/** The new counter when the answer is that of this key to this challenge, on this site, after a look at who holds it. */
const counterOf = async (deps: Site, reponse: Answer, defi: string, key: Key): Promise<number | null> => {
  const { rpID, origin } = siteOf(deps)
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: reponse as AuthenticationResponseJSON,
      expectedChallenge: defi,
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: true,
      credential: { id: reponse.id, publicKey: new Uint8Array(key.cle_publique), counter: Number(key.compteur) },
    })
    return verified ? authenticationInfo.newCounter : null
  } catch {
    return null // the library throws its reasons: none is told
  }
}

type Given = { defiId: string; reponse: Answer; nature: DefiNature; utilisateurId: string | null }

/** Whose key answered, or null: one answer for all that may be wrong. The challenge is spent whatever comes out of it. */
export const ownerOf = async (deps: Deps, { defiId, reponse, nature, utilisateurId }: Given): Promise<string | null> => {
  const taken = await deps.pool.query<{ defi: string | null }>('select defi_take($1, $2, $3) as defi', [defiId, nature, utilisateurId])
  const defi = taken.rows[0]?.defi
  if (!defi) return null
  const known = await deps.pool.query<Key | { id: null }>('select * from passkey_find($1)', [reponse.id])
  const key = known.rows[0]
  if (!key || key.id === null || (utilisateurId !== null && key.utilisateur_id !== utilisateurId)) return null
  const counter = await counterOf(deps, reponse, defi, key)
  if (counter === null) return null
  const used = await deps.pool.query<{ done: boolean }>('select passkey_use($1, $2) as done', [key.id, counter])
  return used.rows[0]!.done ? key.utilisateur_id : null
}

/** A challenge for whoever holds a key of this site: the browser offers those that it knows. */
export const challengePasskey = (deps: Deps, _call: SessionCall): Promise<Defi> => newDefi(deps, 'connexion', null)

/** The user handle that keys are made with. */
const handleOf = (utilisateurId: string) => new TextEncoder().encode(utilisateurId)
const isHandleOf = (handle: string | undefined, utilisateurId: string) =>
  handle !== undefined && Buffer.from(handle, 'base64url').equals(handleOf(utilisateurId))

/** A key alone signs in: it looked at its holder, it is both factors. @throws 409 `preuve_refusee`, whatever is wrong */
export const signInPasskey = async (
  deps: Deps,
  call: SessionCall,
  { defiId, reponse, guichet }: { defiId: string; reponse: Answer; guichet: boolean },
): Promise<Session> => {
  const utilisateurId = await ownerOf(deps, { defiId, reponse, nature: 'connexion', utilisateurId: null })
  if (utilisateurId === null || !isHandleOf(reponse.response.userHandle, utilisateurId)) throw new Refused(REFUSED)
  return startSession(deps, call, { utilisateurId, methode: 'passkey', guichet, secondFacteur: true })
}

/** A challenge to add a key to one’s account: one that asks for its holder, and that a sign-in page finds by itself. */
export const challengeNewPasskey = async (ctx: Ctx, deps: Site, courriel: string): Promise<Defi> => {
  const known = await ctx.db.$queryRaw<Listed[]>`select * from my_passkeys()`
  const options = await generateRegistrationOptions({
    rpName: 'Pass numérique',
    rpID: siteOf(deps).rpID,
    userID: handleOf(ctx.actor.utilisateurId),
    userName: courriel,
    userDisplayName: `${ctx.actor.prenom} ${ctx.actor.nom}`,
    attestationType: 'none',
    excludeCredentials: listed(known),
    supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`select my_defi(${options.challenge}) as id`
  return { defiId: row!.id, options: { ...options } }
}

const registered = async (deps: Site, reponse: NewKey, defi: string) => {
  const { rpID, origin } = siteOf(deps)
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: reponse as RegistrationResponseJSON,
      expectedChallenge: defi,
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    })
    return registrationInfo?.credential ?? null
  } catch {
    return null
  }
}

/** Keeps a new key; the session is whole from then on. @throws 409 `preuve_refusee`, `deja_enregistre` */
export const addPasskey = async (
  ctx: Ctx,
  deps: Site,
  { defiId, nom, reponse }: { defiId: string; nom: string; reponse: NewKey },
): Promise<void> => {
  const [taken] = await ctx.db.$queryRaw<{ defi: string | null }[]>`select my_defi_take(${defiId}::uuid) as defi`
  const key = taken?.defi ? await registered(deps, reponse, taken.defi) : null
  if (!key) throw new Refused(REFUSED)
  const transports = reponse.response.transports ?? []
  const [added] = await ctx.db.$queryRaw<{ done: boolean }[]>`
    select passkey_add(${key.id}, ${Buffer.from(key.publicKey)}::bytea, ${key.counter}::bigint, ${transports}::text[], ${nom},
      ${ctx.actor.sessionId}::uuid, ${ctx.requestId}) as done`
  if (!added!.done) throw new Refused(refuse('deja_enregistre', 'Cette clé d’accès est déjà enregistrée.'))
}

/** Takes a key away. @returns its name @throws 404 */
export const removePasskey = async (ctx: Ctx, passkeyId: string): Promise<string> => {
  const [row] = await ctx.db.$queryRaw<{ nom: string | null }[]>`select passkey_remove(${passkeyId}::uuid) as nom`
  if (!row?.nom) throw new NotFound()
  return row.nom
}
