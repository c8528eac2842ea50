import { organisationRoutes } from '@pass/contracts/organisations.ts'
import { acceptInvitation, readInvitation } from '../../platform/auth/invitations.ts'
import { implement } from '../../platform/implement.ts'
import type { Module } from '../../platform/module.ts'
import { removeMembre, reviewMembre, setMembre } from './change-membre.ts'
import { downloadJournal } from './download-journal.ts'
import { cancelInvitation, inviteMembre, listInvitations, resendInvitation } from './invitations.ts'
import { listJournal } from './journal.ts'
import { listMembres } from './membres.ts'
import { createOrganisation, inviteAdministrator, searchOrganisations } from './organisations.ts'
import { grantRecuperation, listRecuperations, refuseRecuperation } from './recuperations.ts'
import { disableUtilisateur, enableUtilisateur, searchUtilisateur } from './utilisateurs.ts'

export const organisations: Module['bind'] = (app, deps) =>
  implement(app, deps, organisationRoutes, {
    searchOrganisations: (ctx, { query }) => searchOrganisations(ctx, query),
    createOrganisation: (ctx, { body }) => createOrganisation(ctx, body),
    inviteAdministrator: (ctx, { params, body }) => inviteAdministrator(ctx, { ...params, ...body }),
    listMembres: (ctx, { query }) => listMembres(ctx, query),
    setMembre: (ctx, { params, body }) => setMembre(ctx, { ...params, ...body }),
    removeMembre: (ctx, { params }) => removeMembre(ctx, params),
    reviewMembre: (ctx, { params }) => reviewMembre(ctx, params),
    disableUtilisateur: (ctx, { params, body }) => disableUtilisateur(ctx, { ...params, ...body }),
    enableUtilisateur: (ctx, { params }) => enableUtilisateur(ctx, params),
    searchUtilisateur: (ctx, { body }) => searchUtilisateur(ctx, body),
    listInvitations: (ctx, { query }) => listInvitations(ctx, query),
    inviteMembre: (ctx, { body }) => inviteMembre(ctx, body),
    cancelInvitation: (ctx, { params }) => cancelInvitation(ctx, params),
    resendInvitation: (ctx, { params }) => resendInvitation(ctx, params),
    readInvitation: (call, { body }) => readInvitation(deps, call, body),
    acceptInvitation: (call, { body }) => acceptInvitation(deps, call, body),
    listRecuperations: (ctx) => listRecuperations(ctx),
    grantRecuperation: (ctx, { params }) => grantRecuperation(ctx, params),
    refuseRecuperation: (ctx, { params }) => refuseRecuperation(ctx, params),
    listJournal: (ctx, { query }) => listJournal(ctx, query),
    downloadJournal: (ctx, { query }) => downloadJournal(ctx, query),
  })
