import { LIEN_MINUTES } from '@pass/domain/acces.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Deps } from '../deps.ts'
import { Refused } from '../errors.ts'
import type { SessionCall } from '../session-call.ts'
import { ownPath } from './proconnect.ts'
import { startSession } from './sessions.ts'
import { throttle } from './throttle.ts'
import { hashToken } from './tokens.ts'

const SENT = { envoye: true as const }

/** What a public page asks to be mailed to an address. */
type Link = { nature: 'lien' | 'recuperation'; modele: string; minutes: number; courriel: string; retour?: string | null }

/** Mails a link when the address is somebody's. Otherwise the same work is done and undone: the answer and its time say nothing. */
export const mailLink = async (deps: Deps, { nature, modele, minutes, courriel, retour }: Link): Promise<typeof SENT> => {
  await throttle(deps.pool, `${nature}:${courriel}`)
  await deps.pool.query('select jeton_ask($1, $2, $3, $4, $5)', [nature, courriel, modele, minutes, retour ?? null])
  return SENT
}

export const requestLien = (deps: Deps, _call: SessionCall, { courriel, retour }: { courriel: string; retour?: string | undefined }) =>
  mailLink(deps, {
    nature: 'lien',
    modele: 'lien_connexion',
    minutes: LIEN_MINUTES,
    courriel,
    retour: ownPath(retour, deps.config.publicUrl),
  })

/** One session a link, even with twenty twins at once: the database decides who was first. */
export const openLien = async (deps: Deps, call: SessionCall, { jeton, guichet }: { jeton: string; guichet: boolean }) => {
  const { rows } = await deps.pool.query<{ id: string | null }>('select jeton_open($1) as id', [hashToken(jeton)])
  const utilisateurId = rows[0]?.id
  if (!utilisateurId) throw new Refused(refuse('lien_perime'))
  return startSession(deps, call, { utilisateurId, methode: 'lien', guichet })
}
