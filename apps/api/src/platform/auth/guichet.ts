import { ROLES_SECOND_FACTEUR } from '@pass/domain/acces.ts'
import type { Role } from '@pass/domain/organisations.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Deps } from '../deps.ts'
import { NotFound, Refused } from '../errors.ts'
import type { SessionCall } from '../session-call.ts'
import { isPassword } from './passwords.ts'
import { currentSession, startSession } from './sessions.ts'
import { hashToken, newToken } from './tokens.ts'

const posteHash = (call: SessionCall): Buffer | null => {
  const poste = call.cookie('poste')
  return poste === undefined ? null : hashToken(poste)
}

export type PosteFacts = { nom: string; organisation: string }

/** The trusted desk that this browser is, or null. */
export const posteOf = async ({ pool }: Deps, call: SessionCall): Promise<PosteFacts | null> => {
  const hash = posteHash(call)
  if (hash === null) return null
  const { rows } = await pool.query<{ nom: string | null; organisation: string | null }>('select * from poste_facts($1)', [hash])
  const { nom, organisation } = rows[0] ?? {}
  return nom && organisation ? { nom, organisation } : null
}

/** This browser becomes a desk of the organisation; the session goes on as a counter's. */
export const trustPoste = async (deps: Deps, call: SessionCall, { nom }: { nom: string }) => {
  const token = newToken()
  const { rows } = await deps.pool.query<{ id: string | null }>('select poste_trust($1, $2, $3, $4) as id', [
    hashToken(call.token!),
    hashToken(token),
    posteHash(call),
    nom,
  ])
  if (!rows[0]?.id) throw new NotFound()
  call.setCookie('poste', token)
  return currentSession(deps, call, call.token!)
}

type AgentRow = { adhesion_id: string; nom: string; role: Role }

/** Who may take this desk by PIN; without a valid desk, nothing at all. */
export const getGuichet = async (deps: Deps, call: SessionCall) => {
  const poste = await posteOf(deps, call)
  if (!poste) {
    if (call.cookie('poste')) call.dropCookie('poste')
    return { poste: null, agents: [] }
  }
  const { rows } = await deps.pool.query<AgentRow>('select * from guichet_agents($1, $2, $3)', [
    posteHash(call),
    call.today,
    ROLES_SECOND_FACTEUR,
  ])
  return { poste, agents: rows.map(({ adhesion_id, nom, role }) => ({ adhesionId: adhesion_id, nom, role })) }
}

/** The agent leaves the desk: nothing of theirs stays in the browser. */
export const lockGuichet = async (deps: Deps, call: SessionCall) => {
  if (call.token) await deps.pool.query('select session_end($1)', [hashToken(call.token)])
  call.clear()
  return { verrouille: true as const }
}

type Try = {
  issue: 'essai' | 'attente' | 'bloque' | 'absent'
  attente: number | null
  pin: string | null
  utilisateur_id: string
  restants: number
}

/** One answer for everyone who cannot come back by PIN here: no desk, no PIN, not today, a second factor. */
const WHOLE = refuse('pin_bloque', 'Connectez-vous en entier pour prendre la main sur ce poste.')

const pluriel = (count: number, mot: string) => `${count}\u00a0${mot}${count > 1 ? 's' : ''}`

const missed = (restants: number) =>
  restants === 0
    ? new Refused(refuse('pin_bloque'))
    : new Refused(refuse('preuve_refusee', `Ce code n’est pas le bon. Il vous reste ${pluriel(restants, 'essai')}.`))

/** The next agent takes the desk: the former one's session ends, and what the browser kept of it. */
export const takeGuichet = async (deps: Deps, call: SessionCall, { adhesionId, pin }: { adhesionId: string; pin: string }) => {
  const hash = posteHash(call)
  if (hash === null) throw new Refused(WHOLE)
  const { rows } = await deps.pool.query<Try>('select * from pin_try($1, $2, $3, $4)', [hash, adhesionId, call.today, ROLES_SECOND_FACTEUR])
  const tried = rows[0]!
  if (tried.issue === 'absent') throw new Refused(WHOLE)
  if (tried.issue === 'bloque') throw new Refused(refuse('pin_bloque'))
  if (tried.issue === 'attente') {
    const wait = tried.attente!
    throw new Refused(refuse('trop_de_demandes', `Trop d’essais. Réessayez dans ${pluriel(wait, 'seconde')}.`), 429, wait)
  }
  if (!(await isPassword(tried.pin, pin))) {
    await deps.pool.query('select pin_missed($1, $2)', [hash, adhesionId])
    throw missed(tried.restants)
  }
  return startSession(deps, call, { utilisateurId: tried.utilisateur_id, adhesionId, methode: 'pin', guichet: true })
}
