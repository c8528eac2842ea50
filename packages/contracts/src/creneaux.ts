import { INSCRIPTION_STATUTS, NIVEAUX } from '@pass/domain/ateliers.ts'
import { THEME_CODES } from '@pass/domain/lieux.ts'
import { z } from 'zod'
import { Atelier, AtelierSummary } from './ateliers.ts'
import { day, jourFiltre, pageOf, pageQuery } from './lists.ts'
import { Piece } from './pieces.ts'
import { routes } from './route.ts'

const EXAMPLE_ID = '0192d1c0-0000-7000-8000-000000000001'
const atelierParams = z.object({ atelierId: z.uuid() })
const heure = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'Indiquez l’heure de début. Exemple : 14:00.')

/** A service of a lieu: a theme of the national list, what it costs in pass and how long it lasts (both inform; the convention decides). */
export const Prestation = z.object({
  lieuId: z.uuid(),
  theme: z.enum(THEME_CODES),
  prixPass: z.int(),
  dureeMinutes: z.int(),
  detail: z.string().nullable(),
})
export type Prestation = z.infer<typeof Prestation>

/** A slot as a prescripteur sees it: no person in it. */
export const Creneau = z.object({
  atelierId: z.uuid(),
  lieu: z.object({ id: z.uuid(), nom: z.string(), commune: z.string(), telephone: z.string().nullable() }),
  theme: z.enum(THEME_CODES),
  niveau: z.enum(NIVEAUX),
  date: z.iso.date(),
  debut: z.string(),
  dureeMinutes: z.int(),
  placesLibres: z.int(),
  enAttente: z.int(),
})
export type Creneau = z.infer<typeof Creneau>

/** A person enrolled by this prescripteur. */
export const RendezVous = z.object({
  inscriptionId: z.uuid(),
  prescriptionId: z.uuid().nullable(),
  personne: z.string(),
  statut: z.enum(INSCRIPTION_STATUTS),
  /** Why the atelier was cancelled; null while it stands. */
  motif: z.string().nullable(),
  creneau: Creneau,
})
export type RendezVous = z.infer<typeof RendezVous>

/** Scheduling beyond one atelier: copies, series, offered slots, enrolment, signatures, sheets, the catalogue. */
export const creneauRoutes = routes({
  copyAtelier: {
    method: 'POST',
    path: '/ateliers/:atelierId/copie',
    droit: 'atelier:schedule',
    effect: 'write',
    status: 201,
    summary: 'Dupliquer un atelier à une autre date',
    refusals: ['atelier_invalide', 'service_non_prevu', 'lieu_ferme'],
    params: atelierParams,
    body: z.strictObject({ date: day('Indiquez le jour.'), debut: heure.nullable() }),
    response: Atelier,
    example: { date: '2026-03-17', debut: null },
  },
  scheduleSerie: {
    method: 'POST',
    path: '/ateliers/series',
    droit: 'atelier:schedule',
    effect: 'write',
    status: 201,
    summary: 'Créer une série d’ateliers : les mêmes, à plusieurs dates',
    refusals: ['atelier_invalide', 'service_non_prevu', 'lieu_ferme'],
    body: z.strictObject({
      lieuId: z.uuid('Choisissez le lieu.'),
      theme: z.enum(THEME_CODES, 'Choisissez le thème.'),
      niveau: z.enum(NIVEAUX, 'Choisissez le niveau.'),
      debut: heure,
      dureeMinutes: z.int('Indiquez la durée.').min(30, '30 minutes au moins.').max(480, '8 heures au plus.'),
      capacite: z.int('Indiquez le nombre de places.').min(1, 'Une place au moins.').max(50, '50 places au plus.'),
      offert: z.boolean(),
      dates: z.array(day('Indiquez le jour.')).min(1, 'Choisissez au moins une date.').max(52, '52 dates au plus.'),
    }),
    response: z.object({ items: z.array(AtelierSummary) }),
    example: {
      lieuId: '0192d1c0-0000-7000-8000-300000000001',
      theme: 'demarches_administratives',
      niveau: 'debutant',
      debut: '14:00',
      dureeMinutes: 120,
      capacite: 8,
      offert: true,
      dates: ['2026-03-17', '2026-03-24'],
    },
  },
  offerAtelier: {
    method: 'PUT',
    path: '/ateliers/:atelierId/offre',
    droit: 'atelier:schedule',
    effect: 'write',
    summary: 'Proposer les places libres aux prescripteurs, ou ne plus les proposer',
    refusals: ['atelier_statut'],
    params: atelierParams,
    body: z.strictObject({ offert: z.boolean() }),
    response: Atelier,
    example: { offert: true },
  },
  signAttendance: {
    method: 'PUT',
    path: '/ateliers/:atelierId/inscriptions/:inscriptionId/signature',
    droit: 'atelier:attend',
    effect: 'write',
    summary: 'Faire signer une personne sur l’écran : elle est notée présente',
    refusals: ['atelier_statut', 'atelier_complet'],
    params: z.object({ atelierId: z.uuid(), inscriptionId: z.uuid() }),
    body: z.strictObject({
      /** Strokes: lists of points x, y from 0 to 1000, as drawn. */
      traits: z
        .array(
          z
            .array(z.int().min(0).max(1000))
            .min(4, 'Signez dans le cadre.')
            .max(2000)
            .refine((trait) => trait.length % 2 === 0, 'Signez dans le cadre.'),
        )
        .min(1, 'Signez dans le cadre.')
        .max(60),
    }),
    response: Atelier,
    example: { traits: [[100, 100, 200, 150, 300, 100]] },
  },
  drawEmargement: {
    method: 'GET',
    path: '/ateliers/:atelierId/emargement.pdf',
    droit: 'atelier:read',
    effect: 'read',
    kind: 'file',
    summary: 'Feuille d’émargement en PDF, avec les signatures prises à l’écran',
    params: atelierParams,
    response: z.unknown(),
  },
  drawListePapier: {
    method: 'GET',
    path: '/ateliers/:atelierId/liste-papier.pdf',
    droit: 'atelier:read',
    effect: 'read',
    kind: 'file',
    summary: 'Liste à imprimer pour noter les codes à la main, sans téléphone',
    params: atelierParams,
    response: z.unknown(),
  },
  listPieces: {
    method: 'GET',
    path: '/ateliers/:atelierId/pieces',
    droit: 'atelier:read',
    effect: 'read',
    summary: 'Lister les feuilles scannées d’un atelier',
    params: atelierParams,
    response: z.object({ items: z.array(Piece) }),
  },
  uploadPiece: {
    method: 'POST',
    path: '/ateliers/:atelierId/pieces',
    droit: 'atelier:attend',
    effect: 'write',
    status: 201,
    kind: 'upload',
    summary: 'Déposer la feuille d’émargement signée (PDF, JPEG ou PNG, 5 Mo au plus)',
    refusals: ['piece_type', 'piece_taille', 'deja_enregistre'],
    params: atelierParams,
    response: Piece,
  },
  downloadPiece: {
    method: 'GET',
    path: '/pieces/:pieceId',
    droit: 'atelier:read',
    effect: 'read',
    kind: 'file',
    summary: 'Relire une feuille déposée',
    params: z.object({ pieceId: z.uuid() }),
    response: z.unknown(),
  },
  listPrestations: {
    method: 'GET',
    path: '/prestations',
    droit: 'lieu:serve',
    effect: 'read',
    summary: 'Lire le catalogue de services de ses lieux',
    response: z.object({ items: z.array(Prestation) }),
  },
  setPrestation: {
    method: 'PUT',
    path: '/lieux/:lieuId/prestations/:theme',
    droit: 'prestation:manage',
    effect: 'write',
    summary: 'Décrire un service du catalogue : prix en pass et durée',
    params: z.object({ lieuId: z.uuid(), theme: z.enum(THEME_CODES) }),
    body: z.strictObject({
      prixPass: z.int('Indiquez le prix en pass.').min(1, 'Un pass au moins.').max(10, '10 pass au plus.'),
      dureeMinutes: z.int('Indiquez la durée.').min(30, '30 minutes au moins.').max(480, '8 heures au plus.'),
      detail: z.string().trim().max(300, '300 caractères au plus.').nullable(),
    }),
    response: Prestation,
    example: { prixPass: 1, dureeMinutes: 120, detail: null },
  },
  listCreneaux: {
    method: 'GET',
    path: '/creneaux',
    droit: 'creneau:read',
    effect: 'read',
    summary: 'Chercher les créneaux proposés par les lieux de son territoire',
    query: z.object({ ...pageQuery, lieuId: z.uuid().optional(), theme: z.enum(THEME_CODES).optional(), du: jourFiltre.optional() }),
    response: pageOf(Creneau),
  },
  takeCreneau: {
    method: 'POST',
    path: '/creneaux/:atelierId/inscriptions',
    droit: 'creneau:take',
    effect: 'write',
    status: 201,
    summary: 'Inscrire une personne à un créneau ; complet, elle passe en liste d’attente',
    refusals: ['atelier_statut', 'atelier_passe', 'deja_enregistre', 'prescription_statut', 'expire', 'hors_territoire', 'lieu_non_admis'],
    params: atelierParams,
    body: z.strictObject({ prescriptionId: z.uuid('Choisissez la personne.') }),
    response: RendezVous,
    example: { prescriptionId: EXAMPLE_ID },
  },
  listRendezVous: {
    method: 'GET',
    path: '/rendez-vous',
    droit: 'creneau:read',
    effect: 'journaled-read',
    summary: 'Lire les rendez-vous pris par sa structure, les prochains d’abord',
    /** `du`: today when absent. */
    query: z.object({ ...pageQuery, du: jourFiltre.optional() }),
    response: pageOf(RendezVous),
  },
  leaveCreneau: {
    method: 'DELETE',
    path: '/rendez-vous/:inscriptionId',
    droit: 'creneau:take',
    effect: 'write',
    summary: 'Annuler un rendez-vous : la première personne en attente prend la place',
    refusals: ['atelier_statut', 'atelier_passe'],
    params: z.object({ inscriptionId: z.uuid() }),
    response: z.object({ inscriptionId: z.uuid() }),
  },
})
