import type { Session } from '@pass/contracts/session.ts'
import {
  type Facteur,
  INACTIVITE_GUICHET_MINUTES,
  INACTIVITE_MINUTES,
  type Methode,
  needsSecondFactor,
  type Preuve,
} from '@pass/domain/acces.ts'
import { droitsOf } from '@pass/domain/droits.ts'
import type { OrganisationType, Role } from '@pass/domain/organisations.ts'
import type { Ctx } from '../context.ts'
import type { Deps } from '../deps.ts'
import { read } from '../door.ts'
import { Forbidden } from '../errors.ts'
import type { SessionCall } from '../session-call.ts'
import { ADHESION_ENDED, authenticate } from './authenticate.ts'
import { hashToken, newToken } from './tokens.ts'

export type AdhesionRow = { id: string; role: Role; organisation_id: string; organisation_type: OrganisationType; organisation_nom: string }
export const organisationOf = (row: Omit<AdhesionRow, 'id' | 'role'>) => ({
  id: row.organisation_id,
  type: row.organisation_type,
  nom: row.organisation_nom,
})

type Facts = {
  restant_secondes: number
  departement: string | null
  territoire: string[]
  siret: string | null
  a_totp: boolean
  a_passkey: boolean
  a_mot_de_passe: boolean
  preuve_secondes: number
  poste_id: string | null
  poste_nom: string | null
  consultation_id: string | null
  consultation_motif: string | null
  consultation_de: string | null
  guichet: boolean
  second_facteur: boolean
  non_lues: number
}

const facteursOf = ({ a_passkey, a_totp }: Facts): Facteur[] => [
  ...(a_passkey ? ['passkey' as const] : []),
  ...(a_totp ? ['totp' as const] : []),
]

/** A second factor once registered is the only proof; until then the password or a code by mail, with which the first one is added. */
const preuvesOf = (facts: Facts): Preuve[] => {
  const facteurs = facteursOf(facts)
  if (facteurs.length > 0) return facteurs
  return [...(facts.a_mot_de_passe ? ['mot_de_passe' as const] : []), 'courriel']
}

const accessOf = (facts: Facts, role: Role) => {
  const methodes = facteursOf(facts)
  return {
    guichet: facts.guichet,
    poste: facts.poste_id === null ? null : { id: facts.poste_id, nom: facts.poste_nom! },
    inactiviteMinutes: facts.guichet ? INACTIVITE_GUICHET_MINUTES : INACTIVITE_MINUTES,
    restantSecondes: facts.restant_secondes,
    secondFacteur: { requis: needsSecondFactor(role, methodes.length > 0), prouve: facts.second_facteur, methodes },
    preuve: { restantSecondes: facts.preuve_secondes, methodes: preuvesOf(facts) },
    consultation:
      facts.consultation_id === null
        ? null
        : { id: facts.consultation_id, de: facts.consultation_de ?? '', motif: facts.consultation_motif! },
    notificationsNonLues: facts.non_lues,
  }
}

/** The session as its person reads it. */
export const sessionOf = async ({ db, actor, now, today }: Ctx, demo: boolean): Promise<Session> => {
  const rows = await db.$queryRaw<AdhesionRow[]>`select * from my_adhesions(${today}::date)`
  const [facts] = await db.$queryRaw<Facts[]>`select * from session_facts(${actor.sessionId}::uuid)`
  return {
    utilisateur: { id: actor.utilisateurId, prenom: actor.prenom, nom: actor.nom },
    adhesionId: actor.adhesionId,
    organisation: { id: actor.organisationId, type: actor.organisationType, nom: actor.organisationNom },
    role: actor.role,
    droits: droitsOf(actor.role),
    adhesions: rows.map((row) => ({ id: row.id, role: row.role, organisation: organisationOf(row) })),
    departement: facts!.departement,
    territoire: facts!.territoire,
    siret: facts!.siret,
    ...accessOf(facts!, actor.role),
    demo,
    maintenant: now.toISOString(),
    today,
  }
}

/** The session that a token opens, as it now is: what sign-in, a proof and switching answer. */
export const currentSession = async ({ pool, db, config }: Deps, call: SessionCall, token: string): Promise<Session> => {
  const { actor, entry } = await authenticate(pool, { token, adhesionId: null, today: call.today })
  return read(db, entry, (tx) => sessionOf({ db: tx, actor, now: call.now, today: call.today, requestId: call.requestId }, config.demo))
}

/** The session that a fresh token opens; the browser takes it. */
export const opened = async (deps: Deps, call: SessionCall, token: string): Promise<Session> => {
  const session = await currentSession(deps, call, token)
  call.setCookie('session', token)
  return session
}

type Start = {
  utilisateurId: string
  methode: Methode
  adhesionId?: string | null
  guichet?: boolean
  /** The way in is a second factor too (a passkey), or stands for it (the demonstration). */
  secondFacteur?: boolean
  idToken?: string | null
}

/**
 * The former session of this browser ends. When it was somebody else's, or nobody knows whose on a shared desk, what the browser
 * kept of it goes too; one's own drafts stay.
 */
const leaveFormer = async ({ pool }: Deps, call: SessionCall, utilisateurId: string): Promise<void> => {
  const ended =
    call.token &&
    (await pool.query<{ whose: string | null }>('select utilisateur_id as whose from session_end($1)', [hashToken(call.token)]))
  const whose = (ended && ended.rows[0]?.whose) || null
  if (whose === null ? call.cookie('poste') !== undefined : whose !== utilisateurId) call.forget()
}

/** Opens a session for someone recognised; whoever was signed in on this browser no longer is. @throws 403 when no adhesion is in force */
export const startSession = async (deps: Deps, call: SessionCall, start: Start): Promise<Session> => {
  const { utilisateurId, methode, adhesionId = null, guichet = false, secondFacteur = false, idToken = null } = start
  const token = newToken()
  const poste = call.cookie('poste')
  const { rows } = await deps.pool.query<{ id: string | null }>('select session_start($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as id', [
    hashToken(token),
    utilisateurId,
    adhesionId,
    call.today,
    methode,
    call.appareil,
    guichet,
    secondFacteur,
    poste === undefined ? null : hashToken(poste),
    idToken,
  ])
  if (!rows[0]?.id) throw new Forbidden(ADHESION_ENDED)
  await leaveFormer(deps, call, utilisateurId)
  return opened(deps, call, token)
}
