import { ROLES } from '@pass/domain/organisations.ts'
import { z } from 'zod'
import { instant, texte } from './lists.ts'
import { routes } from './route.ts'
import { Session } from './session.ts'

const EXAMPLE_ID = '0192d1c0-0000-7000-8000-000000000001'

/** A browser that the organisation trusts at its counter. */
export const Poste = z.object({ id: z.uuid(), nom: z.string(), creeAt: instant, vuAt: instant, par: z.string(), cePoste: z.boolean() })
export type Poste = z.infer<typeof Poste>

export const posteRoutes = routes({
  listPostes: {
    method: 'GET',
    path: '/postes',
    droit: 'poste:manage',
    effect: 'read',
    summary: 'Lister les postes partagés de son organisation',
    response: z.object({ items: z.array(Poste) }),
  },
  trustPoste: {
    method: 'POST',
    path: '/session/poste',
    droit: 'poste:manage',
    effect: 'session',
    status: 201,
    stepUp: true,
    summary: 'Faire de ce navigateur un poste partagé',
    body: z.strictObject({ nom: texte('Nommez ce poste. Exemple : Accueil, guichet 2.', 80) }),
    response: Session,
    example: { nom: 'Accueil, guichet 2' },
  },
  revokePoste: {
    method: 'DELETE',
    path: '/postes/:posteId',
    droit: 'poste:manage',
    effect: 'write',
    summary: 'Ne plus faire confiance à un poste : ses sessions se ferment',
    params: z.object({ posteId: z.uuid() }),
    response: z.object({ fait: z.literal(true) }),
  },
  getGuichet: {
    method: 'GET',
    path: '/session/guichet',
    droit: 'public',
    effect: 'session',
    summary: 'Sur un poste partagé : qui peut y prendre la main par son code',
    response: z.object({
      poste: z.object({ nom: z.string(), organisation: z.string() }).nullable(),
      /** First name and initial; those who signed in whole here in the last 12 hours and chose a code. */
      agents: z.array(z.object({ adhesionId: z.uuid(), nom: z.string(), role: z.enum(ROLES) })),
    }),
  },
  lockGuichet: {
    method: 'POST',
    path: '/session/guichet/verrou',
    droit: 'session:read',
    effect: 'session',
    summary: 'Verrouiller le poste partagé : la session de cette personne se ferme',
    response: z.object({ verrouille: z.literal(true) }),
  },
  takeGuichet: {
    method: 'POST',
    path: '/session/guichet',
    droit: 'public',
    effect: 'session',
    status: 201,
    summary: 'Prendre la main sur un poste partagé par son code',
    refusals: ['preuve_refusee', 'pin_bloque', 'trop_de_demandes'],
    body: z.strictObject({
      adhesionId: z.uuid('Choisissez votre nom dans la liste.'),
      pin: z.string().regex(/^\d{6}$/, 'Le code compte 6 chiffres.'),
    }),
    response: Session,
    example: { adhesionId: EXAMPLE_ID, pin: '481207' },
  },
})
