import { RAISONS_NON_PAYE } from '@pass/domain/bordereaux.ts'
import { CLOTURE_STATUTS, periodeOf } from '@pass/domain/clotures.ts'
import { z } from 'zod'
import { instant, montant, Organisme } from './lists.ts'
import { routes } from './route.ts'

const message = 'Indiquez un mois ou une semaine. Exemples : 2026-03, 2026-W10.'
/** A month `2026-03` or an ISO week `2026-W10`. */
export const periode = z
  .string()
  .max(8, message)
  .refine((cle) => periodeOf(cle) !== null, message)

/** Rows of each list that an answer gives; the counts say how many there are. */
export const CLOTURE_LIGNES = 500

/** One run of a closing, over or not: its progress in structures. */
export const ClotureSuivi = z.object({
  id: z.uuid(),
  periode: z.string(),
  statut: z.enum(CLOTURE_STATUTS),
  /** Structures to close, and closed so far. */
  structures: z.int(),
  faites: z.int(),
  pass: z.int(),
  montantCentimes: montant,
  par: z.string(),
  at: instant,
  finiAt: instant.nullable(),
})
export type ClotureSuivi = z.infer<typeof ClotureSuivi>

/** What a closing makes, or would make: the dry run answers the same figures. */
export const Cloture = z.object({
  periode: z.string(),
  mois: z.string(),
  semaine: z.int().nullable(),
  /** `lignesCentimes`: reports, fees and withheld incidents, all together. */
  bordereaux: z.array(z.object({ structure: Organisme, pass: z.int(), lignesCentimes: montant, montantCentimes: montant })),
  structures: z.int(),
  pass: z.int(),
  montantCentimes: montant,
  /** What is left out, with the one reason each. */
  enAttente: z.array(z.object({ structure: Organisme, raison: z.enum(RAISONS_NON_PAYE), pass: z.int(), montantCentimes: montant })),
  structuresEnAttente: z.int(),
  /** A large closing goes on in background: its bordereaux come part by part. */
  suivi: ClotureSuivi.nullable(),
})
export type Cloture = z.infer<typeof Cloture>

export const clotureRoutes = routes({
  listClotures: {
    method: 'GET',
    path: '/clotures',
    droit: 'bordereau:close',
    effect: 'read',
    summary: 'Lister les derniers arrêtés, et suivre celui qui est en cours',
    response: z.object({ items: z.array(ClotureSuivi), plancherHebdoCentimes: montant.nullable() }),
  },
  previewCloture: {
    method: 'GET',
    path: '/clotures/:periode',
    droit: 'bordereau:close',
    effect: 'read',
    summary: 'Simuler l’arrêté d’un mois ou d’une semaine : mêmes chiffres, rien n’est écrit',
    params: z.object({ periode }),
    response: Cloture,
  },
  exportPeriode: {
    method: 'GET',
    path: '/clotures/:periode/bordereaux.csv',
    droit: 'bordereau:close',
    effect: 'read',
    kind: 'file',
    summary: 'Lignes de tous les bordereaux d’une période, en tableau',
    params: z.object({ periode }),
    response: z.unknown(),
  },
  closePeriode: {
    method: 'POST',
    path: '/clotures/:periode',
    droit: 'bordereau:close',
    effect: 'write',
    status: 201,
    summary: 'Arrêter les bordereaux d’un mois ou d’une semaine',
    refusals: ['bordereau_trop_tot', 'cloture_en_cours', 'cloture_plancher_absent', 'ecart_comptable'],
    params: z.object({ periode }),
    response: Cloture,
  },
})
