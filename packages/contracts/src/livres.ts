import { CONTROLE_FAMILLES } from '@pass/domain/controles.ts'
import { z } from 'zod'
import { instant, jourFiltre, montant, Organisme } from './lists.ts'
import { routes } from './route.ts'

/** A month of the books: what was posted in it, and whether it is closed for good. */
export const MoisComptable = z.object({
  operateur: Organisme,
  mois: z.string(),
  ecritures: z.int(),
  montantCentimes: montant,
  /** Null while it is open. */
  closAt: instant.nullable(),
})
export type MoisComptable = z.infer<typeof MoisComptable>

export const MoisComptables = z.object({
  items: z.array(MoisComptable),
  /** The month that the operator may close next, null for whoever does not close. */
  aClore: z.object({ mois: z.string(), refus: z.string().nullable() }).nullable(),
})
export type MoisComptables = z.infer<typeof MoisComptables>

/** Every check of the books, with the count of its last run: 0 is said too. */
export const Controles = z.object({
  passage: z.object({ at: instant, dureeMs: z.int() }).nullable(),
  ecarts: z.int(),
  /** A run was asked for and is not over. */
  enCours: z.boolean(),
  controles: z.array(z.object({ code: z.string(), famille: z.enum(CONTROLE_FAMILLES), libelle: z.string(), ecarts: z.int() })),
  passages: z.array(z.object({ at: instant, ecarts: z.int(), controles: z.int() })),
})
export type Controles = z.infer<typeof Controles>

/** Funds of a convention at the end of a day, in centimes, since its beginning. */
export const CouvertureJour = z.object({
  jour: z.string(),
  recu: montant,
  active: montant,
  utilise: montant,
  paye: montant,
  annule: montant,
  reste: montant,
  enCirculation: montant,
})

export const CouvertureFonds = z.object({
  convention: z.object({ id: z.uuid(), reference: z.string(), nom: z.string() }),
  du: z.string(),
  au: z.string(),
  jours: z.array(CouvertureJour),
})
export type CouvertureFonds = z.infer<typeof CouvertureFonds>

const mois = z.string().regex(/^20[0-9]{2}-(0[1-9]|1[0-2])$/, 'Indiquez le mois. Exemple : 2026-03.')
const couvertureCall = {
  params: z.object({ conventionId: z.uuid() }),
  /** From the first line of the convention until today, unless said. */
  query: z.object({ du: jourFiltre.optional(), au: jourFiltre.optional() }),
}

export const livreRoutes = routes({
  listMoisComptables: {
    method: 'GET',
    path: '/mois-comptables',
    droit: 'compte:read',
    effect: 'read',
    summary: 'Mois du grand livre, ouverts et clos',
    response: MoisComptables,
  },
  closeBooks: {
    method: 'POST',
    path: '/mois-comptables/:mois/cloture',
    droit: 'livre:close',
    effect: 'write',
    summary: 'Clore les comptes d’un mois : plus rien ne s’y écrit',
    refusals: ['mois_clos', 'mois_en_cours', 'mois_precedent_ouvert', 'ecart_comptable'],
    params: z.object({ mois }),
    response: MoisComptables,
  },
  getControles: {
    method: 'GET',
    path: '/controles',
    droit: 'compte:read',
    effect: 'read',
    summary: 'Contrôles du grand livre, chacun avec son compte, et la date du dernier passage',
    response: Controles,
  },
  askControles: {
    method: 'POST',
    path: '/controles',
    droit: 'controle:run',
    effect: 'write',
    status: 202,
    summary: 'Lancer les contrôles du grand livre maintenant',
    response: Controles,
  },
  getCouvertureFonds: {
    method: 'GET',
    path: '/conventions/:conventionId/couverture-fonds',
    droit: 'compte:read',
    effect: 'read',
    summary: 'Fonds d’une convention jour par jour : reçus, activés, utilisés, payés, et ce qui reste couvert',
    ...couvertureCall,
    response: CouvertureFonds,
  },
  exportCouvertureFonds: {
    method: 'GET',
    path: '/conventions/:conventionId/couverture-fonds.csv',
    droit: 'compte:read',
    effect: 'read',
    kind: 'file',
    summary: 'Télécharger la couverture d’une convention jour par jour (CSV)',
    ...couvertureCall,
    response: z.unknown(),
  },
})
