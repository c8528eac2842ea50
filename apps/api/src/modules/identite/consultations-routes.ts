import { consultationRoutes } from '@pass/contracts/consultations.ts'
import { closeConsultation, openConsultation } from '../../platform/auth/consultation.ts'
import { implement } from '../../platform/implement.ts'
import type { Module } from '../../platform/module.ts'
import { listConsultations, searchCibles } from './consultations.ts'

export const consultations: Module['bind'] = (app, deps) =>
  implement(app, deps, consultationRoutes, {
    searchCibles: (ctx, { query }) => searchCibles(ctx, query),
    openConsultation: (call, { body }) => openConsultation(deps, call, body),
    closeConsultation: (call) => closeConsultation(deps, call),
    listConsultations: (ctx, { query }) => listConsultations(ctx, query),
  })
