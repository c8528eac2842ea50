import { timingSafeEqual } from 'node:crypto'
import { HOME_PATHS, homePath } from '@pass/domain/organisations.ts'
import type { Deps } from '../deps.ts'
import type { SessionCall } from '../session-call.ts'
import { type Agent, newWay, ProConnectRefused, signInUrl, signOutUrl, type Way, whoReturns } from './proconnect-client.ts'
import { startSession } from './sessions.ts'
import { hashToken, newToken } from './tokens.ts'

type Redirect = { vers: string }
/** What comes back in the address, as the contract lets it in. */
type Returned = Record<string, string | undefined>

const BACK = '/api/session/proconnect/retour'
/** Characters that browsers drop or take for a slash: an address with one may lead elsewhere than it says. */
// oxlint-disable-next-line no-control-regex
const DECEITFUL = /[\\\u0000-\u0020\u007f]/

/** A path of ours to come back to, or null: whatever could lead to another site, or to a call instead of a page, is dropped. */
export const ownPath = (asked: string | undefined, publicUrl: string): string | null => {
  if (!asked?.startsWith('/') || asked.startsWith('//') || DECEITFUL.test(asked) || !URL.canParse(asked, publicUrl)) return null
  const { origin, pathname, search, hash } = new URL(asked, publicUrl)
  if (origin !== new URL(publicUrl).origin || pathname.startsWith('//') || /^\/api(\/|$)/.test(pathname)) return null
  return `${pathname}${search}${hash}`
}

export const proConnectEnabled = ({ config }: Deps): boolean => config.proconnect !== null

/** The page that says why, and what to do next. */
const refused = (motif: string, siret?: string): Redirect => ({
  vers: `/connexion/refus?${new URLSearchParams({ motif, ...(siret !== undefined && { siret }) }).toString()}`,
})

/** Leaves for ProConnect; a provider that does not answer has its own sentence. */
export const startProConnect = async (deps: Deps, call: SessionCall, retour: string | undefined): Promise<Redirect> => {
  const { proconnect, publicUrl } = deps.config
  if (!proconnect) return refused('fournisseur_indisponible')
  const way = newWay()
  try {
    const vers = await signInUrl(proconnect, `${publicUrl}${BACK}`, way)
    const token = newToken()
    const values = [hashToken(token), way.etat, way.nonce, way.verifieur, ownPath(retour, publicUrl) ?? '']
    await deps.pool.query('select proconnect_leave($1, $2, $3, $4, $5)', values)
    call.setCookie('proconnect', token)
    return { vers }
  } catch (error) {
    if (error instanceof ProConnectRefused) return refused(error.motif)
    throw error
  }
}

type LeftRow = Way & { retour: string; perime: boolean }
const isSame = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** The way out of this browser, taken back once. @throws ProConnectRefused */
const takeBack = async (deps: Deps, call: SessionCall, state: string | undefined): Promise<LeftRow> => {
  const token = call.cookie('proconnect')
  if (token === undefined) throw new ProConnectRefused('etat_invalide')
  call.dropCookie('proconnect')
  const { rows } = await deps.pool.query<LeftRow>('select * from proconnect_return($1)', [hashToken(token)])
  const left = rows[0]
  if (!left || state === undefined || !isSame(state, left.etat)) throw new ProConnectRefused('etat_invalide')
  if (left.perime) throw new ProConnectRefused('code_expire')
  return left
}

type EnterRow = { motif: string | null; utilisateur_id: string; adhesion_id: string }
const SAID_WITH_SIRET = ['pas_membre', 'siret_inconnu', 'invitation_en_attente']

/** True in the app of another kind of organisation: whoever asked for it was somebody else. */
const isOfOthers = (retour: string, home: string) => Object.values(HOME_PATHS).some((app) => app !== home && `${retour}/`.startsWith(app))

/** Opens the session of an agent in the organisation that ProConnect names, or says why not. */
const enter = async (deps: Deps, call: SessionCall, { sub, email, siret, idToken }: Agent, retour: string): Promise<Redirect> => {
  const { rows } = await deps.pool.query<EnterRow>('select * from proconnect_enter($1, $2, $3, $4, $5)', [
    sub,
    email,
    siret,
    call.today,
    call.now,
  ])
  const { motif, utilisateur_id, adhesion_id } = rows[0]!
  if (motif !== null) return refused(motif, SAID_WITH_SIRET.includes(motif) ? siret : undefined)
  const session = await startSession(deps, call, { utilisateurId: utilisateur_id, adhesionId: adhesion_id, methode: 'proconnect', idToken })
  const home = homePath(session.organisation.type)
  return { vers: retour === '' || isOfOthers(retour, home) ? home : retour }
}

/** Comes back from ProConnect. Every way of failing leads to a page that names it. */
export const finishProConnect = async (deps: Deps, call: SessionCall, returned: Returned): Promise<Redirect> => {
  const { proconnect, publicUrl } = deps.config
  if (!proconnect) return refused('fournisseur_indisponible')
  try {
    const { retour, ...way } = await takeBack(deps, call, returned.state)
    const current = new URL(`${publicUrl}${BACK}`)
    for (const [name, value] of Object.entries(returned)) if (value !== undefined) current.searchParams.set(name, value)
    return await enter(deps, call, await whoReturns(proconnect, current, way), retour)
  } catch (error) {
    if (error instanceof ProConnectRefused) return refused(error.motif)
    throw error
  }
}

/** Where the browser goes once its session of ours is over, so that ProConnect ends its own; null when it had none. */
export const afterSignOut = async ({ config }: Deps, idToken: string | null): Promise<string | null> =>
  idToken === null || !config.proconnect ? null : signOutUrl(config.proconnect, `${config.publicUrl}/connexion`, idToken)
