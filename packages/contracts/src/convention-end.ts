import { z } from 'zod'
import { Convention } from './conventions.ts'
import { texte } from './lists.ts'
import { routes } from './route.ts'

const params = z.object({ conventionId: z.uuid() })
const motif = texte('Indiquez le motif.', 500)

/** How a convention ends: its account drawn up, settled, closed; or terminated before its time. */
export const conventionEndRoutes = routes({
  reportConvention: {
    method: 'POST',
    path: '/conventions/:conventionId/bilan',
    droit: 'convention:end',
    effect: 'write',
    summary: 'Commencer le bilan d’une convention terminée',
    refusals: ['convention_statut', 'convention_non_terminee', 'convention_commandes_en_cours'],
    params,
    body: z.strictObject({ motif: motif.nullable() }),
    response: Convention,
    example: { motif: null },
  },
  settleConvention: {
    method: 'POST',
    path: '/conventions/:conventionId/solde',
    droit: 'convention:end',
    effect: 'write',
    summary: 'Solder une convention : tout est payé ou crédité',
    refusals: ['convention_statut', 'convention_non_soldee'],
    params,
    body: z.strictObject({ motif: motif.nullable() }),
    response: Convention,
    example: { motif: null },
  },
  closeConvention: {
    method: 'POST',
    path: '/conventions/:conventionId/cloture',
    droit: 'convention:end',
    effect: 'write',
    summary: 'Clore une convention soldée',
    refusals: ['convention_statut', 'convention_non_soldee'],
    params,
    body: z.strictObject({ motif: motif.nullable() }),
    response: Convention,
    example: { motif: null },
  },
  terminateConvention: {
    method: 'POST',
    path: '/conventions/:conventionId/resiliation',
    droit: 'convention:end',
    effect: 'write',
    summary: 'Résilier une convention, avec son motif',
    refusals: ['convention_statut'],
    params,
    body: z.strictObject({ motif }),
    response: Convention,
    example: { motif: 'Décision de l’assemblée du 3 mars 2026.' },
  },
})
