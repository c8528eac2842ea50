import type { OrganisationType, Role } from '@pass/domain/organisations.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type pg from 'pg'
import type { Actor } from '../context.ts'
import type { Entry } from '../door.ts'
import { Forbidden, Refused, Unauthenticated } from '../errors.ts'
import { hashToken } from './tokens.ts'

/** A person recognised, and what opens their transactions. `entry` null: the adhesion has ended, only another one may be taken. */
export type Identity = {
  actor: Actor
  entry: Entry | null
  guichet: boolean
  /** A second factor was given in this session; the person has registered one. */
  secondFacteur: boolean
  aUnFacteur: boolean
  /** The person proved again who they are, 10 minutes ago at most. */
  preuveFraiche: boolean
  /** The assistance looks on: nothing is done, every read is journaled. */
  consultationId: string | null
}

type Row = {
  etat: 'ouverte' | 'lecture' | 'terminee' | 'changee' | null
  utilisateur_id: string
  prenom: string
  nom: string
  adhesion_id: string
  organisation_id: string
  organisation_type: OrganisationType
  organisation_nom: string
  role: Role
  territoire: string[]
  ctx: string | null
  session_id: string
  guichet: boolean
  second_facteur: boolean
  a_un_facteur: boolean
  preuve_fraiche: boolean
  consultation_id: string | null
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** A header or key that is a uuid, else null. */
export const uuidOf = (value: string | string[] | undefined): string | null =>
  typeof value === 'string' && UUID.test(value) ? value.toLowerCase() : null

const actorOf = (row: Row): Actor => ({
  utilisateurId: row.utilisateur_id,
  prenom: row.prenom,
  nom: row.nom,
  adhesionId: row.adhesion_id,
  organisationId: row.organisation_id,
  organisationType: row.organisation_type,
  organisationNom: row.organisation_nom,
  role: row.role,
  territoire: row.territoire,
  sessionId: row.session_id,
})

/** What the adhesion's end answers: 403 without any job having run. */
export const ADHESION_ENDED = refuse(
  'droit_absent',
  'Votre accès à cette organisation est terminé. Choisissez une autre organisation, ou reconnectez-vous.',
)

type Asked = { token: string | undefined; adhesionId: string | null; today: string }

/** Opens the session of a token. @throws Unauthenticated, or 409 `organisation_changee` when the tab believes in another adhesion. */
export const identify = async (pool: pg.Pool, { token, adhesionId, today }: Asked): Promise<Identity> => {
  if (token === undefined) throw new Unauthenticated()
  const { rows } = await pool.query<Row>({
    name: 'session_open',
    text: 'select * from session_open($1, $2, $3)',
    values: [hashToken(token), today, adhesionId],
  })
  const row = rows[0]
  if (!row?.etat) throw new Unauthenticated()
  if (row.etat === 'changee') throw new Refused(refuse('organisation_changee'))
  return {
    actor: actorOf(row),
    entry: row.ctx === null ? null : { role: `as_${row.organisation_type}`, ctx: row.ctx },
    guichet: row.guichet,
    secondFacteur: row.second_facteur,
    aUnFacteur: row.a_un_facteur,
    preuveFraiche: row.preuve_fraiche,
    consultationId: row.consultation_id,
  }
}

/** The same, for an adhesion in force only. */
export const authenticate = async (pool: pg.Pool, asked: Asked): Promise<Identity & { entry: Entry }> => {
  const identity = await identify(pool, asked)
  const { entry } = identity
  if (!entry) throw new Forbidden(ADHESION_ENDED)
  return { ...identity, entry }
}
