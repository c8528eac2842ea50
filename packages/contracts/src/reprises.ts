import { TABLE_RULE } from '@pass/domain/pieces.ts'
import { ETATS_ANCIENS, REPRISE_MOTIFS, REPRISE_STATUTS } from '@pass/domain/reprises.ts'
import { z } from 'zod'
import { instant, montant, Organisme, pageOf, pageQuery, serie, texte } from './lists.ts'
import { Piece } from './pieces.ts'
import { routes } from './route.ts'

/** A take-over of the carnets of a former operator. */
export const RepriseSummary = z.object({
  id: z.uuid(),
  reference: z.string(),
  ancienOperateur: z.string(),
  statut: z.enum(REPRISE_STATUTS),
  collectivite: Organisme,
  convention: z.object({ id: z.uuid(), reference: z.string(), nom: z.string() }),
  carnets: z.int(),
  honores: z.int(),
  refuses: z.int(),
  montantCentimes: montant,
  createdAt: instant,
})
export type RepriseSummary = z.infer<typeof RepriseSummary>

export const Reprise = RepriseSummary.extend({
  /** The name of its file. */
  nom: z.string().nullable(),
  /** What stopped it. */
  message: z.string().nullable(),
  lignes: z.int(),
  fautes: z.int(),
  numeroMandat: z.string().nullable(),
  fondsCentimes: montant,
  pieces: z.array(Piece),
  /** What it made: one commande a number of honoured pass and an end of validity. */
  commandes: z.array(z.object({ id: z.uuid(), reference: z.string(), carnets: z.int(), carnetTaille: z.int() })),
  avancement: z.object({ fait: z.int(), total: z.int() }).nullable(),
  appliqueeAt: instant.nullable(),
})
export type Reprise = z.infer<typeof Reprise>

/** A pass of the file and what is decided of it. Its code is nowhere: only its keyed hash is kept. */
const RepriseLigne = z.object({
  numero: z.int(),
  serie: z.string().nullable(),
  etat: z.enum(ETATS_ANCIENS).nullable(),
  dateFin: z.iso.date().nullable(),
  remisLe: z.iso.date().nullable(),
  preuve: z.string().nullable(),
  /** What is to be corrected in the file; nothing is decided then. */
  probleme: z.string().nullable(),
  /** Null: honoured. */
  motif: z.enum(REPRISE_MOTIFS).nullable(),
  /** The serial of its carnet here, once applied. */
  carnet: serie.nullable(),
})
export type RepriseLigne = z.infer<typeof RepriseLigne>

const params = z.object({ repriseId: z.uuid() })

const DECISIONS = ['honore', 'refuse', 'probleme'] as const

export const repriseRoutes = routes({
  listReprises: {
    method: 'GET',
    path: '/reprises',
    droit: 'reprise:read',
    effect: 'read',
    summary: 'Lister les reprises de carnets d’anciens opérateurs',
    query: z.object({ ...pageQuery, statut: z.enum(REPRISE_STATUTS).optional() }),
    response: pageOf(RepriseSummary),
  },
  openReprise: {
    method: 'POST',
    path: '/reprises',
    droit: 'reprise:import',
    effect: 'write',
    status: 201,
    summary: 'Ouvrir la reprise des carnets d’un ancien opérateur dans une convention',
    refusals: ['convention_statut'],
    body: z.strictObject({
      conventionId: z.uuid('Choisissez la convention.'),
      ancienOperateur: texte('Indiquez le nom de l’ancien opérateur.', 100),
    }),
    response: Reprise,
    example: { conventionId: '0192d1c0-0000-7000-8000-100000000001', ancienOperateur: 'Ancien opérateur' },
  },
  downloadRepriseModele: {
    method: 'GET',
    path: '/reprises/modele.csv',
    droit: 'reprise:import',
    effect: 'read',
    kind: 'file',
    summary: 'Modèle de fichier de reprise, avec une ligne d’exemple de chaque état',
    response: z.unknown(),
  },
  getReprise: {
    method: 'GET',
    path: '/reprises/:repriseId',
    droit: 'reprise:read',
    effect: 'read',
    summary: 'Lire une reprise',
    params,
    response: Reprise,
  },
  uploadRepriseFichier: {
    method: 'POST',
    path: '/reprises/:repriseId/fichier',
    droit: 'reprise:import',
    effect: 'write',
    status: 201,
    kind: 'upload',
    fichier: TABLE_RULE,
    summary: 'Déposer le fichier des carnets (CSV ou XLSX, 20 Mo et 100 000 lignes au plus) ; les codes ne sont jamais gardés',
    refusals: ['piece_type', 'piece_taille', 'import_illisible', 'reprise_statut'],
    params,
    response: Reprise,
  },
  listRepriseLignes: {
    method: 'GET',
    path: '/reprises/:repriseId/lignes',
    droit: 'reprise:read',
    effect: 'read',
    summary: 'Lire une reprise ligne à ligne, avec ce qui est décidé de chaque pass',
    params,
    query: z.object({ ...pageQuery, decision: z.enum(DECISIONS).optional(), serie: z.string().trim().max(30).optional() }),
    response: pageOf(RepriseLigne),
  },
  downloadRepriseDecisions: {
    method: 'GET',
    path: '/reprises/:repriseId/decisions.csv',
    droit: 'reprise:read',
    effect: 'read',
    kind: 'file',
    summary: 'Ce qui est décidé de chaque pass, ligne à ligne, sans aucun code',
    params,
    response: z.unknown(),
  },
  uploadReprisePiece: {
    method: 'POST',
    path: '/reprises/:repriseId/pieces',
    droit: 'reprise:import',
    effect: 'write',
    status: 201,
    kind: 'upload',
    summary: 'Déposer une pièce qui prouve la reprise (PDF, JPEG ou PNG, 5 Mo au plus)',
    refusals: ['piece_type', 'piece_taille', 'deja_enregistre'],
    params,
    response: Piece,
  },
  downloadReprisePiece: {
    method: 'GET',
    path: '/reprises/:repriseId/pieces/:pieceId',
    droit: 'reprise:read',
    effect: 'read',
    kind: 'file',
    summary: 'Relire une pièce de la reprise',
    params: params.extend({ pieceId: z.uuid() }),
    response: z.unknown(),
  },
  applyReprise: {
    method: 'POST',
    path: '/reprises/:repriseId/application',
    droit: 'reprise:import',
    effect: 'write',
    summary: 'Reprendre les carnets honorés, tous ou aucun, et les activer sur les fonds de la convention',
    refusals: ['reprise_statut', 'preuve_absente', 'couverture_insuffisante', 'convention_statut'],
    params,
    body: z.strictObject({ numeroMandat: texte('Indiquez le numéro de mandat de la collectivité.', 60) }),
    response: Reprise,
    example: { numeroMandat: 'M-2026-118' },
  },
})
