import { compteRoutes } from '@pass/contracts/comptes.ts'
import { fraisRoutes } from '@pass/contracts/frais.ts'
import { livreRoutes } from '@pass/contracts/livres.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { closeBooks, listMoisComptables } from './close-books.ts'
import { askControles, getControles } from './controles.ts'
import { getCouvertureFonds } from './couverture-fonds.ts'
import { exportCouvertureFonds, exportTransfers } from './export-files.ts'
import { listFrais, setFrais } from './frais.ts'
import { getTransfer } from './get-transfer.ts'
import { getGrandLivre, listTransfers } from './queries.ts'

export const comptabilite = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, compteRoutes, {
    getGrandLivre: (ctx, { params, query }) => getGrandLivre(ctx, { ...params, ...query }),
    listTransfers: (ctx, { params, query }) => listTransfers(ctx, { ...params, ...query }),
    exportTransfers: (ctx, { params, query }) => exportTransfers(ctx, { ...params, ...query }),
    getTransfer: (ctx, { params }) => getTransfer(ctx, params),
  })

export const livres = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, livreRoutes, {
    listMoisComptables: (ctx) => listMoisComptables(ctx),
    closeBooks: (ctx, { params }) => closeBooks(ctx, params),
    getControles: (ctx) => getControles(ctx),
    askControles: (ctx) => askControles(ctx),
    getCouvertureFonds: (ctx, { params, query }) => getCouvertureFonds(ctx, { ...params, ...query }),
    exportCouvertureFonds: (ctx, { params, query }) => exportCouvertureFonds(ctx, { ...params, ...query }),
  })

export const frais = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, fraisRoutes, {
    listFrais: (ctx) => listFrais(ctx),
    setFrais: (ctx, { body }) => setFrais(ctx, body),
  })
