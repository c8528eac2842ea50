import type { FastifyInstance } from 'fastify'
import type { Deps } from '../apps/api/src/platform/deps.ts'
import { MODULES, type Module } from '../apps/api/src/registry.ts'
import { CANARI, ORG } from '../prisma/seed/base/ids.ts'

type Spoil = (api: FastifyInstance, deps: Deps, cookie: string) => void

/** Faults planted in every route, one for each check that guards something grave. */
const SPOILS = {
  /** Breaks on an address that nobody of the team would type. */
  panne: (api) =>
    api.addHook('preHandler', async ({ url }) => {
      if (url.length > 120) throw new TypeError('spoiled')
    }),
  /** Lets in, as the person of `cookie`, whoever comes without a session. */
  authentification: (api, _, cookie) => api.addHook('onRequest', async ({ headers }) => void (headers.cookie ??= cookie)),
  /** Tells people something even when it refuses. */
  changement: (api, { pool }) =>
    api.addHook('preHandler', async () => {
      await pool.query(
        "select notify_people($1, array['collectivite.lecteur'], '{}', '2026-03-10', 'suivi', 'jamais', 'essai', 'Essai', '', null)",
        [ORG.t1],
      )
    }),
  /** Says a word of somebody else's rows in its refusals. */
  canari: (api) =>
    api.addHook('onSend', async (_request, reply, payload) => (reply.statusCode === 404 ? `${String(payload)} ${CANARI}` : payload)),
} satisfies Record<string, Spoil>

export type Sabotage = keyof typeof SPOILS
export const SABOTAGES = Object.keys(SPOILS) as Sabotage[]
export const isSabotage = (name: string): name is Sabotage => name in SPOILS

/** The modules of the server, spoiled, so that the fuzz is seen to find it. */
export const spoiledModules = (sabotage: Sabotage, cookie: string): Module[] =>
  MODULES.map((module) => ({
    ...module,
    bind: (api, deps) => {
      const spoil: Spoil = SPOILS[sabotage]
      spoil(api, deps, cookie)
      module.bind(api, deps)
    },
  }))
