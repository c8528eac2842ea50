import { FIGURE_ETAPES } from '@pass/domain/figures.ts'
import { z } from 'zod'
import { montant, Organisme } from './lists.ts'
import { routes } from './route.ts'

export const ETAPES = FIGURE_ETAPES

/** A stage in carnets, pass and euros. `utilises` and `rembourses` count pass: their `carnets` are those touched. */
const Etape = z.object({ etape: z.enum(ETAPES), carnets: z.int().nullable(), pass: z.int(), centimes: montant })
export type Etape = z.infer<typeof Etape>

export const Entonnoir = z.object({
  /** When the figures were read. */
  at: z.iso.datetime({ offset: true }),
  etapes: z.array(Etape),
  /** Parts in basis points, null when the denominator is 0; the denominator is printed beside. */
  taux: z.array(
    z.object({ code: z.string(), libelle: z.string(), valeurBp: z.int().nullable(), numerateur: z.int(), denominateur: z.int() }),
  ),
  /** Balances of the ledger: received and not activated, circulating, owed, in payment, paid. */
  argent: z.object({ fonds: montant, circulation: montant, du: montant, enPaiement: montant, paye: montant }),
})
export type Entonnoir = z.infer<typeof Entonnoir>

export const pilotageRoutes = routes({
  getEntonnoir: {
    method: 'GET',
    path: '/pilotage/entonnoir',
    droit: 'pilotage:read',
    effect: 'read',
    summary: 'Où en sont les carnets et l’argent, dans son périmètre',
    query: z.object({ conventionId: z.uuid().optional() }),
    response: Entonnoir,
  },
  listTerritoires: {
    method: 'GET',
    path: '/pilotage/territoires',
    droit: 'pilotage:nation',
    effect: 'read',
    summary: 'Les mêmes figures, collectivité par collectivité',
    response: z.object({
      at: z.iso.datetime({ offset: true }),
      items: z.array(
        z.object({
          collectivite: Organisme,
          departement: z.string().nullable(),
          etapes: z.array(Etape),
          utiliseCentimes: montant,
          payeCentimes: montant,
        }),
      ),
    }),
  },
})
