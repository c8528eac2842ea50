import { createHash } from 'node:crypto'
import { type Session, sessionRoutes } from '@pass/contracts/session.ts'
import { parisDay } from '@pass/domain/days.ts'
import { droitsOf } from '@pass/domain/droits.ts'
import type { OrganisationType, Role } from '@pass/domain/organisations.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { FastifyInstance } from 'fastify'
import type { Ctx } from '../context.ts'
import type { Deps } from '../deps.ts'
import { read } from '../door.ts'
import { Forbidden, NotFound, Refused } from '../errors.ts'
import { implement } from '../implement.ts'
import type { SessionCall } from '../session-call.ts'
import { ADHESION_ENDED, authenticate } from './authenticate.ts'
import { isPassword } from './passwords.ts'
import { hashToken, newToken } from './tokens.ts'

type AdhesionRow = { id: string; role: Role; organisation_id: string; organisation_type: OrganisationType; organisation_nom: string }
const organisationOf = (row: Omit<AdhesionRow, 'id' | 'role'>) => ({
  id: row.organisation_id,
  type: row.organisation_type,
  nom: row.organisation_nom,
})

const sessionOf = async ({ db, actor, now, today }: Ctx, demo: boolean): Promise<Session> => {
  const rows = await db.$queryRaw<AdhesionRow[]>`select * from my_adhesions(${today}::date)`
  return {
    utilisateur: { id: actor.utilisateurId, prenom: actor.prenom, nom: actor.nom },
    adhesionId: actor.adhesionId,
    organisation: { id: actor.organisationId, type: actor.organisationType, nom: actor.organisationNom },
    role: actor.role,
    droits: droitsOf(actor.role),
    adhesions: rows.map((row) => ({ id: row.id, role: row.role, organisation: organisationOf(row) })),
    demo,
    maintenant: now.toISOString(),
    today,
  }
}

/** The session that a fresh token opens: what sign-in and switching answer. */
const opened = async ({ pool, db, config }: Deps, call: SessionCall, token: string): Promise<Session> => {
  const { actor, entry } = await authenticate(pool, { token, adhesionId: null, today: call.today })
  const session = await read(db, entry, (tx) =>
    sessionOf({ db: tx, actor, now: call.now, today: call.today, requestId: call.requestId }, config.demo),
  )
  call.setToken(token)
  return session
}

type Start = { utilisateurId: string; adhesionId: string | null; guichet: boolean }

const start = async (deps: Deps, call: SessionCall, { utilisateurId, adhesionId, guichet }: Start): Promise<Session> => {
  const token = newToken()
  const values = [hashToken(token), utilisateurId, adhesionId, guichet, call.today]
  const { rows } = await deps.pool.query<{ id: string | null }>('select session_start($1, $2, $3, $4, $5) as id', values)
  if (!rows[0]?.id) throw new Forbidden(ADHESION_ENDED)
  // whoever was signed in on this browser no longer is
  if (call.token) await deps.pool.query('select session_end($1)', [hashToken(call.token)])
  return opened(deps, call, token)
}

const secondes = (count: number) => `${count}\u00a0seconde${count > 1 ? 's' : ''}`

/** One attempt on an account, known or not: the wait grows, the answer and its time are the same. */
const signIn = async (
  deps: Deps,
  call: SessionCall,
  { courriel, motDePasse, guichet }: { courriel: string; motDePasse: string; guichet: boolean },
) => {
  const account = createHash('sha256').update(courriel).digest()
  const attempt = await deps.pool.query<{ wait: number }>('select login_attempt($1) as wait', [account])
  const wait = attempt.rows[0]!.wait
  if (wait > 0) throw new Refused(refuse('trop_de_demandes', `Trop d’essais. Réessayez dans ${secondes(wait)}.`), 429, wait)
  const { rows } = await deps.pool.query<{ id: string | null; mot_de_passe: string | null; desactive: boolean }>(
    'select * from login_lookup($1)',
    [courriel],
  )
  const found = rows[0]
  const same = await isPassword(found?.mot_de_passe ?? null, motDePasse)
  if (!same || !found?.id || found.desactive)
    throw new Refused(refuse('non_connecte', 'Adresse électronique ou mot de passe incorrect.'), 401)
  await deps.pool.query('select login_success($1)', [account])
  return start(deps, call, { utilisateurId: found.id, adhesionId: null, guichet })
}

const signOut = async (deps: Deps, call: SessionCall) => {
  if (call.token) await deps.pool.query('select session_end($1)', [hashToken(call.token)])
  call.clear()
  return { deconnecte: true as const }
}

const switchAdhesion = async (deps: Deps, call: SessionCall, adhesionId: string) => {
  const token = newToken()
  const values = [hashToken(call.token!), hashToken(token), adhesionId, call.today]
  const { rows } = await deps.pool.query<{ done: boolean }>('select session_switch($1, $2, $3, $4) as done', values)
  if (!rows[0]?.done) throw new NotFound()
  return opened(deps, call, token)
}

type DemoRow = AdhesionRow & { adhesion_id: string; utilisateur_id: string; prenom: string; nom: string }
const demoPeople = async (deps: Deps, today: string) => (await deps.pool.query<DemoRow>('select * from demo_people($1)', [today])).rows

const listDemoPeople = async (deps: Deps, today: string) => ({
  items: (await demoPeople(deps, today)).map((row) => ({
    adhesionId: row.adhesion_id,
    prenom: row.prenom,
    nom: row.nom,
    role: row.role,
    organisation: organisationOf(row),
  })),
})

const signInDemo = async (deps: Deps, call: SessionCall, adhesionId: string) => {
  const person = (await demoPeople(deps, call.today)).find((row) => row.adhesion_id === adhesionId)
  if (!person) throw new NotFound()
  return start(deps, call, { utilisateurId: person.utilisateur_id, adhesionId, guichet: false })
}

const moveClock = async (ctx: Ctx, jours: number) => {
  await ctx.db.$queryRaw`select clock_move(${jours}::int)`
  const now = new Date(ctx.now.getTime() + jours * 86_400_000)
  return { maintenant: now.toISOString(), today: parisDay(now) }
}

export const session = (app: FastifyInstance, deps: Deps): void => {
  // after the commit, before the answer: whoever reads next reads the new day
  app.addHook('onSend', async (request) => {
    if (request.routeOptions.config.name === 'moveClock') await deps.clock.refresh()
  })
  implement(app, deps, sessionRoutes, {
    getSession: (ctx) => sessionOf(ctx, deps.config.demo),
    signIn: (call, { body }) => signIn(deps, call, body),
    signOut: (call) => signOut(deps, call),
    switchAdhesion: (call, { body }) => switchAdhesion(deps, call, body.adhesionId),
    listDemoPeople: (call) => listDemoPeople(deps, call.today),
    signInDemo: (call, { body }) => signInDemo(deps, call, body.adhesionId),
    moveClock: (ctx, { body }) => moveClock(ctx, body.jours),
  })
}
