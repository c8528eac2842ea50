import { IMPORT_STATUTS } from '@pass/domain/import-attributions.ts'
import { TABLE_RULE } from '@pass/domain/pieces.ts'
import { z } from 'zod'
import { instant, Organisme, pageOf, pageQuery, serie } from './lists.ts'
import { routes } from './route.ts'

/** A file of allocations, from its deposit to its application. */
export const ImportAttribution = z.object({
  id: z.uuid(),
  nom: z.string(),
  statut: z.enum(IMPORT_STATUTS),
  /** Why it cannot be read, or what stopped it. */
  message: z.string().nullable(),
  lignes: z.int(),
  fautes: z.int(),
  carnets: z.int(),
  /** Attributions made of it. */
  attributions: z.int(),
  /** How far a job is, while there is one. */
  avancement: z.object({ fait: z.int(), total: z.int() }).nullable(),
  createdAt: instant,
  appliqueAt: instant.nullable(),
})
export type ImportAttribution = z.infer<typeof ImportAttribution>

const ImportLigne = z.object({
  /** The line of the file. */
  numero: z.int(),
  prescripteur: Organisme.nullable(),
  seriePremiere: serie.nullable(),
  serieDerniere: serie.nullable(),
  carnets: z.int().nullable(),
  probleme: z.string().nullable(),
  /** The cells as they were written. */
  cellules: z.array(z.string()),
})
export type ImportLigne = z.infer<typeof ImportLigne>

const params = z.object({ importId: z.uuid() })

/** Allocations by file: nothing leaves before the last line is right and somebody has looked at it. */
export const importAttributionRoutes = routes({
  downloadImportModel: {
    method: 'GET',
    path: '/imports-attributions/modele.csv',
    droit: 'carnet:allocate',
    effect: 'read',
    kind: 'file',
    summary: 'Modèle de fichier d’attributions, avec les prescripteurs du territoire',
    response: z.unknown(),
  },
  uploadImportAttribution: {
    method: 'POST',
    path: '/imports-attributions',
    droit: 'carnet:allocate',
    effect: 'write',
    status: 201,
    kind: 'upload',
    fichier: TABLE_RULE,
    summary: 'Déposer un fichier d’attributions (CSV ou XLSX, 20 Mo et 100 000 lignes au plus)',
    refusals: ['piece_type', 'piece_taille', 'import_illisible'],
    response: ImportAttribution,
  },
  listImportAttributions: {
    method: 'GET',
    path: '/imports-attributions',
    droit: 'carnet:allocate',
    effect: 'read',
    summary: 'Lister les fichiers d’attributions déposés',
    query: z.object({ ...pageQuery }),
    response: pageOf(ImportAttribution),
  },
  getImportAttribution: {
    method: 'GET',
    path: '/imports-attributions/:importId',
    droit: 'carnet:allocate',
    effect: 'read',
    summary: 'Lire un fichier d’attributions',
    params,
    response: ImportAttribution,
  },
  listImportLignes: {
    method: 'GET',
    path: '/imports-attributions/:importId/lignes',
    droit: 'carnet:allocate',
    effect: 'read',
    summary: 'Lire un fichier d’attributions ligne à ligne',
    params,
    query: z.object({ ...pageQuery, probleme: z.boolean().optional() }),
    response: pageOf(ImportLigne),
  },
  downloadImportProblems: {
    method: 'GET',
    path: '/imports-attributions/:importId/problemes',
    droit: 'carnet:allocate',
    effect: 'read',
    kind: 'file',
    summary: 'Le même fichier, avec une colonne « Problème »',
    params,
    response: z.unknown(),
  },
  applyImportAttribution: {
    method: 'POST',
    path: '/imports-attributions/:importId/application',
    droit: 'carnet:allocate',
    effect: 'write',
    summary: 'Attribuer les carnets du fichier, tous ou aucun',
    refusals: ['import_statut'],
    params,
    response: ImportAttribution,
  },
})
