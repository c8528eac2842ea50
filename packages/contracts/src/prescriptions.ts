import { STATUTS_EMPLOI, TRANCHES_AGE } from '@pass/domain/beneficiaires.ts'
import { PUBLIC_CODES } from '@pass/domain/conventions.ts'
import { NIVEAUX } from '@pass/domain/ateliers.ts'
import { BESOIN_CODES, reponsesOf } from '@pass/domain/prescriptions.ts'
import { z } from 'zod'
import { instant, pageOf, pageQuery, serie, texte } from './lists.ts'
import { routes } from './route.ts'

/** A hand-over as its prescripteur sees it. */
export const Prescription = z.object({
  id: z.uuid(),
  carnetId: z.uuid(),
  serie,
  personne: z.object({ id: z.uuid(), prenom: z.string(), nom: z.string() }).nullable(),
  niveau: z.enum(NIVEAUX),
  besoin: z.enum(BESOIN_CODES),
  public: z.enum(PUBLIC_CODES),
  remisAt: instant,
  taille: z.int(),
  utilises: z.int(),
  /** Taken back the same day: the carnet returned to stock. */
  annulee: z.boolean(),
})
export type Prescription = z.infer<typeof Prescription>

export const prescriptionRoutes = routes({
  listPrescriptions: {
    method: 'GET',
    path: '/prescriptions',
    droit: 'prescription:read',
    effect: 'journaled-read',
    summary: 'Lister les carnets remis et les personnes servies',
    query: z.object({ ...pageQuery, recherche: z.string().trim().max(80).optional() }),
    response: pageOf(Prescription),
  },
  handOverCarnet: {
    method: 'POST',
    path: '/prescriptions',
    droit: 'prescription:create',
    effect: 'write',
    status: 201,
    summary: 'Remettre un carnet après le diagnostic',
    refusals: [
      'convention_statut',
      'carnet_statut',
      'carnet_en_transit',
      'pas_actif',
      'carnet_bloque',
      'expire',
      'public_non_eligible',
      'consentement_manquant',
      'diagnostic_incomplet',
      'identite_manquante',
      'identite_non_demandee',
      'carnet_deja_remis',
      'distribution_arretee',
      'nir_refuse',
      'numero_malforme',
    ],
    body: z.strictObject({
      numero: texte('Scannez la couverture ou tapez le numéro. Exemple : PN 26-0001234-K.', 40),
      /** The three answers, by question (domain `DIAGNOSTIC`). */
      reponses: z.strictObject({
        usage: z.enum(reponsesOf('usage'), 'Répondez à la première question.'),
        demarches: z.enum(reponsesOf('demarches'), 'Répondez à la deuxième question.'),
        courriel: z.enum(reponsesOf('courriel'), 'Répondez à la troisième question.'),
      }),
      besoin: z.enum(BESOIN_CODES, 'Choisissez le besoin principal.'),
      public: z.enum(PUBLIC_CODES, 'Choisissez le public.'),
      consentement: z.boolean('Cochez l’accord de la personne.'),
      /** Null when the convention asks nothing of the person. */
      personne: z
        .strictObject({
          prenom: texte('Indiquez le prénom.', 80),
          nom: texte('Indiquez le nom.', 80),
          trancheAge: z.enum(TRANCHES_AGE, 'Choisissez la tranche d’âge.'),
          statutEmploi: z.enum(STATUTS_EMPLOI, 'Choisissez la situation.'),
          commune: z
            .string()
            .regex(/^[0-9AB]{5}$/, 'Choisissez la commune dans la liste.')
            .nullable(),
          contact: z.string().trim().max(120, '120 caractères au plus.').nullable(),
        })
        .nullable(),
      motifDerogation: z.string().trim().max(300, '300 caractères au plus.').nullable(),
    }),
    response: Prescription,
    example: {
      numero: 'PN 26-0000003-V',
      reponses: { usage: 'parfois', demarches: 'quelquun_fait', courriel: 'non' },
      besoin: 'demarches',
      public: 'demandeurs_emploi',
      consentement: true,
      personne: { prenom: 'Alix', nom: 'Exemple', trancheAge: '40_59', statutEmploi: 'sans_emploi', commune: '23025', contact: null },
      motifDerogation: null,
    },
  },
  takeBackCarnet: {
    method: 'POST',
    path: '/prescriptions/:prescriptionId/reprise',
    droit: 'prescription:create',
    effect: 'write',
    summary: 'Reprendre le jour même un carnet remis par erreur',
    refusals: ['carnet_entame', 'delai_depasse', 'carnet_statut'],
    params: z.object({ prescriptionId: z.uuid() }),
    response: Prescription,
  },
})
