import { z } from 'zod'
import { routes } from './route.ts'

export const referentielRoutes = routes({
  listCommunes: {
    method: 'GET',
    path: '/communes',
    droit: 'public',
    effect: 'read',
    summary: 'Chercher une commune par le début de son nom ou son code postal',
    query: z.object({ recherche: z.string().trim().min(2).max(80) }),
    response: z.object({
      items: z.array(z.object({ code: z.string(), nom: z.string(), departement: z.string(), codesPostaux: z.array(z.string()) })),
    }),
  },
  listDepartements: {
    method: 'GET',
    path: '/departements',
    droit: 'public',
    effect: 'read',
    summary: 'Lister les départements',
    response: z.object({ items: z.array(z.object({ code: z.string(), nom: z.string() })) }),
  },
  listOrganisations: {
    method: 'GET',
    path: '/organisations',
    droit: 'organisation:read',
    effect: 'read',
    summary: 'Lister les opérateurs, ou les prescripteurs de mon territoire',
    query: z.object({ type: z.enum(['operateur', 'prescripteur']) }),
    response: z.object({ items: z.array(z.object({ id: z.uuid(), nom: z.string() })) }),
  },
})
