import { ATTRIBUTION_SENS, ATTRIBUTION_STATUTS } from '@pass/domain/attributions.ts'
import { ENVOI_PLAGES_MAX } from '@pass/domain/plages.ts'
import { z } from 'zod'
import { Attribution } from './carnets.ts'
import { Organisme, texte } from './lists.ts'
import { routes } from './route.ts'

const numero = texte('Scannez la couverture ou tapez le numéro. Exemple : PN 26-0001234-K.', 40)

/** Ranges read one after the other; a carnet alone is its first and its last. */
const plages = z
  .array(z.strictObject({ premier: numero, dernier: numero }))
  .min(1, 'Lisez au moins un carnet.')
  .max(ENVOI_PLAGES_MAX, `${ENVOI_PLAGES_MAX} plages au plus à la fois. Au-delà, déposez un fichier.`)

/** What was sent: one attribution a receiver and delivery. */
const Sent = z.object({ items: z.array(Attribution) })
const attributionParams = z.object({ attributionId: z.uuid() })

const TransferRule = z.object({ conventionId: z.uuid(), nom: z.string(), autorises: z.boolean() })
export type TransferRule = z.infer<typeof TransferRule>

const P1 = '0192d1c0-0000-7000-8000-c00000000001'

/** Parcels of carnets besides the plain range: by scan, between prescripteurs, back, on paper and in a file. */
export const attributionRoutes = routes({
  getAttribution: {
    method: 'GET',
    path: '/attributions/:attributionId',
    droit: 'carnet:read',
    effect: 'read',
    summary: 'Lire une attribution',
    params: attributionParams,
    response: Attribution,
  },
  drawAttribution: {
    method: 'GET',
    path: '/attributions/:attributionId/bordereau.pdf',
    droit: 'carnet:read',
    effect: 'read',
    kind: 'file',
    summary: 'Bordereau d’attribution en PDF, à signer à la réception',
    params: attributionParams,
    response: z.unknown(),
  },
  exportAttributions: {
    method: 'GET',
    path: '/attributions.csv',
    droit: 'carnet:read',
    effect: 'read',
    kind: 'file',
    summary: 'Exporter les attributions en CSV, avec les filtres de la liste',
    query: z.object({
      statut: z.enum(ATTRIBUTION_STATUTS).optional(),
      sens: z.enum(ATTRIBUTION_SENS).optional(),
      enRetard: z.boolean().optional(),
      prescripteurId: z.uuid().optional(),
    }),
    response: z.unknown(),
  },
  allocateRanges: {
    method: 'POST',
    path: '/attributions/plages',
    droit: 'carnet:allocate',
    effect: 'write',
    status: 201,
    summary: 'Attribuer à un prescripteur les carnets lus un à un',
    refusals: ['stock_insuffisant', 'plage_invalide', 'numero_malforme'],
    body: z.strictObject({ prescripteurId: z.uuid('Choisissez le prescripteur.'), plages }),
    response: Sent,
    example: { prescripteurId: P1, plages: [{ premier: 'PN 26-0000008-C', dernier: 'PN 26-0000008-C' }] },
  },
  transferCarnets: {
    method: 'POST',
    path: '/transferts',
    droit: 'carnet:transfer',
    effect: 'write',
    status: 201,
    summary: 'Transférer des carnets d’un prescripteur à un autre, ou les retourner à la réserve',
    refusals: ['stock_insuffisant', 'plage_invalide', 'numero_malforme', 'transfert_non_permis'],
    body: z.strictObject({
      /** Whose stock they leave: the collectivité says it, a prescripteur sends its own (null). */
      expediteurId: z.uuid('Choisissez le prescripteur qui envoie.').nullable(),
      /** Null: back to the collectivité's reserve. */
      destinataireId: z.uuid('Choisissez où vont les carnets.').nullable(),
      plages,
    }),
    response: Sent,
    example: { expediteurId: P1, destinataireId: null, plages: [{ premier: 'PN 26-0000003-V', dernier: 'PN 26-0000003-V' }] },
  },
  cancelAttribution: {
    method: 'POST',
    path: '/attributions/:attributionId/rappel',
    droit: 'carnet:transfer',
    effect: 'write',
    summary: 'Rappeler un envoi dont la réception n’est pas confirmée',
    refusals: ['attribution_statut'],
    params: attributionParams,
    response: Attribution,
  },
  listPoints: {
    method: 'GET',
    path: '/transferts/destinataires',
    droit: 'carnet:transfer',
    effect: 'read',
    summary: 'Où un prescripteur peut envoyer ses carnets',
    response: z.object({ collectivites: z.array(Organisme), points: z.array(Organisme) }),
  },
  listTransferRules: {
    method: 'GET',
    path: '/transferts/regles',
    droit: 'carnet:allocate',
    effect: 'read',
    summary: 'Conventions dont les prescripteurs s’échangent des carnets',
    response: z.object({ items: z.array(TransferRule) }),
  },
  allowTransfers: {
    method: 'PUT',
    path: '/conventions/:conventionId/transferts',
    droit: 'carnet:allocate',
    effect: 'write',
    summary: 'Permettre aux prescripteurs d’une convention de s’échanger des carnets, ou non',
    params: z.object({ conventionId: z.uuid() }),
    body: z.strictObject({ autorises: z.boolean() }),
    response: TransferRule,
    example: { autorises: true },
  },
})
