import { sessionRoutes } from '@pass/contracts/session.ts'
import { parisDay } from '@pass/domain/days.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { FastifyInstance } from 'fastify'
import type { Ctx } from '../context.ts'
import type { Deps } from '../deps.ts'
import { NotFound, Refused } from '../errors.ts'
import { implement } from '../implement.ts'
import { enqueue } from '../jobs/enqueue.ts'
import type { SessionCall } from '../session-call.ts'
import { isPassword } from './passwords.ts'
import { afterSignOut } from './proconnect.ts'
import { type AdhesionRow, opened, organisationOf, sessionOf, startSession } from './sessions.ts'
import { forgive, throttle } from './throttle.ts'
import { hashToken, newToken } from './tokens.ts'

/** One attempt on an account, known or not: the wait grows, the answer and its time are the same. */
const signIn = async (
  deps: Deps,
  call: SessionCall,
  { courriel, motDePasse, guichet }: { courriel: string; motDePasse: string; guichet: boolean },
) => {
  const account = `mot_de_passe:${courriel}`
  await throttle(deps.pool, account)
  const { rows } = await deps.pool.query<{ id: string | null; mot_de_passe: string | null; desactive: boolean }>(
    'select * from login_lookup($1)',
    [courriel],
  )
  const found = rows[0]
  const same = await isPassword(found?.mot_de_passe ?? null, motDePasse)
  if (!same || !found?.id || found.desactive)
    throw new Refused(refuse('non_connecte', 'Adresse électronique ou mot de passe incorrect.'), 401)
  await forgive(deps.pool, account)
  return startSession(deps, call, { utilisateurId: found.id, methode: 'mot_de_passe', guichet })
}

const signOut = async (deps: Deps, call: SessionCall) => {
  const ended = call.token
    ? await deps.pool.query<{ id_token: string | null }>('select id_token from session_end($1)', [hashToken(call.token)])
    : null
  call.clear()
  return { deconnecte: true as const, suite: await afterSignOut(deps, ended?.rows[0]?.id_token ?? null) }
}

const switchAdhesion = async (deps: Deps, call: SessionCall, adhesionId: string) => {
  const token = newToken()
  const poste = call.cookie('poste')
  const values = [hashToken(call.token!), hashToken(token), adhesionId, call.today, poste === undefined ? null : hashToken(poste)]
  const { rows } = await deps.pool.query<{ issue: 'fait' | 'absent' | 'pin' }>('select session_switch($1, $2, $3, $4, $5) as issue', values)
  const issue = rows[0]!.issue
  if (issue === 'pin') throw new Refused(refuse('pin_bloque', 'Connectez-vous en entier pour changer d’organisation.'))
  if (issue === 'absent') throw new NotFound()
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
  // one click stands for every proof: the demonstration is nobody's
  return startSession(deps, call, { utilisateurId: person.utilisateur_id, adhesionId, methode: 'demo', secondFacteur: true })
}

const moveClock = async (ctx: Ctx, jours: number) => {
  await ctx.db.$queryRaw`select clock_move(${jours}::int)`
  // what the mornings in between would have told; the real one is hours away
  await enqueue(ctx, 'tend-echeances', {}, 'horloge')
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
