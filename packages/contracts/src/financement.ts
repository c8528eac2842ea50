import { FINANCEUR_NATURES } from '@pass/domain/conventions.ts'
import { APPEL_STATUTS } from '@pass/domain/financement.ts'
import { isMonth } from '@pass/domain/days.ts'
import { z } from 'zod'
import { centimes, day, instant, montant, Organisme, pageOf, pageQuery, texte } from './lists.ts'
import { routes } from './route.ts'

const mois = z.string().refine(isMonth, 'Indiquez un mois. Exemple\u00a0: 2026-03.')
const Convention = z.object({ id: z.uuid(), reference: z.string(), nom: z.string() })

/** Where the financing of a convention stands, for one financeur. */
export const FinanceurSituation = z.object({
  /** The stable key of the financeur, whatever the avenant. */
  cle: z.string(),
  nom: z.string(),
  nature: z.enum(FINANCEUR_NATURES),
  cleBp: z.int(),
  plafondCentimes: montant.nullable(),
  /** Its part of the used pass, all closings together; of which, outside the key, hand-overs after the distribution stop. */
  partCentimes: montant,
  derogationCentimes: montant,
  /** Not called yet, called and not received, received: these three add up to the part. */
  aAppelerCentimes: montant,
  appeleCentimes: montant,
  recuCentimes: montant,
  avancesCentimes: montant,
  /** What is left of them to deduct. */
  avanceRestanteCentimes: montant,
  brouillonId: z.uuid().nullable(),
})
export type FinanceurSituation = z.infer<typeof FinanceurSituation>

/** A convention: its used pass that closings charged, and who pays them. A financeur sees its own part alone. */
export const Financement = z.object({
  convention: Convention,
  collectivite: Organisme,
  pass: z.int(),
  /** The used pass in centimes; for a financeur, its part of them. */
  montantCentimes: montant,
  financeurs: z.array(FinanceurSituation),
  /** True when the parts called and left to call add up to the used pass, to the centime. */
  equilibre: z.boolean(),
})
export type Financement = z.infer<typeof Financement>

/** The part of one financeur in the split of one closing. */
export const PartFinanceur = z.object({
  id: z.string(),
  mois,
  at: instant,
  cle: z.string(),
  nom: z.string(),
  nature: z.enum(FINANCEUR_NATURES),
  cleBp: z.int(),
  plafondCentimes: montant.nullable(),
  pass: z.int(),
  montantCentimes: montant,
  derogationCentimes: montant,
  appel: z.object({ id: z.uuid(), numero: z.string().nullable(), statut: z.enum(APPEL_STATUTS) }).nullable(),
})
export type PartFinanceur = z.infer<typeof PartFinanceur>

export const AppelSummary = z.object({
  id: z.uuid(),
  /** Taken when the call is sent. */
  numero: z.string().nullable(),
  statut: z.enum(APPEL_STATUTS),
  convention: Convention,
  collectivite: Organisme,
  cle: z.string(),
  nom: z.string(),
  nature: z.enum(FINANCEUR_NATURES),
  periodeDebut: mois,
  periodeFin: mois,
  pass: z.int(),
  partCentimes: montant,
  avanceCentimes: montant,
  /** Part less advances: what is asked. */
  montantCentimes: montant,
  appeleAt: instant.nullable(),
  dateReception: z.iso.date().nullable(),
})
export type AppelSummary = z.infer<typeof AppelSummary>

/** A call for funds with what it is made of. */
export const Appel = AppelSummary.extend({
  prepareAt: instant,
  referenceVirement: z.string().nullable(),
  motifRefus: z.string().nullable(),
  lignes: z.array(z.object({ mois, at: instant, pass: z.int(), cleBp: z.int(), montantCentimes: montant, derogationCentimes: montant })),
})
export type Appel = z.infer<typeof Appel>

const conventionParams = z.object({ conventionId: z.uuid() })
const appelParams = z.object({ appelId: z.uuid() })
const cle = texte('Choisissez un financeur.')

export const financementRoutes = routes({
  listFinancements: {
    method: 'GET',
    path: '/financements',
    droit: 'financement:read',
    effect: 'read',
    summary: 'Qui finance les pass utilisés\u00a0: part de chaque financeur, appelée, reçue, à appeler',
    query: z.object({ ...pageQuery, conventionId: z.uuid().optional() }),
    response: pageOf(Financement),
  },
  listParts: {
    method: 'GET',
    path: '/conventions/:conventionId/parts',
    droit: 'financement:read',
    effect: 'read',
    summary: 'Les partages d’une convention, clôture par clôture et financeur par financeur',
    params: conventionParams,
    query: z.object({ ...pageQuery, cle: z.string().max(200).optional() }),
    response: pageOf(PartFinanceur),
  },
  recordAvance: {
    method: 'POST',
    path: '/conventions/:conventionId/avances',
    droit: 'financement:manage',
    effect: 'write',
    status: 201,
    summary: 'Enregistrer l’avance versée par un financeur, déduite de ses prochains appels',
    refusals: ['appel_date', 'avance_existante'],
    params: conventionParams,
    body: z.strictObject({
      cle,
      montantCentimes: centimes('Indiquez le montant de l’avance.'),
      dateVersement: day('Indiquez la date du versement.'),
      reference: texte('Indiquez la référence du versement.', 80),
    }),
    response: Financement,
    example: { cle: 'etat:état', montantCentimes: 500_000, dateVersement: '2026-02-02', reference: 'AVANCE-2026-1' },
  },
  listAppels: {
    method: 'GET',
    path: '/appels-de-fonds',
    droit: 'financement:read',
    effect: 'read',
    summary: 'Lister les appels de fonds',
    query: z.object({ ...pageQuery, statut: z.enum(APPEL_STATUTS).optional(), conventionId: z.uuid().optional() }),
    response: pageOf(AppelSummary),
  },
  getAppel: {
    method: 'GET',
    path: '/appels-de-fonds/:appelId',
    droit: 'financement:read',
    effect: 'read',
    summary: 'Lire un appel de fonds',
    params: appelParams,
    response: Appel,
  },
  prepareAppel: {
    method: 'POST',
    path: '/appels-de-fonds',
    droit: 'financement:manage',
    effect: 'write',
    status: 201,
    summary: 'Préparer l’appel de fonds d’un financeur, ou mettre à jour son brouillon',
    refusals: ['appel_vide'],
    body: z.strictObject({ conventionId: z.uuid(), cle, jusqua: mois }),
    response: Appel,
    example: { conventionId: '0192d1c0-0000-7000-8000-000000000001', cle: 'etat:état', jusqua: '2026-02' },
  },
  sendAppel: {
    method: 'POST',
    path: '/appels-de-fonds/:appelId/envoi',
    droit: 'financement:manage',
    effect: 'write',
    summary: 'Envoyer un appel de fonds, sous le numéro suivant de l’année',
    refusals: ['appel_statut'],
    params: appelParams,
    response: Appel,
  },
  receiveAppel: {
    method: 'POST',
    path: '/appels-de-fonds/:appelId/recette',
    droit: 'financement:manage',
    effect: 'write',
    summary: 'Enregistrer les fonds reçus d’un appel',
    refusals: ['appel_statut', 'appel_date'],
    params: appelParams,
    body: z.strictObject({
      dateReception: day('Indiquez la date de réception.'),
      referenceVirement: texte('Indiquez la référence du virement.', 80),
    }),
    response: Appel,
    example: { dateReception: '2026-03-10', referenceVirement: 'VIR-2026-88' },
  },
  refuseAppel: {
    method: 'POST',
    path: '/appels-de-fonds/:appelId/refus',
    droit: 'financement:manage',
    effect: 'write',
    summary: 'Noter qu’un financeur a refusé un appel\u00a0: ses parts restent à appeler',
    refusals: ['appel_statut'],
    params: appelParams,
    body: z.strictObject({ motif: texte('Indiquez le motif du refus.', 300) }),
    response: Appel,
    example: { motif: 'Pièces justificatives incomplètes.' },
  },
  drawAppel: {
    method: 'GET',
    path: '/appels-de-fonds/:appelId/document.pdf',
    droit: 'financement:read',
    effect: 'read',
    kind: 'file',
    summary: 'Appel de fonds en PDF',
    params: appelParams,
    response: z.unknown(),
  },
  exportAppel: {
    method: 'GET',
    path: '/appels-de-fonds/:appelId/lignes.csv',
    droit: 'financement:read',
    effect: 'read',
    kind: 'file',
    summary: 'Clôtures d’un appel de fonds (CSV)',
    params: appelParams,
    response: z.unknown(),
  },
  exportPreuves: {
    method: 'GET',
    path: '/appels-de-fonds/:appelId/preuves.csv',
    droit: 'financement:read',
    effect: 'read',
    kind: 'file',
    summary: 'Liste des preuves d’un appel de fonds\u00a0: bordereaux, ateliers, empreintes des émargements (CSV), sans aucun nom',
    params: appelParams,
    response: z.unknown(),
  },
})
