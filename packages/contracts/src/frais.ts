import { z } from 'zod'
import { day, montant } from './lists.ts'
import { routes } from './route.ts'

const bp = (message: string) => z.int(message).min(0, message).max(5000, '50 % au plus.')

/** Rates from a day on; in basis points, the subscription in centimes a year. */
export const Frais = z.object({
  dateEffet: z.iso.date(),
  fraisAmontBp: z.int(),
  fraisAvalBp: z.int(),
  abonnementCentimes: montant,
  tvaBp: z.int(),
  enVigueur: z.boolean(),
})
export type Frais = z.infer<typeof Frais>

export const fraisRoutes = routes({
  listFrais: {
    method: 'GET',
    path: '/frais',
    droit: 'frais:read',
    effect: 'read',
    summary: 'Taux des frais et de la TVA, par date d’effet',
    response: z.object({ items: z.array(Frais) }),
  },
  setFrais: {
    method: 'POST',
    path: '/frais',
    droit: 'frais:set',
    effect: 'write',
    status: 201,
    summary: 'Fixer les taux à partir d’une date à venir',
    refusals: ['frais_invalides'],
    body: z.strictObject({
      dateEffet: day('Indiquez une date. Exemple : 2027-01-01.'),
      fraisAmontBp: bp('Indiquez le taux payé par la collectivité. Exemple : 4 %.'),
      fraisAvalBp: bp('Indiquez le taux payé par la structure. Exemple : 0 %.'),
      abonnementCentimes: z
        .int('Indiquez le montant de l’abonnement. Exemple : 0 €.')
        .min(0, 'Un montant n’est pas négatif.')
        .max(100_000_000, '1 000 000 € au plus.'),
      tvaBp: bp('Indiquez le taux de TVA. Exemple : 20 %.'),
    }),
    response: z.object({ items: z.array(Frais) }),
    example: { dateEffet: '2027-01-01', fraisAmontBp: 400, fraisAvalBp: 0, abonnementCentimes: 0, tvaBp: 2000 },
  },
})
