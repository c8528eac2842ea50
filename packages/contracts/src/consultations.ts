import { ORGANISATION_TYPES, ROLES } from '@pass/domain/organisations.ts'
import { z } from 'zod'
import { instant, Organisme, pageOf, pageQuery } from './lists.ts'
import { routes } from './route.ts'
import { Session } from './session.ts'

const EXAMPLE_ID = '0192d1c0-0000-7000-8000-000000000001'

/** A look of the assistance, as both sides read it. */
export const Consultation = z.object({
  id: z.uuid(),
  organisation: Organisme,
  operateur: Organisme,
  /** Who looked, and through whose eyes. */
  par: z.string(),
  pour: z.string(),
  motif: z.string(),
  debutAt: instant,
  finAt: instant.nullable(),
  lectures: z.int(),
})
export type Consultation = z.infer<typeof Consultation>

/** « Voir comme »: the assistance looks at a screen through somebody’s eyes. It acts on nothing. */
export const consultationRoutes = routes({
  searchCibles: {
    method: 'GET',
    path: '/consultations/cibles',
    droit: 'consultation:open',
    effect: 'read',
    summary: 'Chercher la personne dont voir l’écran, par organisation',
    query: z.object({ recherche: z.string().trim().min(2, 'Tapez au moins 2 lettres.').max(80) }),
    response: z.object({
      items: z.array(
        z.object({
          adhesionId: z.uuid(),
          nom: z.string(),
          role: z.enum(ROLES),
          organisation: z.object({ id: z.uuid(), nom: z.string(), type: z.enum(ORGANISATION_TYPES) }),
        }),
      ),
    }),
  },
  openConsultation: {
    method: 'POST',
    path: '/session/consultation',
    droit: 'consultation:open',
    effect: 'session',
    status: 201,
    stepUp: true,
    summary: 'Voir l’écran d’une personne, avec un motif que son organisation lira',
    refusals: ['introuvable', 'consultation_refusee'],
    body: z.strictObject({
      adhesionId: z.uuid('Choisissez une personne dans la liste.'),
      motif: z.string().trim().min(10, 'Dites en une phrase ce que la personne vous a demandé (10 caractères au moins).').max(500),
    }),
    response: Session,
    example: { adhesionId: EXAMPLE_ID, motif: 'La structure ne trouve plus son bordereau de février.' },
  },
  closeConsultation: {
    method: 'DELETE',
    path: '/session/consultation',
    droit: 'session:read',
    effect: 'session',
    summary: 'Revenir à son propre écran',
    response: Session,
  },
  listConsultations: {
    method: 'GET',
    path: '/consultations',
    droit: 'consultation:read',
    effect: 'read',
    summary: 'Lire les consultations de l’assistance : les siennes pour l’opérateur, celles de ses écrans pour les autres',
    query: z.object({ ...pageQuery }),
    response: pageOf(Consultation),
  },
})
