import { bordereauRoutes } from '@pass/contracts/bordereaux.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { pdf } from '../../platform/pdf/document.ts'
import { approveBordereau } from './approve-bordereau.ts'
import { drawReleve } from './bordereau.pdf.ts'
import { checkBordereau } from './check-bordereau.ts'
import { closeMonth } from './close-month.ts'
import { previewCloture } from './cloture.ts'
import { getMonDu } from './mon-du.ts'
import { payBordereau } from './pay-bordereau.ts'
import { getBordereau, getReleve, getSepa, listBordereaux } from './queries.ts'
import { releaseBordereau } from './release-bordereau.ts'

export const remboursements = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, bordereauRoutes, {
    listBordereaux: (ctx, { query }) => listBordereaux(ctx, query),
    getBordereau: (ctx, { params }) => getBordereau(ctx, params),
    previewCloture: (ctx, { params }) => previewCloture(ctx, params),
    closeMonth: (ctx, { params }) => closeMonth(ctx, params),
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
    getSepa: (ctx, { params }) => getSepa(ctx, params),
    getMonDu: (ctx) => getMonDu(ctx),
  })
