import { COUVERTURE_NIVEAUX } from '@pass/domain/couverture.ts'
import { REPARTITION_MAX } from '@pass/domain/repartition.ts'
import { z } from 'zod'
import { instant } from './lists.ts'
import { routes } from './route.ts'

/** How long the stock of a counter lasts at its own pace. */
export const Couverture = z.object({
  id: z.uuid(),
  nom: z.string(),
  niveau: z.enum(COUVERTURE_NIVEAUX),
  enStock: z.int(),
  enTransit: z.int(),
  /** Handed over in the last 30 days. */
  remis: z.int(),
  /** Null when nothing was handed over. */
  jours: z.int().nullable(),
  dormants: z.int(),
  derniereRemise: instant.nullable(),
})
export type Couverture = z.infer<typeof Couverture>

const repartitionQuery = z.object({
  carnets: z
    .int('Indiquez le nombre de carnets à répartir.')
    .min(1, 'Un carnet au moins.')
    .max(REPARTITION_MAX, 'Un million de carnets au plus.')
    .default(1000),
  /** Percent of the carnets shared equally between communes. */
  partFixe: z.int('Indiquez la part fixe, en pour cent.').min(0, 'De 0 à 100.').max(100, 'De 0 à 100.').default(30),
  maille: z.enum(['epci', 'commune']).default('epci'),
})

export const Repartition = z.object({
  carnets: z.int(),
  partFixe: z.int(),
  communes: z.int(),
  population: z.int(),
  lignes: z.array(z.object({ code: z.string(), nom: z.string(), communes: z.int(), population: z.int(), carnets: z.int() })),
})
export type Repartition = z.infer<typeof Repartition>

export const couvertureRoutes = routes({
  getCouverture: {
    method: 'GET',
    path: '/stock/couverture',
    droit: 'stock:plan',
    effect: 'read',
    summary: 'Combien de jours de stock reste-t-il à chaque prescripteur',
    query: z.object({ niveau: z.enum(COUVERTURE_NIVEAUX).optional() }),
    response: z.object({ items: z.array(Couverture), niveaux: z.record(z.enum(COUVERTURE_NIVEAUX), z.int()) }),
  },
  simulateRepartition: {
    method: 'GET',
    path: '/stock/repartition',
    droit: 'stock:plan',
    effect: 'read',
    summary: 'Répartir des carnets entre les communes : une part fixe, le reste selon la population',
    refusals: ['repartition_impossible'],
    query: repartitionQuery,
    response: Repartition,
  },
  exportRepartition: {
    method: 'GET',
    path: '/stock/repartition.csv',
    droit: 'stock:plan',
    effect: 'read',
    kind: 'file',
    summary: 'Télécharger la répartition simulée (CSV)',
    refusals: ['repartition_impossible'],
    query: repartitionQuery,
    response: z.unknown(),
  },
})
