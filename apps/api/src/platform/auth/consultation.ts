import { ADMINISTRATORS } from '@pass/domain/acces.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Deps } from '../deps.ts'
import { NotFound, Refused } from '../errors.ts'
import type { SessionCall } from '../session-call.ts'
import { opened } from './sessions.ts'
import { hashToken, newToken } from './tokens.ts'

/** Where the organisation reads what was looked at. */
const LIEN = '/compte/assistance'
const TITRE = 'L’assistance voit un écran de votre organisation'

/** What the organisation is told at once; the database puts the name of the person in place of `{pour}`. */
const texteOf = ({ prenom, nom, organisationNom }: { prenom: string; nom: string; organisationNom: string }, motif: string) =>
  `${prenom} ${nom} (${organisationNom}) voit l’écran de {pour}, sans pouvoir agir à sa place. Motif\u00a0: «\u00a0${motif}\u00a0»`

/** « Voir comme »: this session becomes one that looks through somebody's eyes, with a reason that their organisation reads. */
export const openConsultation = async (deps: Deps, call: SessionCall, { adhesionId, motif }: { adhesionId: string; motif: string }) => {
  const token = newToken()
  const texte = texteOf(call.identity!.actor, motif)
  const { rows } = await deps.pool.query<{ issue: 'fait' | 'absent' | 'refusee' }>(
    'select consultation_open($1, $2, $3, $4, $5, $6, $7, $8, $9) as issue',
    [hashToken(call.token!), hashToken(token), adhesionId, motif, call.today, ADMINISTRATORS, TITRE, texte, LIEN],
  )
  const issue = rows[0]!.issue
  if (issue === 'refusee') throw new Refused(refuse('consultation_refusee'))
  if (issue === 'absent') throw new NotFound()
  // what the screens kept of their own work stays out of the eyes of the other
  call.forget()
  return opened(deps, call, token)
}

/** Back to one's own screen; what was seen is not kept. */
export const closeConsultation = async (deps: Deps, call: SessionCall) => {
  const token = newToken()
  const { rows } = await deps.pool.query<{ done: boolean }>('select consultation_close($1, $2) as done', [
    hashToken(call.token!),
    hashToken(token),
  ])
  if (!rows[0]?.done) throw new NotFound()
  call.forget()
  return opened(deps, call, token)
}
