import { comptePersonnelRoutes } from '@pass/contracts/compte-personnel.ts'
import { setPassword } from '../../platform/auth/password-rules.ts'
import { startTotp } from '../../platform/auth/totp.ts'
import { implement } from '../../platform/implement.ts'
import type { Module } from '../../platform/module.ts'
import { getComptePersonnel, renameMe, setPreference } from './get-compte.ts'
import { downloadMyData } from './my-data.ts'
import { addPasskey, challengeNewPasskey, confirmTotp, removePasskey, removeTotp } from './my-factors.ts'
import { closeMySession, closeOtherSessions, listMySessions } from './my-sessions.ts'
import { removePin, setPin } from './pin.ts'

export const comptePersonnel: Module['bind'] = (app, deps) =>
  implement(app, deps, comptePersonnelRoutes, {
    getComptePersonnel,
    renameMe: (ctx, { body }) => renameMe(ctx, body),
    setPassword: async (ctx, { body }) => {
      await setPassword(ctx, body)
      return { fait: true as const }
    },
    startTotp: (ctx) => startTotp(ctx, deps),
    confirmTotp: (ctx, { body }) => confirmTotp(ctx, deps, body),
    removeTotp: (ctx) => removeTotp(ctx),
    challengeNewPasskey: (ctx) => challengeNewPasskey(ctx, deps),
    addPasskey: (ctx, { body }) => addPasskey(ctx, deps, body),
    removePasskey: (ctx, { params }) => removePasskey(ctx, params),
    setPin: async (ctx, { body }) => {
      await setPin(ctx, body)
      return getComptePersonnel(ctx)
    },
    removePin: async (ctx) => {
      await removePin(ctx)
      return getComptePersonnel(ctx)
    },
    setPreference: (ctx, { params, body }) => setPreference(ctx, { ...params, ...body }),
    listMySessions,
    closeMySession: (ctx, { params }) => closeMySession(ctx, params),
    closeOtherSessions,
    downloadMyData,
  })
