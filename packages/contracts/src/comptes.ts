import { ACCOUNT_NATURES, TRANSFER_MOTIFS } from '@pass/domain/comptes.ts'
import { z } from 'zod'
import { instant, jourFiltre, montant, pageOf, pageQuery } from './lists.ts'
import { routes } from './route.ts'

export const Compte = z.object({
  nature: z.enum(ACCOUNT_NATURES),
  libelle: z.string(),
  /** Whose account it is, when it is kept structure by structure, or financeur by financeur. */
  structure: z.string().nullable(),
  structureId: z.uuid().nullable(),
  financeur: z.string().nullable(),
  financeurCle: z.string().nullable(),
  soldeCentimes: montant,
})

/** A line of the ledger: it moves an amount from one account to another, and is never changed. */
export const Ecriture = z.object({
  /** Order number of the line in the books of its convention: no internal id leaves. */
  cle: z.string(),
  de: z.string(),
  vers: z.string(),
  motif: z.string(),
  montantCentimes: montant,
  at: instant,
})
export type Ecriture = z.infer<typeof Ecriture>

export const EcritureDetail = z.object({
  ...Ecriture.shape,
  convention: z.object({ id: z.uuid(), reference: z.string(), nom: z.string() }),
  /** What caused it: a thing with its own screen, or none that the reader may open. */
  source: z
    .object({
      type: z.enum(['commande', 'bordereau', 'utilisation', 'incident', 'arrete', 'appel', 'echeance']),
      id: z.uuid().nullable(),
      libelle: z.string(),
    })
    .nullable(),
  /** The rows that add up to it: uses, activated ranges, subtotals. */
  lignes: z.array(z.object({ libelle: z.string(), detail: z.string(), montantCentimes: montant })),
  /** Rows beyond those shown. */
  autres: z.int(),
})
export type EcritureDetail = z.infer<typeof EcritureDetail>

const filters = {
  nature: z.enum(ACCOUNT_NATURES).optional(),
  structureId: z.uuid().optional(),
  financeurCle: z.string().max(300).optional(),
  motif: z.enum(TRANSFER_MOTIFS).optional(),
  du: jourFiltre.optional(),
  au: jourFiltre.optional(),
}
const params = z.object({ conventionId: z.uuid() })

export const compteRoutes = routes({
  getGrandLivre: {
    method: 'GET',
    path: '/conventions/:conventionId/comptes',
    droit: 'compte:read',
    effect: 'read',
    summary: 'Soldes du grand livre d’une convention, aujourd’hui ou à la fin d’un jour passé ; leur somme est nulle',
    params,
    query: z.object({ au: jourFiltre.optional() }),
    response: z.object({ comptes: z.array(Compte), sommeCentimes: montant, au: z.string().nullable() }),
  },
  listTransfers: {
    method: 'GET',
    path: '/conventions/:conventionId/ecritures',
    droit: 'compte:read',
    effect: 'read',
    summary: 'Écritures du grand livre d’une convention',
    params,
    query: z.object({ ...pageQuery, ...filters }),
    response: pageOf(Ecriture),
  },
  exportTransfers: {
    method: 'GET',
    path: '/conventions/:conventionId/ecritures.csv',
    droit: 'compte:read',
    effect: 'read',
    kind: 'file',
    summary: 'Télécharger les écritures affichées (CSV)',
    params,
    query: z.object(filters),
    response: z.unknown(),
  },
  getTransfer: {
    method: 'GET',
    path: '/conventions/:conventionId/ecritures/:cle',
    droit: 'compte:read',
    effect: 'read',
    summary: 'Une écriture et les lignes qui la composent',
    params: params.extend({ cle: z.string().regex(/^[1-9][0-9]{0,14}$/, 'Indiquez le numéro de l’écriture.') }),
    response: EcritureDetail,
  },
})
