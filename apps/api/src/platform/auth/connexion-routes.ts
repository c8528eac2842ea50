import { connexionRoutes } from '@pass/contracts/connexion.ts'
import { implement } from '../implement.ts'
import type { Module } from '../module.ts'
import { posteOf } from './guichet.ts'
import { openLien, requestLien } from './links.ts'
import { challengePasskey, signInPasskey } from './passkeys.ts'
import { finishProConnect, proConnectEnabled, startProConnect } from './proconnect.ts'
import { confirmRecuperation, requestRecuperation } from './recovery.ts'

export const connexion: Module['bind'] = (app, deps) =>
  implement(app, deps, connexionRoutes, {
    getMoyens: async (call) => ({ proconnect: proConnectEnabled(deps), demo: deps.config.demo, poste: await posteOf(deps, call) }),
    requestLien: (call, { body }) => requestLien(deps, call, body),
    openLien: (call, { body }) => openLien(deps, call, body),
    challengePasskey: (call) => challengePasskey(deps, call),
    signInPasskey: (call, { body }) => signInPasskey(deps, call, body),
    startProConnect: (call, { query }) => startProConnect(deps, call, query.retour),
    finishProConnect: (call, { query }) => finishProConnect(deps, call, query),
    requestRecuperation: (call, { body }) => requestRecuperation(deps, call, body),
    confirmRecuperation: (call, { body }) => confirmRecuperation(deps, call, body),
  })
