import type { PersonKey } from '../../prisma/seed/base/ids.ts'
import { ATELIER, ATTRIBUTION, COMMANDE, CONVENTION, FACTURE, IMPORT, INVENTAIRE, LIEU, PRESCRIPTION } from '../../prisma/seed/base/ids.ts'

/** The screens that people see most, by role, without the app's prefix. */
export const SCREENS: readonly (readonly [PersonKey, readonly string[]])[] = [
  [
    'collectivite.gestionnaire',
    [
      '/',
      '/conventions',
      `/conventions/${CONVENTION.cv1}`,
      `/conventions/${CONVENTION.cv1}/calendrier`,
      `/conventions/${CONVENTION.cv1}/avenant`,
      `/conventions/${CONVENTION.signee}/versions/2`,
      `/conventions/${CONVENTION.signee}/versions/2/modifier`,
      `/conventions/${CONVENTION.brouillon}/modifier`,
      '/commandes',
      `/commandes/${COMMANDE.c1}`,
      '/commandes/nouvelle',
      '/factures',
      `/factures/${FACTURE.t1}`,
      '/facturation',
      '/stock',
      '/stock/couverture',
      '/stock/repartition?carnets=500',
      '/inventaires',
      `/inventaires/${INVENTAIRE.t1}`,
      '/annulations',
      '/annulations/nouvelle',
      '/carnets/plages',
      '/attributions',
      `/attributions/${ATTRIBUTION.envoyee}`,
      '/attributions/nouvelle',
      '/attributions/scan',
      '/attributions/fichier',
      `/attributions/fichier/${IMPORT.t1}`,
      '/attributions/transfert',
      '/tableau-de-bord',
      '/grand-livre',
    ],
  ],
  [
    'prescripteur.agent',
    [
      '/',
      '/remettre',
      '/stock',
      '/stock/envoyer',
      '/attributions',
      `/attributions/${ATTRIBUTION.envoyee}`,
      '/personnes',
      `/personnes/${PRESCRIPTION.k1}`,
      '/inventaire',
      '/stock/plages',
      '/rendez-vous',
    ],
  ],
  [
    'structure.mediateur',
    ['/', '/ateliers', '/ateliers?vue=mois&jour=2026-02-10', '/ateliers?vue=liste', '/ateliers/nouveau', '/virements', '/mon-lieu'],
  ],
  [
    'structure.responsable',
    [
      '/ateliers/serie',
      `/ateliers/${ATELIER.plein}`,
      `/ateliers/${ATELIER.plein}/copie`,
      `/ateliers/${ATELIER.plein}/papier`,
      `/mon-lieu/${LIEU.l1}/services`,
    ],
  ],
  [
    'operateur.gestionnaire',
    ['/', '/commandes', `/commandes/${COMMANDE.signee}`, '/carnets', '/carnets/plages', '/factures', `/factures/${FACTURE.t1}`],
  ],
  ['operateur.labellisateur', ['/', '/alertes', '/a-examiner']],
  ['operateur.finance_preparateur', ['/remboursements', '/bordereaux']],
  ['anct.pilote', ['/', '/conventions', '/territoires', '/frais']],
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
