import { z } from 'zod'
import { montant } from './lists.ts'
import { routes } from './route.ts'

const Part = z.object({ nom: z.string(), cleBp: z.int(), montantCentimes: montant })

/** An avoir numbered `AL`: the pass that a lot left unused, or what incidents withheld from structures. */
export const Avoir = z.object({
  id: z.uuid(),
  numero: z.string(),
  dateEmission: z.iso.date(),
  /** The lot that ended; null: it gives back what was withheld. */
  lot: z.object({ id: z.uuid(), dateFin: z.iso.date() }).nullable(),
  passExpires: z.int(),
  passAnnules: z.int(),
  retenues: z.int(),
  montantCentimes: montant,
  /** The whole by the key of the convention, as it was that day. */
  parts: z.array(Part),
})
export type Avoir = z.infer<typeof Avoir>

/** The avoirs of a convention, the last one first, and what waits for the next. */
export const Avoirs = z.object({
  items: z.array(Avoir),
  aCrediter: z.object({ retenues: z.int(), montantCentimes: montant }),
})
export type Avoirs = z.infer<typeof Avoirs>

const params = z.object({ conventionId: z.uuid() })

export const avoirRoutes = routes({
  listAvoirs: {
    method: 'GET',
    path: '/conventions/:conventionId/avoirs',
    droit: 'echeance:read',
    effect: 'read',
    summary: 'Lister les avoirs d’une convention, et les retenues qui attendent d’être créditées',
    params,
    response: Avoirs,
  },
  creditRetenues: {
    method: 'POST',
    path: '/conventions/:conventionId/avoirs',
    droit: 'echeance:close',
    effect: 'write',
    status: 201,
    summary: 'Rendre par un avoir complémentaire ce que les incidents ont fait retenir sur une convention',
    refusals: ['avoir_vide'],
    params,
    response: Avoir,
  },
  drawAvoirRetenues: {
    method: 'GET',
    path: '/conventions/:conventionId/avoirs/:numero/avoir.pdf',
    droit: 'echeance:read',
    effect: 'read',
    kind: 'file',
    summary: 'Avoir complémentaire d’une convention en PDF',
    params: params.extend({ numero: z.string().max(20) }),
    response: z.unknown(),
  },
})
