// The real provider of the demonstration, started for a test, and a browser that goes there and back.
import { AGENTS } from '../../simulateurs/src/agents.ts'
import { type RunningProvider, startProvider } from '../../simulateurs/src/proconnect.ts'
import type { ProConnect } from '../src/config.ts'
import type { World } from './world.ts'

export const PUBLIC_URL = 'http://localhost:3000'
const CLIENT = { clientId: 'pass-numerique-essais', clientSecret: 'secret-des-essais-qui-ne-garde-rien' }

export type TestProvider = RunningProvider & { settings: ProConnect }

/** Starts it on a free port, or on the one that it had. */
export const startTestProvider = async (options: { codeSeconds?: number; port?: number } = {}): Promise<TestProvider> => {
  const running = await startProvider({ port: 0, publicUrl: PUBLIC_URL, agents: AGENTS.base, ...CLIENT, ...options })
  return { ...running, settings: { issuer: running.issuer, ...CLIENT } }
}

export const agentBy = (courriel: string) => {
  const agent = AGENTS.base.find(({ email }) => email === courriel)
  if (!agent) throw new Error(`${courriel} is no agent of the provider`)
  return agent
}

/** What a browser gets when the sign-in does not come to its end. */
export const refusal = (motif: string, siret?: string) => ({
  statut: 303,
  vers: `/connexion/refus?motif=${motif}${siret === undefined ? '' : `&siret=${siret}`}`,
})

type Cookies = Map<string, string>
const keep = (cookies: Cookies, lines: readonly string[]) => {
  for (const line of lines) {
    const [pair = ''] = line.split(';', 1)
    const name = pair.slice(0, pair.indexOf('='))
    const gone = /expires=Thu, 01 Jan 1970/i.test(line) || /Max-Age=0/i.test(line)
    if (gone) cookies.delete(name)
    else cookies.set(name, pair.slice(pair.indexOf('=') + 1))
  }
}
const sent = (cookies: Cookies) => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')

/** One browser: cookies of ours, cookies of the provider, one request at a time. */
export const openBrowser = (world: World, provider: TestProvider) => {
  const ours: Cookies = new Map()
  const theirs: Cookies = new Map()

  const call = async (method: 'GET' | 'DELETE', url: string) => {
    const response = await world.app.inject({ method, url, headers: { cookie: sent(ours) } })
    keep(ours, [response.headers['set-cookie'] ?? []].flat())
    return response
  }
  /** Goes on at the provider's until it has something to ask, or sends the browser elsewhere. */
  const follow = async (address: string, form?: Record<string, string>): Promise<{ url: URL; html: string }> => {
    const url = new URL(address, provider.issuer)
    if (url.origin !== provider.issuer) return { url, html: '' }
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: sent(theirs), accept: 'text/html' },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    keep(theirs, response.headers.getSetCookie())
    const html = await response.text()
    const next = response.headers.get('location')
    return next === null ? { url, html } : follow(next)
  }

  const leave = async (retour?: string) => {
    const response = await call('GET', `/api/session/proconnect${retour === undefined ? '' : `?retour=${encodeURIComponent(retour)}`}`)
    return { statut: response.statusCode, vers: String(response.headers.location) }
  }
  /** Answers the provider's page as this agent, or cancels; where the browser is sent back. */
  const choose = async (address: string, courriel: string | null): Promise<URL> => {
    const { url } = await follow(address)
    return (await follow(url.href, courriel === null ? { annuler: '1' } : { agent: agentBy(courriel).sub })).url
  }
  /** Comes back to the service. */
  const back = async (url: URL) => {
    const response = await call('GET', `${url.pathname}${url.search}`)
    return { statut: response.statusCode, vers: String(response.headers.location) }
  }
  const signIn = async (courriel: string | null, retour?: string) => back(await choose((await leave(retour)).vers, courriel))
  return { leave, choose, back, signIn, follow, call, ours }
}
