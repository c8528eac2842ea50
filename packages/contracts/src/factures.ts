import { FACTURE_NATURES, FACTURE_STATUTS, FACTURE_SUIVIS } from '@pass/domain/factures.ts'
import { COMMANDE_STATUTS } from '@pass/domain/commandes.ts'
import { z } from 'zod'
import { Commande } from './commandes.ts'
import { instant, montant, Organisme, pageOf, pageQuery, texte, texteOuVide } from './lists.ts'
import { routes } from './route.ts'

export const FactureSummary = z.object({
  id: z.uuid(),
  numero: z.string(),
  nature: z.enum(FACTURE_NATURES),
  statut: z.enum(FACTURE_STATUTS),
  commande: z.object({ id: z.uuid(), reference: z.string() }),
  collectivite: Organisme,
  operateur: Organisme,
  dateEmission: z.iso.date(),
  /** The last day to pay; none for an avoir. */
  dateEcheance: z.iso.date().nullable(),
  totalCentimes: montant,
})
export type FactureSummary = z.infer<typeof FactureSummary>

/** An invoice or an avoir with its amounts, its references and its journal. */
export const Facture = FactureSummary.extend({
  quantite: z.int(),
  carnetTaille: z.int(),
  valeurFacialeCentimes: montant,
  montantCentimes: montant,
  fraisCentimes: montant,
  fraisBp: z.int(),
  tvaCentimes: montant,
  tvaBp: z.int(),
  numeroMarche: z.string().nullable(),
  numeroEngagement: z.string().nullable(),
  codeService: z.string().nullable(),
  siretFacturation: z.string().nullable(),
  /** Why the avoir was made. */
  motif: z.string().nullable(),
  /** The invoice that this avoir takes back. */
  origine: z.object({ id: z.uuid(), numero: z.string() }).nullable(),
  /** The avoir that took this invoice back. */
  avoir: z.object({ id: z.uuid(), numero: z.string() }).nullable(),
  evenements: z.array(
    z.object({
      id: z.uuid(),
      statut: z.enum(FACTURE_STATUTS),
      organisation: z.string(),
      acteur: z.string(),
      motif: z.string().nullable(),
      at: instant,
    }),
  ),
})
export type Facture = z.infer<typeof Facture>

/** What the body demands on its orders, and what the next one starts with. */
export const Facturation = z.object({
  exigeMarche: z.boolean(),
  exigeEngagement: z.boolean(),
  exigeCodeService: z.boolean(),
  numeroMarche: z.string().nullable(),
  codeService: z.string().nullable(),
  /** The body’s own SIRET unless another one is given. */
  siret: z.string().nullable(),
})
export type Facturation = z.infer<typeof Facturation>

const commandeParams = z.object({ commandeId: z.uuid() })
const factureParams = z.object({ factureId: z.uuid() })
const siret = texteOuVide(20)

export const factureRoutes = routes({
  listFactures: {
    method: 'GET',
    path: '/factures',
    droit: 'facture:read',
    effect: 'read',
    summary: 'Lister les factures et les avoirs',
    query: z.object({
      ...pageQuery,
      statut: z.enum(FACTURE_STATUTS).optional(),
      nature: z.enum(FACTURE_NATURES).optional(),
      commandeId: z.uuid().optional(),
    }),
    response: pageOf(FactureSummary),
  },
  getFacture: {
    method: 'GET',
    path: '/factures/:factureId',
    droit: 'facture:read',
    effect: 'read',
    summary: 'Lire une facture ou un avoir, et son journal',
    params: factureParams,
    response: Facture,
  },
  drawFacture: {
    method: 'GET',
    path: '/factures/:factureId/document.pdf',
    droit: 'facture:read',
    effect: 'read',
    kind: 'file',
    summary: 'Facture ou avoir en PDF',
    params: factureParams,
    response: z.unknown(),
  },
  followFacture: {
    method: 'POST',
    path: '/factures/:factureId/suivi',
    droit: 'facture:follow',
    effect: 'write',
    summary: 'Noter ce que devient une facture\u00a0: mise à disposition, suspendue, à recycler, rejetée',
    refusals: ['facture_statut', 'motif_manquant', 'reference_manquante'],
    params: factureParams,
    body: z.strictObject({ action: z.enum(FACTURE_SUIVIS, 'Choisissez ce que devient la facture.'), motif: texteOuVide(300) }),
    response: Facture,
    example: { action: 'deliver', motif: null },
  },
  issueFacture: {
    method: 'POST',
    path: '/commandes/:commandeId/facture',
    droit: 'facture:issue',
    effect: 'write',
    status: 201,
    summary: 'Établir la facture d’une commande',
    refusals: ['commande_statut', 'facture_existante'],
    params: commandeParams,
    response: Facture,
  },
  creditCommande: {
    method: 'POST',
    path: '/commandes/:commandeId/avoir',
    droit: 'facture:issue',
    effect: 'write',
    status: 201,
    summary: 'Annuler une commande lancée, par un avoir',
    refusals: ['commande_statut', 'facture_absente', 'carnet_statut', 'couverture_insuffisante'],
    params: commandeParams,
    body: z.strictObject({ motif: texte('Indiquez le motif de l’avoir.', 300) }),
    response: Facture,
    example: { motif: 'Commande passée deux fois.' },
  },
  closeCommande: {
    method: 'POST',
    path: '/commandes/:commandeId/cloture',
    droit: 'commande:produce',
    effect: 'write',
    summary: 'Clore une commande livrée, activée et payée',
    refusals: ['commande_statut'],
    params: commandeParams,
    response: Commande,
  },
  setReferences: {
    method: 'PUT',
    path: '/commandes/:commandeId/references',
    droit: 'commande:create',
    effect: 'write',
    summary: 'Corriger les références de facturation d’une commande',
    refusals: ['commande_statut', 'reference_manquante', 'siret_invalide', 'facture_existante'],
    params: commandeParams,
    body: z.strictObject({
      numeroMarche: texteOuVide(50),
      numeroEngagement: texteOuVide(50),
      codeService: texteOuVide(100),
      siretFacturation: siret,
    }),
    response: Commande,
    example: { numeroMarche: '2026-M-014', numeroEngagement: 'EJ-2026-17', codeService: 'FINANCES', siretFacturation: null },
  },
  drawBonDeCommande: {
    method: 'GET',
    path: '/commandes/:commandeId/bon-de-commande.pdf',
    droit: 'commande:read',
    effect: 'read',
    kind: 'file',
    summary: 'Bon de commande en PDF, une fois le devis signé',
    refusals: ['commande_statut'],
    params: commandeParams,
    response: z.unknown(),
  },
  exportCommandes: {
    method: 'GET',
    path: '/commandes/export.csv',
    droit: 'commande:read',
    effect: 'read',
    kind: 'file',
    summary: 'Exporter la liste des commandes (CSV, 10 000 lignes au plus)',
    query: z.object({
      statut: z.enum(COMMANDE_STATUTS).optional(),
      conventionId: z.uuid().optional(),
      tour: z.enum(['collectivite', 'operateur']).optional(),
    }),
    response: z.unknown(),
  },
  getFacturation: {
    method: 'GET',
    path: '/facturation',
    droit: 'facturation:read',
    effect: 'read',
    summary: 'Ce que votre organisation demande sur ses factures',
    response: Facturation,
  },
  setFacturation: {
    method: 'PUT',
    path: '/facturation',
    droit: 'facturation:manage',
    effect: 'write',
    summary: 'Dire ce que votre organisation demande sur ses factures',
    refusals: ['siret_invalide'],
    body: z.strictObject({
      exigeMarche: z.boolean(),
      exigeEngagement: z.boolean(),
      exigeCodeService: z.boolean(),
      numeroMarche: texteOuVide(50),
      codeService: texteOuVide(100),
      siret,
    }),
    response: Facturation,
    example: {
      exigeMarche: false,
      exigeEngagement: true,
      exigeCodeService: false,
      numeroMarche: null,
      codeService: 'FINANCES',
      siret: '212 302 509 00014',
    },
  },
})
