import { THEME_CODES } from '@pass/domain/lieux.ts'
import { z } from 'zod'
import { pageOf, pageQuery } from './lists.ts'
import { routes } from './route.ts'

/** A place as the public sees it. */
export const Lieu = z.object({
  id: z.uuid(),
  nom: z.string(),
  adresse: z.string(),
  complementAdresse: z.string().nullable(),
  codePostal: z.string(),
  commune: z.string(),
  departement: z.string(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  telephone: z.string().nullable(),
  courriel: z.string().nullable(),
  /** OpenStreetMap `opening_hours`, and the same in French words. */
  horaires: z.string().nullable(),
  horairesEnMots: z.array(z.string()),
  minutesSemaine: z.int().nullable(),
  itinerant: z.boolean(),
  themes: z.array(z.enum(THEME_CODES)),
})
export type Lieu = z.infer<typeof Lieu>

/** A place of one's own structure: what may be done there. */
export const MonLieu = z.object({
  id: z.uuid(),
  nom: z.string(),
  commune: z.string(),
  fuseau: z.string(),
  publie: z.boolean(),
  services: z.array(z.object({ theme: z.enum(THEME_CODES), dureeMinutes: z.int(), prixPass: z.int() })),
})
export type MonLieu = z.infer<typeof MonLieu>

export const lieuRoutes = routes({
  listLieux: {
    method: 'GET',
    path: '/lieux',
    droit: 'public',
    effect: 'read',
    summary: 'Lister les lieux qui acceptent le Pass numérique',
    query: z.object({
      ...pageQuery,
      recherche: z.string().trim().max(80).optional(),
      departement: z
        .string()
        .regex(/^[0-9AB]{2,3}$/)
        .optional(),
      theme: z.enum(THEME_CODES).optional(),
    }),
    response: pageOf(Lieu),
  },
  getLieu: {
    method: 'GET',
    path: '/lieux/:lieuId',
    droit: 'public',
    effect: 'read',
    summary: 'Lire la fiche d’un lieu',
    params: z.object({ lieuId: z.uuid() }),
    response: Lieu,
  },
  listMesLieux: {
    method: 'GET',
    path: '/mes-lieux',
    droit: 'lieu:serve',
    effect: 'read',
    summary: 'Lister les lieux de ma structure et leur catalogue de services',
    response: z.object({ items: z.array(MonLieu), label: z.object({ statut: z.string(), dateFin: z.iso.date().nullable() }).nullable() }),
  },
})
