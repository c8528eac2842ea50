import { ATELIER_STATUTS, INSCRIPTION_STATUTS, NIVEAUX } from '@pass/domain/ateliers.ts'
import { THEME_CODES } from '@pass/domain/lieux.ts'
import { REDEMPTION_CHECKS, REDEMPTION_STATUTS } from '@pass/domain/redemptions.ts'
import { REFUSAL_CODES } from '@pass/domain/refusal-codes.ts'
import { z } from 'zod'
import { Differe } from './guichet.ts'
import { day, instant, montant, pageOf, pageQuery, serie, texte } from './lists.ts'
import { routes } from './route.ts'

export const AtelierSummary = z.object({
  id: z.uuid(),
  /** `fuseau`: the place's own time zone, in which its hours are said. */
  lieu: z.object({ id: z.uuid(), nom: z.string(), commune: z.string(), fuseau: z.string() }),
  theme: z.enum(THEME_CODES),
  niveau: z.enum(NIVEAUX),
  /** Day and start in the place's own time zone. */
  date: z.iso.date(),
  debut: z.string(),
  dureeMinutes: z.int(),
  capacite: z.int(),
  placesPrises: z.int(),
  sansPass: z.int(),
  statut: z.enum(ATELIER_STATUTS),
  /** Its free seats are proposed to the prescripteurs. */
  offert: z.boolean(),
  /** Live redemptions and their amount. */
  passUtilises: z.int(),
  montantCentimes: montant,
})
export type AtelierSummary = z.infer<typeof AtelierSummary>

/** A participant: first name and initial at most, the serial of the carnet when the hand-over was anonymous. */
const Participant = z.object({
  inscriptionId: z.uuid(),
  nom: z.string(),
  statut: z.enum(INSCRIPTION_STATUTS),
  passUtilises: z.int(),
  /** Signed on the screen. */
  signe: z.boolean(),
})

const Utilisation = z.object({
  acteId: z.uuid(),
  redemptionId: z.uuid(),
  serie,
  /** Rank of the pass in its carnet, from 1. */
  rangPass: z.int(),
  montantCentimes: montant,
  statut: z.enum(REDEMPTION_STATUTS),
  at: instant,
  /** Still to be paid and used less than 24 hours ago. */
  annulable: z.boolean(),
})

export const Atelier = AtelierSummary.extend({ participants: z.array(Participant), utilisations: z.array(Utilisation) })
export type Atelier = z.infer<typeof Atelier>

const params = z.object({ atelierId: z.uuid() })
const pass = z
  // not trimmed: the text of a QR may end with a space
  .array(
    z
      .string('Scannez ou tapez un code. Exemple : K7M2-QX9T-B4RS.')
      .min(1, 'Scannez ou tapez un code.')
      .max(200, 'Ce texte est trop long pour un pass.'),
  )
  .min(1, 'Scannez au moins un pass.')
  .max(40, 'Quarante pass au plus à la fois.')

/** A refused pass, in `erreurs` of the 409: its place in the request (`pass.0`), the sentence, the code, what to do next. */
export const PassRefuse = z.object({ chemin: z.string(), message: z.string(), code: z.enum(REFUSAL_CODES), suite: z.string() })
export type PassRefuse = z.infer<typeof PassRefuse>

export const Acte = z.object({
  acteId: z.uuid(),
  montantCentimes: montant,
  /** Made without network with a doubtful clock: accepted, and looked at by the operator before it is paid. */
  aExaminer: z.boolean().optional(),
  pass: z.array(z.object({ rang: z.int(), redemptionId: z.uuid(), serie, montantCentimes: montant })),
})
export type Acte = z.infer<typeof Acte>

/** What verify and redeem may answer: twice the same pass in the request, then the checks in their order. */
export const REDEMPTION_REFUSALS = ['doublon_dans_la_demande', ...REDEMPTION_CHECKS] as const

export const atelierRoutes = routes({
  listAteliers: {
    method: 'GET',
    path: '/ateliers',
    droit: 'atelier:read',
    effect: 'read',
    summary: 'Lister les ateliers de ma structure',
    query: z.object({
      ...pageQuery,
      du: z.iso.date().optional(),
      au: z.iso.date().optional(),
      statut: z.enum(ATELIER_STATUTS).optional(),
      lieuId: z.uuid().optional(),
      theme: z.enum(THEME_CODES).optional(),
    }),
    response: pageOf(AtelierSummary),
  },
  getAtelier: {
    method: 'GET',
    path: '/ateliers/:atelierId',
    droit: 'atelier:read',
    effect: 'read',
    summary: 'Lire un atelier, ses participants et ses pass utilisés',
    params,
    response: Atelier,
  },
  scheduleAtelier: {
    method: 'POST',
    path: '/ateliers',
    droit: 'atelier:schedule',
    effect: 'write',
    status: 201,
    summary: 'Créer un atelier',
    refusals: ['atelier_invalide', 'service_non_prevu', 'lieu_ferme'],
    body: z.strictObject({
      lieuId: z.uuid('Choisissez le lieu.'),
      theme: z.enum(THEME_CODES, 'Choisissez le thème.'),
      niveau: z.enum(NIVEAUX, 'Choisissez le niveau.'),
      date: day('Indiquez le jour.'),
      debut: z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'Indiquez l’heure de début. Exemple : 14:00.'),
      dureeMinutes: z.int('Indiquez la durée.').min(30, '30 minutes au moins.').max(480, '8 heures au plus.'),
      capacite: z.int('Indiquez le nombre de places.').min(1, 'Une place au moins.').max(50, '50 places au plus.'),
    }),
    response: Atelier,
    example: {
      lieuId: '0192d1c0-0000-7000-8000-300000000001',
      theme: 'demarches_administratives',
      niveau: 'debutant',
      date: '2026-03-10',
      debut: '14:00',
      dureeMinutes: 120,
      capacite: 8,
    },
  },
  cancelAtelier: {
    method: 'POST',
    path: '/ateliers/:atelierId/annulation',
    droit: 'atelier:schedule',
    effect: 'write',
    summary: 'Annuler un atelier',
    refusals: ['atelier_statut', 'atelier_a_des_pass'],
    params,
    body: z.strictObject({ motif: texte('Indiquez le motif.', 300) }),
    response: Atelier,
    example: { motif: 'Salle indisponible.' },
  },
  recordAttendance: {
    method: 'POST',
    path: '/ateliers/:atelierId/presences',
    droit: 'atelier:attend',
    effect: 'write',
    summary: 'Noter les présences, et les participants sans pass',
    refusals: ['atelier_statut', 'atelier_a_des_pass', 'atelier_complet'],
    params,
    body: z.strictObject({
      presences: z
        .array(z.strictObject({ inscriptionId: z.uuid(), statut: z.enum(['present', 'absent', 'absent_excuse'], 'Indiquez la présence.') }))
        .max(100),
      sansPass: z.int('Indiquez le nombre de participants sans pass.').min(0, 'Zéro au moins.').max(100, '100 au plus.'),
    }),
    response: Atelier,
    example: { presences: [], sansPass: 2 },
  },
  verifyPass: {
    method: 'POST',
    path: '/ateliers/:atelierId/verifications',
    droit: 'pass:verify',
    effect: 'journaled-read',
    mode: 'statement',
    summary: 'Vérifier des pass sans les utiliser : la réponse est celle de l’utilisation',
    refusals: REDEMPTION_REFUSALS,
    params,
    body: z.strictObject({ pass }),
    response: z.object({ pass: z.array(z.object({ rang: z.int(), valableJusquau: z.iso.date(), montantCentimes: montant })) }),
    example: { pass: ['0000-0000-0000'] },
  },
  redeemPass: {
    method: 'POST',
    path: '/ateliers/:atelierId/utilisations',
    droit: 'redemption:create',
    effect: 'write',
    mode: 'statement',
    status: 201,
    summary: 'Utiliser des pass après l’atelier : tous, ou aucun',
    refusals: [...REDEMPTION_REFUSALS, 'appareil_revoque'],
    params,
    /** `differe`: an act made without network, sent once it is back, under the key it got when it was made. */
    body: z.strictObject({ pass, differe: Differe.optional() }),
    response: Acte,
    example: { pass: ['0000-0000-0000'] },
  },
  undoRedemption: {
    method: 'POST',
    path: '/utilisations/:acteId/annulation',
    droit: 'redemption:undo',
    effect: 'write',
    mode: 'statement',
    summary: 'Annuler une utilisation, entière ou un seul pass, dans les 24 heures',
    refusals: ['bordereau_clos', 'delai_depasse', 'redemption_statut'],
    params: z.object({ acteId: z.uuid() }),
    body: z.strictObject({
      motif: texte('Indiquez pourquoi vous annulez.', 300),
      /** One pass of the act, or null for the whole of it. */
      redemptionId: z.uuid().nullable(),
    }),
    response: z.object({ acteId: z.uuid(), montantCentimes: montant, annulees: z.array(z.uuid()) }),
    example: { motif: 'Erreur de scan.', redemptionId: null },
  },
})
