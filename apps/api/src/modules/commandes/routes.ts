import { commandeRoutes } from '@pass/contracts/commandes.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { activateCarnets } from './activate-carnets.ts'
import { cancelCommande } from './cancel-commande.ts'
import { createCommande } from './create-commande.ts'
import { drawDevis } from './draw-devis.ts'
import { produceCommande } from './produce-commande.ts'
import { proposeMaquette } from './propose-maquette.ts'
import { getCommande, listCommandes } from './queries.ts'
import { quoteCommande } from './quote-commande.ts'
import { receiveCommande } from './receive-commande.ts'
import { recordEncaissement } from './record-encaissement.ts'
import { recordMandat } from './record-mandat.ts'
import { refuseMaquette } from './refuse-maquette.ts'
import { shipCommande } from './ship-commande.ts'
import { signCommande } from './sign-commande.ts'
import { validateMaquette } from './validate-maquette.ts'

export const commandes = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, commandeRoutes, {
    listCommandes: (ctx, { query }) => listCommandes(ctx, query),
    getCommande: (ctx, { params }) => getCommande(ctx, params),
    createCommande: (ctx, { body }) => createCommande(ctx, body),
    quoteCommande: (ctx, { params }) => quoteCommande(ctx, params),
    drawDevis: (ctx, { params }) => drawDevis(ctx, params),
    signCommande: (ctx, { params, body }) => signCommande(ctx, { ...params, ...body }),
    proposeMaquette: (ctx, { params, body }) => proposeMaquette(ctx, { ...params, ...body }),
    refuseMaquette: (ctx, { params, body }) => refuseMaquette(ctx, { ...params, ...body }),
    validateMaquette: (ctx, { params }) => validateMaquette(ctx, params),
    produceCommande: (ctx, { params }) => produceCommande(ctx, { ...params, secrets: deps.secrets }),
    shipCommande: (ctx, { params, body }) => shipCommande(ctx, { ...params, ...body }),
    receiveCommande: (ctx, { params, body }) => receiveCommande(ctx, { ...params, ...body }),
    recordEncaissement: (ctx, { params, body }) => recordEncaissement(ctx, { ...params, ...body }),
    recordMandat: (ctx, { params, body }) => recordMandat(ctx, { ...params, ...body }),
    activateCarnets: (ctx, { params, body }) => activateCarnets(ctx, { ...params, ...body }),
    cancelCommande: (ctx, { params, body }) => cancelCommande(ctx, { ...params, ...body }),
  })
