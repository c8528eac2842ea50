import { PAR_CARTON, PAR_PAQUET } from '@pass/domain/colis.ts'
import { IMPRESSION_FORMATS, IMPRESSION_STATUTS } from '@pass/domain/impressions.ts'
import { RECLAMATION_DECISIONS, RECLAMATION_STATUTS } from '@pass/domain/reclamations.ts'
import { z } from 'zod'
import { instant, serie, texte, texteOuVide } from './lists.ts'
import { routes } from './route.ts'

const Impression = z.object({
  id: z.uuid(),
  format: z.enum(IMPRESSION_FORMATS),
  statut: z.enum(IMPRESSION_STATUTS),
  demandeeAt: instant,
  octets: z.int().nullable(),
  /** sha256 of the file, in hexadecimal: whoever received it checks it. */
  empreinte: z.string().nullable(),
  retireeNom: z.string().nullable(),
  retireeAt: instant.nullable(),
  /** How far the job that makes it is. */
  avancement: z.object({ fait: z.int(), total: z.int() }).nullable(),
})
export type Impression = z.infer<typeof Impression>

const Colis = z.object({
  id: z.uuid(),
  rang: z.int(),
  /** The number of its label. */
  etiquette: z.string(),
  seriePremiere: serie,
  serieDerniere: serie,
  carnets: z.int(),
  paquets: z.int(),
  recuAt: instant.nullable(),
})
export type Colis = z.infer<typeof Colis>

const Reclamation = z.object({
  id: z.uuid(),
  statut: z.enum(RECLAMATION_STATUTS),
  carnets: z.int(),
  plages: z.array(z.object({ premiere: serie, derniere: serie })),
  ouverteAt: instant,
  reponse: z.string().nullable(),
  repondueAt: instant.nullable(),
})
export type Reclamation = z.infer<typeof Reclamation>

/** What goes on in the background for a large lot. */
export const TACHES_DE_LOT = ['expedition', 'reception', 'activation'] as const

/** How the carnets of an order are made, printed, sent and received. The order itself is `Commande`. */
export const Production = z.object({
  telephone: z.string().nullable(),
  aLogo: z.boolean(),
  /** Whether codes can still be derived; null before the production. */
  cle: z.enum(['vivante', 'detruite']).nullable(),
  /** The day the key goes, once a file was taken. */
  dateFinCle: z.iso.date().nullable(),
  impressions: z.array(Impression),
  colis: z.array(Colis),
  reclamations: z.array(Reclamation),
  taches: z.array(z.object({ tache: z.enum(TACHES_DE_LOT), fait: z.int(), total: z.int() })),
})
export type Production = z.infer<typeof Production>

const params = z.object({ commandeId: z.uuid() })
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

export const productionRoutes = routes({
  getProduction: {
    method: 'GET',
    path: '/commandes/:commandeId/production',
    droit: 'commande:read',
    effect: 'read',
    summary: 'Lire la fabrication d’une commande : fichiers d’impression, cartons, réclamations',
    params,
    response: Production,
  },
  dressMaquette: {
    method: 'PUT',
    path: '/commandes/:commandeId/maquette/habillage',
    droit: 'commande:produce',
    effect: 'write',
    summary: 'Choisir le téléphone et le logo imprimés sur les carnets',
    refusals: ['commande_statut', 'maquette_invalide'],
    params,
    body: z.strictObject({
      telephone: texteOuVide(40),
      /** PNG or JPEG in base64; null takes it off, absent leaves the one that is there. */
      logo: z
        .string()
        .max(54_000, 'Ce logo dépasse 40 Ko. Réduisez-le.')
        .regex(BASE64, 'Cette image ne peut pas être lue.')
        .nullable()
        .optional(),
    }),
    response: Production,
    example: { telephone: '05 55 00 00 00', logo: null },
  },
  drawMaquette: {
    method: 'GET',
    path: '/commandes/:commandeId/maquette.pdf',
    droit: 'commande:read',
    effect: 'read',
    kind: 'file',
    summary: 'Maquette du carnet en PDF, marquée SPÉCIMEN, sans code qui serve',
    params,
    response: z.unknown(),
  },
  askImpression: {
    method: 'POST',
    path: '/commandes/:commandeId/impressions',
    droit: 'lot:print',
    effect: 'write',
    status: 201,
    summary: 'Demander un fichier d’impression, préparé en arrière-plan',
    refusals: ['commande_statut', 'impression_statut'],
    params,
    body: z.strictObject({ format: z.enum(IMPRESSION_FORMATS, 'Choisissez le fichier pour un imprimeur ou les pages à imprimer.') }),
    response: Production,
    example: { format: 'pdf' },
  },
  takeImpression: {
    method: 'GET',
    path: '/impressions/:impressionId/fichier',
    droit: 'lot:print',
    effect: 'journaled-read',
    stepUp: true,
    kind: 'file',
    summary: 'Retirer un fichier d’impression, une seule fois',
    refusals: ['impression_statut'],
    params: z.object({ impressionId: z.uuid() }),
    response: z.unknown(),
  },
  packLot: {
    method: 'POST',
    path: '/commandes/:commandeId/colis',
    droit: 'commande:produce',
    effect: 'write',
    status: 201,
    summary: 'Préparer les cartons d’une commande',
    refusals: ['commande_statut', 'plage_invalide'],
    params,
    body: z.strictObject({
      parCarton: z
        .int('Indiquez le nombre de carnets par carton.')
        .min(1, 'Un carnet au moins.')
        .max(5_000, '5 000 carnets au plus par carton.'),
      parPaquet: z
        .int('Indiquez le nombre de carnets par paquet.')
        .min(1, 'Un carnet au moins.')
        .max(1_000, '1 000 carnets au plus par paquet.'),
    }),
    response: Production,
    example: { parCarton: PAR_CARTON, parPaquet: PAR_PAQUET },
  },
  drawLabels: {
    method: 'GET',
    path: '/commandes/:commandeId/etiquettes.pdf',
    droit: 'commande:produce',
    effect: 'read',
    kind: 'file',
    summary: 'Étiquettes des cartons et des paquets en PDF',
    params,
    response: z.unknown(),
  },
  answerReclamation: {
    method: 'POST',
    path: '/reclamations/:reclamationId/reponse',
    droit: 'commande:produce',
    effect: 'write',
    summary: 'Répondre à une réclamation de carnets manquants',
    refusals: ['reclamation_statut'],
    params: z.object({ reclamationId: z.uuid() }),
    body: z.strictObject({
      decision: z.enum(RECLAMATION_DECISIONS, 'Choisissez si vous acceptez la réclamation.'),
      reponse: texte('Écrivez votre réponse. Exemple : carton retrouvé au dépôt, il part demain.', 500),
    }),
    response: Production,
    example: { decision: 'acceptee', reponse: 'Carton retrouvé au dépôt.' },
  },
})
