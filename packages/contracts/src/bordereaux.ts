import { BORDEREAU_STATUTS, RAISONS_NON_PAYE } from '@pass/domain/bordereaux.ts'
import { z } from 'zod'
import { day, instant, montant, Organisme, pageOf, pageQuery } from './lists.ts'
import { routes } from './route.ts'

export const BordereauSummary = z.object({
  id: z.uuid(),
  reference: z.string(),
  mois: z.string(),
  statut: z.enum(BORDEREAU_STATUTS),
  structure: Organisme,
  operateur: Organisme,
  pass: z.int(),
  montantCentimes: montant,
  datePaiement: z.iso.date().nullable(),
})
export type BordereauSummary = z.infer<typeof BordereauSummary>

export const Bordereau = BordereauSummary.extend({
  compte: z.object({ titulaire: z.string(), ibanMasque: z.string() }),
  conventions: z.array(z.object({ collectivite: z.string(), pass: z.int(), montantCentimes: montant })),
  lieux: z.array(z.object({ lieu: z.string(), pass: z.int(), montantCentimes: montant })),
  etapes: z.array(z.object({ action: z.string(), acteur: z.string(), at: instant })),
  /** Ids of the people who acted, compared with oneself: three people are needed. */
  acteurs: z.object({ arrete: z.uuid(), controle: z.uuid().nullable(), approuve: z.uuid().nullable(), transmis: z.uuid().nullable() }),
  remise: z.object({ id: z.uuid(), reference: z.string(), sha256: z.string() }).nullable(),
})
export type Bordereau = z.infer<typeof Bordereau>

const params = z.object({ bordereauId: z.uuid() })
const act = { method: 'POST', effect: 'write', params, response: Bordereau } as const
const mois = z.string().regex(/^[0-9]{4}-(0[1-9]|1[0-2])$/, 'Indiquez le mois. Exemple : 2026-03.')

/** What a closing makes, or would make: the dry run answers the same figures. */
export const Cloture = z.object({
  mois: z.string(),
  /** First instant that the month no longer holds, and the first at which it may be closed. */
  bordereaux: z.array(z.object({ structure: Organisme, pass: z.int(), montantCentimes: montant })),
  pass: z.int(),
  montantCentimes: montant,
  /** Redemptions left out, with the one reason each. */
  enAttente: z.array(z.object({ structure: Organisme, raison: z.enum(RAISONS_NON_PAYE), pass: z.int(), montantCentimes: montant })),
})
export type Cloture = z.infer<typeof Cloture>

export const bordereauRoutes = routes({
  listBordereaux: {
    method: 'GET',
    path: '/bordereaux',
    droit: 'bordereau:read',
    effect: 'read',
    summary: 'Lister les bordereaux de remboursement',
    query: z.object({ ...pageQuery, statut: z.enum(BORDEREAU_STATUTS).optional(), mois: mois.optional() }),
    response: pageOf(BordereauSummary),
  },
  getBordereau: {
    method: 'GET',
    path: '/bordereaux/:bordereauId',
    droit: 'bordereau:read',
    effect: 'read',
    summary: 'Lire un bordereau et ses sous-totaux',
    params,
    response: Bordereau,
  },
  previewCloture: {
    method: 'GET',
    path: '/clotures/:mois',
    droit: 'bordereau:close',
    effect: 'read',
    summary: 'Simuler l’arrêté d’un mois : mêmes chiffres, rien n’est écrit',
    params: z.object({ mois }),
    response: Cloture,
  },
  closeMonth: {
    method: 'POST',
    path: '/clotures/:mois',
    droit: 'bordereau:close',
    effect: 'write',
    status: 201,
    summary: 'Arrêter les bordereaux d’un mois',
    refusals: ['bordereau_trop_tot', 'bordereau_statut'],
    params: z.object({ mois }),
    response: Cloture,
  },
  checkBordereau: {
    ...act,
    path: '/bordereaux/:bordereauId/controle',
    droit: 'bordereau:check',
    summary: 'Contrôler un bordereau arrêté',
    refusals: ['bordereau_statut'],
  },
  approveBordereau: {
    ...act,
    path: '/bordereaux/:bordereauId/approbation',
    droit: 'bordereau:approve',
    stepUp: true,
    summary: 'Approuver un bordereau contrôlé',
    refusals: ['bordereau_statut', 'meme_personne'],
  },
  releaseBordereau: {
    ...act,
    path: '/bordereaux/:bordereauId/transmission',
    droit: 'bordereau:release',
    stepUp: true,
    summary: 'Transmettre le virement à la banque : le fichier SEPA est figé',
    refusals: ['bordereau_statut', 'approbation_manquante', 'meme_personne', 'compte_absent'],
  },
  payBordereau: {
    ...act,
    path: '/bordereaux/:bordereauId/paiement',
    droit: 'bordereau:pay',
    summary: 'Constater l’exécution du virement',
    refusals: ['bordereau_statut'],
    body: z.strictObject({ dateBanque: day('Indiquez la date de la banque.') }),
    example: { dateBanque: '2026-03-10' },
  },
  drawBordereau: {
    method: 'GET',
    path: '/bordereaux/:bordereauId/releve.pdf',
    droit: 'bordereau:read',
    effect: 'read',
    kind: 'file',
    summary: 'Relevé du bordereau en PDF',
    params,
    response: z.unknown(),
  },
  getSepa: {
    method: 'GET',
    path: '/bordereaux/:bordereauId/virement.xml',
    droit: 'bordereau:release',
    effect: 'read',
    kind: 'file',
    summary: 'Fichier SEPA pain.001.001.09 transmis à la banque',
    params,
    response: z.unknown(),
  },
  getMonDu: {
    method: 'GET',
    path: '/mon-du',
    droit: 'lieu:serve',
    effect: 'read',
    summary: 'Ce qui est dû à ma structure et la date du prochain virement',
    response: z.object({
      aPayerCentimes: montant,
      aPayerPass: z.int(),
      enCoursCentimes: montant,
      payeCentimes: montant,
      /** Next closing day + usual delay: null when an account is missing. */
      prochainVirement: z.iso.date().nullable(),
      raison: z.enum(RAISONS_NON_PAYE).nullable(),
    }),
  },
})
