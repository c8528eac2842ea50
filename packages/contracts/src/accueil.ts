import { z } from 'zod'
import { routes } from './route.ts'

/** One thing that waits for this person: a count, a sentence, the screen that answers it (a path inside the role's app, or of the site when it begins with /compte/). */
export const AFaire = z.object({
  code: z.string(),
  nombre: z.int(),
  titre: z.string(),
  texte: z.string(),
  lien: z.string(),
  action: z.string(),
})
export type AFaire = z.infer<typeof AFaire>

export const accueilRoutes = routes({
  getAccueil: {
    method: 'GET',
    path: '/accueil',
    droit: 'accueil:read',
    effect: 'read',
    summary: 'Ce qui attend cette personne, dans son organisation',
    response: z.object({ aFaire: z.array(AFaire) }),
  },
})
