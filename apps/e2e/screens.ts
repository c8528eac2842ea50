import type { PersonKey } from '../../prisma/seed/base/ids.ts'
import { COMMANDE, CONVENTION, LIEU } from '../../prisma/seed/base/ids.ts'

/** The screens that people see most, by role, without the app's prefix. */
export const SCREENS: readonly (readonly [PersonKey, readonly string[]])[] = [
  [
    'collectivite.gestionnaire',
    [
      '/',
      '/conventions',
      `/conventions/${CONVENTION.cv1}`,
      '/commandes',
      `/commandes/${COMMANDE.c1}`,
      '/stock',
      '/tableau-de-bord',
      '/grand-livre',
    ],
  ],
  ['prescripteur.agent', ['/', '/remettre', '/stock', '/attributions', '/personnes']],
  ['structure.mediateur', ['/', '/ateliers', '/ateliers/nouveau', '/virements', '/mon-lieu']],
  ['operateur.gestionnaire', ['/', '/commandes', `/commandes/${COMMANDE.signee}`, '/carnets']],
  ['operateur.finance_preparateur', ['/remboursements', '/bordereaux']],
  ['anct.pilote', ['/', '/conventions', '/territoires']],
]

/** One's account and the administration of accesses: one app for everyone, below `/compte`. */
export const COMPTE: readonly (readonly [PersonKey, readonly string[]])[] = [
  [
    'collectivite.administrateur',
    ['/', '/securite', '/notifications', '/equipe', '/equipe/inviter', '/equipe/invitations', '/journal', '/postes', '/assistance'],
  ],
  ['operateur.gestionnaire', ['/organisations', '/organisations/creer', '/comptes']],
  ['operateur.support', ['/assistance?recherche=bonnat']],
]

/** The pages open to all, those that a mail or ProConnect opens included. */
export const PUBLIC = [
  '/',
  '/lieux',
  `/lieux/${LIEU.l1}`,
  '/connexion',
  '/connexion?retour=%2Fcollectivite%2F&motif=inactivite',
  '/connexion/refus?motif=siret_inconnu&siret=21230250900014',
  `/connexion/lien#${'A'.repeat(43)}`,
  '/connexion/lien',
  '/connexion/guichet',
  '/invitation',
  '/recuperation',
  '/boite-aux-lettres',
  '/accessibilite',
  '/donnees-personnelles',
  '/mentions-legales',
  '/contact',
  '/plan-du-site',
  '/aide',
] as const
