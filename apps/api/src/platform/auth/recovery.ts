import { ADMINISTRATORS, ROLES_SECOND_FACTEUR } from '@pass/domain/acces.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Deps } from '../deps.ts'
import { Forbidden, Refused } from '../errors.ts'
import type { SessionCall } from '../session-call.ts'
import { ADHESION_ENDED } from './authenticate.ts'
import { mailLink } from './links.ts'
import { hashToken } from './tokens.ts'

/** Minutes to open the link that confirms the request, then days for somebody else to decide. */
const CONFIRMATION_MINUTES = 60
const DECISION_JOURS = 7

/** Told to those who decide; `{personne}` is filled in by the function that writes it. */
const TITRE = 'Second facteur perdu\u00a0: une demande attend votre décision'
const TEXTE =
  '{personne} signale la perte de son second facteur et demande à entrer de nouveau. Vérifiez son identité de vive voix ou en face, puis accordez ou refusez. La demande expire au bout de 7\u00a0jours.'

const NOTHING_LOST = refuse(
  'facteur_absent',
  'Votre compte n’a aucun second facteur\u00a0: il n’y a rien à retirer. Connectez-vous, puis ajoutez-en un depuis «\u00a0Mon compte\u00a0».',
)

export const requestRecuperation = (deps: Deps, _call: SessionCall, { courriel }: { courriel: string }) =>
  mailLink(deps, { nature: 'recuperation', modele: 'recuperation_confirmer', minutes: CONFIRMATION_MINUTES, courriel })

type Issue = 'faite' | 'lien_perime' | 'facteur_absent' | 'sans_acces' | 'recuperation_en_cours'

/** The person holds the mailbox: that is not enough to forget a second factor, so somebody else is asked to decide. */
export const confirmRecuperation = async (deps: Deps, call: SessionCall, { jeton }: { jeton: string }) => {
  const values = [hashToken(jeton), call.today, DECISION_JOURS, ROLES_SECOND_FACTEUR, ADMINISTRATORS, TITRE, TEXTE, call.requestId]
  const { rows } = await deps.pool.query<{ issue: Issue; decide_par: string | null }>(
    'select * from recuperation_open($1, $2, $3, $4, $5, $6, $7, $8)',
    values,
  )
  const { issue, decide_par } = rows[0]!
  if (issue === 'sans_acces') throw new Forbidden(ADHESION_ENDED)
  if (issue === 'facteur_absent') throw new Refused(NOTHING_LOST)
  if (issue !== 'faite') throw new Refused(refuse(issue))
  return { decidePar: `l’administration de ${decide_par}` }
}
