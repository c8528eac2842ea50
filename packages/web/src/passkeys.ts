import type { Defi, NouvellePasskey, ReponsePasskey } from '@pass/contracts/connexion.ts'
import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser'
import type { z } from 'zod'

type Options = z.output<typeof Defi>['options']

/** Whether this browser knows passkeys at all. */
export const canUsePasskeys = (): boolean => browserSupportsWebAuthn()

const UNSUPPORTED = 'Ce navigateur ne connaît pas les clés d’accès. Prenez un autre moyen, ou un navigateur plus récent.'
const CANCELLED =
  'La clé d’accès n’a pas répondu\u00a0: la demande a été annulée, ou le temps est passé. Recommencez, ou prenez un autre moyen.'
const KNOWN_HERE = 'Cet appareil a déjà une clé d’accès pour votre compte.'
const NO_CHECK =
  'Cet appareil ne demande ni empreinte, ni visage, ni code\u00a0: sa clé ne suffit pas. Protégez-le par un code, ou prenez un autre appareil.'
const FAILED = 'La clé d’accès n’a pas pu être lue. Recommencez, ou prenez un autre moyen.'

const SENTENCES: Partial<Record<WebAuthnError['code'], string>> = {
  ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED: KNOWN_HERE,
  ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT: NO_CHECK,
  ERROR_CEREMONY_ABORTED: CANCELLED,
}

// The browser says « not allowed » for everything a person does: cancel, wait too long, refuse, have no key here.
const sentenceOf = (error: unknown): string => {
  if (error instanceof WebAuthnError && SENTENCES[error.code]) return SENTENCES[error.code] ?? FAILED
  return error instanceof Error && error.name === 'NotAllowedError' ? CANCELLED : FAILED
}

const ceremony = async <T>(run: () => Promise<T>): Promise<T> => {
  if (!canUsePasskeys()) throw new Error(UNSUPPORTED)
  try {
    return await run()
  } catch (error) {
    throw new Error(sentenceOf(error), { cause: error })
  }
}

/** The answer of one of the person's keys to a challenge. @throws an Error whose message is a sentence to show */
export const answerDefi = (options: Options): Promise<z.input<typeof ReponsePasskey>> =>
  ceremony(async () => {
    const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON
    return (await startAuthentication({ optionsJSON })) as unknown as z.input<typeof ReponsePasskey>
  })

/** A new key on this device, for a challenge. @throws an Error whose message is a sentence to show */
export const makePasskey = (options: Options): Promise<z.input<typeof NouvellePasskey>> =>
  ceremony(async () => {
    const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON
    return (await startRegistration({ optionsJSON })) as unknown as z.input<typeof NouvellePasskey>
  })
