// ProConnect by its protocol: OpenID Connect, code flow with PKCE, userinfo as a signed JWT. The only file that knows openid-client.
import {
  allowInsecureRequests,
  AuthorizationResponseError,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientError,
  ClientSecretPost,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  ResponseBodyError,
} from 'openid-client'
import { z } from 'zod'
import type { ProConnect } from '../../config.ts'

const SCOPE = 'openid given_name usual_name email uid siret idp_id'
const TIMEOUT_SECONDS = 5

/** Why a sign-in did not come to its end, as the page of refusals takes it. */
export type Motif = 'annulee' | 'code_expire' | 'etat_invalide' | 'fournisseur_indisponible' | 'nonce_invalide' | 'reponse_invalide'
export class ProConnectRefused extends Error {
  readonly motif: Motif
  constructor(motif: Motif, cause?: unknown) {
    super(motif, { cause })
    this.motif = motif
  }
}

/** What a browser takes with it, and must bring back. */
export type Way = { etat: string; nonce: string; verifieur: string }
export const newWay = (): Way => ({ etat: randomState(), nonce: randomNonce(), verifieur: randomPKCECodeVerifier() })

const Agent = z.object({ sub: z.string().min(1).max(255), email: z.email().max(254), siret: z.string().regex(/^\d{14}$/) })
export type Agent = z.infer<typeof Agent> & { idToken: string }

const known = new WeakMap<ProConnect, Promise<Configuration>>()

/** The provider as it describes itself, asked once; asked again after any failure. */
const configurationOf = (settings: ProConnect): Promise<Configuration> => {
  const { issuer, clientId, clientSecret } = settings
  const asked =
    known.get(settings) ??
    discovery(
      new URL(issuer),
      clientId,
      // an unsigned userinfo is refused, and the signatures are verified
      { userinfo_signed_response_alg: 'RS256', id_token_signed_response_alg: 'RS256' },
      ClientSecretPost(clientSecret),
      {
        // http only where the settings let it be: never in production
        execute: [enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [allowInsecureRequests] : [])],
        timeout: TIMEOUT_SECONDS,
      },
    )
  known.set(settings, asked)
  return asked
}

const statusOf = (error: unknown): number => (error instanceof ClientError && error.cause instanceof Response ? error.cause.status : 0)
const claimOf = (error: ClientError): unknown => {
  const inner = error.cause instanceof Error ? error.cause.cause : undefined
  return typeof inner === 'object' && inner !== null && 'claim' in inner ? inner.claim : undefined
}

const motifOf = (error: unknown): Motif => {
  if (error instanceof AuthorizationResponseError) {
    if (error.error === 'access_denied') return 'annulee'
    return ['server_error', 'temporarily_unavailable'].includes(error.error) ? 'fournisseur_indisponible' : 'reponse_invalide'
  }
  if (error instanceof ResponseBodyError) {
    if (error.error === 'invalid_grant') return 'code_expire'
    return error.status >= 500 ? 'fournisseur_indisponible' : 'reponse_invalide'
  }
  // the network: nobody there, or nobody in time
  if (error instanceof TypeError || statusOf(error) >= 500) return 'fournisseur_indisponible'
  if (error instanceof ClientError && error.code === 'OAUTH_TIMEOUT') return 'fournisseur_indisponible'
  if (error instanceof ClientError && claimOf(error) === 'nonce') return 'nonce_invalide'
  return 'reponse_invalide'
}

const codeOf = (error: unknown) => (error instanceof ClientError ? error.code : error instanceof Error ? error.name : '')

/** Runs a conversation with the provider; what fails is a reason. @throws ProConnectRefused */
const talking = async <T>(settings: ProConnect, work: (configuration: Configuration) => Promise<T>): Promise<T> => {
  try {
    return await work(await configurationOf(settings))
  } catch (error) {
    const motif = motifOf(error)
    if (motif === 'fournisseur_indisponible' || motif === 'reponse_invalide') {
      // it may have changed its addresses or its keys
      known.delete(settings)
      console.error(`ProConnect: ${motif} ${codeOf(error)}`)
    }
    throw new ProConnectRefused(motif, error)
  }
}

/** Where to send the browser. @throws ProConnectRefused */
export const signInUrl = (settings: ProConnect, retour: string, { etat, nonce, verifieur }: Way): Promise<string> =>
  talking(settings, async (configuration) => {
    const parameters = {
      redirect_uri: retour,
      scope: SCOPE,
      acr_values: 'eidas1',
      state: etat,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifieur),
      code_challenge_method: 'S256',
    }
    return buildAuthorizationUrl(configuration, parameters).href
  })

/** Exchanges what the browser brought back for who it is. @throws ProConnectRefused */
export const whoReturns = (settings: ProConnect, current: URL, { etat, nonce, verifieur }: Way): Promise<Agent> =>
  talking(settings, async (configuration) => {
    const tokens = await authorizationCodeGrant(configuration, current, {
      expectedState: etat,
      expectedNonce: nonce,
      pkceCodeVerifier: verifieur,
      idTokenExpected: true,
    })
    const told = await fetchUserInfo(configuration, tokens.access_token, tokens.claims()!.sub)
    return { ...Agent.parse(told), idToken: tokens.id_token! }
  })

/** Where a browser goes so that the provider forgets the person too; null when it does not answer. */
export const signOutUrl = async (settings: ProConnect, retour: string, idToken: string): Promise<string | null> => {
  try {
    return await talking(settings, async (configuration) => {
      const parameters = { id_token_hint: idToken, post_logout_redirect_uri: retour, state: randomState() }
      return buildEndSessionUrl(configuration, parameters).href
    })
  } catch {
    return null
  }
}
