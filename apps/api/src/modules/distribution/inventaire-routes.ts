import { inventaireRoutes } from '@pass/contracts/inventaires.ts'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { implement } from '../../platform/implement.ts'
import { closeInventaire } from './close-inventaire.ts'
import { countStock } from './count-stock.ts'
import { getInventaire, listComptages, listInventaires } from './inventaires.ts'
import { openInventaire } from './open-inventaire.ts'
import { writeOff } from './write-off.ts'

export const inventaires = (app: FastifyInstance, deps: Deps) =>
  implement(app, deps, inventaireRoutes, {
    listInventaires: (ctx, { query }) => listInventaires(ctx, query),
    getInventaire: (ctx, { params }) => getInventaire(ctx, params),
    openInventaire: (ctx, { body }) => openInventaire(ctx, body),
    closeInventaire: (ctx, { params }) => closeInventaire(ctx, params),
    writeOff: (ctx, { params }) => writeOff(ctx, params),
    listComptages,
    countStock: (ctx, { params, body }) => countStock(ctx, { ...params, ...body }),
  })
