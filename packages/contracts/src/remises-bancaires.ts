import { VIREMENT_STATUTS } from '@pass/domain/bordereaux.ts'
import { RETOUR_EFFETS, RETOUR_FORMATS, RETOUR_RULE, RETOUR_STATUTS } from '@pass/domain/retours.ts'
import { z } from 'zod'
import { Bordereau } from './bordereaux.ts'
import { day, instant, montant, Organisme, pageOf, pageQuery, texte } from './lists.ts'
import { routes } from './route.ts'

/** A file sent to the bank: one order of several transfers, kept as it was sent. */
export const RemiseBancaire = z.object({
  id: z.uuid(),
  reference: z.string(),
  at: instant,
  virements: z.int(),
  montantCentimes: montant,
  sha256: z.string(),
  /** What the bank said so far. */
  executes: z.int(),
  rejetes: z.int(),
  attendus: z.int(),
})
export type RemiseBancaire = z.infer<typeof RemiseBancaire>

const Virement = z.object({
  bordereauId: z.uuid(),
  /** End-to-end reference: the bordereau's own. */
  reference: z.string(),
  structure: Organisme,
  ibanMasque: z.string(),
  montantCentimes: montant,
  statut: z.enum(VIREMENT_STATUTS),
  dateBanque: z.iso.date().nullable(),
  motifRejet: z.string().nullable(),
  /** The day it came back, rejected after it was paid; `dateBanque` stays the day of its payment. */
  revenuLe: z.iso.date().nullable(),
})
export type Virement = z.infer<typeof Virement>

/** A return file of the bank and its report. */
export const RetourBancaire = z.object({
  id: z.uuid(),
  nom: z.string(),
  format: z.enum(RETOUR_FORMATS).nullable(),
  statut: z.enum(RETOUR_STATUTS),
  /** Why it was refused, whole. */
  message: z.string().nullable(),
  lignes: z.int(),
  executes: z.int(),
  rejetes: z.int(),
  /** Paid before, sent back since. */
  revenus: z.int(),
  attentes: z.int(),
  inconnus: z.int(),
  executeCentimes: montant,
  rejeteCentimes: montant,
  revenuCentimes: montant,
  at: instant,
})
export type RetourBancaire = z.infer<typeof RetourBancaire>

const RetourLigne = z.object({
  rang: z.int(),
  /** Line of a CSV, rank of an operation of an XML. */
  numero: z.int(),
  reference: z.string().nullable(),
  effet: z.enum(RETOUR_EFFETS),
  montantCentimes: montant.nullable(),
  dateBanque: z.iso.date().nullable(),
  motif: z.string().nullable(),
  bordereau: z.object({ id: z.uuid(), structure: z.string() }).nullable(),
})
export type RetourLigne = z.infer<typeof RetourLigne>

const remiseParams = z.object({ remiseId: z.uuid() })
const retourParams = z.object({ retourId: z.uuid() })

/** Bordereaux released at once, at most: one file of the bank. */
export const REMISE_MAX = 2000

export const remiseBancaireRoutes = routes({
  releaseSelection: {
    method: 'POST',
    path: '/remises-bancaires',
    droit: 'bordereau:release',
    effect: 'write',
    status: 201,
    stepUp: true,
    summary: 'Transmettre plusieurs bordereaux à la banque : un seul fichier SEPA, figé',
    refusals: ['bordereau_statut', 'approbation_manquante', 'meme_personne', 'compte_absent'],
    body: z.strictObject({
      bordereauIds: z
        .array(z.uuid('Choisissez des bordereaux.'))
        .min(1, 'Choisissez au moins un bordereau.')
        .max(REMISE_MAX, `${REMISE_MAX} bordereaux au plus à la fois.`),
    }),
    response: RemiseBancaire,
    example: { bordereauIds: ['0192d1c0-0000-7000-8000-800000000001'] },
  },
  listRemises: {
    method: 'GET',
    path: '/remises-bancaires',
    droit: 'remise:read',
    effect: 'read',
    summary: 'Lister les fichiers de virement transmis à la banque',
    query: z.object({ ...pageQuery }),
    response: pageOf(RemiseBancaire),
  },
  getRemiseBancaire: {
    method: 'GET',
    path: '/remises-bancaires/:remiseId',
    droit: 'remise:read',
    effect: 'read',
    summary: 'Lire un fichier de virement transmis à la banque',
    params: remiseParams,
    response: RemiseBancaire,
  },
  listVirements: {
    method: 'GET',
    path: '/remises-bancaires/:remiseId/virements',
    droit: 'remise:read',
    effect: 'read',
    summary: 'Lister les virements d’un fichier et ce que la banque en a fait',
    params: remiseParams,
    query: z.object({ ...pageQuery, statut: z.enum(VIREMENT_STATUTS).optional() }),
    response: pageOf(Virement),
  },
  downloadRemise: {
    method: 'GET',
    path: '/remises-bancaires/:remiseId/virements.xml',
    droit: 'bordereau:release',
    effect: 'read',
    kind: 'file',
    summary: 'Fichier SEPA pain.001.001.09, tel qu’il a été figé',
    params: remiseParams,
    response: z.unknown(),
  },
  rejectBordereau: {
    method: 'POST',
    path: '/bordereaux/:bordereauId/rejet',
    droit: 'bordereau:pay',
    effect: 'write',
    summary: 'Constater le rejet d’un virement par la banque : la somme est due de nouveau',
    refusals: ['bordereau_statut'],
    params: z.object({ bordereauId: z.uuid() }),
    body: z.strictObject({
      dateBanque: day('Indiquez la date de la banque.'),
      motif: texte('Indiquez le motif donné par la banque. Exemple : compte clos.', 140),
    }),
    response: Bordereau,
    example: { dateBanque: '2026-03-10', motif: 'Compte clos (AC04)' },
  },
})

export const retourBancaireRoutes = routes({
  downloadRetourModel: {
    method: 'GET',
    path: '/retours-bancaires/modele.csv',
    droit: 'bordereau:pay',
    effect: 'read',
    kind: 'file',
    summary: 'Modèle de retour bancaire, avec les virements qui attendent leur résultat',
    response: z.unknown(),
  },
  uploadRetour: {
    method: 'POST',
    path: '/retours-bancaires',
    droit: 'bordereau:pay',
    effect: 'write',
    status: 201,
    kind: 'upload',
    fichier: RETOUR_RULE,
    summary: 'Importer un retour de la banque (CSV, camt.053, camt.054 ou pain.002) : tout est appliqué, ou rien',
    refusals: [
      'piece_type',
      'piece_taille',
      'retour_illisible',
      'retour_doublon',
      'retour_deja_importe',
      'retour_montant',
      'retour_date',
      'bordereau_clos',
    ],
    response: RetourBancaire,
  },
  listRetours: {
    method: 'GET',
    path: '/retours-bancaires',
    droit: 'remise:read',
    effect: 'read',
    summary: 'Lister les retours de la banque importés',
    query: z.object({ ...pageQuery }),
    response: pageOf(RetourBancaire),
  },
  getRetour: {
    method: 'GET',
    path: '/retours-bancaires/:retourId',
    droit: 'remise:read',
    effect: 'read',
    summary: 'Lire le compte rendu d’un retour de la banque',
    params: retourParams,
    response: RetourBancaire,
  },
  listRetourLignes: {
    method: 'GET',
    path: '/retours-bancaires/:retourId/lignes',
    droit: 'remise:read',
    effect: 'read',
    summary: 'Lire un retour de la banque ligne à ligne',
    params: retourParams,
    query: z.object({ ...pageQuery, effet: z.enum(RETOUR_EFFETS).optional() }),
    response: pageOf(RetourLigne),
  },
})
