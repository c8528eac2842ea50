import { z } from 'zod'
import { routes } from './route.ts'

export const RESULTAT_TYPES = [
  'carnet',
  'carton',
  'commande',
  'convention',
  'attribution',
  'bordereau',
  'facture',
  'organisation',
  'lieu',
] as const

/** An object found by its number: what it is, in words, and the page that tells its whole history. Never a person. */
export const Resultat = z.object({
  type: z.enum(RESULTAT_TYPES),
  id: z.uuid(),
  titre: z.string(),
  detail: z.string(),
  /** A path of the site. */
  lien: z.string(),
})
export type Resultat = z.infer<typeof Resultat>

/** One field for any number. Everybody may ask; each type of object answers who may read it. */
export const rechercheRoutes = routes({
  search: {
    method: 'GET',
    path: '/recherche',
    droit: 'session:read',
    effect: 'read',
    summary: 'Trouver par son numéro un carnet, une commande, une convention, une attribution, un bordereau, une facture ou un SIRET',
    refusals: ['numero_malforme'],
    query: z.object({ texte: z.string().trim().min(1, 'Tapez ou scannez un numéro.').max(60, '60 caractères au plus.') }),
    response: z.object({ items: z.array(Resultat) }),
  },
})
