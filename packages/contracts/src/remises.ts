import { IDENTITE_MODES } from '@pass/domain/conventions.ts'
import { z } from 'zod'
import { Organisme } from './lists.ts'
import { Prescription } from './prescriptions.ts'
import { routes } from './route.ts'

const params = z.object({ prescriptionId: z.uuid() })

/** A hand-over with what its letter and its receipt say. */
export const Remise = Prescription.extend({
  collectivite: Organisme,
  prescripteur: Organisme,
  identite: z.enum(IDENTITE_MODES),
  dateFin: z.iso.date(),
  /** Pass cancelled of the carnet: it stands for one that had been used. */
  annules: z.int(),
  commune: z.string().nullable(),
})
export type Remise = z.infer<typeof Remise>

export const remiseRoutes = routes({
  getRemise: {
    method: 'GET',
    path: '/prescriptions/:prescriptionId',
    droit: 'prescription:read',
    effect: 'journaled-read',
    summary: 'Lire une remise, pour réimprimer son courrier',
    params,
    response: Remise,
  },
  drawRecu: {
    method: 'GET',
    path: '/prescriptions/:prescriptionId/recu.pdf',
    droit: 'prescription:read',
    effect: 'journaled-read',
    kind: 'file',
    summary: 'Imprimer le reçu de la remise (PDF)',
    refusals: ['prescription_statut'],
    params,
    response: z.unknown(),
  },
})
