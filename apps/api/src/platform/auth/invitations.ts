import { ADMINISTRATORS } from '@pass/domain/acces.ts'
import { rolesExcludedBy } from '@pass/domain/habilitations.ts'
import { RYTHME_PAR_DEFAUT } from '@pass/domain/notifications.ts'
import { type OrganisationType, ROLE_LABELS, type Role } from '@pass/domain/organisations.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Deps } from '../deps.ts'
import { Refused } from '../errors.ts'
import type { SessionCall } from '../session-call.ts'
import { enforcePassword } from './password-rules.ts'
import { hashPassword } from './passwords.ts'
import { startSession } from './sessions.ts'
import { hashToken } from './tokens.ts'

type Row = {
  role: Role
  organisation: string
  type: OrganisationType
  siret: string | null
  par: string
  courriel: string
  prenom: string
  nom: string
  date_fin: string | null
  autre_personne: boolean
  compte_existant: boolean
}

const sessionHash = ({ token }: SessionCall) => (token === undefined ? null : hashToken(token))

/** What the token of an invitation opens, to whoever holds it. @throws 409 `lien_perime`: unknown, answered, cancelled or too old */
const readRow = async (deps: Deps, call: SessionCall, jeton: string): Promise<Row> => {
  const { rows } = await deps.pool.query<Row>(
    `select role, organisation, type, siret, par, courriel, prenom, nom, date_fin::text, autre_personne, compte_existant from invitation_read($1, $2, $3, $4)`,
    [hashToken(jeton), sessionHash(call), call.now, call.today],
  )
  if (!rows[0]) throw new Refused(refuse('lien_perime'))
  return rows[0]
}

export const readInvitation = async (deps: Deps, call: SessionCall, { jeton }: { jeton: string }) => {
  const { date_fin, autre_personne, compte_existant, siret, ...row } = await readRow(deps, call, jeton)
  return {
    ...row,
    dateFin: date_fin,
    autrePersonne: autre_personne,
    compteExistant: compte_existant,
    // ProConnect says an organisation by its SIRET
    proconnect: deps.config.proconnect !== null && siret !== null,
  }
}

type Accepted = { jeton: string; prenom: string; nom: string; motDePasse: string | null }
type Outcome = {
  issue: 'fait' | 'perime' | 'autre_personne' | 'incompatible'
  nouveau: boolean
  personne: string
  acces: string
}

const REFUSALS = {
  perime: 'lien_perime',
  autre_personne: 'invitation_autre_personne',
  incompatible: 'roles_incompatibles',
} as const

/** The stored form of the password of an account about to be made; an account that exists keeps its own. */
const passwordOf = async (row: Row, { prenom, nom, motDePasse }: Accepted): Promise<string | null> => {
  if (motDePasse === null || row.compte_existant) return null
  await enforcePassword(motDePasse, { roles: [row.role], prenom, nom, courriel: row.courriel, organisations: [row.organisation] })
  return hashPassword(motDePasse)
}

/**
 * Accepts an invitation, once. A person who had no account enters at once: the link proved the address. Whoever had one signs in as
 * usual, and finds the organisation there: a link is worth less than their own way in.
 */
export const acceptInvitation = async (deps: Deps, call: SessionCall, accepted: Accepted) => {
  const row = await readRow(deps, call, accepted.jeton)
  if (row.autre_personne) throw new Refused(refuse('invitation_autre_personne'))
  const titre = `Équipe\u00a0: une personne a rejoint ${row.organisation}`.slice(0, 200)
  const { rows } = await deps.pool.query<Outcome>(
    'select issue, nouveau, personne, acces from invitation_accept($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)',
    [
      hashToken(accepted.jeton),
      sessionHash(call),
      accepted.prenom,
      accepted.nom,
      await passwordOf(row, accepted),
      rolesExcludedBy(row.role),
      call.now,
      call.today,
      ADMINISTRATORS,
      RYTHME_PAR_DEFAUT.suivi,
      titre,
      `{personne} a accepté l’invitation. Rôle\u00a0: ${ROLE_LABELS[row.role]}.`,
      '/compte/equipe',
    ],
  )
  const { issue, nouveau, personne, acces } = rows[0]!
  if (issue !== 'fait') throw new Refused(refuse(REFUSALS[issue]))
  return { session: nouveau ? await startSession(deps, call, { utilisateurId: personne, adhesionId: acces, methode: 'lien' }) : null }
}
