import { COMMANDE_ACTES } from '@pass/domain/commande-actes.ts'
import { COMMANDE_STATUTS } from '@pass/domain/commandes.ts'
import { FACTURE_STATUTS } from '@pass/domain/factures.ts'
import { z } from 'zod'
import { centimes, day, instant, montant, Organisme, pageOf, pageQuery, serie, texte, texteOuVide } from './lists.ts'
import { routes } from './route.ts'

export const CommandeSummary = z.object({
  id: z.uuid(),
  reference: z.string(),
  statut: z.enum(COMMANDE_STATUTS),
  collectivite: Organisme,
  convention: z.object({ id: z.uuid(), reference: z.string(), nom: z.string() }),
  /** Carnets ordered. */
  quantite: z.int(),
  carnetTaille: z.int(),
  montantCentimes: montant,
  createdAt: instant,
  /** The day by which the next act is expected; null when no delay runs. */
  echeance: z.iso.date().nullable(),
})
export type CommandeSummary = z.infer<typeof CommandeSummary>

const Activation = z.object({
  id: z.uuid(),
  seriePremiere: serie,
  serieDerniere: serie,
  carnets: z.int(),
  montantCentimes: montant,
  numeroMandat: z.string(),
  at: instant,
})

/**
 * An order with everything its sheet shows: amounts, lot, steps, money received, activations. The ANCT reads the order alone:
 * its lot is null and its lists are empty.
 */
export const Commande = CommandeSummary.extend({
  operateur: Organisme,
  valeurFacialeCentimes: montant,
  fraisCentimes: montant,
  tvaCentimes: montant,
  /** Face value + fees + VAT on fees. */
  totalCentimes: montant,
  numeroEngagement: z.string().nullable(),
  codeService: z.string().nullable(),
  numeroMarche: z.string().nullable(),
  /** Who the invoice is for, when it is not the body itself. */
  siretFacturation: z.string().nullable(),
  /** Rates of the quote, in basis points; null before it. */
  fraisBp: z.int().nullable(),
  tvaBp: z.int().nullable(),
  signataire: z.string().nullable(),
  maquetteTexte: z.string().nullable(),
  maquetteCommentaire: z.string().nullable(),
  numeroMandat: z.string().nullable(),
  colis: z.int().nullable(),
  recus: z.int().nullable(),
  lot: z
    .object({
      id: z.uuid(),
      seriePremiere: serie,
      serieDerniere: serie,
      quantite: z.int(),
      /** Carnets already written by the production job. */
      produits: z.int(),
      dateFin: z.iso.date(),
    })
    .nullable(),
  etapes: z.array(
    z.object({
      id: z.uuid(),
      action: z.enum(COMMANDE_ACTES),
      statut: z.enum(COMMANDE_STATUTS),
      organisation: z.string(),
      acteur: z.string(),
      commentaire: z.string().nullable(),
      at: instant,
    }),
  ),
  encaissements: z.array(
    z.object({
      id: z.uuid(),
      montantCentimes: montant,
      fraisCentimes: montant,
      referenceVirement: z.string(),
      dateReception: z.iso.date(),
    }),
  ),
  activations: z.array(Activation),
  /** The invoice that lives (not a rejected one); null before it, and for the ANCT. */
  facture: z.object({ id: z.uuid(), numero: z.string(), statut: z.enum(FACTURE_STATUTS) }).nullable(),
  /** Balance of the convention's `fonds`: what may still be activated; null for the ANCT, which reads no account. */
  fondsCentimes: montant.nullable(),
  /** Carnets received, not blocked, not yet active. */
  carnetsActivables: z.int(),
})
export type Commande = z.infer<typeof Commande>

const params = z.object({ commandeId: z.uuid() })
const act = { method: 'POST', effect: 'write', params, response: Commande } as const

export const commandeRoutes = routes({
  listCommandes: {
    method: 'GET',
    path: '/commandes',
    droit: 'commande:read',
    effect: 'read',
    summary: 'Lister les commandes',
    query: z.object({
      ...pageQuery,
      statut: z.enum(COMMANDE_STATUTS).optional(),
      conventionId: z.uuid().optional(),
      /** Whose turn it is. */
      tour: z.enum(['collectivite', 'operateur']).optional(),
    }),
    response: pageOf(CommandeSummary),
  },
  getCommande: {
    method: 'GET',
    path: '/commandes/:commandeId',
    droit: 'commande:read',
    effect: 'read',
    summary: 'Lire une commande, ses étapes, ses fonds et ses activations',
    params,
    response: Commande,
  },
  createCommande: {
    method: 'POST',
    path: '/commandes',
    droit: 'commande:create',
    effect: 'write',
    status: 201,
    summary: 'Demander un devis',
    refusals: [
      'convention_statut',
      'convention_non_commencee',
      'convention_echue',
      'convention_depassee',
      'reference_manquante',
      'siret_invalide',
    ],
    body: z.strictObject({
      conventionId: z.uuid('Choisissez la convention.'),
      quantite: z
        .int('Indiquez le nombre de carnets. Exemple : 120.')
        .min(1, 'Commandez au moins un carnet.')
        .max(100_000, '100 000 carnets au plus par commande.'),
      numeroEngagement: texteOuVide(50),
      codeService: texteOuVide(100),
      numeroMarche: texteOuVide(50).optional(),
      siretFacturation: texteOuVide(20).optional(),
    }),
    response: Commande,
    example: { conventionId: '0192d1c0-0000-7000-8000-100000000001', quantite: 2, numeroEngagement: 'EJ-2026-17', codeService: null },
  },
  quoteCommande: {
    ...act,
    path: '/commandes/:commandeId/devis',
    droit: 'commande:produce',
    summary: 'Établir le devis',
    refusals: ['commande_statut'],
  },
  drawDevis: {
    method: 'GET',
    path: '/commandes/:commandeId/devis.pdf',
    droit: 'commande:read',
    effect: 'read',
    kind: 'file',
    summary: 'Devis en PDF',
    params,
    response: z.unknown(),
  },
  signCommande: {
    ...act,
    path: '/commandes/:commandeId/signature',
    droit: 'commande:sign',
    summary: 'Signer le devis',
    refusals: ['commande_statut', 'convention_statut', 'convention_echue', 'convention_depassee'],
    body: z.strictObject({ signataire: texte('Indiquez le nom du signataire. Exemple : Ada Martin.', 120) }),
    example: { signataire: 'Ada Martin' },
  },
  proposeMaquette: {
    ...act,
    path: '/commandes/:commandeId/maquette',
    droit: 'commande:produce',
    summary: 'Proposer la maquette du carnet',
    refusals: ['commande_statut'],
    body: z.strictObject({ texte: texte('Écrivez le texte imprimé en couverture.', 300) }),
    example: { texte: 'Département de la Creuse. Renseignements : 05 55 00 00 00.' },
  },
  refuseMaquette: {
    ...act,
    path: '/commandes/:commandeId/maquette/correction',
    droit: 'commande:sign',
    summary: 'Demander une correction de la maquette',
    refusals: ['commande_statut'],
    body: z.strictObject({ commentaire: texte('Dites ce qu’il faut corriger.', 500) }),
    example: { commentaire: 'Le numéro de téléphone a changé.' },
  },
  validateMaquette: {
    ...act,
    path: '/commandes/:commandeId/maquette/validation',
    droit: 'commande:sign',
    summary: 'Valider la maquette',
    refusals: ['commande_statut'],
  },
  produceCommande: {
    ...act,
    path: '/commandes/:commandeId/production',
    droit: 'commande:produce',
    summary: 'Lancer la production des carnets',
    refusals: ['commande_statut'],
  },
  shipCommande: {
    ...act,
    path: '/commandes/:commandeId/expedition',
    droit: 'commande:produce',
    summary: 'Expédier les carnets produits',
    refusals: ['commande_statut'],
    body: z.strictObject({
      colis: z.int('Indiquez le nombre de colis.').min(1, 'Un colis au moins.').max(10_000, '10 000 colis au plus.'),
    }),
    example: { colis: 1 },
  },
  receiveCommande: {
    ...act,
    path: '/commandes/:commandeId/reception',
    droit: 'commande:receive',
    summary: 'Recevoir les carnets ; les manquants sont bloqués',
    refusals: ['commande_statut', 'numero_malforme', 'plage_invalide'],
    body: z.strictObject({
      /** Serials, or labels, that did not arrive: blocked and claimed in the same gesture. */
      manquants: z
        .array(texte('Numéro de carnet. Exemple : PN 26-0001234-K.', 40))
        .max(1000, 'Mille carnets manquants au plus : contactez l’opérateur.'),
      /** Labels of the cartons and bundles that came; without any, everything came but what is missing. */
      etiquettes: z
        .array(texte('Numéro d’étiquette. Exemple : C 26-0010001-000500-3.', 40))
        .max(2000, '2 000 étiquettes au plus.')
        .optional(),
    }),
    example: { manquants: [] },
  },
  recordEncaissement: {
    ...act,
    path: '/commandes/:commandeId/encaissements',
    status: 201,
    droit: 'commande:fund',
    summary: 'Enregistrer des fonds reçus de la collectivité',
    refusals: ['commande_statut', 'commande_invalide', 'deja_enregistre'],
    body: z.strictObject({
      montantCentimes: centimes('Indiquez le montant reçu. Exemple : 12 480,00 €.'),
      referenceVirement: texte('Indiquez la référence du virement.', 60),
      dateReception: day('Indiquez la date du virement.'),
    }),
    example: { montantCentimes: 100_000, referenceVirement: 'VIR-2026-001', dateReception: '2026-03-10' },
  },
  recordMandat: {
    ...act,
    path: '/commandes/:commandeId/mandat',
    droit: 'commande:mandate',
    summary: 'Indiquer le numéro de mandat',
    refusals: ['commande_statut'],
    body: z.strictObject({ numeroMandat: texte('Indiquez le numéro de mandat. Exemple : 2026-001234.', 60) }),
    example: { numeroMandat: '2026-001234' },
  },
  activateCarnets: {
    ...act,
    path: '/commandes/:commandeId/activations',
    status: 201,
    droit: 'commande:activate',
    summary: 'Activer des carnets reçus, dans la limite des fonds',
    refusals: ['convention_statut', 'commande_statut', 'mandat_absent', 'couverture_insuffisante', 'plage_invalide'],
    body: z.strictObject({
      /** How many carnets, from the first one not yet active. */
      carnets: z.int('Indiquez le nombre de carnets à activer.').min(1, 'Un carnet au moins.').max(100_000, '100 000 carnets au plus.'),
    }),
    example: { carnets: 1 },
  },
  cancelCommande: {
    ...act,
    path: '/commandes/:commandeId/annulation',
    droit: 'commande:cancel',
    summary: 'Annuler une commande avant sa production',
    refusals: ['commande_statut'],
    body: z.strictObject({ motif: texte('Indiquez le motif.', 300) }),
    example: { motif: 'Marché non attribué.' },
  },
})
