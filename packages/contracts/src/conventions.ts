import { CONVENTION_STATUTS, FINANCEUR_NATURES, IDENTITE_MODES, LIEUX_ADMIS, PUBLIC_CODES } from '@pass/domain/conventions.ts'
import { z } from 'zod'
import { centimes, day, montant, Organisme, pageOf, pageQuery, texte } from './lists.ts'
import { routes } from './route.ts'

/** Who pays which part, and how it signed. */
export const Financeur = z.object({
  rang: z.int(),
  nature: z.enum(FINANCEUR_NATURES),
  nom: z.string(),
  /** Basis points: 6000 = 60 %. */
  cleBp: z.int(),
  plafondCentimes: montant.nullable(),
  estRepli: z.boolean(),
  signataire: z.string().nullable(),
  dateSignature: z.iso.date().nullable(),
  /** The scan of the signed document. */
  pieceId: z.uuid().nullable(),
})

export const ConventionSummary = z.object({
  id: z.uuid(),
  reference: z.string(),
  nom: z.string(),
  statut: z.enum(CONVENTION_STATUTS),
  collectivite: Organisme,
  dateDebut: z.iso.date(),
  dateFin: z.iso.date(),
  montantCentimes: montant,
})
export type ConventionSummary = z.infer<typeof ConventionSummary>

/** A convention with its parameters. Who is not a party to the money (operator) reads no financeur. */
export const Convention = ConventionSummary.extend({
  operateur: Organisme,
  carnetTaille: z.int(),
  valeurFacialeCentimes: montant,
  validiteMois: z.int(),
  toleranceJours: z.int(),
  reclamationJours: z.int(),
  passParAtelier: z.int(),
  passParAtelierLong: z.int(),
  passParDemiJournee: z.int(),
  quotaPicBp: z.int(),
  fraisAmontBp: z.int(),
  fse: z.boolean(),
  identite: z.enum(IDENTITE_MODES),
  lieuxAdmis: z.enum(LIEUX_ADMIS),
  territoire: z.array(z.string()),
  publics: z.array(z.enum(PUBLIC_CODES)),
  /** What proves that a person belongs to a public. */
  criteres: z.array(z.object({ public: z.enum(PUBLIC_CODES), texte: z.string() })),
  /** Number of the version in force: 1, then one more an avenant. */
  version: z.int(),
  dateSignature: z.iso.date().nullable(),
  financeurs: z.array(Financeur),
  /** Face value of the commandes not cancelled; null for who reads no commande (financeur). */
  commandeCentimes: montant.nullable(),
  /** Funds received and not yet activated: the balance of `fonds`; null for who reads no account (ANCT, financeur). */
  fondsCentimes: montant.nullable(),
})
export type Convention = z.infer<typeof Convention>

const params = z.object({ conventionId: z.uuid() })

/** The signature of a financeur: who, when, and the scan of the paper. */
export const signatureBody = z.strictObject({
  rang: z.int('Choisissez le financeur.').min(1).max(10),
  signataire: texte('Indiquez le nom du signataire. Exemple : Ada Martin.', 120),
  /** The day on the paper; today when it is absent. */
  dateSignature: day('Indiquez la date de signature. Exemple : 10/03/2026.').optional(),
  /** The scan, deposited before. */
  pieceId: z.uuid('Choisissez le document signé.').nullable().optional(),
})

export const conventionRoutes = routes({
  listConventions: {
    method: 'GET',
    path: '/conventions',
    droit: 'convention:read',
    effect: 'read',
    summary: 'Lister les conventions',
    query: z.object({
      ...pageQuery,
      statut: z.enum(CONVENTION_STATUTS).optional(),
      /** Those where amounts withheld wait for an avoir. */
      aCrediter: z.boolean().optional(),
    }),
    response: pageOf(ConventionSummary),
  },
  getConvention: {
    method: 'GET',
    path: '/conventions/:conventionId',
    droit: 'convention:read',
    effect: 'read',
    summary: 'Lire une convention',
    params,
    response: Convention,
  },
  createConvention: {
    method: 'POST',
    path: '/conventions',
    droit: 'convention:create',
    effect: 'write',
    status: 201,
    summary: 'Préparer une convention',
    refusals: ['convention_cle_incomplete', 'convention_invalide'],
    body: z.strictObject({
      nom: texte('Donnez un nom à la convention. Exemple : FSE 2026–2027.', 120),
      operateurId: z.uuid('Choisissez l’opérateur.'),
      dateDebut: day('Indiquez le premier jour. Exemple : 01/04/2026.'),
      dateFin: day('Indiquez le dernier jour. Exemple : 31/12/2027.'),
      montantCentimes: centimes('Indiquez le montant en euros. Exemple : 120 000,00 €.'),
      carnetTaille: z
        .int('Un carnet compte de 1 à 10 pass.')
        .min(1, 'Un carnet compte de 1 à 10 pass.')
        .max(10, 'Un carnet compte de 1 à 10 pass.'),
      identite: z.enum(IDENTITE_MODES, 'Choisissez ce qui est demandé à la personne.'),
      fse: z.boolean('Indiquez si le Fonds social européen participe.'),
      publics: z.array(z.enum(PUBLIC_CODES, 'Choisissez les publics dans la liste.')).min(1, 'Choisissez au moins un public.').max(30),
      territoire: z
        .array(z.string().regex(/^(D|R|E|C)[0-9A-B]{2,9}$/, 'Code de territoire inconnu. Exemple : D23 pour la Creuse.'))
        .max(100),
      financeurs: z
        .array(
          z.strictObject({
            nature: z.enum(FINANCEUR_NATURES, 'Choisissez la nature du financeur.'),
            nom: texte('Nommez le financeur.', 120),
            cleBp: z
              .int('Indiquez la part en pourcentage.')
              .min(1, 'La part est d’au moins 0,01 %.')
              .max(10_000, 'La part ne dépasse pas 100 %.'),
            plafondCentimes: centimes('Le plafond est un montant en euros.').nullable(),
            estRepli: z.boolean('Indiquez qui prend le reste.'),
          }),
        )
        .min(1, 'Ajoutez au moins un financeur.')
        .max(10, 'Dix financeurs au plus.'),
    }),
    response: Convention,
    example: {
      nom: 'FSE 2026–2027',
      operateurId: '0192d1c0-0000-7000-8000-a10000000001',
      dateDebut: '2026-03-01',
      dateFin: '2027-12-31',
      montantCentimes: 12_000_000,
      carnetTaille: 10,
      identite: 'minimale',
      fse: true,
      publics: ['demandeurs_emploi'],
      territoire: ['D23'],
      financeurs: [
        { nature: 'fse', nom: 'Fonds social européen', cleBp: 6000, plafondCentimes: null, estRepli: false },
        { nature: 'etat', nom: 'État', cleBp: 2000, plafondCentimes: null, estRepli: false },
        { nature: 'collectivite', nom: 'Département de la Creuse', cleBp: 2000, plafondCentimes: null, estRepli: true },
      ],
    },
  },
  signConvention: {
    method: 'POST',
    path: '/conventions/:conventionId/signatures',
    droit: 'convention:sign',
    effect: 'write',
    summary: 'Enregistrer la signature d’un financeur (l’ANCT pour l’État, la collectivité pour les autres)',
    refusals: ['convention_statut', 'convention_echue', 'convention_cle_incomplete', 'convention_invalide'],
    params,
    body: signatureBody,
    response: Convention,
    example: { rang: 1, signataire: 'Ada Martin' },
  },
  openConvention: {
    method: 'POST',
    path: '/conventions/:conventionId/ouverture',
    droit: 'convention:open',
    effect: 'write',
    summary: 'Ouvrir une convention signée',
    refusals: ['convention_statut', 'convention_non_commencee', 'convention_echue'],
    params,
    response: Convention,
  },
})
