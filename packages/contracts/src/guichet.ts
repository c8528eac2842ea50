import { ALERTE_DECISIONS, ALERTE_REGLES, ALERTE_STATUTS } from '@pass/domain/alertes.ts'
import { THEME_CODES } from '@pass/domain/lieux.ts'
import { REFUSAL_CODES } from '@pass/domain/refusal-codes.ts'
import { z } from 'zod'
import { instant, pageOf, pageQuery, texte } from './lists.ts'
import { routes } from './route.ts'

const EXAMPLE_ID = '0192d1c0-0000-7000-8000-000000000001'

/** A key that signs QR codes, for the check without network: Ed25519 public key (32 bytes, base64url), the days it signed. */
const Cle = z.object({ id: z.int(), publique: z.string(), du: z.iso.date(), au: z.iso.date().nullable() })

/** An atelier of today or the two next days, with no more names than the counter shows: first name and initial. */
const AtelierPaquet = z.object({
  id: z.uuid(),
  lieu: z.object({ id: z.uuid(), nom: z.string(), fuseau: z.string() }),
  theme: z.enum(THEME_CODES),
  date: z.iso.date(),
  debut: z.string(),
  dureeMinutes: z.int(),
  capacite: z.int(),
  placesPrises: z.int(),
  participants: z.array(z.object({ inscriptionId: z.uuid(), nom: z.string() })),
})

/**
 * What a counter needs to work without network: keys, blocked serial ranges, terms of the conventions that admit the lieux of the
 * structure, ateliers. Asked at start, on focus and every 5 minutes; good for `heures` hours and `actes` acts.
 */
export const Paquet = z.object({
  genereAt: instant,
  limites: z.object({ heures: z.int(), actes: z.int() }),
  cles: z.array(Cle),
  /** Serials (numbers) that nobody accepts: both ends included. */
  bloques: z.array(z.object({ de: z.int(), a: z.int() })),
  conventions: z.array(
    z.object({
      collectiviteId: z.uuid(),
      collectivite: z.string(),
      toleranceJours: z.int(),
      passParAtelier: z.int(),
      passParAtelierLong: z.int(),
      passParDemiJournee: z.int(),
      /** Null: every labelled lieu; else those of this structure that are admitted. */
      lieux: z.array(z.uuid()).nullable(),
    }),
  ),
  ateliers: z.array(AtelierPaquet),
})
export type Paquet = z.infer<typeof Paquet>

export const Appareil = z.object({
  id: z.uuid(),
  nom: z.string(),
  creeAt: instant,
  vuAt: instant,
  revoqueAt: instant.nullable(),
  par: z.string(),
})
export type Appareil = z.infer<typeof Appareil>

/** An act made without network and what became of it; `conflit` when somebody else's came first. */
export const ActeDiffere = z.object({
  id: z.uuid(),
  atelierId: z.uuid(),
  par: z.string(),
  appareil: z.string(),
  scanneAt: instant,
  recuAt: instant,
  pass: z.int(),
  issue: z.enum(['accepte', 'refuse']),
  code: z.enum(REFUSAL_CODES).nullable(),
  message: z.string(),
  suite: z.string().nullable(),
  /** Doubtful clock: kept from payment until somebody of the operator has looked. */
  aExaminer: z.boolean(),
})
export type ActeDiffere = z.infer<typeof ActeDiffere>

/** The same pass accepted here and there: `gagnant` was first to reach the server, `perdant` came after. The other place is not named. */
export const Conflit = z.object({
  id: z.uuid(),
  role: z.enum(['gagnant', 'perdant']),
  serie: z.string(),
  rangPass: z.int(),
  atelierId: z.uuid(),
  at: instant,
  message: z.string(),
  suite: z.string(),
})
export type Conflit = z.infer<typeof Conflit>

/** What the counter noticed for the operator: a rule of fraud, a stolen carnet shown. */
export const Alerte = z.object({
  id: z.uuid(),
  regle: z.enum(ALERTE_REGLES),
  titre: z.string(),
  texte: z.string(),
  structure: z.object({ id: z.uuid(), nom: z.string() }),
  at: instant,
  nombre: z.int(),
  statut: z.enum(ALERTE_STATUTS),
  decision: z.enum(ALERTE_DECISIONS).nullable(),
  motif: z.string().nullable(),
})
export type Alerte = z.infer<typeof Alerte>

export const guichetRoutes = routes({
  getPaquet: {
    method: 'GET',
    path: '/guichet/paquet',
    droit: 'pass:verify',
    effect: 'read',
    summary: 'Emporter ce qu’il faut pour travailler sans réseau',
    response: Paquet,
  },
  registerAppareil: {
    method: 'PUT',
    path: '/guichet/appareils/:appareilId',
    droit: 'pass:verify',
    effect: 'write',
    summary: 'Déclarer cet appareil, qui gardera des actes en attente de réseau',
    refusals: ['appareil_revoque'],
    params: z.object({ appareilId: z.uuid() }),
    body: z.strictObject({ nom: texte('Nommez cet appareil. Exemple : Téléphone de l’accueil.', 80) }),
    response: Appareil,
    example: { nom: 'Chrome, Android' },
  },
  listAppareils: {
    method: 'GET',
    path: '/guichet/appareils',
    droit: 'pass:verify',
    effect: 'read',
    summary: 'Lister les appareils du guichet',
    response: z.object({ items: z.array(Appareil) }),
  },
  revokeAppareil: {
    method: 'DELETE',
    path: '/guichet/appareils/:appareilId',
    droit: 'lieu:serve',
    effect: 'write',
    summary: 'Révoquer un appareil perdu : ses actes suivants sont refusés',
    params: z.object({ appareilId: z.uuid() }),
    response: Appareil,
  },
  listActesDifferes: {
    method: 'GET',
    path: '/guichet/actes-differes',
    droit: 'redemption:create',
    effect: 'read',
    summary: 'Lire ce que sont devenus les actes faits sans réseau',
    query: z.object({ ...pageQuery, issue: z.enum(['accepte', 'refuse']).optional() }),
    response: pageOf(ActeDiffere),
  },
  listConflits: {
    method: 'GET',
    path: '/guichet/conflits',
    droit: 'redemption:create',
    effect: 'read',
    summary: 'Lire les pass acceptés ici et ailleurs',
    query: z.object({ ...pageQuery }),
    response: pageOf(Conflit),
  },
  listAlertes: {
    method: 'GET',
    path: '/alertes',
    droit: 'alerte:read',
    effect: 'read',
    summary: 'Lire les alertes du guichet',
    query: z.object({ ...pageQuery, statut: z.enum(ALERTE_STATUTS).optional() }),
    response: pageOf(Alerte),
  },
  closeAlerte: {
    method: 'POST',
    path: '/alertes/:alerteId/decision',
    droit: 'alerte:decide',
    effect: 'write',
    summary: 'Classer une alerte, avec une décision et son motif',
    refusals: ['alerte_statut'],
    params: z.object({ alerteId: z.uuid() }),
    body: z.strictObject({
      decision: z.enum(ALERTE_DECISIONS, 'Choisissez une décision.'),
      motif: texte('Indiquez le motif.', 500),
    }),
    response: Alerte,
    example: { decision: 'sans_suite', motif: 'Retard expliqué par téléphone.' },
  },
  listAExaminer: {
    method: 'GET',
    path: '/utilisations/a-examiner',
    droit: 'alerte:decide',
    effect: 'read',
    summary: 'Lister les utilisations faites sans réseau dont l’horloge est douteuse',
    query: z.object({ ...pageQuery }),
    response: pageOf(ActeDiffere.extend({ structure: z.string(), ecartSecondes: z.int().nullable(), montantCentimes: z.int() })),
  },
  releaseUtilisation: {
    method: 'POST',
    path: '/utilisations/:acteDiffereId/examen',
    droit: 'alerte:decide',
    effect: 'write',
    summary: 'Laisser payer une utilisation examinée',
    refusals: ['redemption_statut'],
    params: z.object({ acteDiffereId: z.uuid() }),
    body: z.strictObject({ motif: texte('Indiquez le motif.', 300) }),
    response: z.object({ acteDiffereId: z.uuid(), pass: z.int() }),
    example: { motif: 'Horaires confirmés par la structure.' },
  },
})

/** What a queued act adds to a redeem: made on this device, then, with the clock's known distance to the server’s (null: unknown). */
export const Differe = z.strictObject({
  appareilId: z.uuid(),
  scanneAt: z.iso.datetime({ offset: true }),
  ecartSecondes: z.int().min(-31_536_000).max(31_536_000).nullable(),
})
export const EXAMPLE_DIFFERE = { appareilId: EXAMPLE_ID, scanneAt: '2026-03-10T08:00:00.000Z', ecartSecondes: 0 }
