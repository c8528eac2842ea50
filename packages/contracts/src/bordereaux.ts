import { BORDEREAU_STATUTS, RAISONS_NON_PAYE } from '@pass/domain/bordereaux.ts'
import { LIGNE_NATURES } from '@pass/domain/clotures.ts'
import { z } from 'zod'
import { day, instant, montant, Organisme, pageOf, pageQuery } from './lists.ts'
import { routes } from './route.ts'

export const BordereauSummary = z.object({
  id: z.uuid(),
  reference: z.string(),
  mois: z.string(),
  /** ISO week; null for a whole month. */
  semaine: z.int().nullable(),
  statut: z.enum(BORDEREAU_STATUTS),
  /** Approvals given, of those that its amount asks for. */
  approbations: z.object({ donnees: z.int(), demandees: z.int() }).nullable(),
  structure: Organisme,
  operateur: Organisme,
  pass: z.int(),
  montantCentimes: montant,
  datePaiement: z.iso.date().nullable(),
})
export type BordereauSummary = z.infer<typeof BordereauSummary>

export const Bordereau = BordereauSummary.extend({
  compte: z.object({ titulaire: z.string(), ibanMasque: z.string() }),
  /** `utilisationsCentimes`: the uses; `montantCentimes`: what is paid, lines included. */
  conventions: z.array(z.object({ collectivite: z.string(), pass: z.int(), utilisationsCentimes: montant, montantCentimes: montant })),
  /** What is paid or withheld besides the uses. */
  lignes: z.array(z.object({ nature: z.enum(LIGNE_NATURES), collectivite: z.string(), objet: z.string(), montantCentimes: montant })),
  /** Why the bank refused it, and when; `payeLe`: it had paid that day, and sent the money back. */
  rejet: z.object({ date: z.iso.date(), motif: z.string(), payeLe: z.iso.date().nullable() }).nullable(),
  /** The bordereau that pays again what the bank refused of this one. */
  report: z.object({ id: z.uuid(), reference: z.string() }).nullable(),
  lieux: z.array(z.object({ lieu: z.string(), pass: z.int(), montantCentimes: montant })),
  etapes: z.array(z.object({ action: z.string(), acteur: z.string(), at: instant })),
  /** Ids of the people who acted, compared with oneself: three people are needed. */
  acteurs: z.object({ arrete: z.uuid(), controle: z.uuid().nullable(), approuve: z.array(z.uuid()), transmis: z.uuid().nullable() }),
  remise: z.object({ id: z.uuid(), reference: z.string(), sha256: z.string() }).nullable(),
})
export type Bordereau = z.infer<typeof Bordereau>

const params = z.object({ bordereauId: z.uuid() })
/** Bordereaux that one gesture may check or approve. */
export const SELECTION_MAX = 200
const Selection = z.strictObject({
  bordereauIds: z
    .array(z.uuid())
    .min(1, 'Choisissez au moins un bordereau.')
    .max(SELECTION_MAX, `Choisissez ${SELECTION_MAX} bordereaux au plus.`)
    .refine((ids) => new Set(ids).size === ids.length, 'Le même bordereau figure deux fois.'),
})
const ofSelection = {
  method: 'POST',
  effect: 'write',
  body: Selection,
  example: { bordereauIds: ['0192d1c0-0000-7000-8000-800000000001'] },
} as const
const act = { method: 'POST', effect: 'write', params, response: Bordereau } as const
const mois = z.string().regex(/^[0-9]{4}-(0[1-9]|1[0-2])$/, 'Indiquez le mois. Exemple : 2026-03.')

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
  checkBordereau: {
    ...act,
    path: '/bordereaux/:bordereauId/controle',
    droit: 'bordereau:check',
    summary: 'Contrôler un bordereau arrêté',
    refusals: ['bordereau_statut'],
  },
  checkBordereaux: {
    ...ofSelection,
    path: '/bordereaux/controles',
    droit: 'bordereau:check',
    summary: 'Contrôler plusieurs bordereaux d’un coup, tous ou aucun',
    refusals: ['bordereau_statut', 'meme_personne'],
    response: z.object({ bordereaux: z.int(), montantCentimes: montant }),
  },
  approveBordereaux: {
    ...ofSelection,
    path: '/bordereaux/approbations',
    droit: 'bordereau:approve',
    stepUp: true,
    summary: 'Approuver plusieurs bordereaux d’un coup, tous ou aucun',
    refusals: ['bordereau_statut', 'meme_personne'],
    /** `enAttente`: those whose amount asks for another person still. */
    response: z.object({ bordereaux: z.int(), montantCentimes: montant, enAttente: z.int() }),
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
    summary: 'Transmettre le virement à la banque : le fichier SEPA est figé',
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
  exportBordereau: {
    method: 'GET',
    path: '/bordereaux/:bordereauId/releve.csv',
    droit: 'bordereau:read',
    effect: 'read',
    kind: 'file',
    summary: 'Relevé du bordereau en tableau : une ligne par atelier, report, retenue ou frais',
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
