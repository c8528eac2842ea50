import { factureRoutes } from '@pass/contracts/factures.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { closeCommande } from './close-commande.ts'
import { creditCommande } from './credit-commande.ts'
import { drawBonDeCommande } from './draw-bon-de-commande.ts'
import { drawFacture } from './draw-facture.ts'
import { exportCommandes } from './export-commandes.ts'
import { getFacturation, setFacturation } from './facturation.ts'
import { getFacture, listFactures } from './facture-queries.ts'
import { followFacture } from './follow-facture.ts'
import { issueFacture } from './issue-facture.ts'
import { setReferences } from './set-references.ts'

export const factures = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, factureRoutes, {
    listFactures: (ctx, { query }) => listFactures(ctx, query),
    getFacture: (ctx, { params }) => getFacture(ctx, params),
    drawFacture: (ctx, { params }) => drawFacture(ctx, params),
    followFacture: (ctx, { params, body }) => followFacture(ctx, { ...params, ...body }),
    issueFacture: (ctx, { params }) => issueFacture(ctx, params),
    creditCommande: (ctx, { params, body }) => creditCommande(ctx, { ...params, ...body }),
    closeCommande: (ctx, { params }) => closeCommande(ctx, params),
    setReferences: (ctx, { params, body }) => setReferences(ctx, { ...params, ...body }),
    drawBonDeCommande: (ctx, { params }) => drawBonDeCommande(ctx, params),
    exportCommandes: (ctx, { query }) => exportCommandes(ctx, query),
    getFacturation: (ctx) => getFacturation(ctx),
    setFacturation: (ctx, { body }) => setFacturation(ctx, body),
  })
