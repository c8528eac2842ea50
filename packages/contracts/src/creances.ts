import { AVIS, CREANCE_CONSTATS, CREANCE_PASS_MAX, CREANCE_STATUTS } from '@pass/domain/creances.ts'
import { z } from 'zod'
import { day, instant, montant, Organisme, pageOf, pageQuery, texte, texteOuVide } from './lists.ts'
import { Piece } from './pieces.ts'
import { routes } from './route.ts'

export const CreanceSummary = z.object({
  id: z.uuid(),
  reference: z.string(),
  statut: z.enum(CREANCE_STATUTS),
  structure: Organisme,
  ancienOperateur: z.string(),
  pass: z.int(),
  montantCentimes: montant,
  /** Null until somebody decided. */
  retenuCentimes: montant.nullable(),
  declareeAt: instant,
})
export type CreanceSummary = z.infer<typeof CreanceSummary>

const Etape = z.object({ par: z.object({ id: z.uuid(), nom: z.string() }).nullable(), at: instant, texte: z.string().nullable() })

export const Creance = CreanceSummary.extend({
  commentaire: z.string().nullable(),
  lignes: z.array(
    z.object({
      rang: z.int(),
      dateUtilisation: z.iso.date(),
      /** What the take-over says of this pass: for who examines it, and for its structure once decided. */
      constat: z.enum(CREANCE_CONSTATS).nullable(),
    }),
  ),
  /** Pass and amount that could be accepted today; null for the structure. */
  retenables: z.object({ pass: z.int(), montantCentimes: montant, fondsCentimes: montant }).nullable(),
  pieces: z.array(Piece),
  avis: z.enum(AVIS).nullable(),
  /** Who did each step: a name for its own colleagues, nobody's for the others. */
  examen: Etape.nullable(),
  decision: Etape.nullable(),
  paiement: Etape.extend({ reference: z.string(), dateBanque: z.iso.date() }).nullable(),
})
export type Creance = z.infer<typeof Creance>

const params = z.object({ creanceId: z.uuid() })
const act = { method: 'POST', effect: 'write', params, response: Creance } as const

export const creanceRoutes = routes({
  listCreances: {
    method: 'GET',
    path: '/creances',
    droit: 'creance:read',
    effect: 'read',
    summary: 'Lister les créances de pass impayés par un ancien opérateur',
    query: z.object({ ...pageQuery, statut: z.enum(CREANCE_STATUTS).optional() }),
    response: pageOf(CreanceSummary),
  },
  listCreanceReprises: {
    method: 'GET',
    path: '/creances/reprises',
    droit: 'creance:declare',
    effect: 'read',
    summary: 'Les reprises au titre desquelles une structure peut déclarer des pass impayés',
    response: z.object({ items: z.array(z.object({ id: z.uuid(), ancienOperateur: z.string(), collectivite: z.string() })) }),
  },
  declareCreance: {
    method: 'POST',
    path: '/creances',
    droit: 'creance:declare',
    effect: 'write',
    status: 201,
    summary: 'Déclarer des pass restés impayés ; leurs codes ne sont jamais gardés',
    refusals: ['code_malforme', 'doublon_dans_la_demande'],
    body: z.strictObject({
      repriseId: z.uuid('Choisissez l’ancien opérateur.'),
      pass: z
        .array(
          z.strictObject({
            code: z.string().min(1, 'Indiquez le code du pass.').max(60),
            dateUtilisation: day('Indiquez le jour d’utilisation.'),
          }),
        )
        .min(1, 'Indiquez au moins un pass.')
        .max(CREANCE_PASS_MAX, `${CREANCE_PASS_MAX} pass au plus par créance.`),
      commentaire: texteOuVide(),
    }),
    response: Creance,
    example: {
      repriseId: '0192d1c0-0000-7000-8000-2a0000000001',
      pass: [{ code: 'ANC-2023-000042', dateUtilisation: '2023-11-14' }],
      commentaire: null,
    },
  },
  getCreance: {
    method: 'GET',
    path: '/creances/:creanceId',
    droit: 'creance:read',
    effect: 'read',
    summary: 'Lire une créance',
    params,
    response: Creance,
  },
  uploadCreancePiece: {
    method: 'POST',
    path: '/creances/:creanceId/pieces',
    droit: 'creance:declare',
    effect: 'write',
    status: 201,
    kind: 'upload',
    summary: 'Déposer la preuve d’une créance (PDF, JPEG ou PNG, 5 Mo au plus)',
    refusals: ['piece_type', 'piece_taille', 'deja_enregistre'],
    params,
    response: Piece,
  },
  downloadCreancePiece: {
    method: 'GET',
    path: '/creances/:creanceId/pieces/:pieceId',
    droit: 'creance:read',
    effect: 'read',
    kind: 'file',
    summary: 'Relire la preuve d’une créance',
    params: params.extend({ pieceId: z.uuid() }),
    response: z.unknown(),
  },
  examineCreance: {
    ...act,
    path: '/creances/:creanceId/examen',
    droit: 'creance:examine',
    summary: 'Examiner une créance et donner un avis ; une autre personne décide',
    refusals: ['creance_statut', 'preuve_absente'],
    body: z.strictObject({ avis: z.enum(AVIS, 'Choisissez un avis.'), motif: texte('Dites pourquoi.', 500) }),
    example: { avis: 'accepter', motif: 'Feuilles d’émargement conformes.' },
  },
  decideCreance: {
    ...act,
    path: '/creances/:creanceId/decision',
    droit: 'creance:decide',
    summary: 'Accepter ou refuser une créance examinée par une autre personne',
    refusals: ['creance_statut', 'meme_personne', 'couverture_insuffisante'],
    body: z.strictObject({ avis: z.enum(AVIS, 'Acceptez ou refusez.'), motif: texteOuVide() }),
    example: { avis: 'accepter', motif: null },
  },
  payCreance: {
    ...act,
    path: '/creances/:creanceId/paiement',
    droit: 'creance:pay',
    summary: 'Noter le virement qui paie une créance acceptée',
    refusals: ['creance_statut', 'meme_personne'],
    body: z.strictObject({
      reference: texte('Indiquez la référence du virement.', 60),
      dateBanque: day('Indiquez la date du virement à la banque.'),
    }),
    example: { reference: 'VIR-2026-0042', dateBanque: '2026-03-09' },
  },
})
