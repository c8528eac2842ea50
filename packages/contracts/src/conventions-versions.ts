import { DEVOIR_ETATS } from '@pass/domain/convention-devoirs.ts'
import { CONVENTION_ETAPE_ACTIONS } from '@pass/domain/convention-fin.ts'
import { VERSION_STATUTS } from '@pass/domain/convention-termes.ts'
import { CONVENTION_STATUTS } from '@pass/domain/conventions.ts'
import { z } from 'zod'
import { conventionEndRoutes } from './convention-end.ts'
import { Termes, TERMES_EXAMPLE, termesBody } from './convention-termes.ts'
import { Convention, Financeur, signatureBody } from './conventions.ts'
import { day, instant, texte } from './lists.ts'
import { Piece } from './pieces.ts'
import { routes } from './route.ts'

const params = z.object({ conventionId: z.uuid() })
const versionParams = params.extend({ version: z.int().min(1).max(999) })

const Lieu = z.object({ id: z.uuid(), nom: z.string(), commune: z.string() })
const Prolongation = z.object({ lotId: z.uuid(), dateFin: z.iso.date() })

export const VersionSummary = z.object({
  numero: z.int(),
  /** « Convention initiale », « Avenant n° 1 ». */
  titre: z.string(),
  statut: z.enum(VERSION_STATUTS),
  objet: z.string(),
  par: z.string(),
  createdAt: instant,
  dateEffet: z.iso.date().nullable(),
  dateRemplacement: z.iso.date().nullable(),
  motifAbandon: z.string().nullable(),
  /** Names of the financeurs whose signature is missing, among those the reader sees. */
  signaturesManquantes: z.array(z.string()),
})
export type VersionSummary = z.infer<typeof VersionSummary>

export const Version = VersionSummary.extend({
  convention: z.object({ id: z.uuid(), reference: z.string(), nom: z.string(), statut: z.enum(CONVENTION_STATUTS) }),
  termes: Termes,
  financeurs: z.array(Financeur),
  lieux: z.array(Lieu),
  /** Names of its territories. */
  territoires: z.array(z.object({ code: z.string(), nom: z.string() })),
  prolongations: z.array(Prolongation.extend({ lot: z.string(), avant: z.iso.date() })),
  /** What it changes from the version before it, rule by rule. */
  differences: z.array(z.object({ champ: z.string(), libelle: z.string(), avant: z.string(), apres: z.string() })),
})
export type Version = z.infer<typeof Version>

const Devoir = z.object({
  cle: z.string(),
  date: z.iso.date(),
  titre: z.string(),
  detail: z.string(),
  acteur: z.string(),
  etat: z.enum(DEVOIR_ETATS),
})
export type DevoirLu = z.infer<typeof Devoir>

const Etape = z.object({
  cle: z.string(),
  action: z.enum(CONVENTION_ETAPE_ACTIONS),
  titre: z.string(),
  detail: z.string().nullable(),
  motif: z.string().nullable(),
  organisation: z.string(),
  acteur: z.string(),
  at: instant,
})
export type ConventionEtape = z.infer<typeof Etape>

const avenantBody = z.strictObject({
  objet: texte('Dites en une phrase ce que l’avenant change. Exemple : Prolonger la convention d’un an.', 300),
  ...termesBody,
  prolongations: z
    .array(
      z.strictObject({ lotId: z.uuid('Choisissez le lot.'), dateFin: day('Indiquez la nouvelle fin de validité. Exemple : 30/06/2027.') }),
    )
    .max(100),
})
const AVENANT_EXAMPLE = { objet: 'Prolonger la convention d’un an.', ...TERMES_EXAMPLE, prolongations: [] }

/** The versions of a convention, what signs them, and how it ends. */
export const conventionVersionRoutes = routes({
  updateConvention: {
    method: 'PUT',
    path: '/conventions/:conventionId',
    droit: 'convention:edit',
    effect: 'write',
    summary: 'Modifier une convention avant ses signatures',
    refusals: ['convention_statut', 'convention_invalide', 'convention_cle_incomplete', 'signature_presente'],
    params,
    body: z.strictObject({
      nom: texte('Donnez un nom à la convention. Exemple : FSE 2026–2027.', 120),
      operateurId: z.uuid('Choisissez l’opérateur.'),
      dateDebut: day('Indiquez le premier jour. Exemple : 01/04/2026.'),
      ...termesBody,
      /** Signatures recorded already are asked for again. */
      recommencer: z.boolean().optional(),
    }),
    response: Convention,
    example: {
      nom: 'Seniors 2026–2028',
      operateurId: '0192d1c0-0000-7000-8000-a10000000001',
      dateDebut: '2026-03-01',
      ...TERMES_EXAMPLE,
      recommencer: false,
    },
  },
  listConventionLieux: {
    method: 'GET',
    path: '/conventions/:conventionId/lieux',
    droit: 'convention:read',
    effect: 'read',
    summary: 'Lister les lieux admis par une convention',
    params,
    response: z.object({ items: z.array(Lieu) }),
  },
  listConventionLots: {
    method: 'GET',
    path: '/conventions/:conventionId/lots',
    droit: 'convention:read',
    effect: 'read',
    summary: 'Lister les lots d’une convention et leur fin de validité',
    params,
    response: z.object({ items: z.array(z.object({ id: z.uuid(), nom: z.string(), carnets: z.int(), dateFin: z.iso.date() })) }),
  },
  listVersions: {
    method: 'GET',
    path: '/conventions/:conventionId/versions',
    droit: 'convention:read',
    effect: 'read',
    summary: 'Lister les versions d’une convention : l’initiale et ses avenants',
    params,
    response: z.object({ items: z.array(VersionSummary) }),
  },
  getVersion: {
    method: 'GET',
    path: '/conventions/:conventionId/versions/:version',
    droit: 'convention:read',
    effect: 'read',
    summary: 'Lire une version d’une convention et ce qu’elle change',
    params: versionParams,
    response: Version,
  },
  prepareAvenant: {
    method: 'POST',
    path: '/conventions/:conventionId/versions',
    droit: 'convention:amend',
    effect: 'write',
    status: 201,
    summary: 'Préparer un avenant',
    refusals: ['convention_statut', 'convention_invalide', 'convention_cle_incomplete', 'avenant_en_cours', 'avenant_sans_changement'],
    params,
    body: avenantBody,
    response: Version,
    example: AVENANT_EXAMPLE,
  },
  updateAvenant: {
    method: 'PUT',
    path: '/conventions/:conventionId/versions/:version',
    droit: 'convention:amend',
    effect: 'write',
    summary: 'Modifier un avenant en préparation',
    refusals: [
      'convention_statut',
      'convention_invalide',
      'convention_cle_incomplete',
      'avenant_statut',
      'avenant_sans_changement',
      'signature_presente',
    ],
    params: versionParams,
    body: avenantBody.extend({ recommencer: z.boolean().optional() }),
    response: Version,
    example: { ...AVENANT_EXAMPLE, recommencer: false },
  },
  abandonAvenant: {
    method: 'POST',
    path: '/conventions/:conventionId/versions/:version/abandon',
    droit: 'convention:amend',
    effect: 'write',
    summary: 'Abandonner un avenant en préparation',
    refusals: ['avenant_statut'],
    params: versionParams,
    body: z.strictObject({ motif: texte('Indiquez le motif.', 500) }),
    response: Version,
    example: { motif: 'Les financeurs préfèrent une nouvelle convention.' },
  },
  signAvenant: {
    method: 'POST',
    path: '/conventions/:conventionId/versions/:version/signatures',
    droit: 'convention:sign',
    effect: 'write',
    summary: 'Enregistrer la signature d’un avenant par un financeur ; la dernière le met en vigueur',
    refusals: ['avenant_statut', 'convention_statut', 'convention_invalide'],
    params: versionParams,
    body: signatureBody,
    response: Version,
    example: { rang: 1, signataire: 'Ada Martin' },
  },
  listConventionPieces: {
    method: 'GET',
    path: '/conventions/:conventionId/pieces',
    droit: 'convention:read',
    effect: 'read',
    summary: 'Lister les documents signés d’une convention',
    params,
    response: z.object({ items: z.array(Piece) }),
  },
  uploadConventionPiece: {
    method: 'POST',
    path: '/conventions/:conventionId/pieces',
    droit: 'convention:sign',
    effect: 'write',
    status: 201,
    kind: 'upload',
    summary: 'Déposer le document signé d’une convention ou d’un avenant (PDF, JPEG ou PNG, 5 Mo au plus)',
    refusals: ['piece_type', 'piece_taille', 'deja_enregistre'],
    params,
    response: Piece,
  },
  downloadConventionPiece: {
    method: 'GET',
    path: '/conventions/:conventionId/pieces/:pieceId',
    droit: 'convention:read',
    effect: 'read',
    kind: 'file',
    summary: 'Relire un document signé',
    params: params.extend({ pieceId: z.uuid() }),
    response: z.unknown(),
  },
  drawConvention: {
    method: 'GET',
    path: '/conventions/:conventionId/versions/:version/convention.pdf',
    droit: 'convention:read',
    effect: 'read',
    kind: 'file',
    summary: 'Convention ou avenant en PDF, avec la mention PROJET avant les signatures',
    params: versionParams,
    response: z.unknown(),
  },
  listDevoirs: {
    method: 'GET',
    path: '/conventions/:conventionId/calendrier',
    droit: 'convention:read',
    effect: 'read',
    summary: 'Calendrier de ce que chacun doit faire pour une convention',
    params,
    response: z.object({ items: z.array(Devoir) }),
  },
  listConventionEtapes: {
    method: 'GET',
    path: '/conventions/:conventionId/etapes',
    droit: 'convention:read',
    effect: 'read',
    summary: 'Histoire d’une convention',
    params,
    response: z.object({ items: z.array(Etape) }),
  },
  ...conventionEndRoutes,
})
