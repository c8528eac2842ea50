import { CARNET_STATUTS, MOTIFS_BLOCAGE } from '@pass/domain/carnets.ts'
import { ATTRIBUTION_POSITIONS, ATTRIBUTION_SENS, ATTRIBUTION_STATUTS } from '@pass/domain/attributions.ts'
import { IDENTITE_MODES, PUBLIC_CODES } from '@pass/domain/conventions.ts'
import { z } from 'zod'
import { instant, montant, Organisme, pageOf, pageQuery, serie, texte } from './lists.ts'
import { routes } from './route.ts'

/** A carnet as its keepers see it: custody, validity, use. Never a code, never a person. */
export const Carnet = z.object({
  id: z.uuid(),
  serie,
  statut: z.enum(CARNET_STATUTS),
  motifBlocage: z.enum(MOTIFS_BLOCAGE).nullable(),
  actif: z.boolean(),
  /** Sent and not acknowledged yet. */
  enTransit: z.boolean(),
  /** Pass of the carnet, and how many are used. */
  taille: z.int(),
  utilises: z.int(),
  /** Pass cancelled of it: it stands for a carnet that had been used. */
  annules: z.int(),
  /** Face value of one pass. */
  valeurFacialeCentimes: montant,
  dateFin: z.iso.date(),
  prescripteur: Organisme.nullable(),
  remisAt: instant.nullable(),
})
export type Carnet = z.infer<typeof Carnet>

const Mouvement = z.object({
  id: z.uuid(),
  type: z.string(),
  seriePremiere: serie,
  serieDerniere: serie,
  carnets: z.int(),
  prescripteur: Organisme.nullable(),
  motif: z.string().nullable(),
  at: instant,
})

export const CarnetDetail = Carnet.extend({
  convention: z.object({
    nom: z.string(),
    identite: z.enum(IDENTITE_MODES),
    publics: z.array(z.enum(PUBLIC_CODES)),
    toleranceJours: z.int(),
  }),
  collectivite: Organisme,
  /** The first day without distribution of its lot, unless the collectivité wrote an override for this carnet. */
  arretDistribution: z.iso.date().nullable(),
  /** The carnet it stands for, and the one that stands for it. */
  remplace: z.object({ id: z.uuid(), serie }).nullable(),
  remplacant: z.object({ id: z.uuid(), serie }).nullable(),
  mouvements: z.array(Mouvement),
})
export type CarnetDetail = z.infer<typeof CarnetDetail>

export const Attribution = z.object({
  id: z.uuid(),
  reference: z.string(),
  statut: z.enum(ATTRIBUTION_STATUTS),
  sens: z.enum(ATTRIBUTION_SENS),
  /** What the reader is to it. */
  position: z.enum(ATTRIBUTION_POSITIONS),
  collectivite: Organisme,
  /** The prescripteur concerned: who receives, or who gives back. */
  prescripteur: Organisme,
  expediteur: Organisme,
  destinataire: Organisme,
  /** The two ends of the whole. */
  seriePremiere: serie,
  serieDerniere: serie,
  /** Its first ranges, ten at most. */
  plages: z.array(z.object({ premiere: serie, derniere: serie, carnets: z.int() })),
  nombrePlages: z.int(),
  carnets: z.int(),
  envoyeeAt: instant,
  accuseeAt: instant.nullable(),
  /** On its way for more than seven days. */
  enRetard: z.boolean(),
})
export type Attribution = z.infer<typeof Attribution>

const carnetParams = z.object({ carnetId: z.uuid() })
const attributionParams = z.object({ attributionId: z.uuid() })
const numero = texte('Scannez la couverture ou tapez le numéro. Exemple : PN 26-0001234-K.', 40)

export const carnetRoutes = routes({
  listCarnets: {
    method: 'GET',
    path: '/carnets',
    droit: 'carnet:read',
    effect: 'read',
    summary: 'Lister les carnets',
    query: z.object({
      ...pageQuery,
      statut: z.enum(CARNET_STATUTS).optional(),
      commandeId: z.uuid().optional(),
      conventionId: z.uuid().optional(),
      prescripteurId: z.uuid().optional(),
      /** What a number of the dashboard opens. */
      etape: z.enum(['livres', 'actives', 'attribues', 'remis', 'entames', 'disponibles', 'en_transit', 'dormants']).optional(),
      recherche: z.string().trim().max(40).optional(),
    }),
    response: pageOf(Carnet),
  },
  getCarnet: {
    method: 'GET',
    path: '/carnets/:carnetId',
    droit: 'carnet:read',
    effect: 'read',
    summary: 'Lire un carnet et son histoire',
    params: carnetParams,
    response: CarnetDetail,
  },
  findCarnet: {
    method: 'GET',
    path: '/carnets/recherche',
    droit: 'carnet:read',
    effect: 'read',
    summary: 'Trouver un carnet par son numéro imprimé',
    refusals: ['numero_malforme'],
    query: z.object({ numero }),
    response: CarnetDetail,
  },
  blockCarnet: {
    method: 'POST',
    path: '/carnets/:carnetId/blocage',
    droit: 'carnet:block',
    effect: 'write',
    summary: 'Bloquer un carnet perdu, volé ou à contrôler',
    refusals: ['carnet_statut', 'motif_manquant'],
    params: carnetParams,
    body: z.strictObject({
      motif: z.enum(MOTIFS_BLOCAGE, 'Choisissez le motif.'),
      reference: z.string().trim().max(100, '100 caractères au plus.').nullable(),
    }),
    response: CarnetDetail,
    example: { motif: 'perdu', reference: null },
  },
  unblockCarnet: {
    method: 'POST',
    path: '/carnets/:carnetId/deblocage',
    droit: 'carnet:unblock',
    effect: 'write',
    summary: 'Débloquer un carnet retrouvé',
    refusals: ['carnet_statut'],
    params: carnetParams,
    response: CarnetDetail,
  },
  listAttributions: {
    method: 'GET',
    path: '/attributions',
    droit: 'carnet:read',
    effect: 'read',
    summary: 'Lister les attributions de carnets aux prescripteurs',
    query: z.object({
      ...pageQuery,
      statut: z.enum(ATTRIBUTION_STATUTS).optional(),
      sens: z.enum(ATTRIBUTION_SENS).optional(),
      enRetard: z.boolean().optional(),
      prescripteurId: z.uuid().optional(),
    }),
    response: pageOf(Attribution),
  },
  allocateCarnets: {
    method: 'POST',
    path: '/attributions',
    droit: 'carnet:allocate',
    effect: 'write',
    status: 201,
    summary: 'Attribuer une plage de carnets à un prescripteur',
    refusals: ['stock_insuffisant', 'plage_invalide', 'numero_malforme'],
    body: z.strictObject({
      prescripteurId: z.uuid('Choisissez le prescripteur.'),
      premier: numero,
      carnets: z.int('Indiquez le nombre de carnets.').min(1, 'Un carnet au moins.').max(10_000, '10 000 carnets au plus à la fois.'),
    }),
    response: Attribution,
    example: { prescripteurId: '0192d1c0-0000-7000-8000-c00000000001', premier: 'PN 26-0000008-C', carnets: 1 },
  },
  acknowledgeAttribution: {
    method: 'POST',
    path: '/attributions/:attributionId/accuse',
    droit: 'carnet:acknowledge',
    effect: 'write',
    summary: 'Accuser réception d’une attribution',
    refusals: ['attribution_statut'],
    params: attributionParams,
    response: Attribution,
  },
  getStock: {
    method: 'GET',
    path: '/stock',
    droit: 'carnet:read',
    effect: 'read',
    summary: 'Où sont les carnets : réserve, en transit, par prescripteur',
    response: z.object({
      /** Carnets received and kept by the collectivité (0 for a prescripteur). */
      reserve: z.int(),
      enTransit: z.int(),
      /** First serial free for the next allocation, null when the reserve is empty. */
      premierDisponible: serie.nullable(),
      prescripteurs: z.array(
        z.object({
          id: z.uuid(),
          nom: z.string(),
          /** Sent and not confirmed, counted at who holds them; `sortants` are those of them that leave it. */
          enTransit: z.int(),
          sortants: z.int(),
          enStock: z.int(),
          remis: z.int(),
          bloques: z.int(),
          dormants: z.int(),
        }),
      ),
    }),
  },
})
