import { FACTEURS, METHODES } from '@pass/domain/acces.ts'
import { CATEGORIES, RYTHMES } from '@pass/domain/notifications.ts'
import { z } from 'zod'
import { codeA6, Defi, NouvellePasskey, nouveauMotDePasse } from './connexion.ts'
import { instant, Organisme, texte } from './lists.ts'
import { routes } from './route.ts'

const EXAMPLE_ID = '0192d1c0-0000-7000-8000-000000000001'
const fait = z.object({ fait: z.literal(true) })

export const Passkey = z.object({ id: z.uuid(), nom: z.string(), creeeAt: instant, utiliseeAt: instant.nullable() })
export type Passkey = z.infer<typeof Passkey>

/** One’s own account: how one enters, what protects it. */
export const ComptePersonnel = z.object({
  courriel: z.string(),
  prenom: z.string(),
  nom: z.string(),
  proconnect: z.boolean(),
  motDePasse: z.boolean(),
  /** Confirmed on this day, or null. */
  totpAt: instant.nullable(),
  passkeys: z.array(Passkey),
  /** A PIN for the trusted desks of the organisation. */
  pin: z.boolean(),
  /** The second factors that serve, best first. */
  facteurs: z.array(z.enum(FACTEURS)),
  preferences: z.array(z.object({ categorie: z.enum(CATEGORIES), rythme: z.enum(RYTHMES), modifiable: z.boolean() })),
})
export type ComptePersonnel = z.infer<typeof ComptePersonnel>

export const SessionOuverte = z.object({
  id: z.uuid(),
  courante: z.boolean(),
  organisation: Organisme,
  methode: z.enum(METHODES),
  appareil: z.string(),
  guichet: z.boolean(),
  ouverteAt: instant,
  vueAt: instant,
})
export type SessionOuverte = z.infer<typeof SessionOuverte>

/** Mon compte: each person, themselves alone. */
export const comptePersonnelRoutes = routes({
  getComptePersonnel: {
    method: 'GET',
    path: '/moi',
    droit: 'utilisateur:self',
    effect: 'read',
    summary: 'Lire son compte : moyens de connexion, protection, préférences',
    response: ComptePersonnel,
  },
  renameMe: {
    method: 'PUT',
    path: '/moi',
    droit: 'utilisateur:self',
    effect: 'write',
    summary: 'Corriger son prénom et son nom',
    body: z.strictObject({ prenom: texte('Indiquez votre prénom.', 80), nom: texte('Indiquez votre nom.', 80) }),
    response: ComptePersonnel,
    example: { prenom: 'Ada', nom: 'Martin' },
  },
  setPassword: {
    method: 'PUT',
    path: '/moi/mot-de-passe',
    droit: 'utilisateur:self',
    effect: 'write',
    stepUp: true,
    summary: 'Choisir ou changer son mot de passe',
    refusals: ['mot_de_passe_faible', 'mot_de_passe_divulgue'],
    body: z.strictObject({ motDePasse: nouveauMotDePasse }),
    response: fait,
    example: { motDePasse: 'une phrase assez longue et rare' },
  },
  startTotp: {
    method: 'POST',
    path: '/moi/totp',
    droit: 'utilisateur:self',
    // not a `write`: its answer would be kept under the key, and the secret with it
    effect: 'journaled-read',
    stepUp: true,
    summary: 'Préparer une application de codes : secret à scanner, à confirmer ensuite',
    response: z.object({
      /** otpauth://… for the QR */ adresse: z.string(),
      /** the same, to type, in groups of four */ secret: z.string(),
    }),
  },
  confirmTotp: {
    method: 'POST',
    path: '/moi/totp/confirmation',
    droit: 'utilisateur:self',
    effect: 'write',
    // else a session that is not proved could guess the code of a secret shown to another one
    stepUp: true,
    summary: 'Activer l’application de codes par un premier code',
    refusals: ['preuve_refusee', 'facteur_absent'],
    body: z.strictObject({ code: codeA6 }),
    response: ComptePersonnel,
    example: { code: '123456' },
  },
  removeTotp: {
    method: 'DELETE',
    path: '/moi/totp',
    droit: 'utilisateur:self',
    effect: 'write',
    stepUp: true,
    summary: 'Retirer l’application de codes',
    refusals: ['facteur_absent', 'facteur_exige'],
    response: ComptePersonnel,
  },
  challengeNewPasskey: {
    method: 'POST',
    path: '/moi/passkeys/defi',
    droit: 'utilisateur:self',
    effect: 'write',
    stepUp: true,
    summary: 'Demander un défi pour ajouter une clé d’accès',
    response: Defi,
  },
  addPasskey: {
    method: 'POST',
    path: '/moi/passkeys',
    droit: 'utilisateur:self',
    effect: 'write',
    status: 201,
    summary: 'Ajouter une clé d’accès',
    refusals: ['preuve_refusee', 'deja_enregistre'],
    body: z.strictObject({
      defiId: z.uuid(),
      nom: texte('Donnez un nom à cette clé. Exemple : Téléphone d’Ada.', 80),
      reponse: NouvellePasskey,
    }),
    response: ComptePersonnel,
    example: {
      defiId: EXAMPLE_ID,
      nom: 'Téléphone',
      reponse: {
        id: 'AAAA',
        rawId: 'AAAA',
        type: 'public-key',
        clientExtensionResults: {},
        response: { attestationObject: 'AAAA', clientDataJSON: 'AAAA' },
      },
    },
  },
  removePasskey: {
    method: 'DELETE',
    path: '/moi/passkeys/:passkeyId',
    droit: 'utilisateur:self',
    effect: 'write',
    stepUp: true,
    summary: 'Retirer une clé d’accès',
    refusals: ['facteur_exige'],
    params: z.object({ passkeyId: z.uuid() }),
    response: ComptePersonnel,
  },
  setPin: {
    method: 'PUT',
    path: '/moi/pin',
    droit: 'utilisateur:self',
    effect: 'write',
    stepUp: true,
    summary: 'Choisir son code à 6 chiffres pour les postes partagés de l’organisation',
    refusals: ['pin_faible'],
    body: z.strictObject({ pin: z.string().regex(/^\d{6}$/, 'Le code compte 6 chiffres.') }),
    response: ComptePersonnel,
    example: { pin: '481207' },
  },
  removePin: {
    method: 'DELETE',
    path: '/moi/pin',
    droit: 'utilisateur:self',
    effect: 'write',
    summary: 'Retirer son code de poste partagé',
    response: ComptePersonnel,
  },
  setPreference: {
    method: 'PUT',
    path: '/moi/preferences/:categorie',
    droit: 'utilisateur:self',
    effect: 'write',
    summary: 'Choisir à quel rythme recevoir les courriels d’une catégorie',
    refusals: ['preference_imposee'],
    params: z.object({ categorie: z.enum(CATEGORIES) }),
    body: z.strictObject({ rythme: z.enum(RYTHMES, 'Choisissez un rythme dans la liste.') }),
    response: ComptePersonnel,
    example: { rythme: 'hebdomadaire' },
  },
  listMySessions: {
    method: 'GET',
    path: '/moi/sessions',
    droit: 'utilisateur:self',
    effect: 'read',
    summary: 'Lister ses sessions ouvertes',
    response: z.object({ items: z.array(SessionOuverte) }),
  },
  closeMySession: {
    method: 'DELETE',
    path: '/moi/sessions/:sessionId',
    droit: 'utilisateur:self',
    effect: 'write',
    summary: 'Fermer une de ses sessions',
    params: z.object({ sessionId: z.uuid() }),
    response: fait,
  },
  closeOtherSessions: {
    method: 'DELETE',
    path: '/moi/sessions',
    droit: 'utilisateur:self',
    effect: 'write',
    summary: 'Fermer toutes ses autres sessions',
    response: z.object({ fermees: z.int() }),
  },
  downloadMyData: {
    method: 'GET',
    path: '/moi/donnees.json',
    droit: 'utilisateur:self',
    effect: 'journaled-read',
    kind: 'file',
    stepUp: true,
    summary: 'Télécharger ses données : compte, accès, sessions, journal',
    response: z.unknown(),
  },
})
