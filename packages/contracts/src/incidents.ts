import { INCIDENT_STATUTS } from '@pass/domain/incidents.ts'
import { REDEMPTION_STATUTS } from '@pass/domain/redemptions.ts'
import { z } from 'zod'
import { centimes, instant, montant, Organisme, pageOf, pageQuery, texte } from './lists.ts'
import { routes } from './route.ts'

/** A use as the operator puts it in question: no person, no carnet. */
export const Utilisation = z.object({
  id: z.uuid(),
  at: instant,
  lieu: z.string(),
  collectivite: z.string(),
  montantCentimes: montant,
  statut: z.enum(REDEMPTION_STATUTS),
  /** The incident that waits or was taken; null: one may be asked. */
  incidentId: z.uuid().nullable(),
})
export type Utilisation = z.infer<typeof Utilisation>

export const Incident = z.object({
  id: z.uuid(),
  statut: z.enum(INCIDENT_STATUTS),
  structure: Organisme,
  collectivite: z.string(),
  lieu: z.string(),
  /** When the pass was used, and what the use was paid. */
  utiliseAt: instant,
  utilisationCentimes: montant,
  /** What is withheld. */
  montantCentimes: montant,
  motif: z.string(),
  demandePar: z.object({ id: z.uuid(), nom: z.string() }),
  demandeAt: instant,
  decidePar: z.object({ id: z.uuid(), nom: z.string() }).nullable(),
  decideAt: instant.nullable(),
  /** The bordereau that withholds it. */
  bordereau: z.object({ id: z.uuid(), reference: z.string() }).nullable(),
})
export type Incident = z.infer<typeof Incident>

export const incidentRoutes = routes({
  listIncidents: {
    method: 'GET',
    path: '/incidents',
    droit: 'incident:read',
    effect: 'read',
    summary: 'Lister les incidents : utilisations payées à tort, à retenir sur un prochain bordereau',
    query: z.object({ ...pageQuery, statut: z.enum(INCIDENT_STATUTS).optional() }),
    response: pageOf(Incident),
  },
  getIncident: {
    method: 'GET',
    path: '/incidents/:incidentId',
    droit: 'incident:read',
    effect: 'read',
    summary: 'Lire un incident',
    params: z.object({ incidentId: z.uuid() }),
    response: Incident,
  },
  listBordereauUtilisations: {
    method: 'GET',
    path: '/bordereaux/:bordereauId/utilisations',
    droit: 'incident:read',
    effect: 'read',
    summary: 'Lister les utilisations d’un bordereau, une à une',
    params: z.object({ bordereauId: z.uuid() }),
    query: z.object({ ...pageQuery }),
    response: pageOf(Utilisation),
  },
  askIncident: {
    method: 'POST',
    path: '/incidents',
    droit: 'incident:ask',
    effect: 'write',
    status: 201,
    summary: 'Demander de retenir tout ou partie d’une utilisation payée à tort',
    refusals: ['incident_impossible', 'incident_montant'],
    body: z.strictObject({
      redemptionId: z.uuid('Choisissez l’utilisation.'),
      montantCentimes: centimes('Indiquez le montant à retenir.'),
      motif: texte('Indiquez ce qui a été constaté, sans nom de personne.', 300),
    }),
    response: Incident,
    example: { redemptionId: '0192d1c0-0000-7000-8000-700000000001', montantCentimes: 400, motif: 'Atelier d’une heure, payé deux heures' },
  },
  decideIncident: {
    method: 'POST',
    path: '/incidents/:incidentId/decision',
    droit: 'incident:decide',
    effect: 'write',
    stepUp: true,
    summary: 'Approuver ou refuser un incident demandé par une autre personne',
    refusals: ['incident_statut', 'meme_personne'],
    params: z.object({ incidentId: z.uuid() }),
    body: z.strictObject({ accord: z.boolean('Approuvez ou refusez.') }),
    response: Incident,
    example: { accord: false },
  },
})
