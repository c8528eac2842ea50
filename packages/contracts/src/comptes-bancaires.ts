import { VERIFICATIONS } from '@pass/domain/comptes-bancaires.ts'
import { COMPTE_BANCAIRE_STATUTS } from '@pass/domain/comptes.ts'
import { z } from 'zod'
import { instant, Organisme, pageOf, pageQuery, texte } from './lists.ts'
import { routes } from './route.ts'

const Personne = z.object({ id: z.uuid(), nom: z.string() })

/** The account of a structure, masked for everyone: country and key, then the last four. */
export const CompteBancaire = z.object({
  id: z.uuid(),
  structure: Organisme,
  ibanMasque: z.string(),
  bic: z.string().nullable(),
  titulaire: z.string(),
  contact: z.string().nullable(),
  statut: z.enum(COMPTE_BANCAIRE_STATUTS),
  demandeAt: instant,
  /** The first instant at which it may be accepted, 72 hours after the request; null once answered. */
  acceptableAt: instant.nullable(),
  verifieAt: instant.nullable(),
  accepteAt: instant.nullable(),
  finAt: instant.nullable(),
  refuseAt: instant.nullable(),
  motifRefus: z.string().nullable(),
  retireAt: instant.nullable(),
  /** For the operator alone: what the bank answered, who did what, and whether other structures have the same account. */
  examen: z
    .object({
      verification: z.enum(VERIFICATIONS).nullable(),
      proposePar: Personne.nullable(),
      verifiePar: Personne.nullable(),
      acceptePar: Personne.nullable(),
      /** The account that it would replace. */
      remplace: z.string().nullable(),
      autresStructures: z.array(z.string()),
    })
    .nullable(),
  /** Bordereaux to be paid on the present account before another is accepted. */
  bordereauxOuverts: z.int(),
})
export type CompteBancaire = z.infer<typeof CompteBancaire>

const params = z.object({ compteId: z.uuid() })

export const compteBancaireRoutes = routes({
  listComptesBancaires: {
    method: 'GET',
    path: '/comptes-bancaires',
    droit: 'compte_bancaire:read',
    effect: 'read',
    summary: 'Lister les comptes bancaires : les siens, ou ceux des structures suivies par l’opérateur',
    query: z.object({ ...pageQuery, statut: z.enum(COMPTE_BANCAIRE_STATUTS).optional(), structure: z.string().trim().max(100).optional() }),
    response: pageOf(CompteBancaire),
  },
  getCompteBancaire: {
    method: 'GET',
    path: '/comptes-bancaires/:compteId',
    droit: 'compte_bancaire:read',
    effect: 'read',
    summary: 'Lire un compte bancaire, masqué',
    params,
    response: CompteBancaire,
  },
  proposeCompteBancaire: {
    method: 'POST',
    path: '/comptes-bancaires',
    droit: 'compte_bancaire:propose',
    effect: 'write',
    stepUp: true,
    status: 201,
    summary: 'Proposer un compte bancaire pour sa structure',
    refusals: ['iban_invalide', 'iban_en_verification'],
    body: z.strictObject({
      titulaire: texte('Indiquez le titulaire, comme sur le relevé d’identité bancaire. Exemple : Association Le Chai.', 70),
      iban: texte('Indiquez l’IBAN. Il commence par FR en France.', 50),
      bic: z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^([A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?)?$/, 'Le BIC compte 8 ou 11 caractères. Exemple : PSSTFRPPXXX.')
        .nullable()
        .transform((bic) => bic || null),
      contact: z
        .email('Indiquez l’adresse de la personne à prévenir. Exemple : tresorerie@le-chai.fr.')
        .max(200, '200 caractères au plus.'),
    }),
    response: CompteBancaire,
    example: { titulaire: 'Tiers-lieu Le Chai', iban: 'FR7630006000011234567890189', bic: 'AGRIFRPP', contact: 'tresorerie@exemple.fr' },
  },
  readIban: {
    method: 'GET',
    path: '/comptes-bancaires/:compteId/iban',
    droit: 'compte_bancaire:check',
    effect: 'journaled-read',
    stepUp: true,
    summary: 'Lire l’IBAN entier pour le vérifier ; la lecture est notée au journal',
    params,
    response: z.object({ iban: z.string() }),
  },
  checkCompteBancaire: {
    method: 'POST',
    path: '/comptes-bancaires/:compteId/verification',
    droit: 'compte_bancaire:check',
    effect: 'write',
    summary: 'Noter ce que la banque répond sur le titulaire du compte',
    refusals: ['compte_bancaire_statut', 'meme_personne'],
    params,
    body: z.strictObject({ verification: z.enum(VERIFICATIONS, 'Indiquez ce que la banque répond.') }),
    response: CompteBancaire,
    example: { verification: 'conforme' },
  },
  acceptCompteBancaire: {
    method: 'POST',
    path: '/comptes-bancaires/:compteId/acceptation',
    droit: 'compte_bancaire:accept',
    effect: 'write',
    stepUp: true,
    summary: 'Accepter un compte vérifié, 72 heures après la demande ; il remplace le précédent',
    refusals: ['compte_bancaire_statut', 'compte_non_verifie', 'meme_personne', 'iban_en_verification', 'compte_gele'],
    params,
    response: CompteBancaire,
  },
  withdrawCompteBancaire: {
    method: 'POST',
    path: '/comptes-bancaires/:compteId/retrait',
    droit: 'compte_bancaire:propose',
    effect: 'write',
    summary: 'Retirer le compte proposé par sa structure, tant que l’opérateur n’a pas répondu',
    refusals: ['compte_bancaire_statut'],
    params,
    response: CompteBancaire,
  },
  refuseCompteBancaire: {
    method: 'POST',
    path: '/comptes-bancaires/:compteId/refus',
    droit: 'compte_bancaire:check',
    effect: 'write',
    summary: 'Refuser un compte proposé',
    refusals: ['compte_bancaire_statut'],
    params,
    body: z.strictObject({ motif: texte('Indiquez pourquoi, la structure lira ce motif.', 300) }),
    response: CompteBancaire,
    example: { motif: 'Le titulaire n’est pas la structure.' },
  },
})
