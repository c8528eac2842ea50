import { creneauRoutes } from '@pass/contracts/creneaux.ts'
import { implement } from '../../platform/implement.ts'
import type { Module } from '../../platform/module.ts'
import { listPrestations, setPrestation } from '../lieux/public.ts'
import { copyAtelier } from './copy-atelier.ts'
import { leaveCreneau, listCreneaux, listRendezVous, takeCreneau } from './creneaux.ts'
import { offerAtelier } from './offer-atelier.ts'
import { downloadPiece, listPieces, uploadPiece } from './pieces.ts'
import { scheduleSerie } from './schedule-serie.ts'
import { drawEmargement, drawListePapier } from './sheets.ts'
import { signAttendance } from './sign-attendance.ts'

export const creneaux: Module['bind'] = (app, deps) =>
  implement(app, deps, creneauRoutes, {
    copyAtelier: (ctx, { params, body }) => copyAtelier(ctx, { ...params, ...body }),
    scheduleSerie: (ctx, { body }) => scheduleSerie(ctx, body),
    offerAtelier: (ctx, { params, body }) => offerAtelier(ctx, { ...params, ...body }),
    signAttendance: (ctx, { params, body }) => signAttendance(ctx, { ...params, ...body }),
    drawEmargement: (ctx, { params }) => drawEmargement(ctx, params),
    drawListePapier: (ctx, { params }) => drawListePapier(ctx, params),
    listPieces: (ctx, { params }) => listPieces(ctx, params),
    uploadPiece: (ctx, { params, body }) => uploadPiece(ctx, deps.config, params, body),
    downloadPiece: (ctx, { params }) => downloadPiece(ctx, deps.config, params),
    listPrestations: (ctx) => listPrestations(ctx),
    setPrestation: (ctx, { params, body }) => setPrestation(ctx, { ...params, ...body }),
    listCreneaux: (ctx, { query }) => listCreneaux(ctx, query),
    takeCreneau: (ctx, { params, body }) => takeCreneau(ctx, { ...params, ...body }),
    listRendezVous: (ctx, { query }) => listRendezVous(ctx, query),
    leaveCreneau: (ctx, { params }) => leaveCreneau(ctx, params),
  })
