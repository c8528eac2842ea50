// Stands in for ProConnect: a real OpenID provider with its scopes, its signed userinfo and its logout. Keys, agents and
// sessions live in memory; it calls nobody.
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { type Configuration, type KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { Agent } from './agents.ts'
import { errorPage, page, signInPage, signOutPage } from './pages.ts'
import { memoryStore } from './store.ts'

type Options = {
  /** 0 takes a free one. */
  port: number
  host?: string
  /** Where the service is: the only place people are sent back to. */
  publicUrl: string
  clientId: string
  clientSecret: string
  agents: readonly Agent[]
  /** How long a code may be exchanged. */
  codeSeconds?: number
}
export type RunningProvider = { issuer: string; port: number; close: () => Promise<void> }

const SCOPES = ['openid', 'given_name', 'usual_name', 'email', 'uid', 'siret', 'idp_id']
/** One identity provider of the State’s list, invented. */
const IDP = '9f1c7a52-2f0d-4a86-8f59-5d1f6a0b7c11'
/** ProConnect refuses shorter ones. */
const MIN_RANDOM = 32

const signingKey = () => ({
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  // a new name at each start: whoever kept the former keys asks for these
  kid: randomUUID(),
  use: 'sig',
  alg: 'RS256',
})

/** Everything asked is granted: the service is the State’s own, as at the real one. */
const grantAll: NonNullable<Configuration['loadExistingGrant']> = async (ctx) => {
  const { client, session, provider } = ctx.oidc
  const known = session!.grantIdFor(client!.clientId)
  if (known) return provider.Grant.find(known)
  const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! })
  grant.addOIDCScope(SCOPES.join(' '))
  await grant.save()
  return grant
}

const show = (ctx: KoaContextWithOIDC, html: string) => {
  ctx.type = 'html'
  ctx.body = html
}

const configurationOf = ({ publicUrl, clientId, clientSecret, agents, codeSeconds = 60 }: Options): Configuration => ({
  adapter: memoryStore(),
  jwks: { keys: [signingKey()] },
  cookies: {
    keys: [randomBytes(32).toString('base64url')],
    names: { session: 'simulateur_session', interaction: 'simulateur_interaction', resume: 'simulateur_resume' },
  },
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      token_endpoint_auth_method: 'client_secret_post',
      redirect_uris: [`${publicUrl}/api/session/proconnect/retour`],
      post_logout_redirect_uris: [`${publicUrl}/connexion`],
      response_types: ['code'],
      grant_types: ['authorization_code'],
      id_token_signed_response_alg: 'RS256',
      userinfo_signed_response_alg: 'RS256',
    },
  ],
  scopes: SCOPES,
  claims: Object.fromEntries(SCOPES.map((scope) => [scope, scope === 'openid' ? ['sub', 'acr', 'amr'] : [scope]])),
  acrValues: ['eidas1'],
  pkce: { required: () => false },
  ttl: { AccessToken: 60, AuthorizationCode: codeSeconds, IdToken: 3600, Interaction: 3600, Session: 12 * 3600, Grant: 12 * 3600 },
  features: {
    devInteractions: { enabled: false },
    userinfo: { enabled: true },
    jwtUserinfo: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => show(ctx, signOutPage(form)),
      postLogoutSuccessSource: (ctx) => show(ctx, page('Vous êtes déconnecté', '')),
    },
  },
  interactions: { url: (_ctx, interaction) => `/connexion/${interaction.uid}` },
  loadExistingGrant: grantAll,
  findAccount: (_ctx, sub) => {
    const agent = agents.find((known) => known.sub === sub)
    if (!agent) return undefined
    const { given_name, usual_name, email, uid, siret } = agent
    return { accountId: sub, claims: () => ({ sub, given_name, usual_name, email, uid, siret, idp_id: IDP }) }
  },
  renderError: (ctx, { error, error_description }) => show(ctx, errorPage(error, error_description)),
})

const send = (response: ServerResponse, status: number, html: string) =>
  void response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }).end(html)

/** The sign-in page and what is chosen there. */
const interact = async (provider: Provider, agents: readonly Agent[], request: IncomingMessage, response: ServerResponse) => {
  if (request.method !== 'POST') {
    await provider.interactionDetails(request, response)
    send(response, 200, signInPage(agents))
    return
  }
  const form = new URLSearchParams(await text(request))
  const agent = agents.find(({ sub }) => sub === form.get('agent'))
  await provider.interactionFinished(
    request,
    response,
    agent
      ? { login: { accountId: agent.sub, acr: 'eidas1', amr: ['pwd'] } }
      : { error: 'access_denied', error_description: 'User auth aborted' },
    { mergeWithLastSubmission: false },
  )
}

const isTooShort = (url: URL) => ['state', 'nonce'].some((name) => (url.searchParams.get(name) ?? '').length < MIN_RANDOM)

const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })

/** Starts the provider. Its address is 127.0.0.1, where the service is localhost: two sites, as they are in the world. */
export const startProvider = async (options: Options): Promise<RunningProvider> => {
  const { agents } = options
  const server = createServer()
  const port = await listen(server, options.port, options.host ?? '127.0.0.1')
  const issuer = `http://127.0.0.1:${port}`
  const provider = new Provider(issuer, configurationOf(options))
  const protocol = provider.callback()
  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', issuer)
    if (url.pathname.startsWith('/connexion/'))
      interact(provider, agents, request, response).catch(() =>
        send(response, 400, errorPage('session_not_found', 'Cette connexion a expiré.')),
      )
    else if (url.pathname === '/auth' && isTooShort(url))
      send(response, 400, errorPage('invalid_request', 'state et nonce comptent 32 caractères au moins.'))
    else void protocol(request, response)
  })
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { issuer, port, close }
}
