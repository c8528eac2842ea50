import { COMPTAGE_STATUTS, INVENTAIRE_STATUTS } from '@pass/domain/inventaires.ts'
import { z } from 'zod'
import { day, instant, Organisme, pageOf, pageQuery, serie } from './lists.ts'
import { plagesOuVide } from './oppositions.ts'
import { routes } from './route.ts'

const Plages = z.array(z.object({ premier: serie, dernier: serie }))

/** The count of one point of stock. */
export const Comptage = z.object({
  id: z.uuid(),
  inventaireId: z.uuid(),
  collectivite: Organisme,
  /** Null: the reserve of the collectivité. */
  prescripteur: Organisme.nullable(),
  statut: z.enum(COMPTAGE_STATUTS),
  echeance: z.iso.date(),
  /** What the books give: now while the count is to do, then as it was. */
  attendus: z.int(),
  comptes: z.int().nullable(),
  manquants: z.int(),
  enTrop: z.int(),
  plagesManquantes: Plages,
  plagesEnTrop: Plages,
  /** Of the missing ones: still blocked, cancelled since, asked for, found again. */
  bloques: z.int(),
  annules: z.int(),
  annulationDemandee: z.boolean(),
  compteAt: instant.nullable(),
})
export type Comptage = z.infer<typeof Comptage>

const InventaireEntete = z.object({
  id: z.uuid(),
  statut: z.enum(INVENTAIRE_STATUTS),
  echeance: z.iso.date(),
  ouvertPar: z.string(),
  ouvertAt: instant,
  closAt: instant.nullable(),
  points: z.int(),
  faits: z.int(),
  manquants: z.int(),
})
export const Inventaire = InventaireEntete.extend({ comptages: z.array(Comptage) })
export type Inventaire = z.infer<typeof Inventaire>

const inventaireParams = z.object({ inventaireId: z.uuid() })
const comptageParams = z.object({ comptageId: z.uuid() })

export const inventaireRoutes = routes({
  listInventaires: {
    method: 'GET',
    path: '/inventaires',
    droit: 'inventaire:read',
    effect: 'read',
    summary: 'Lister les inventaires, le dernier d’abord',
    query: z.object(pageQuery),
    response: pageOf(InventaireEntete),
  },
  getInventaire: {
    method: 'GET',
    path: '/inventaires/:inventaireId',
    droit: 'inventaire:read',
    effect: 'read',
    summary: 'Lire un inventaire et le compte de chaque point de stock',
    params: inventaireParams,
    response: Inventaire,
  },
  openInventaire: {
    method: 'POST',
    path: '/inventaires',
    droit: 'inventaire:manage',
    effect: 'write',
    status: 201,
    summary: 'Ouvrir un inventaire : chaque point de stock compte ses carnets',
    refusals: ['inventaire_statut'],
    body: z.strictObject({ echeance: day('Indiquez le dernier jour pour compter. Exemple : 2026-03-25.') }),
    response: Inventaire,
    example: { echeance: '2026-03-25' },
  },
  closeInventaire: {
    method: 'POST',
    path: '/inventaires/:inventaireId/cloture',
    droit: 'inventaire:manage',
    effect: 'write',
    summary: 'Clore un inventaire',
    refusals: ['inventaire_statut'],
    params: inventaireParams,
    response: Inventaire,
  },
  writeOff: {
    method: 'POST',
    path: '/comptages/:comptageId/annulation',
    droit: 'carnet:cancel',
    effect: 'write',
    summary: 'Demander l’annulation des carnets manquants d’un comptage',
    refusals: ['comptage_statut', 'carnet_entame', 'carnet_statut'],
    params: comptageParams,
    response: Comptage,
  },
  listComptages: {
    method: 'GET',
    path: '/comptages',
    droit: 'comptage:make',
    effect: 'read',
    summary: 'Lister les comptes demandés à son point de stock',
    response: z.object({ items: z.array(Comptage) }),
  },
  countStock: {
    method: 'POST',
    path: '/comptages/:comptageId/resultat',
    droit: 'comptage:make',
    effect: 'write',
    summary: 'Donner le compte de son stock, et les numéros manquants ou en plus',
    refusals: ['comptage_statut', 'comptage_incoherent', 'numero_malforme', 'plage_invalide'],
    params: comptageParams,
    body: z.strictObject({
      comptes: z.int('Indiquez le nombre de carnets comptés.').min(0, 'Zéro ou plus.').max(1_000_000, 'Un million au plus.'),
      manquants: plagesOuVide,
      enTrop: plagesOuVide,
    }),
    response: Comptage,
    example: { comptes: 2, manquants: [], enTrop: [] },
  },
})
