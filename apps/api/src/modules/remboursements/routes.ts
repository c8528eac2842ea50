import { bordereauRoutes } from '@pass/contracts/bordereaux.ts'
import { clotureRoutes } from '@pass/contracts/clotures.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { pdf } from '../../platform/pdf/document.ts'
import { approveBordereau, approveBordereaux } from './approve-bordereaux.ts'
import { drawReleve } from './bordereau.pdf.ts'
import { checkBordereau, checkBordereaux } from './check-bordereaux.ts'
import { closePeriode } from './close-periode.ts'
import { listClotures, previewCloture } from './cloture-queries.ts'
import { getMonDu } from './du-echeancier.ts'
import { payBordereau } from './pay-bordereau.ts'
import { getBordereau, listBordereaux } from './queries.ts'
import { releaseBordereau } from './release-bordereau.ts'
import { exportBordereau, exportPeriode, getReleve, getSepa } from './releve.ts'

export const remboursements = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, bordereauRoutes, {
    listBordereaux: (ctx, { query }) => listBordereaux(ctx, query),
    getBordereau: (ctx, { params }) => getBordereau(ctx, params),
    checkBordereaux: (ctx, { body }) => checkBordereaux(ctx, body),
    approveBordereaux: (ctx, { body }) => approveBordereaux(ctx, body),
    checkBordereau: (ctx, { params }) => checkBordereau(ctx, params),
    approveBordereau: (ctx, { params }) => approveBordereau(ctx, params),
    releaseBordereau: (ctx, { params }) => releaseBordereau(ctx, params),
    payBordereau: (ctx, { params, body }) => payBordereau(ctx, { ...params, ...body }),
    drawBordereau: async (ctx, { params }) => {
      const releve = await getReleve(ctx, params)
      // drawn once the transaction is over: a connection never waits for ink
      const contenu = () => pdf(drawReleve, releve, { titre: `Bordereau ${releve.reference}`, now: ctx.now })
      return { nom: `bordereau-${releve.reference}.pdf`, type: 'application/pdf', contenu }
    },
    exportBordereau: (ctx, { params }) => exportBordereau(ctx, params),
    getSepa: (ctx, { params }) => getSepa(ctx, params),
    getMonDu: (ctx) => getMonDu(ctx),
  })

export const clotures = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, clotureRoutes, {
    listClotures: (ctx) => listClotures(ctx),
    previewCloture: (ctx, { params }) => previewCloture(ctx, params),
    exportPeriode: (ctx, { params }) => exportPeriode(ctx, params),
    closePeriode: (ctx, { params }) => closePeriode(ctx, params),
  })
