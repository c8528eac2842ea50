import { A_FAIRE_ECHEANCE, ACCORD_ETAPES, ALERTE_ETAPES, ECHEANCE_STATUTS, PARTIES } from '@pass/domain/echeance-suivi.ts'
import { ECHEANCE_ETAPES } from '@pass/domain/echeances.ts'
import { z } from 'zod'
import { instant, montant, Organisme, pageOf, pageQuery, serie, texte, texteOuVide } from './lists.ts'
import { routes } from './route.ts'

const Comptes = z.object({ emis: z.int(), remis: z.int(), jamaisRemis: z.int(), entames: z.int() })
const Pass = z.object({ passUtilises: z.int(), passExpires: z.int(), passAnnules: z.int() })

/** The end of a lot: its date, where it stands, what comes next and who must act. */
export const EcheanceSummary = z.object({
  lotId: z.uuid(),
  commande: z.object({ id: z.uuid(), reference: z.string() }),
  convention: z.object({ id: z.uuid(), reference: z.string(), nom: z.string() }),
  collectivite: Organisme,
  operateur: Organisme,
  carnets: z.int(),
  seriePremiere: serie,
  serieDerniere: serie,
  dateFin: z.iso.date(),
  statut: z.enum(ECHEANCE_STATUTS),
  /** Null once the lot is closed. */
  prochaine: z
    .object({ etape: z.enum(ECHEANCE_ETAPES), date: z.iso.date(), acteurs: z.array(z.enum(PARTIES)), action: z.string() })
    .nullable(),
})
export type EcheanceSummary = z.infer<typeof EcheanceSummary>

/** The same with its calendar, its counts, and everything that was said of it. */
export const Echeance = EcheanceSummary.extend({
  toleranceJours: z.int(),
  valeurFacialeCentimes: montant,
  /** The first day without distribution, once agreed. */
  arret: z.iso.date().nullable(),
  /** The first day when the lot can be closed. */
  jourCloture: z.iso.date(),
  /** Counts of this moment. */
  comptes: Comptes,
  pass: Pass,
  alertes: z.array(Comptes.extend({ etape: z.enum(ALERTE_ETAPES), jour: z.iso.date() })),
  /** Agreements that hold. */
  accords: z.array(z.object({ etape: z.enum(ACCORD_ETAPES), partie: z.enum(PARTIES), jour: z.iso.date(), acteur: z.string() })),
  releve: z.object({ version: z.int(), jour: z.iso.date(), comptes: Comptes, pass: Pass, montantCentimes: montant }).nullable(),
  derogations: z.array(
    z.object({
      id: z.uuid(),
      seriePremiere: serie,
      serieDerniere: serie,
      carnets: z.int(),
      motif: z.string(),
      acteur: z.string(),
      at: instant,
    }),
  ),
  avoir: z
    .object({
      numero: z.string(),
      dateEmission: z.iso.date(),
      passExpires: z.int(),
      passAnnules: z.int(),
      montantCentimes: montant,
      parts: z.array(z.object({ nom: z.string(), cleBp: z.int(), montantCentimes: montant })),
    })
    .nullable(),
  /** Complementary avoirs that give back what was withheld on uses of this lot: what each has of it. */
  complements: z.array(z.object({ numero: z.string(), dateEmission: z.iso.date(), montantCentimes: montant })),
  /** How far a large closing is. */
  progression: z.object({ fait: z.int(), total: z.int() }).nullable(),
})
export type Echeance = z.infer<typeof Echeance>

const params = z.object({ lotId: z.uuid() })

export const echeanceRoutes = routes({
  listEcheances: {
    method: 'GET',
    path: '/echeances',
    droit: 'echeance:read',
    effect: 'read',
    summary: 'Lister les fins de validité des lots, la plus proche d’abord',
    query: z.object({
      ...pageQuery,
      statut: z.enum(ECHEANCE_STATUTS).optional(),
      conventionId: z.uuid().optional(),
      /** What waits for the reader's own side today. */
      aFaire: z.enum(A_FAIRE_ECHEANCE).optional(),
    }),
    response: pageOf(EcheanceSummary),
  },
  getEcheance: {
    method: 'GET',
    path: '/echeances/:lotId',
    droit: 'echeance:read',
    effect: 'read',
    summary: 'Lire la fin de validité d’un lot\u00a0: calendrier, comptes, accords, relevé, avoir',
    params,
    response: Echeance,
  },
  acknowledgeEcheance: {
    method: 'POST',
    path: '/echeances/:lotId/accords',
    droit: 'echeance:agree',
    effect: 'write',
    status: 201,
    summary: 'Donner l’accord de son organisation à une étape\u00a0: arrêt de la distribution, constat, relevé',
    refusals: ['echeance_statut'],
    params,
    body: z.strictObject({ etape: z.enum(ACCORD_ETAPES, 'Choisissez l’étape.') }),
    response: Echeance,
    example: { etape: 'constat' },
  },
  overrideDistribution: {
    method: 'POST',
    path: '/echeances/:lotId/derogations',
    droit: 'echeance:override',
    effect: 'write',
    status: 201,
    summary: 'Permettre par écrit de remettre des carnets après l’arrêt de la distribution, à la charge de la collectivité',
    refusals: ['echeance_statut', 'carnet_statut', 'numero_malforme', 'plage_invalide'],
    params,
    body: z.strictObject({
      premier: texte('Indiquez le numéro du carnet. Exemple : PN 26-0000003-V.', 40),
      /** The last one of a range; null: one carnet. */
      dernier: texteOuVide(40),
      motif: texte('Indiquez pourquoi. Exemple : rendez-vous pris avant l’arrêt.', 300),
    }),
    response: Echeance,
    example: { premier: 'PN 26-0000003-V', dernier: null, motif: 'Rendez-vous pris avant l’arrêt.' },
  },
  establishReleve: {
    method: 'POST',
    path: '/echeances/:lotId/releve',
    droit: 'echeance:close',
    effect: 'write',
    status: 201,
    summary: 'Établir le relevé commun d’un lot, ou l’établir de nouveau',
    refusals: ['echeance_statut'],
    params,
    response: Echeance,
  },
  drawReleve: {
    method: 'GET',
    path: '/echeances/:lotId/releve.pdf',
    droit: 'echeance:read',
    effect: 'read',
    kind: 'file',
    summary: 'Relevé commun d’un lot en PDF',
    params,
    response: z.unknown(),
  },
  closeLot: {
    method: 'POST',
    path: '/echeances/:lotId/cloture',
    droit: 'echeance:close',
    effect: 'write',
    status: 201,
    summary: 'Clore un lot\u00a0: ses carnets expirent, sa valeur non utilisée est rendue par un avoir',
    refusals: ['echeance_statut'],
    params,
    response: Echeance,
  },
  drawAvoirLot: {
    method: 'GET',
    path: '/echeances/:lotId/avoir.pdf',
    droit: 'echeance:read',
    effect: 'read',
    kind: 'file',
    summary: 'Avoir d’un lot clos en PDF',
    params,
    response: z.unknown(),
  },
})
