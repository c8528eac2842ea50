import { RAISONS_NON_PAYE } from '@pass/domain/bordereaux.ts'
import { COMPTE_ETATS, SITUATIONS } from '@pass/domain/du.ts'
import { z } from 'zod'
import { instant, montant, pageOf, pageQuery } from './lists.ts'
import { routes } from './route.ts'

const mois = z.string().regex(/^[0-9]{4}-(0[1-9]|1[0-2])$/, 'Indiquez le mois. Exemple : 2026-03.')
const annee = z
  .string()
  .regex(/^20[0-9]{2}$/, 'Indiquez l’année. Exemple : 2026.')
  .optional()

/** What waits, added up by what it shows: exactly one of a reason and a date. */
const Attente = z.object({
  raison: z.enum(RAISONS_NON_PAYE).nullable(),
  date: z.iso.date().nullable(),
  pass: z.int(),
  montantCentimes: montant,
})

export const Echeancier = z.object({
  /** All that leaves on the nearest day. */
  prochain: z.object({ date: z.iso.date(), pass: z.int(), montantCentimes: montant }).nullable(),
  attentes: z.array(Attente),
  duCentimes: montant,
  enPaiementCentimes: montant,
  payeCentimes: montant,
  /** Agreed to be withheld from a bordereau to come. */
  retenuesCentimes: montant,
  compte: z.object({ etat: z.enum(COMPTE_ETATS), acceptableAt: instant.nullable() }),
  /** Days from the use to the bank's date, over the last 12 months; null when nothing was paid. */
  delaiMedianJours: z.int().nullable(),
  /** Years in which something was paid, the last one first: those of the yearly statements. */
  annees: z.array(z.int()),
  /** A public body under an acte de régie or a convention de mandat: it may have its attestation. */
  regie: z.boolean(),
})
export type Echeancier = z.infer<typeof Echeancier>

/** One used pass: the atelier, the bordereau, the transfer. Nobody is named. */
export const Utilisation = z.object({
  id: z.uuid(),
  at: instant,
  montantCentimes: montant,
  situation: z.enum(SITUATIONS),
  /** Unpaid: exactly one of the two. */
  raison: z.enum(RAISONS_NON_PAYE).nullable(),
  date: z.iso.date().nullable(),
  collectivite: z.string(),
  lieu: z.string(),
  atelier: z.object({ id: z.uuid(), date: z.iso.date(), theme: z.string() }),
  bordereau: z.object({ id: z.uuid(), reference: z.string() }).nullable(),
  /** The bordereau that pays it, when the bank rejected the first one. */
  report: z.object({ id: z.uuid(), reference: z.string() }).nullable(),
  virement: z.object({ reference: z.string(), payeLe: z.iso.date().nullable() }).nullable(),
})
export type Utilisation = z.infer<typeof Utilisation>

const filtres = {
  etat: z.enum(['impaye', 'paye']).optional(),
  raison: z.enum(RAISONS_NON_PAYE).optional(),
  mois: mois.optional(),
  lieu: z.uuid().optional(),
  atelier: z.uuid().optional(),
  bordereau: z.uuid().optional(),
}

export const duRoutes = routes({
  getEcheancier: {
    method: 'GET',
    path: '/mon-du/echeances',
    droit: 'lieu:serve',
    effect: 'read',
    summary: 'Le prochain virement, ce qui attend et pourquoi',
    response: Echeancier,
  },
  listUtilisations: {
    method: 'GET',
    path: '/mon-du/utilisations',
    droit: 'lieu:serve',
    effect: 'read',
    summary: 'Les pass utilisés, du plus récent au plus ancien, avec leur bordereau et leur virement',
    query: z.object({ ...pageQuery, ...filtres }),
    response: pageOf(Utilisation).extend({ montantCentimes: montant, lieux: z.array(z.object({ id: z.uuid(), nom: z.string() })) }),
  },
  exportUtilisations: {
    method: 'GET',
    path: '/mon-du/utilisations.csv',
    droit: 'lieu:serve',
    effect: 'read',
    kind: 'file',
    summary: 'Les mêmes pass utilisés en tableur',
    query: z.object(filtres),
    response: z.unknown(),
  },
  drawReleveAnnuel: {
    method: 'GET',
    path: '/mon-du/releve-annuel.pdf',
    droit: 'lieu:serve',
    effect: 'read',
    kind: 'file',
    summary: 'Relevé annuel des virements reçus en PDF',
    query: z.object({ annee }),
    response: z.unknown(),
  },
  drawAttestationRegie: {
    method: 'GET',
    path: '/mon-du/attestation-regie.pdf',
    droit: 'lieu:serve',
    effect: 'read',
    kind: 'file',
    summary: 'Attestation des sommes versées à une régie, pour le comptable public, en PDF',
    refusals: ['regie_absente'],
    query: z.object({ annee }),
    response: z.unknown(),
  },
})
