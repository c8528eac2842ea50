import { CARNET_STATUTS, MOTIFS_BLOCAGE } from '@pass/domain/carnets.ts'
import { ANNULATION_STATUTS } from '@pass/domain/oppositions.ts'
import { z } from 'zod'
import { CarnetDetail } from './carnets.ts'
import { instant, montant, pageOf, pageQuery, serie, texte } from './lists.ts'
import { routes } from './route.ts'

const numero = texte('Scannez la couverture ou tapez le numéro. Exemple : PN 26-0001234-K.', 40)
const carnetParams = z.object({ carnetId: z.uuid() })

/** Ranges as typed or scanned; the same number twice is one carnet. */
export const plagesOuVide = z.array(z.strictObject({ premier: numero, dernier: numero })).max(500, '500 plages au plus à la fois.')
const plages = plagesOuVide.min(1, 'Indiquez au moins un carnet.')
const motifLibre = texte('Indiquez le motif en quelques mots.', 300)
const PLAGE_EXAMPLE = [{ premier: 'PN 26-0000013-J', dernier: 'PN 26-0000014-3' }]

/** What these numbers are, before anything is done to them. */
const PlagesVues = z.object({
  demandes: z.int(),
  /** Those that are carnets of the caller. */
  trouves: z.int(),
  parStatut: z.array(z.object({ statut: z.enum(CARNET_STATUTS), carnets: z.int() })),
})

/** What became of these numbers: those left were already so, or no longer serve. */
const PlagesFaites = z.object({ carnets: z.int(), laisses: z.int() })

export const Annulation = z.object({
  id: z.uuid(),
  statut: z.enum(ANNULATION_STATUTS),
  plages: z.array(z.object({ premier: serie, dernier: serie })),
  carnets: z.int(),
  motif: z.string(),
  /** The count campaign that found them missing. */
  inventaireId: z.uuid().nullable(),
  /** Face value that leaves the circulation: what it was once confirmed, what it would be before. */
  montantCentimes: montant,
  demandePar: z.object({ id: z.uuid(), nom: z.string() }),
  demandeAt: instant,
  decidePar: z.object({ id: z.uuid(), nom: z.string() }).nullable(),
  decideAt: instant.nullable(),
})
export type Annulation = z.infer<typeof Annulation>

export const oppositionRoutes = routes({
  viewPlages: {
    method: 'POST',
    path: '/carnets/plages',
    droit: 'carnet:read',
    effect: 'journaled-read',
    summary: 'Voir ce que sont les carnets d’une plage ou d’une liste avant d’agir',
    refusals: ['numero_malforme', 'plage_invalide'],
    body: z.strictObject({ plages }),
    response: PlagesVues,
    example: { plages: PLAGE_EXAMPLE },
  },
  blockPlages: {
    method: 'POST',
    path: '/carnets/blocages',
    droit: 'carnet:block',
    effect: 'write',
    summary: 'Bloquer une plage ou une liste de carnets',
    refusals: ['numero_malforme', 'plage_invalide', 'carnet_statut', 'motif_manquant'],
    body: z.strictObject({
      plages,
      motif: z.enum(MOTIFS_BLOCAGE, 'Choisissez le motif.'),
      reference: z.string().trim().max(100, '100 caractères au plus.').nullable(),
    }),
    response: PlagesFaites,
    example: { plages: PLAGE_EXAMPLE, motif: 'perdu', reference: null },
  },
  unblockPlages: {
    method: 'POST',
    path: '/carnets/deblocages',
    droit: 'carnet:unblock',
    effect: 'write',
    summary: 'Débloquer une plage ou une liste de carnets retrouvés',
    refusals: ['numero_malforme', 'plage_invalide', 'carnet_statut'],
    body: z.strictObject({ plages }),
    response: PlagesFaites,
    example: { plages: PLAGE_EXAMPLE },
  },
  listAnnulations: {
    method: 'GET',
    path: '/annulations',
    droit: 'inventaire:read',
    effect: 'read',
    summary: 'Lister les demandes d’annulation de carnets',
    query: z.object({ ...pageQuery, statut: z.enum(ANNULATION_STATUTS).optional() }),
    response: pageOf(Annulation),
  },
  getAnnulation: {
    method: 'GET',
    path: '/annulations/:annulationId',
    droit: 'inventaire:read',
    effect: 'read',
    summary: 'Lire une demande d’annulation',
    params: z.object({ annulationId: z.uuid() }),
    response: Annulation,
  },
  askAnnulation: {
    method: 'POST',
    path: '/annulations',
    droit: 'carnet:cancel',
    effect: 'write',
    status: 201,
    summary: 'Demander l’annulation de carnets jamais utilisés',
    refusals: ['numero_malforme', 'plage_invalide', 'carnet_entame', 'carnet_statut'],
    body: z.strictObject({ plages, motif: motifLibre }),
    response: Annulation,
    example: { plages: PLAGE_EXAMPLE, motif: 'Carnets détruits par un dégât des eaux' },
  },
  decideAnnulation: {
    method: 'POST',
    path: '/annulations/:annulationId/decision',
    droit: 'carnet:cancel',
    effect: 'write',
    summary: 'Confirmer ou refuser une annulation demandée par une autre personne',
    refusals: ['annulation_statut', 'meme_personne', 'carnet_entame', 'carnet_statut', 'plage_invalide'],
    params: z.object({ annulationId: z.uuid() }),
    body: z.strictObject({ accord: z.boolean('Confirmez ou refusez.') }),
    response: Annulation,
    example: { accord: false },
  },
})

/** A carnet of a person: what the collectivité alone may correct once the day of the hand-over is past. */
export const correctionRoutes = routes({
  replaceCarnet: {
    method: 'POST',
    path: '/carnets/:carnetId/remplacement',
    droit: 'carnet:replace',
    effect: 'write',
    summary: 'Remplacer un carnet bloqué par un autre, avec autant de pass qu’il en restait',
    refusals: ['numero_malforme', 'carnet_statut', 'remplacement_impossible', 'carnet_en_transit', 'pas_actif', 'expire'],
    params: carnetParams,
    body: z.strictObject({ numero }),
    response: CarnetDetail,
    example: { numero: 'PN 26-0000008-C' },
  },
  takeBackFromPerson: {
    method: 'POST',
    path: '/carnets/:carnetId/reprise',
    droit: 'prescription:correct',
    effect: 'write',
    summary: 'Reprendre à une personne un carnet remis par erreur, jamais utilisé',
    refusals: ['carnet_statut', 'carnet_entame', 'nir_refuse'],
    params: carnetParams,
    body: z.strictObject({ motif: motifLibre }),
    response: CarnetDetail,
    example: { motif: 'Remis à une autre personne que celle du diagnostic' },
  },
})
