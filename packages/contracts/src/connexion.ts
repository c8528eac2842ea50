import { z } from 'zod'
import { routes } from './route.ts'
import { Session } from './session.ts'

const EXAMPLE_ID = '0192d1c0-0000-7000-8000-000000000001'

/** An address as it is typed: trimmed, lower case, bounded. */
export const courriel = z
  .string('Indiquez une adresse électronique. Exemple : prenom.nom@exemple.fr.')
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email('Indiquez une adresse électronique. Exemple : prenom.nom@exemple.fr.'))
/** The secret of a link received by mail: it travels after the `#` of its address, never in a path nor a query. */
export const jeton = z.string().regex(/^[\w-]{43}$/, 'Ce lien n’est pas complet. Ouvrez-le depuis le courriel, ou demandez-en un nouveau.')
export const codeA6 = z
  .string()
  .trim()
  .regex(/^\d{3} ?\d{3}$/, 'Le code compte 6 chiffres. Exemple : 123 456.')
  .transform((code) => code.replace(' ', ''))
/** A new password; its strength and the lists of leaked ones are looked at by the rule. */
export const nouveauMotDePasse = z
  .string()
  .min(12, 'Choisissez au moins 12 caractères, par exemple une courte phrase.')
  .max(200, '200 caractères au plus.')

const base64url = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[\w-]*={0,2}$/)
const extensions = z.record(z.string().max(64), z.unknown())
/** The answer of a browser to a passkey challenge (WebAuthn, JSON form). */
export const ReponsePasskey = z.strictObject({
  id: base64url(1024),
  rawId: base64url(1024),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  clientExtensionResults: extensions,
  response: z.strictObject({
    authenticatorData: base64url(4096),
    clientDataJSON: base64url(4096),
    signature: base64url(2048),
    userHandle: base64url(256).optional(),
  }),
})
/** The answer of a browser that made a new passkey. */
export const NouvellePasskey = z.strictObject({
  id: base64url(1024),
  rawId: base64url(1024),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  clientExtensionResults: extensions,
  response: z.strictObject({
    attestationObject: base64url(16_384),
    clientDataJSON: base64url(4096),
    transports: z.array(z.string().max(20)).max(10).optional(),
    publicKeyAlgorithm: z.int().optional(),
    publicKey: base64url(4096).optional(),
    authenticatorData: base64url(4096).optional(),
  }),
})
/** A challenge: its number comes back with the answer; `options` go to the browser as they are. */
export const Defi = z.object({ defiId: z.uuid(), options: z.record(z.string(), z.unknown()) })

export const EXAMPLE_JETON = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
export const EXAMPLE_REPONSE = {
  id: 'AAAA',
  rawId: 'AAAA',
  type: 'public-key' as const,
  clientExtensionResults: {},
  response: { authenticatorData: 'AAAA', clientDataJSON: 'AAAA', signature: 'AAAA' },
}

/** Where the person was going: a path of this site, put in the link (`/connexion/lien?retour=…#…`) and looked at again when it opens. */
const retour = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[^\s\\]*$/)
/** A desktop shared at a counter: the session closes after 10 minutes without use instead of 30. */
const guichet = z.boolean().default(false)
const envoye = z.object({ envoye: z.literal(true) })

/** Ways in, besides the password of `sessionRoutes`. Answers never say whether an account exists. */
export const connexionRoutes = routes({
  getMoyens: {
    method: 'GET',
    path: '/session/moyens',
    droit: 'public',
    effect: 'session',
    summary: 'Savoir comment entrer : ProConnect, démonstration, poste partagé',
    response: z.object({
      proconnect: z.boolean(),
      demo: z.boolean(),
      poste: z.object({ nom: z.string(), organisation: z.string() }).nullable(),
    }),
  },
  requestLien: {
    method: 'POST',
    path: '/session/lien',
    droit: 'public',
    effect: 'session',
    status: 202,
    summary: 'Recevoir un lien de connexion par courriel',
    refusals: ['trop_de_demandes'],
    body: z.strictObject({ courriel, retour: retour.optional() }),
    response: envoye,
    example: { courriel: 'ada.martin@exemple.fr' },
  },
  openLien: {
    method: 'POST',
    path: '/session/lien/ouverture',
    droit: 'public',
    effect: 'session',
    status: 201,
    summary: 'Se connecter par le lien reçu',
    refusals: ['lien_perime'],
    body: z.strictObject({ jeton, guichet }),
    response: Session,
    example: { jeton: EXAMPLE_JETON, guichet: false },
  },
  challengePasskey: {
    method: 'POST',
    path: '/session/passkey/defi',
    droit: 'public',
    effect: 'session',
    summary: 'Demander un défi pour se connecter par une clé d’accès',
    response: Defi,
  },
  signInPasskey: {
    method: 'POST',
    path: '/session/passkey',
    droit: 'public',
    effect: 'session',
    status: 201,
    summary: 'Se connecter par une clé d’accès',
    refusals: ['preuve_refusee'],
    body: z.strictObject({ defiId: z.uuid(), reponse: ReponsePasskey, guichet }),
    response: Session,
    example: { defiId: EXAMPLE_ID, reponse: EXAMPLE_REPONSE, guichet: false },
  },
  startProConnect: {
    method: 'GET',
    path: '/session/proconnect',
    droit: 'public',
    effect: 'session',
    kind: 'redirect',
    summary: 'Partir vers ProConnect',
    query: z.object({ retour: z.string().max(500).optional() }),
    response: z.object({ vers: z.string() }),
  },
  finishProConnect: {
    method: 'GET',
    path: '/session/proconnect/retour',
    droit: 'public',
    effect: 'session',
    kind: 'redirect',
    summary: 'Revenir de ProConnect',
    query: z.object({
      code: z.string().max(2000).optional(),
      state: z.string().max(500).optional(),
      iss: z.string().max(500).optional(),
      session_state: z.string().max(500).optional(),
      error: z.string().max(200).optional(),
      error_description: z.string().max(1000).optional(),
      error_uri: z.string().max(500).optional(),
    }),
    response: z.object({ vers: z.string() }),
  },
  requestRecuperation: {
    method: 'POST',
    path: '/session/recuperation',
    droit: 'public',
    effect: 'session',
    status: 202,
    summary: 'Signaler la perte de son second facteur',
    refusals: ['trop_de_demandes'],
    body: z.strictObject({ courriel }),
    response: envoye,
    example: { courriel: 'ada.martin@exemple.fr' },
  },
  confirmRecuperation: {
    method: 'POST',
    path: '/session/recuperation/confirmation',
    droit: 'public',
    effect: 'session',
    summary: 'Confirmer cette perte par le lien reçu : une autre personne décidera',
    refusals: ['lien_perime', 'facteur_absent', 'recuperation_en_cours'],
    body: z.strictObject({ jeton }),
    /** Who decides, as the person is told: « l’administration de Tiers-lieu Le Chai ». */
    response: z.object({ decidePar: z.string() }),
    example: { jeton: EXAMPLE_JETON },
  },
})
